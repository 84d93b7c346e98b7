"""What a row may not be: each refusal names the file, the row, the field and the reason. Nothing is written here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mitwerk.operations.region.folder import read_folder
from mitwerk.operations.tests.small_region import organisation, write_small_region

pytestmark = pytest.mark.django_db


def row(**changes: Any) -> dict[str, Any]:
    return {**organisation("gamma", "Gamma GmbH"), **changes}


def refused(folder: Path) -> list[tuple[str, int, str, str]]:
    files = read_folder(folder).files.values()
    return [(r.file, r.row, r.field, r.reason) for rows in files for r in rows.refused]


def test_a_good_folder_has_no_refusals(small: Path) -> None:
    """The control of the tables below."""
    assert refused(small) == []


REFUSALS: list[tuple[Any, str, str]] = [
    (row(id="alpha"), "id", "“alpha” is there already in row 1"),
    (row(id="Gamma!"), "id", "must be a short name of small letters, digits and hyphens, not “Gamma!”"),
    (row(name=7), "name", "must be a text"),
    (row(name="  "), "name", "must not be empty"),
    (row(name="x" * 251), "name", "must have at most 250 characters, not 251"),
    (row(name="a\x00b"), "name", "has control characters"),
    (row(type="firm"), "type", "must be one of company, university, research, public body, association, not 'firm'"),
    (row(postal_code="123"), "postal_code", "must be five digits, not “123”"),
    (row(state="Bayern"), "state", "there is no “Bayern” among the states"),
    (row(founded="1999"), "founded", "must be a whole number"),
    (row(founded=True), "founded", "must be a whole number"),
    (row(founded=99999), "founded", "must be between 1000 and 2100, not 99999"),
    (row(employees={"count": 5}), "employees", "must have the names count, year; look at year"),
    (row(employees={"count": -1, "year": None}), "employees", "count: must be between 0 and 5000000, not -1"),
    (row(website="javascript:alert(1)"), "website", "must be a web address that begins with http:// or https://"),
    (row(website="https://["), "website", "must be a web address that begins with http:// or https://"),
    (row(clusters="it"), "clusters", "must be a list"),
    (row(clusters=["nowhere"]), "clusters", "there is no “nowhere” among the clusters"),
    (row(sectors=["mining"]), "sectors", "entry 1: must be one of it, food, chemistry, automotive, energy, biotech"),
    (row(competences=[{"de": "x"}]), "competences", "entry 1: must have the names de, en; look at en"),
    (row(sources=[]), "sources", "must have 1 to 50 entries, not 0"),
    (row(sources=[{"url": "data:x", "date": None}]), "sources", "entry 1: url: must be a web address"),
    (row(sources=[{"url": "https://a.b", "date": "2006-13"}]), "sources", "entry 1: date: there is no such date"),
    ({"id": "gamma"}, "name", "the column is missing"),
    ("a text", "–", "a row must be an object with named values"),
]


@pytest.mark.parametrize(("bad", "field", "reason"), REFUSALS, ids=[f"{r[1]}-{n}" for n, r in enumerate(REFUSALS)])
def test_rows_of_organisations(bad: Any, field: str, reason: str, small: Path) -> None:
    write_small_region(small.parent.parent, organisations=lambda rows: rows.append(bad))
    [(file, number, where, why)] = refused(small)
    assert (file, number, where, why[: len(reason)]) == ("organisations.json", 3, field, reason)


OTHER_FILES: list[tuple[str, Callable[[Any], Any], str, str]] = [
    ("projects", lambda r: r[0].update(end="2005"), "end", "must not be before start"),
    ("projects", lambda r: r[0].update(start="soon"), "start", "must be a date like 2006, 2006-07 or 2006-07-14"),
    ("projects", lambda r: r[0]["partners"].append({"name": "X", "organisation": "x"}), "partners", "there is no “x”"),
    ("events", lambda r: r[0].update(start="2007"), "start", "must name at least the month"),
    ("events", lambda r: r[0].update(start="2007-02-30"), "start", "there is no such date as 2007-02-30"),
    ("events", lambda r: r[0].update(end="2007-01-01"), "end", "must not be before start"),
    ("news", lambda r: r[0].update(clusters=["x"]), "clusters", "there is no “x” among the clusters"),
    ("needs", lambda r: r[0].update(sector="mining"), "sector", "must be one of"),
    ("networks", lambda r: r[0].update(since=2006.5), "since", "must be a whole number"),
    ("competence_claims", lambda r: r[0].update(concept="x"), "concept", "there is no “x” among the competences"),
    ("cluster_slugs", lambda r: r[1].update(accent="blue"), "accent", "must be a colour like #1d4e9e"),
]


@pytest.mark.parametrize(
    ("stem", "change", "field", "reason"), OTHER_FILES, ids=[f"{x[0]}-{x[2]}-{n}" for n, x in enumerate(OTHER_FILES)]
)
def test_rows_of_other_files(stem: str, change: Callable[[Any], Any], field: str, reason: str, small: Path) -> None:
    def spoil(rows: Any) -> None:
        change(rows)

    write_small_region(small.parent.parent, **{stem: spoil})
    [(file, _number, where, why)] = refused(small)
    assert (file, where, why[: len(reason)]) == (f"{stem}.json", field, reason)
