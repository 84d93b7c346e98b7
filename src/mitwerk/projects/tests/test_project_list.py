"""The list of projects: what it shows, its filters, its numbers, bad input."""

import json
from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.projects.models import Partner
from mitwerk.projects.tests.cast import make_project, make_projects


@pytest.fixture
def cast(cast: Cast) -> Cast:
    make_projects(cast)
    return cast


def shown(client: Client, query: str = "", address: str = "/de/projekte/") -> list[str]:
    return [project.slug for project in client.get(address + query).context["page"]]


def counts(response: Any, name: str) -> dict[str, int]:
    (group,) = [each for each in response.context["filters"] if each.name == name]
    return {option.value: option.count for option in group.options}


def test_the_region_shows_all_but_drafts_newest_first(cast: Cast, client: Client) -> None:
    assert shown(client) == ["brot", "muehle", "ohne"]
    assert shown(client, "?sort=oldest") == ["muehle", "brot", "ohne"]


def test_a_cluster_shows_only_its_own(cast: Cast, client: Client) -> None:
    assert shown(client, address="/de/it/projekte/") == ["muehle"]
    assert shown(client, address="/en/ernaehrung/projects/") == ["brot"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?status=running", ["brot"]),
        ("?status=running&status=finished", ["brot", "muehle"]),
        ("?cluster=it", ["muehle"]),
        ("?partner=aehrenwerk", ["muehle"]),
        ("?year=2006", ["muehle"]),
        ("?year=2007", ["muehle"]),
        ("?year=2008", []),
        ("?competence=datenanalyse", ["muehle"]),
        ("?competence=datenanalyse&cluster=ernaehrung", []),
        ("?q=mühle", ["muehle"]),
        ("?q=BACKHAUS", ["brot"]),
        ("?q=mühle+brot", []),
    ],
)
def test_filters_narrow_the_list(cast: Cast, client: Client, query: str, slugs: list[str]) -> None:
    assert shown(client, query) == slugs


def test_each_filter_counts_with_all_others_applied(cast: Cast, client: Client) -> None:
    response = client.get("/de/projekte/?cluster=it")
    assert counts(response, "status") == {"finished": 1}
    assert counts(response, "cluster") == {"it": 1, "ernaehrung": 1}
    assert counts(response, "year") == {"2007": 1, "2006": 1}
    assert counts(response, "partner") == {"aehrenwerk": 1}
    assert counts(response, "competence") == {"datenanalyse": 1}


def test_inside_a_cluster_there_is_no_filter_for_clusters(cast: Cast, client: Client) -> None:
    names = [each.name for each in client.get("/de/it/projekte/").context["filters"]]
    assert names == ["status", "year", "partner", "competence"]


def test_a_hidden_organisation_is_no_partner_to_choose(cast: Cast, client: Client) -> None:
    response = client.get("/de/projekte/?partner=verborgen")
    assert shown(client, "?partner=verborgen") == ["brot", "muehle", "ohne"]
    assert response.context["choice"].dropped == ["verborgen"]
    assert list(counts(response, "partner")) == ["aehrenwerk", "backhaus"]


@pytest.mark.parametrize(
    "query",
    ["?status=nichts", "?cluster=xx", "?year=99999", "?year=-1", "?partner=%00", "?competence=%27%25_", "?sort=x"],
)
def test_an_unknown_value_is_dropped_and_told(cast: Cast, client: Client, query: str) -> None:
    response = client.get("/de/projekte/" + query)
    assert response.status_code == 200
    assert len(response.context["page"]) == 3
    assert response.context["notice"].startswith("Diese Auswahl kennen wir nicht")


@pytest.mark.parametrize("page", ["0", "99999", "-1", "x", "%00", "1" * 30])
def test_every_page_number_gives_a_page(cast: Cast, client: Client, page: str) -> None:
    assert shown(client, f"?page={page}") == ["brot", "muehle", "ohne"]


@pytest.mark.parametrize("query", ["%00", "x" * 5000, "%25", "_", "%27%22", "a " * 2000, "NEAR(a b)"])
def test_any_word_may_be_typed(cast: Cast, client: Client, query: str) -> None:
    assert client.get(f"/de/projekte/?q={query}").status_code == 200


@pytest.mark.parametrize("value", ["x" * 5000, "a" * 121])
def test_a_long_value_is_dropped(cast: Cast, client: Client, value: str) -> None:
    assert shown(client, f"?partner={value}&competence={value}&year={value}") == ["brot", "muehle", "ohne"]


def test_an_empty_choice_says_how_to_go_on(cast: Cast, client: Client) -> None:
    page = client.get("/de/projekte/?year=1999").content.decode()
    assert "Kein Projekt passt zu dieser Auswahl" in page
    assert "Alle Projekte zeigen" in page


def test_the_number_of_queries_does_not_grow(cast: Cast, client: Client, django_assert_num_queries: Any) -> None:
    from mitwerk.projects.models import Project

    Project.objects.exclude(slug="muehle").delete()
    client.get("/de/projekte/")
    with django_assert_num_queries(13):
        client.get("/de/projekte/")
    for number in range(2):
        extra = make_project(f"p{number}", "Mehr", start_year=2011, clusters=[cast.it], proved=[cast.erp])
        Partner.objects.create(project=extra, organisation=cast.bakery, name="Backhaus")
    with django_assert_num_queries(13):
        assert len(client.get("/de/projekte/").context["page"]) == 3


def test_machines_read_the_same_list(cast: Cast, client: Client) -> None:
    _crumbs, listed = client.get("/de/it/projekte/").context["jsonld"]
    assert json.loads(json.dumps(listed))["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "Mühle misst mit",
            "url": "http://127.0.0.1:8000/de/it/projekte/muehle/",
        }
    ]
