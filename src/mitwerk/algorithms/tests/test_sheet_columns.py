"""What heads and cells mean: real lists, and anything at all."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mitwerk.algorithms.sheets.columns import TARGETS, guess, layout, signature
from mitwerk.algorithms.sheets.values import day, read_row

CASES: list[tuple[list[list[str]], int, list[str]]] = [
    ([["Firma", "PLZ", "Ort"], ["A", "04109", "Leipzig"]], 1, ["name", "postal_code", "town"]),
    ([["Mitgliederliste 2026"], [], ["Firma", "Telefon"], ["A", "0341 12345"]], 3, ["name", "contact_phone"]),
    ([["Company", "ZIP", "City", "First name", "Last name", "E-mail"], ["A", "1", "B", "C", "D", "e@f.gh"]], 1,
     ["name", "postal_code", "town", "contact_first", "contact_last", "contact_email"]),
    ([["Firma", "Ort", "Ansprechpartner", ""], ["", "", "Name", "E-Mail"], ["A", "B", "C", "d@e.fg"]], 2,
     ["name", "town", "contact_name", "contact_email"]),
    ([["", "", "Kontakt", "Kontakt"], ["Name", "Ort", "Name", "Telefon"], ["A", "B", "C", "0341 12345"]], 2,
     ["name", "town", "contact_name", "contact_phone"]),
    ([["A GmbH", "04109", "a@b.de", "www.b.de", "0341 12345"]] * 3, 0,
     ["name", "postal_code", "contact_email", "website", "contact_phone"]),
    ([["Firma", "Spalte 2", "E-Mail", "E-Mail"], ["A", "04109", "a@b.de", "c@d.de"]], 1,
     ["name", "postal_code", "contact_email", ""]),
    ([["Farbe", "Form"], ["rot", "rund"]], 1, ["", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "start", "columns"), CASES)
def test_heads_and_columns_are_found(rows: list[list[str]], start: int, columns: list[str]) -> None:
    found = layout(rows)
    assert (found.start, guess(found.heads, rows[found.start :])) == (start, columns)


VALUES: list[tuple[str, str, Any]] = [
    ("postal_code", "4109", "04109"), ("postal_code", "D-04109", "04109"), ("postal_code", "04109-x", None),
    ("size", "ca. 120", "50-249"), ("size", "1.200", "250+"), ("size", "10-49", "10-49"), ("size", "2026-10-49", None),
    ("size", "viele", None), ("founded", "1.4.1998", 1998), ("founded", "1998-2003", None),
    ("member_since", "14.07.2006", "2006-07-14"), ("member_since", "38912", "2006-07-14"),
    ("member_since", "2006", "2006-01-01"), ("member_since", "gestern", None),
    ("website", "WWW.Firma.DE/Pfad", "https://www.firma.de/Pfad"), ("website", "nein", None),
    ("website", "javascript:alert(1)", None), ("website", "https://a.de/", "https://a.de"),
    ("contact_email", "Anna <A@B.de>", "a@b.de"), ("contact_email", "a@b.de; c@d.de", "a@b.de"),
    ("contact_email", "bitte nachfragen", None), ("contact_email", "а@b.de", None),
    ("contact_phone", "+49 (0)341 / 12-34", "+49 (0)341 / 12-34"), ("contact_phone", "'+49 341 1234", "+49 341 1234"),
    ("contact_phone", "2026-03-12", None), ("contact_phone", "4,9E+11", None), ("kind", "Verein", "association"),
    ("membership", "Fördermitglied", "partner"), ("membership", "gekündigt", None), ("state", "Sachsen", 7),
    ("sectors", "IT; Ernährung", [1, 2]), ("sectors", "Zauberei", None), ("place", "04109 Leipzig", None),
    ("legal_form", "x" * 61, None), ("name", "A\u202eB\0\r\nC", "AB C"),
]  # fmt: skip


def test_cells_come_into_shape_or_are_left_out() -> None:
    known = {"state": {"sachsen": 7}, "sectors": {"it": 1, "ernaehrung": 2}}
    found = [(target, text, read_row([text], [target], known).values.get(target)) for target, text, _new in VALUES]
    assert found == VALUES


def test_a_row_speaks_for_itself() -> None:
    read = read_row(["A", "04109 Leipzig", "Anna", "Muster"], ["name", "place", "contact_first", "contact_last"], {})
    assert read.values == {"name": "A", "postal_code": "04109", "town": "Leipzig", "contact_name": "Anna Muster"}
    assert read_row(["–"], ["name"], {}).refused == "name"
    assert read_row(["M1"], ["own_id"], {}).refused == ""


TABLE = st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=12)


@given(TABLE)
@settings(max_examples=200, deadline=None)
def test_any_table_has_a_layout(rows: list[list[str]]) -> None:
    found = layout(rows)
    columns = guess(found.heads, rows[found.start :])
    given_out = [column for column in columns if column]
    assert len(columns) == len(found.heads) == max((len(row) for row in rows[:10]), default=0)
    assert len(set(given_out)) == len(given_out)
    assert set(given_out) <= set(TARGETS)
    assert len(signature(found.heads)) == 64


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(TARGETS)), max_size=8))
@settings(max_examples=300, deadline=None)
def test_any_row_is_read(cells: list[tuple[str, str]]) -> None:
    known: dict[str, dict[str, Any]] = {"state": {}, "sectors": {}}
    read = read_row([text for text, _target in cells], [target for _text, target in cells], known)
    for value in read.values.values():
        kinds = {unicodedata.category(char) for char in str(value)}
        assert str(value) == str(value).strip()
        assert not kinds & {"Cc", "Cf", "Cs"}, "one line, no controls"


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_days_are_read_as_they_are_written(one: Any) -> None:
    assert day(f"{one:%d.%m.%Y}") == day(one.isoformat()) == one.isoformat()
