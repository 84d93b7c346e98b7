"""The overview of competences, and the page of one."""

from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.competences.models import Competence
from mitwerk.matching.models import Need
from mitwerk.portal.queries import table
from mitwerk.projects.models import Project
from mitwerk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db

OVERVIEW = "/en/competences/"
ERP = "/en/competences/erp/"


@pytest.fixture
def skilled(cast: Cast) -> Cast:
    rows = [
        (cast.firm, cast.erp, "Umstieg von Altsystemen"),
        (cast.firm, cast.analytics, ""),
        (cast.bakery, cast.erp, "Backrezepte im ERP"),
        (cast.bakery, cast.control, ""),
        (cast.hidden, cast.erp, "Geheim"),
    ]
    for position, (who, what, words) in enumerate(rows):
        Competence.objects.create(organisation=who, concept=what, wording={"de": words}, position=position)
    return cast


def overview(client: Client, address: str) -> dict[str, Any]:
    groups = client.get(address).context["groups"]
    return {
        group.field.label: (group.field.count, {one.label: one.count for one in group.competences}) for group in groups
    }


def holders(client: Client, address: str) -> list[str]:
    return [holder.row.slug for holder in client.get(address).context["page"].object_list]


def test_fields_and_competences_are_counted_by_actors(client: Client, skilled: Cast):
    assert overview(client, OVERVIEW) == {
        "Software": (2, {"ERP projects": 2, "Data analysis": 1}),
        "Plants": (1, {"Process control": 1}),
    }


def test_a_cluster_counts_its_own_actors(client: Client, skilled: Cast):
    assert overview(client, "/en/it/competences/") == {
        "Software": (1, {"Data analysis": 1, "ERP projects": 1}),
    }


def test_an_empty_overview_says_what_it_is_for(client: Client, cast: Cast):
    pages = [client.get(OVERVIEW).content.decode()]
    Competence.objects.create(organisation=cast.firm, concept=cast.erp)
    table.forget()
    pages.append(client.get(OVERVIEW).content.decode())
    assert [page.count("No competences yet") for page in pages] == [1, 0]


def test_who_has_it_with_their_words(client: Client, skilled: Cast):
    found = client.get(ERP).context["page"].object_list
    assert [(one.row.name, [str(claim.wording) for claim in one.claims]) for one in found] == [
        ("Ährenwerk Software GmbH", ["Umstieg von Altsystemen"]),
        ("Backhaus Muldental AG", ["Backrezepte im ERP"]),
    ]


def test_a_cluster_shows_its_own_actors(client: Client, skilled: Cast):
    assert holders(client, "/en/it/competences/erp/") == ["aehrenwerk"]


def test_a_field_has_everybody_of_its_competences(client: Client, skilled: Cast):
    answer = client.get("/en/competences/software/")
    assert [holder.row.slug for holder in answer.context["page"].object_list] == ["aehrenwerk", "backhaus"]
    assert [one.slug for one in answer.context["found"].below] == ["erp", "datenanalyse"]


def test_a_search_among_them(client: Client, skilled: Cast):
    rebuild_index()
    assert holders(client, "/de/kompetenzen/erp/?q=Altsystem") == ["aehrenwerk"]
    assert holders(client, f"{ERP}?q=Zeppelin") == []


def test_neighbours_and_related(client: Client, skilled: Cast):
    skilled.erp.related.add(skilled.control)
    found = client.get(ERP).context["found"]
    assert [one.slug for one in found.neighbours] == ["datenanalyse"]
    assert [(one.slug, one.count) for one in found.related] == [("leittechnik", 1)]


def test_projects_that_proved_it_and_needs_that_ask_for_it(client: Client, skilled: Cast):
    for slug, state in [("open", "published"), ("draft", "draft")]:
        project = Project.objects.create(slug=slug, title={"en": slug}, summary={"en": slug}, state=state)
        project.proved.add(skilled.erp)
        project.clusters.add(skilled.food)
    for slug, state in [("asked", "published"), ("waiting", "reported")]:
        need = Need.objects.create(slug=slug, title={"en": slug}, text={"en": slug}, state=state)
        need.concepts.add(skilled.erp)
    found = client.get(ERP).context["found"]
    assert [one.slug for one in found.projects] == ["open"]
    assert [one.slug for one in found.needs] == ["asked"]
    assert list(client.get("/en/it/competences/erp/").context["found"].projects) == []


def test_a_competence_that_nobody_has_leads_to_the_office(client: Client, cast: Cast):
    page = client.get(ERP).content.decode()
    assert page.count('href="/en/report-a-need/"') == 1


@pytest.mark.parametrize("address", ["/en/competences/no-such/", "/en/it/competences/no-such/", "/en/competences/it/"])
def test_what_is_no_competence_is_missing(client: Client, cast: Cast, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=%25_%27", "q=" + "x" * 5000, "page=0", "page=99999", "page=x", "q=OR"])
def test_bad_input_is_an_answer(client: Client, skilled: Cast, query: str):
    assert client.get(f"{ERP}?{query}").status_code == 200


def test_queries_do_not_grow(client: Client, skilled: Cast, django_assert_num_queries: Any):
    Competence.objects.filter(organisation=skilled.bakery).delete()
    table.forget()
    for address, queries in [(OVERVIEW, 2), (ERP, 10)]:
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
    for number in range(2):
        made = make_organisation(f"Neu {number}", f"neu-{number}")
        Competence.objects.create(organisation=made, concept=skilled.erp, wording={"de": "x"})
    table.forget()
    for address, queries in [(OVERVIEW, 2), (ERP, 10)]:
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
