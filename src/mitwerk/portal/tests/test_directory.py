"""The directory: what is found, counted, sorted, exported, and what bad input does to it."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Membership, Organisation
from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.competences.models import Competence
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.tests.cast import affiliate
from mitwerk.portal.queries import table
from mitwerk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db

LIST = "/en/organisations/"
OF_IT = "/en/it/organisations/"
ALL = ["aehrenwerk", "backhaus", "hochschule", "institut", "stadtverwaltung", "verbund", "vormals"]


@pytest.fixture
def skilled(cast: Cast) -> Cast:
    """The cast with competences: the firm has two of a field and one of another, the institute one."""
    rows = [(cast.firm, cast.erp), (cast.firm, cast.analytics), (cast.firm, cast.control), (cast.institute, cast.erp)]
    Competence.objects.bulk_create(
        Competence(organisation=who, concept=what, position=n) for n, (who, what) in enumerate(rows)
    )
    return cast


def found(client: Client, address: str) -> list[str]:
    return [one.slug for one in client.get(address).context["page"].object_list]


def counts(client: Client, address: str) -> dict[str, dict[str, int]]:
    filters = client.get(address).context["found"].filters
    return {one.name: {option.value: option.count for option in one.options} for one in filters}


def test_the_region_shows_every_published_organisation_by_name(client: Client, cast: Cast):
    assert found(client, LIST) == ALL


def test_a_cluster_shows_members_and_the_organisations_of_its_sector(client: Client, cast: Cast):
    assert found(client, OF_IT) == ["aehrenwerk", "hochschule", "institut"]
    assert found(client, "/de/ernaehrung/akteure/") == ["backhaus", "institut"]


def test_a_former_member_is_shown_while_its_membership_lasts(client: Client, cast: Cast):
    Membership.objects.filter(organisation=cast.former).update(until=timezone.localdate())
    assert found(client, OF_IT) == ["aehrenwerk", "hochschule", "institut", "vormals"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("kind=university", ["hochschule"]),
        ("kind=university&kind=research", ["hochschule", "institut"]),
        ("size=10-49", ["institut"]),
        ("state=thueringen", ["hochschule", "institut"]),
        ("district=leipzig", ["aehrenwerk", "backhaus"]),
        ("sector=food", ["backhaus"]),
        ("cluster=ernaehrung", ["backhaus", "institut"]),
        ("cluster=it", ["aehrenwerk", "institut"]),
        ("group=software", ["aehrenwerk", "institut"]),
        ("competence=datenanalyse", ["aehrenwerk"]),
        ("competence=erp&state=thueringen", ["institut"]),
        ("kind=company&state=thueringen", []),
    ],
)
def test_filters_narrow_down(client: Client, skilled: Cast, query: str, slugs: list[str]):
    assert found(client, f"{LIST}?{query}") == slugs


@pytest.mark.parametrize(
    ("relation", "slugs"), [("member", ["aehrenwerk", "institut"]), ("sector", ["aehrenwerk", "hochschule"])]
)
def test_in_a_cluster_members_are_told_from_the_sector(client: Client, cast: Cast, relation: str, slugs: list[str]):
    assert found(client, f"{OF_IT}?relation={relation}") == slugs


def test_counts_respect_the_other_filters_but_not_their_own(client: Client, skilled: Cast):
    seen = counts(client, f"{LIST}?kind=company&state=sachsen")
    assert seen["kind"] == {"company": 2}
    assert seen["state"] == {"sachsen": 2}
    assert seen["cluster"] == {"it": 1, "ernaehrung": 1}
    assert counts(client, f"{LIST}?state=thueringen")["state"] == {"sachsen": 2, "thueringen": 2}


def test_details_stand_below_the_field_or_state_that_was_chosen(client: Client, skilled: Cast):
    assert "competence" not in counts(client, LIST)
    assert counts(client, f"{LIST}?group=software")["competence"] == {"datenanalyse": 1, "erp": 2}
    assert counts(client, f"{LIST}?competence=erp")["competence"] == {"datenanalyse": 1, "erp": 2}
    assert counts(client, f"{LIST}?state=sachsen")["district"] == {"leipzig": 2}


def test_a_cluster_does_not_offer_the_filter_of_clusters(client: Client, cast: Cast):
    assert sorted(counts(client, OF_IT)) == ["kind", "relation", "sector", "size", "state"]


def test_networks_are_a_filter_where_they_show_their_members_and_in_their_own_cluster(client: Client, cast: Cast):
    network = Network.objects.create(slug="i-kam", name={"de": "i-kam"})
    network.clusters.add(cast.it)
    NetworkMember.objects.create(network=network, organisation=cast.bakery, is_public=False)
    NetworkMember.objects.create(network=network, organisation=cast.institute, is_public=True)
    assert "network" not in counts(client, LIST), "control: without an agreement there is no such filter"
    affiliate(network, cast.it, ORGANISATIONS)
    table.forget()
    assert counts(client, LIST)["network"] == {"i-kam": 1}
    assert found(client, f"{OF_IT}?network=i-kam") == ["institut"]
    assert "network" not in counts(client, "/en/ernaehrung/organisations/")


@pytest.mark.parametrize(
    ("sort", "slugs"),
    [
        ("name", ALL),
        ("newest", list(reversed(ALL))),
        ("founded", ["backhaus", "aehrenwerk", "verbund", "hochschule", "institut", "stadtverwaltung", "vormals"]),
        ("place", ["hochschule", "institut", "aehrenwerk", "backhaus", "stadtverwaltung", "verbund", "vormals"]),
    ],
)
def test_sorting(client: Client, cast: Cast, sort: str, slugs: list[str]):
    assert found(client, f"{LIST}?sort={sort}") == slugs


def test_a_search_finds_words_and_puts_the_best_first(client: Client, cast: Cast):
    rebuild_index()
    assert found(client, f"{LIST}?q=Software") == ["aehrenwerk"]
    assert found(client, "/de/akteure/?q=BÄCKT+Brote") == ["backhaus"]
    assert found(client, "/de/it/akteure/?q=Brot") == []


def test_a_search_without_a_word_shows_everything(client: Client, cast: Cast):
    assert found(client, f"{LIST}?q=%25%27%22_") == ALL


def test_pages_have_24_and_the_nearest_one_is_shown(client: Client, cast: Cast):
    for number in range(20):
        make_organisation(f"Zulieferer {number:02}", f"z-{number:02}")
    table.forget()
    assert [len(found(client, f"{LIST}?page={page}")) for page in ("0", "1", "2", "99999", "x", "-1")] == [
        24, 24, 3, 3, 24, 24,
    ]  # fmt: skip


BAD = [
    "kind=zeppelin",
    "kind=company%00",
    "state=%27%3B--",
    "competence=" + "x" * 5000,
    "q=" + "x" * 5000,
    "q=%00",
    "q=%25_%27%22",
    "q=AND+OR+NEAR(*",
    "sort=evil&view=hologram",
    "page=99999999999999999999",
    "relation=member",
    "cluster[]=it",
]


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("address", [LIST, OF_IT, "/en/organisations.csv", "/en/organisations.geojson"])
def test_bad_input_is_an_answer(client: Client, cast: Cast, address: str, query: str):
    assert client.get(f"{address}?{query}").status_code == 200


def test_an_unknown_value_is_dropped_and_told(client: Client, cast: Cast):
    answer = client.get(f"{LIST}?kind=zeppelin&kind=research&sort=evil")
    assert [one.slug for one in answer.context["page"].object_list] == ["institut"]
    assert answer.context["notice"] == "We do not know this choice and left it out: zeppelin, evil"


def test_a_known_value_brings_no_notice(client: Client, cast: Cast):
    assert client.get(f"{LIST}?kind=research").context["notice"] == ""


@pytest.mark.parametrize("address", ["/en/zeppelin/organisations/", "/en/zeppelin/organisations.csv"])
def test_an_unknown_cluster_is_missing(client: Client, cast: Cast, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [LIST, "/en/organisations.csv"])
def test_only_reading(client: Client, cast: Cast, address: str):
    assert client.post(address).status_code == 405


def read_csv(client: Client, address: str) -> list[dict[str, Any]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_the_table_has_what_the_list_shows_on_all_its_pages(client: Client, skilled: Cast):
    rows = read_csv(client, "/en/organisations.csv?sort=founded&kind=company")
    assert [row["Name"] for row in rows] == ["Backhaus Muldental AG", "Ährenwerk Software GmbH", "Vormals GmbH"]
    assert rows[1]["Competences"] == "Data analysis, ERP projects, Process control"
    assert (rows[1]["Clusters"], rows[1]["Employees"]) == ("IT cluster", "83")
    assert rows[0]["Sources"] == "https://zeitung.example/backhaus"


def test_the_table_speaks_the_readers_language(client: Client, cast: Cast):
    assert read_csv(client, "/de/akteure.csv?kind=research")[0]["Typ"] == "Forschungsinstitut"


def test_no_cell_is_a_formula(client: Client, cast: Cast):
    Organisation.objects.filter(pk=cast.bakery.pk).update(name='=HYPERLINK("x")')
    assert read_csv(client, "/en/organisations.csv?sector=food")[0]["Name"] == '\'=HYPERLINK("x")'


def test_points_are_those_that_were_found_and_have_a_place(client: Client, cast: Cast):
    features = client.get("/en/it/organisations.geojson").json()["features"]
    assert [(one["properties"]["url"], one["geometry"]["coordinates"]) for one in features] == [
        ("/en/it/organisations/aehrenwerk/", [12.37, 51.34]),
        ("/en/it/organisations/hochschule/", [11.59, 51.03]),
    ]


def test_the_map_has_the_same_as_the_list_by_district(client: Client, cast: Cast):
    shown = client.get(f"{LIST}?view=map").context["map"]
    by_district = {area.name: [one.slug for one in area.organisations] for area in shown.areas}
    assert by_district == {"Jena": ["hochschule", "institut"], "Leipzig": ["aehrenwerk", "backhaus"]}
    assert [one.slug for one in shown.elsewhere] == ["stadtverwaltung", "verbund", "vormals"]
    assert sorted(circle.count for circle in shown.circles) == [1, 2]


def test_the_map_keeps_the_filters(client: Client, cast: Cast):
    answer = client.get(f"{LIST}?view=map&kind=university")
    assert [area.count for area in answer.context["map"].areas] == [1, 0]
    assert 'href="?kind=university&amp;view=map&amp;district=jena"' in answer.content.decode()


def test_an_empty_answer_offers_the_way_back(client: Client, cast: Cast):
    page = client.get(f"{LIST}?kind=association&state=sachsen").content.decode()
    assert page.count("Nothing fits this choice") == 1
    assert client.get(LIST).content.decode().count("Nothing fits this choice") == 0


# The table in memory


def test_a_change_that_an_action_makes_is_counted_at_once(client: Client, cast: Cast):
    assert counts(client, LIST)["kind"]["research"] == 1
    made = make_organisation("Zentrum für Optik", "zentrum", kind="research")
    assert counts(client, LIST)["kind"]["research"] == 1, "the control: without the log nothing is noticed"
    record_audit(verb="organisation.save", target=made)
    assert counts(client, LIST)["kind"]["research"] == 2


def test_a_change_of_something_else_costs_no_new_table(client: Client, cast: Cast):
    first = table.directory()
    record_audit(verb="user.create", target=cast.it_editor)
    assert table.directory() is first
    record_audit(verb="organisation.save", target=cast.firm)
    assert table.directory() is not first


def test_what_was_hidden_past_the_log_is_never_shown(client: Client, cast: Cast):
    assert found(client, LIST) == ALL
    Organisation.objects.filter(pk=cast.bakery.pk).update(visibility=Organisation.Visibility.HIDDEN)
    assert found(client, LIST) == [slug for slug in ALL if slug != "backhaus"]
    assert [row["Name"] for row in read_csv(client, "/en/organisations.csv?sector=food")] == []


# Costs


@pytest.mark.parametrize(
    ("address", "queries"), [(LIST, 3), (OF_IT, 4), (f"{LIST}?view=map", 3), ("/en/organisations.csv", 3)]
)
def test_queries_do_not_grow_with_the_list(
    client: Client, cast: Cast, django_assert_num_queries: Any, address: str, queries: int
):
    Organisation.objects.exclude(pk=cast.firm.pk).update(visibility=Organisation.Visibility.HIDDEN)
    table.directory()
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    Organisation.objects.filter(pk__in=[cast.university.pk, cast.institute.pk]).update(
        visibility=Organisation.Visibility.PUBLISHED
    )
    table.forget()
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_building_the_table_takes_the_same_queries_for_any_number(cast: Cast, django_assert_num_queries: Any):
    with django_assert_num_queries(13):
        table.directory()
    for number in range(3):
        make_organisation(f"Neu {number}", f"neu-{number}", sectors=[cast.sector_it])
    table.forget()
    with django_assert_num_queries(13):
        table.directory()
