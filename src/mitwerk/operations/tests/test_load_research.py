"""The research registry: both editions of its schema, joined with what is there or added beside it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.operations.tests.small_region import SOURCES, Load

pytestmark = pytest.mark.django_db

UNIVERSITY: dict[str, Any] = {
    "admin": {"created": {"date": "2018-11-14"}, "last_modified": {"date": "2025-10-28", "schema_version": "2.1"}},
    "domains": [],
    "established": 1409,
    "external_ids": [],
    "id": "https://ror.org/03s7gtk40",
    "links": [{"type": "wikipedia", "value": "x"}, {"type": "website", "value": "https://www.uni.example/en"}],
    "locations": [
        {
            "geonames_details": {
                "country_subdivision_code": "SN",
                "country_subdivision_name": "Saxony",
                "lat": 51.3,
                "lng": 12.4,
                "name": "Leipzig",
            }
        }
    ],
    "names": [
        {"lang": "en", "types": ["ror_display", "label"], "value": "Leipzig University"},
        {"lang": "de", "types": ["label"], "value": "Universität Leipzig"},
        {"lang": "de", "types": ["alias"], "value": "Alma mater"},
        {"lang": None, "types": ["acronym"], "value": "UL"},
    ],
    "relationships": [],
    "status": "active",
    "types": ["education", "funder"],
}
INSTITUTE: dict[str, Any] = {
    "id": "https://ror.org/04tjfqn96",
    "name": "Institute for Examples",
    "email_address": None,
    "ip_addresses": [],
    "established": 1995,
    "types": ["Facility"],
    "relationships": [],
    "addresses": [
        {"lat": 51.5, "lng": 13.5, "city": "Grimma", "geonames_city": {"geonames_admin1": {"name": "Saxony"}}}
    ],
    "links": ["https://institute.example/de"],
    "aliases": ["Examples"],
    "acronyms": ["IE"],
    "status": "active",
    "wikipedia_url": "",
    "labels": [{"label": "Institut für Beispiele", "iso639": "de"}],
    "country": {},
    "external_ids": {},
}


def write(folder: Path, *rows: Any) -> Path:
    file = folder.parent / "research" / "ror_central_germany.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    return file


def alpha_in_registry(**changes: Any) -> dict[str, Any]:
    names = [{"lang": None, "types": ["ror_display"], "value": "Alpha (Germany)"}]
    return {**UNIVERSITY, "id": "https://ror.org/00fm1n282", "names": names, "types": ["company"], **changes}


def test_both_editions_are_read(small: Path, load: Load) -> None:
    write(small, UNIVERSITY, INSTITUTE)
    load(small)
    university = Organisation.objects.get(ror_id=UNIVERSITY["id"])
    assert (university.name, university.kind, university.slug) == (
        "Universität Leipzig",
        "university",
        "universitaet-leipzig",
    )
    assert university.alternative_names == ["Leipzig University", "Alma mater", "UL"]
    assert (university.town, university.district.ags, university.state.code) == ("Leipzig", "14713", "SN")
    assert (university.website, university.founded, university.as_of) == ("https://www.uni.example/en", 1409, 2025)
    assert university.sources == [{"url": UNIVERSITY["id"], "date": "2025-10-28"}]
    assert university.is_claimed is False
    institute = Organisation.objects.get(ror_id=INSTITUTE["id"])
    assert (institute.name, institute.kind, institute.as_of) == ("Institut für Beispiele", "research", None)
    assert (institute.town, institute.district.ags) == ("Grimma", "14729")


def test_the_same_organisation_is_joined_and_keeps_both_sources(small: Path, load: Load) -> None:
    write(small, alpha_in_registry())
    load(small)
    alpha = Organisation.objects.get(ror_id="https://ror.org/00fm1n282")
    assert (alpha.source_id, alpha.name, alpha.founded, alpha.kind) == ("alpha", "Alpha GmbH", 1999, "company")
    assert alpha.sources == [*SOURCES, {"url": "https://ror.org/00fm1n282", "date": "2025-10-28"}]
    assert alpha.alternative_names == ["Alpha"]
    assert Organisation.objects.count() == 2


def test_a_joined_organisation_stays_joined(small: Path, load: Load) -> None:
    """The region's file knows nothing of the registry; loading it again must not take the second source away."""
    write(small, alpha_in_registry(), UNIVERSITY)
    load(small)
    again = load(small)["total"]
    assert (again["new"], again["changed"]) == (0, 0)
    alone = load(small, "--no-research")["total"]
    assert (alone["new"], alone["changed"]) == (0, 0)


def test_another_town_is_another_organisation(small: Path, load: Load) -> None:
    place = {"country_subdivision_code": "SN", "lat": 51.5, "lng": 13.5, "name": "Grimma"}
    write(small, alpha_in_registry(locations=[{"geonames_details": place}]))
    load(small)
    assert Organisation.objects.get(ror_id="https://ror.org/00fm1n282").source_id == "https://ror.org/00fm1n282"
    assert Organisation.objects.count() == 3


def test_a_claimed_organisation_is_not_touched(small: Path, load: Load) -> None:
    write(small)
    load(small)
    Organisation.objects.filter(source_id="alpha").update(claimed_at=timezone.now())
    load(write(small, alpha_in_registry()), command="load_research")
    assert Organisation.objects.get(source_id="alpha").ror_id is None


def test_a_closed_one_is_left_out(small: Path, load: Load) -> None:
    write(small, {**UNIVERSITY, "status": "inactive"})
    load(small)
    assert Organisation.objects.count() == 2


def test_the_seat_in_the_region_counts(small: Path, load: Load) -> None:
    away = {"country_subdivision_code": "BY", "lat": 49.8, "lng": 9.95, "name": "Würzburg"}
    write(small, {**UNIVERSITY, "locations": [{"geonames_details": away}, *UNIVERSITY["locations"]]})
    load(small)
    assert Organisation.objects.get(ror_id=UNIVERSITY["id"]).town == "Leipzig"


@pytest.mark.parametrize(
    ("types", "names", "kind"),
    [
        (["education"], "Hochschule Anhalt", "university"),
        (["education"], "Graduate programme", "research"),
        (["government"], "Landesamt", "public-body"),
        (["company"], "NaMLab", "company"),
        (["nonprofit"], "Data Futures GmbH", "company"),
        (["nonprofit"], "Institut für Holz", "research"),
        (["nonprofit", "funder"], "Gesellschaft der Freunde", "association"),
        (["healthcare"], "Klinikum", "research"),
    ],
)
def test_the_kind_follows_from_types_and_name(types: list[str], names: str, kind: str, small: Path, load: Load) -> None:
    row = {**UNIVERSITY, "types": types, "names": [{"lang": "de", "types": ["label"], "value": names}]}
    load(write(small, row), command="load_research")
    assert Organisation.objects.get(ror_id=UNIVERSITY["id"]).kind == kind


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "https://example.org/1"}, "id"),
        ({"names": []}, "names"),
        ({"names": "x"}, "names"),
        ({"locations": []}, "names"),
        ({"established": "1409"}, "established"),
        ({"status": "unsure"}, "status"),
        ({"links": [{"type": "website", "value": "ftp://x"}]}, "website"),
    ],
)
def test_a_bad_row_is_refused(changes: dict[str, Any], field: str, small: Path, load: Load) -> None:
    report = load(write(small, {**UNIVERSITY, **changes}), command="load_research")
    refused = [refusal for file in report["files"] for refusal in file["refused"]]
    assert [(r["file"], r["row"], r["field"]) for r in refused] == [("ror_central_germany.json", 1, field)]
    with pytest.raises(CommandError, match="1 rows were refused"):
        load(write(small, {**UNIVERSITY, **changes}), "--strict", command="load_research")
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize("content", ["{}", "[", '[{"wrong": 1}]'])
def test_a_bad_file_is_refused(content: str, small: Path, load: Load) -> None:
    file = write(small)
    file.write_text(content)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(small)
    assert Organisation.objects.count() == 0
