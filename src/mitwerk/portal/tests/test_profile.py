"""The page of one organisation."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Competence, Reference
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.tests.cast import affiliate
from mitwerk.pages.actions import ensure_page_tree
from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import tell
from mitwerk.projects.models import Partner, Project

pytestmark = pytest.mark.django_db

FIRM = "/en/organisations/aehrenwerk/"
BAKERY = "/en/organisations/backhaus/"


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def facts(client: Client, address: str) -> dict[str, str]:
    return {label: str(value) for label, value, _url in client.get(address).context["facts"] if value}


def test_what_is_known_in_a_few_words(client: Client, cast: Cast):
    assert facts(client, FIRM) == {
        "Legal form": "GmbH",
        "Founded": "1998",
        "Employees": "83 (2012)",
        "Town": "Leipzig",
        "District": "Leipzig",
        "State": "Saxony",
        "Founding member": "IT cluster",
    }


def test_the_size_stands_in_for_the_number_of_employees(client: Client, cast: Cast):
    assert facts(client, BAKERY)["Employees"] == "250 employees and more"


def test_the_umbrella_body_is_named(client: Client, cast: Cast):
    assert facts(client, "/en/organisations/verbund/")["Member"] == "Sample Region"


def test_an_unclaimed_entry_says_so_and_can_be_claimed(client: Client, cast: Cast):
    asked = [text_of(client, address).count("/claim/") for address in (BAKERY, FIRM)]
    assert asked == [1, 0]


def test_every_source_and_its_year_is_shown(client: Client, cast: Cast):
    found = re.search(r'<p class="source">(.*?)</p>', text_of(client, BAKERY), re.S)
    assert found
    assert re.sub(r"<[^>]+>", "", found[1]) == "Source: zeitung.example, as of 2012"


def test_a_text_in_the_other_language_says_so(client: Client, cast: Cast):
    assert text_of(client, BAKERY).count('<span lang="de">Backt Brot.</span>') == 1
    assert text_of(client, "/de/akteure/backhaus/").count('<span lang="de">') == 0


def test_competences_stand_in_the_organisations_order_with_all_their_words(client: Client, cast: Cast):
    rows = [(cast.erp, "Umstieg von Altsystemen"), (cast.control, ""), (cast.erp, "Schulung")]
    for position, (concept, words) in enumerate(rows):
        Competence.objects.create(organisation=cast.firm, concept=concept, wording={"de": words}, position=position)
    skills = client.get(FIRM).context["profile"].skills
    assert [(s.name.label, [str(words) for words in s.wordings]) for s in skills] == [
        ("ERP projects", ["Umstieg von Altsystemen", "Schulung"]),
        ("Process control", []),
    ]


@pytest.fixture
def linked(cast: Cast) -> Cast:
    """The firm with a reference, three projects and two networks; of each something that nobody may see."""
    Reference.objects.create(organisation=cast.firm, wording={"en": "Mill steering"})
    for slug, state, cluster in [
        ("old", Project.State.PUBLISHED, cast.it),
        ("draft", Project.State.DRAFT, cast.it),
        ("food", Project.State.PUBLISHED, cast.food),
    ]:
        project = Project.objects.create(slug=slug, title={"en": slug}, summary={"en": slug}, state=state)
        project.clusters.add(cluster)
        Partner.objects.create(project=project, organisation=cast.firm, name=cast.firm.name, role="carrier")
    for slug, is_public in [("open", True), ("closed", False)]:
        network = Network.objects.create(slug=slug, name={"en": slug})
        network.clusters.add(cast.it)
        NetworkMember.objects.create(network=network, organisation=cast.firm, is_public=is_public)
        affiliate(network, cast.it, ORGANISATIONS)
    return cast


def test_projects_and_networks_that_everybody_may_see(client: Client, linked: Cast):
    profile = client.get(FIRM).context["profile"]
    assert [one.project.slug for one in profile.partnerships] == ["food", "old"]
    assert [one.slug for one in profile.networks] == ["open"]
    assert [str(one.reference) for one in profile.references] == ["Mill steering"]


def test_inside_a_cluster_only_its_own_projects(client: Client, linked: Cast):
    profile = client.get("/en/it/organisations/aehrenwerk/").context["profile"]
    assert [one.project.slug for one in profile.partnerships] == ["old"]


@pytest.mark.parametrize("slug", ["backhaus", "stadtverwaltung", "vormals"])
def test_an_organisation_that_is_not_the_clusters_is_shown_at_the_region(client: Client, cast: Cast, slug: str):
    answer = client.get(f"/en/it/organisations/{slug}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/organisations/{slug}/")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/en/organisations/verborgen/",
        "/en/it/organisations/verborgen/",
        "/en/organisations/no-such/",
        "/en/it/organisations/no-such/",
        "/en/zeppelin/organisations/backhaus/",
    ],
)
def test_what_is_hidden_or_unknown_is_missing(client: Client, cast: Cast, address: str):
    assert client.get(address).status_code == 404


def test_news_that_mention_it_in_the_readers_language_and_cluster(client: Client, cast: Cast):
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    for source_id, clusters, who in [("n1", [cast.it], [cast.firm]), ("n2", [cast.food], [cast.firm]),
                                     ("n3", [cast.it], [cast.bakery])]:  # fmt: skip
        tell(source_id, f"2012-05-0{source_id[1]}", clusters, organisations=who)

    def titles(address: str) -> list[str]:
        return [entry["title"] for entry in client.get(address).context["news"]]

    assert titles("/de/akteure/aehrenwerk/") == ["Größere Pläne n2", "Größere Pläne n1"]
    assert titles("/en/it/organisations/aehrenwerk/") == ["Bigger plans n1"]
    NewsPage.objects.filter(source_id="n1").update(live=False)
    assert titles("/en/it/organisations/aehrenwerk/") == []


def test_links_out_take_nothing_along(client: Client, cast: Cast):
    found = re.findall(r'<a [^>]*href="https://aehrenwerk\.example"[^>]*>', text_of(client, FIRM))
    assert [re.search('rel="([^"]*)"', link)[1] for link in found] == ["noopener nofollow"]  # type: ignore[index]


def test_machines_read_the_same(client: Client, cast: Cast):
    page = text_of(client, "/en/organisations/hochschule/")
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert found
    organisation, crumbs = json.loads(found[1])
    assert (organisation["@type"], organisation["name"], organisation["identifier"]) == (
        "CollegeOrUniversity", "Hochschule Saaletal", "https://ror.org/00example",
    )  # fmt: skip
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "Sample Region", "Actors", "Hochschule Saaletal",
    ]  # fmt: skip


def test_the_place_is_drawn(client: Client, cast: Cast):
    counts = [text_of(client, a).count('class="spot"') for a in (FIRM, "/en/organisations/stadtverwaltung/")]
    assert counts == [1, 0]


def test_queries_do_not_grow_with_what_is_told(client: Client, cast: Cast, django_assert_num_queries: Any):
    def add(number: int) -> None:
        project = Project.objects.create(slug=f"p{number}", title={"en": "P"}, summary={"en": "S"})
        Partner.objects.create(project=project, organisation=cast.firm, name="F")
        network = Network.objects.create(slug=f"n{number}", name={"en": "N"})
        NetworkMember.objects.create(network=network, organisation=cast.firm, is_public=True)
        affiliate(network, cast.it, ORGANISATIONS)
        concept = [cast.erp, cast.analytics, cast.control][number]
        Competence.objects.create(organisation=cast.firm, concept=concept)
        Reference.objects.create(organisation=cast.firm, wording={"en": "R"}).concepts.add(concept)

    add(0)
    client.get(FIRM)
    with django_assert_num_queries(QUERIES):
        client.get(FIRM)
    add(1)
    add(2)
    with django_assert_num_queries(QUERIES):
        client.get(FIRM)


QUERIES = 14


@pytest.mark.parametrize("name", ['<script>alert("x")</script>', "</script><b>", "{{ 7 }}"])
def test_names_are_never_markup(client: Client, cast: Cast, name: str):
    Organisation.objects.filter(pk=cast.bakery.pk).update(name=name, description={"en": name})
    page = text_of(client, BAKERY)
    assert page.count(name) == (0 if "<" in name else page.count("{{ 7 }}"))
