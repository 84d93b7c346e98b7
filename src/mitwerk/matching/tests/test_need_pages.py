"""List and page of needs: who sees what, who can do it, bad input."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.tests.cast import Cast
from mitwerk.matching.exports import need_thing
from mitwerk.matching.models import Need
from mitwerk.matching.queries import need_page
from mitwerk.matching.tests.cast import Needs, make_need, make_needs


@pytest.fixture
def needs(cast: Cast) -> Needs:
    return make_needs(cast)


def shown(client: Client, address: str = "/de/bedarfe/") -> list[str]:
    return [need.slug for need in client.get(address).context["page"]]


def test_only_cleared_needs_are_shown(needs: Needs, client: Client) -> None:
    assert shown(client) == ["feuchte", "regale"]
    assert shown(client, "/de/ernaehrung/bedarfe/") == ["feuchte"]
    assert shown(client, "/en/it/needs/") == []


def test_a_cluster_without_needs_leads_to_those_of_the_others(needs: Needs, client: Client) -> None:
    page = client.get("/de/it/bedarfe/").content.decode()
    assert "Noch keine Bedarfe in diesem Cluster" in page
    assert page.count('href="/de/bedarfe/">Bedarfe der ganzen Region</a>') == 2


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?sector=food", ["feuchte"]),
        ("?competence=leittechnik", ["regale"]),
        ("?competence=leittechnik&sector=food", []),
        ("?q=REGALE", ["regale"]),
        ("?sector=xx", ["feuchte", "regale"]),
        ("?sector=%00&page=0", ["feuchte", "regale"]),
        ("?page=99999", ["feuchte", "regale"]),
        ("?competence=" + "x" * 5000, ["feuchte", "regale"]),
        ("?q=" + "x" * 5000, []),
    ],
)
def test_filters_narrow_the_list_and_forgive(needs: Needs, client: Client, query: str, slugs: list[str]) -> None:
    assert shown(client, "/de/bedarfe/" + query) == slugs


def test_filters_count(needs: Needs, client: Client) -> None:
    sector, competence = client.get("/de/bedarfe/?sector=food").context["filters"]
    assert [(o.value, o.label, o.count) for o in sector.options] == [("food", "Ernährung", 1)]
    assert [(o.value, o.count) for o in competence.options] == [("datenanalyse", 1), ("erp", 1)]


def test_the_number_of_queries_does_not_grow(
    needs: Needs, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    Need.objects.filter(slug="regale").delete()
    client.get("/de/bedarfe/")
    with django_assert_num_queries(12):
        client.get("/de/bedarfe/")
    for number in range(2):
        make_need(f"n{number}", "Mehr", sector=cast.sector_it, concepts=[cast.control])
    with django_assert_num_queries(12):
        assert len(shown(client)) == 3


def test_who_can_do_most_of_it_comes_first(needs: Needs, client: Client) -> None:
    found = client.get("/de/bedarfe/feuchte/").context["organisations"]
    assert [(o.slug, o.matching_count) for o in found] == [("aehrenwerk", 2), ("hochschule", 1)]
    page = client.get("/de/bedarfe/feuchte/").content.decode()
    assert "<p>Datenanalyse · ERP-Einführung</p>" in page


def test_a_hidden_organisation_is_not_named(needs: Needs, cast: Cast, client: Client) -> None:
    assert "Verborgene GmbH" not in client.get("/de/bedarfe/feuchte/").content.decode()
    cast.hidden.visibility = cast.hidden.Visibility.PUBLISHED
    cast.hidden.save()
    assert "Verborgene GmbH" in client.get("/de/bedarfe/feuchte/").content.decode()


def test_the_answer_form_knows_the_need(needs: Needs, client: Client) -> None:
    page = client.get("/de/ernaehrung/bedarfe/feuchte/").content.decode()
    link = "/de/ernaehrung/kontakt/?about=Bedarf%3A%20Feuchte%20im%20Mehl%20messen"
    assert f'href="{link}"' in page
    assert 'value="Bedarf: Feuchte im Mehl messen"' in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/de/it/bedarfe/feuchte/", (302, "/de/bedarfe/feuchte/")),
        ("/de/bedarfe/nichts/", (404, None)),
        ("/de/bedarfe/wartet/", (404, None)),
        ("/de/ernaehrung/bedarfe/wartet/", (404, None)),
        ("/de/bedarfe/fertig/", (404, None)),
    ],
)
def test_a_record_is_shown_where_it_belongs(
    needs: Needs, client: Client, address: str, answer: tuple[int, str | None]
) -> None:
    response = client.get(address)
    assert (response.status_code, response.get("Location")) == answer


def test_the_number_of_queries_of_a_page_does_not_grow(
    needs: Needs, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/de/bedarfe/regale/")
    with django_assert_num_queries(10):
        client.get("/de/bedarfe/feuchte/")
    for organisation in (cast.bakery, cast.institute):
        organisation.competences.create(concept=cast.analytics)
    with django_assert_num_queries(10):
        assert len(client.get("/de/bedarfe/feuchte/").context["organisations"]) == 4


def test_machines_read_the_need_and_not_whose_it_is(needs: Needs) -> None:
    need = need_page("feuchte")
    assert need is not None
    with override("de"):
        told = need_thing(need)
    assert (told["@type"], told["name"]) == ("Demand", "Feuchte im Mehl messen")
    assert sorted(told["itemOffered"]["serviceType"]) == ["Datenanalyse", "ERP-Einführung"]
