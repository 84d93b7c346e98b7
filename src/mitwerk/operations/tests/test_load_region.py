"""The demo region as it is delivered: every row loads, and a second load does nothing."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster, Region
from mitwerk.competences.models import Competence
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.operations.region.folder import regions
from mitwerk.pages.models import NewsPage
from mitwerk.places.models import District, PostalCode
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept, Vocabulary

DEMO = regions() / "mitteldeutschland"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The report of the first load; the load is taken back after this module."""
    with django_db_blocker.unblock(), transaction.atomic(), scope(cluster=None):
        yield run()
        transaction.set_rollback(True)


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("load_region", str(DEMO), "--json", *arguments, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.django_db
def test_every_row_of_the_region_loads(loaded: dict[str, Any]) -> None:
    assert loaded["total"]["refused"] == 0
    counts = [m.objects.count() for m in (Project, Event, Network, Cluster, Need, District, PostalCode)]
    assert counts == [43, 26, 16, 13, 45, 49, 3069]
    assert NewsPage.objects.filter(locale__language_code="de").count() == 72
    assert NewsPage.objects.filter(locale__language_code="en").count() == 72
    assert Organisation.objects.exclude(source_id__startswith="https://ror.org/").count() == 143
    assert Competence.objects.count() == 477
    sizes = {v.slug: v.concepts.count() for v in Vocabulary.objects.all()}
    assert sizes == {"competences": 148, "sectors": 18, "systems": 235, "topics": 10, "wz2008": 1835}
    assert Region.objects.get().source_id == "metropolregion"


@pytest.mark.django_db
def test_every_need_has_a_sector_of_the_list(loaded: dict[str, Any]) -> None:
    told = next(file["notes"] for file in loaded["files"] if file["file"] == "needs.json")
    assert (told, list(Need.objects.filter(sector=None))) == ([], [])
    found = Need.objects.filter(sector__notation__in=["trade", "cross"]).order_by("source_id")
    assert [(n.source_id, n.sector.label("de").text, n.sector.label("en").text) for n in found] == [
        ("need-deskless", "Branchenübergreifend", "Cross-sector"),
        ("need-it-security", "Branchenübergreifend", "Cross-sector"),
        ("need-procure", "Branchenübergreifend", "Cross-sector"),
        ("need-route-service", "Handwerk", "Skilled trades"),
        ("need-stock-webshop", "Handwerk", "Skilled trades"),
    ]


@pytest.mark.django_db
def test_sectors_cover_only_numbers_that_the_classification_has(loaded: dict[str, Any]) -> None:
    listed = json.loads((regions() / "vocabularies" / "wz_sectors.json").read_text(encoding="utf-8"))
    wanted = {row["id"]: sorted(row["wz"]) for row in listed}
    sectors = Concept.objects.filter(vocabulary__slug="sectors").prefetch_related("related")
    assert {s.notation: sorted(c.notation for c in s.related.all()) for s in sectors} == wanted
    assert wanted["trade"] == ["43", "45.2", "95"]


@pytest.mark.django_db
def test_a_second_load_writes_nothing(loaded: dict[str, Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        again = run()
    total = again["total"]
    assert (total["new"], total["changed"], total["refused"]) == (0, 0, 0)
    written = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []


@pytest.mark.django_db
def test_every_organisation_has_its_place(loaded: dict[str, Any]) -> None:
    assert list(Organisation.objects.filter(district=None)) == []
    found = Organisation.objects.filter(source_id__in=["gisa", "nlm", "regiocom", "uni-leipzig"]).order_by("source_id")
    assert [str(o.district) for o in found] == ["Halle (Saale)", "Nordsachsen", "Magdeburg", "Leipzig"]


@pytest.mark.django_db
def test_organisations_of_both_registers_are_one(loaded: dict[str, Any]) -> None:
    joined = Organisation.objects.exclude(ror_id=None).exclude(source_id__startswith="https://ror.org/")
    assert sorted(joined.values_list("source_id", flat=True)) == [
        "eah-jena",
        "fraunhofer-csp",
        "fraunhofer-iff",
        "fraunhofer-iof",
        "fraunhofer-iwu",
        "hhl",
        "htwk-leipzig",
        "ifak",
        "imms",
        "infai",
        "inflarx",
        "lin-magdeburg",
        "mlu-halle",
        "ovgu",
        "tu-chemnitz",
        "tu-dresden",
        "tu-ilmenau",
        "uni-leipzig",
    ]
    names = Organisation.objects.values_list("normalised_name", "town")
    assert len(names) == len(set(names)) == 298


@pytest.mark.django_db
def test_the_four_founding_projects_are_there(loaded: dict[str, Any]) -> None:
    founding = Project.objects.filter(source_id__in=["it-clusterkongress", "it-leitbild", "it-homepage", "it-ikam"])
    assert [(p.start_year, p.start_month, [c.slug for c in p.clusters.all()]) for p in founding] == [
        (2006, 7, ["it"])
    ] * 4
    assert Network.objects.get(source_id="i-kam").slug == "i-kam"
