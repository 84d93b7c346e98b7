"""The first page, the decisions on what comes in, and how dear each list is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.office.browser import form_data
from wagtail.models import ModelLogEntry

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Claim, Membership
from mitwerk.actors.tests.cast import Cast, make_concept, make_organisation
from mitwerk.clusters.models import Cluster, Message
from mitwerk.events.models import Event
from mitwerk.matching.models import Need, NeedContact
from mitwerk.networks.models import Network
from mitwerk.pages.models import ClusterHomePage
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept

As = Callable[[User | None], Client]


def make_need(cast: Cast, number: int = 0) -> Need:
    need = Need.objects.create(slug=f"bedarf-{number}", title={"de": f"Bedarf {number}"}, text={"de": "Text"})
    need.clusters.set([cast.it])
    return need


def make_message(cast: Cast, number: int = 0) -> Message:
    return Message.objects.create(
        cluster=cast.it, subject=f"Frage {number}", name="M", email="m@example.org", text="Hallo"
    )


def make_claim(cast: Cast, number: int = 0) -> Claim:
    return Claim.objects.create(organisation=cast.institute, name=f"C{number}", email="c@example.org")


def piles_of(browser: Client) -> dict[str, int]:
    [desk] = [panel for panel in browser.get("/office/").context["panels"] if panel.name == "office_desk"]
    context = desk.get_context_data({"request": browser.get("/office/").wsgi_request})
    return {pile.url.split("/")[2]: pile.count for pile in context["piles"]}


def test_desk_shows_what_waits_to_those_who_may_answer(cast: Cast, as_user: As) -> None:
    make_message(cast), make_claim(cast), make_need(cast)
    found = {who: piles_of(as_user(getattr(cast, who))) for who in ("it_editor", "food_editor", "umbrella_editor")}
    assert found == {
        "it_editor": {"messages": 1, "claims": 1, "needs": 1},
        "food_editor": {"messages": 0, "claims": 1, "needs": 0},
        "umbrella_editor": {"messages": 1, "claims": 1, "needs": 1},
    }


@pytest.mark.parametrize(("who", "sites"), [("it_editor", ["/de/it/"]), ("umbrella_editor", ["/de/"])])
def test_desk_leads_to_the_public_site(cast: Cast, as_user: As, who: str, sites: list[str]) -> None:
    page = as_user(getattr(cast, who)).get("/office/").content.decode()
    assert [f'href="{url}"' in page for url in ["/de/", "/de/it/", "/de/ernaehrung/"]] == [
        url in sites for url in ["/de/", "/de/it/", "/de/ernaehrung/"]
    ]


def test_need_is_cleared_by_the_office(cast: Cast, as_user: As) -> None:
    need, browser = make_need(cast), as_user(cast.it_editor)
    NeedContact.objects.create(need=need, name="Kontakt", email="k@example.org", organisation_name="Muster GmbH")
    page = browser.get(f"/office/needs/inspect/{need.pk}/").content.decode()
    assert "Muster GmbH, Kontakt, k@example.org" in page
    assert browser.post(f"/office/needs/act/{need.pk}/publish/").status_code == 302
    need.refresh_from_db()
    entry, line = AuditEntry.objects.get(target_id=need.public_id), ModelLogEntry.objects.get(object_id=str(need.pk))
    assert (need.state, entry.verb, entry.actor) == (Need.State.PUBLISHED, "need.publish", cast.it_editor)
    assert (line.action, line.user, line.data) == ("office.act", cast.it_editor, {"names": ["publish"]})


def test_claim_is_accepted(cast: Cast, as_user: As) -> None:
    claim = make_claim(cast)
    as_user(cast.it_editor).post(f"/office/claims/act/{claim.pk}/accept/")
    claim.refresh_from_db()
    assert (claim.state, claim.organisation.is_claimed) == (Claim.State.ACCEPTED, True)
    assert [e.verb for e in AuditEntry.objects.filter(target_id=claim.public_id)] == ["claim.accept"]


def test_claim_is_declined(cast: Cast, as_user: As) -> None:
    claim = make_claim(cast)
    as_user(cast.it_editor).post(f"/office/claims/act/{claim.pk}/decline/")
    claim.refresh_from_db()
    assert (claim.state, claim.organisation.is_claimed) == (Claim.State.DECLINED, False)


def test_message_is_ticked_off_and_opened_again(cast: Cast, as_user: As) -> None:
    message, browser = make_message(cast), as_user(cast.it_editor)
    handled = []
    for act in ("done", "reopen"):
        browser.post(f"/office/messages/act/{message.pk}/{act}/")
        message.refresh_from_db()
        handled.append(message.handled_at is not None)
    assert handled == [True, False]
    verbs = AuditEntry.objects.filter(target_id=message.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["message.handle", "message.reopen"]


@pytest.mark.parametrize(
    ("accent", "status"), [("#ffffff", 200), ("#f0b323", 200), ("#1d4e9e", 302), ("#1D4E9E", 302), ("red", 200)]
)
def test_pale_colours_are_refused(cast: Cast, as_user: As, accent: str, status: int) -> None:
    browser, url = as_user(cast.it_editor), f"/office/clusters/edit/{cast.it.pk}/"
    data = form_data(browser.get(url).context["form"])
    assert browser.post(url, {**data, "accent": accent}).status_code == status


@pytest.mark.parametrize(("who", "domain"), [("it_editor", None), ("umbrella_editor", None), ("administrator", "x.de")])
def test_only_administrators_give_a_cluster_a_domain(cast: Cast, as_user: As, who: str, domain: str | None) -> None:
    browser, url = as_user(getattr(cast, who)), f"/office/clusters/edit/{cast.it.pk}/"
    browser.post(url, {**form_data(browser.get(url).context["form"]), "domain": "X.de", "slug": "anders"})
    cast.it.refresh_from_db()
    assert (cast.it.domain, cast.it.slug) == (domain, "it")


def test_new_cluster_has_its_pages_at_once(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.umbrella_editor), "/office/clusters/new/"
    data = form_data(browser.get(url).context["form"]) | {"name_de": "Chemie", "slug": "chemie"}
    assert browser.post(url, {**data, "slug": "suche"}).status_code == 200, "an address of the house"
    assert browser.post(url, data).status_code == 302
    homes = ClusterHomePage.objects.filter(cluster__slug="chemie").order_by("locale__language_code")
    assert [page.locale.language_code for page in homes] == ["de", "en"]


def test_new_concept_is_named_in_both_languages(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.umbrella_editor), "/office/concepts/new/"
    data = form_data(browser.get(url).context["form"]) | {
        "vocabulary": cast.erp.vocabulary.pk, "broader": cast.software_group.pk, "labels-TOTAL_FORMS": "1",
        "labels-0-language": "de", "labels-0-kind": "preferred", "labels-0-text": "Künstliche Intelligenz",
    }  # fmt: skip
    assert browser.post(url, data).status_code == 200
    data |= {"labels-TOTAL_FORMS": "2", "labels-1-language": "en", "labels-1-kind": "preferred", "labels-1-text": "AI"}
    assert browser.post(url, data).status_code == 302
    made = Concept.objects.get(slug="kuenstliche-intelligenz")
    assert (made.broader, made.label("en").text) == (cast.software_group, "AI")


def test_concept_in_use_stays(cast: Cast, as_user: As) -> None:
    cast.firm.competences.create(concept=cast.erp, wording={"de": "ERP"})
    answer = as_user(cast.umbrella_editor).post(f"/office/concepts/delete/{cast.erp.pk}/")
    assert (answer.status_code, Concept.objects.filter(pk=cast.erp.pk).exists()) == (302, True)
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def more(cast: Cast, office: str, number: int) -> None:
    """One more record of the list."""
    made: Any
    match office:
        case "messages":
            make_message(cast, number)
        case "claims":
            make_claim(cast, number)
        case "needs":
            make_need(cast, number).concepts.set([cast.erp])
        case "organisations":
            made = make_organisation(f"Firma {number}", f"firma-{number}", state=cast.saxony, district=cast.leipzig)
            Membership.objects.create(organisation=made, cluster=cast.it)
        case "clusters":
            Cluster.objects.create(slug=f"c{number}", name={"de": f"C {number}"}, sector=cast.sector_it)
        case "concepts":
            make_concept(cast.erp.vocabulary, f"begriff-{number}", "B", "B", cast.software_group)
        case "events":
            made = Event.objects.create(slug=f"e{number}", title={"de": "E"}, starts_on=date(2007, 3, 1))
            made.clusters.set([cast.it])
            made.organisers.create(name="O")
        case "projects":
            made = Project.objects.create(slug=f"p{number}", title={"de": "P"}, summary={"de": "K"})
            made.clusters.set([cast.it])
            made.proved.set([cast.erp])
        case "networks":
            made = Network.objects.create(slug=f"n{number}", name={"de": "N"})
            made.clusters.set([cast.it])


def test_an_invitation_begins_with_the_organisation_the_desk_named(cast: Cast, as_user: As) -> None:
    """Only with one the reader edits: nobody learns a name by its id."""
    url = f"/office/invitations/new/?organisation={cast.bakery.public_id}"
    pages = [as_user(user).get(url) for user in (cast.food_editor, cast.it_editor)]
    assert [page.status_code for page in pages] == [200, 200]
    assert [cast.bakery.name in page.content.decode() for page in pages] == [True, False]


LISTS = {
    "messages": (15, 11), "claims": (13, 10), "organisations": (17, 12), "projects": (18, 14), "events": (17, 13),
    "networks": (15, 11), "needs": (17, 13), "clusters": (13, 10), "concepts": (16, 12),
}  # fmt: skip
"""Queries of each list as a page and as an export, equal at one record more and at three more."""


def count(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(url)
        _body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return len(queries)


@pytest.mark.parametrize("office", LISTS)
def test_queries_do_not_grow_with_the_list(cast: Cast, as_user: As, office: str) -> None:
    browser, url = as_user(cast.umbrella_editor), f"/office/{office}/"
    browser.get(url)
    found = []
    for number in range(3):
        more(cast, office, number)
        if number != 1:
            found.append((count(browser, url), count(browser, f"{url}?export=csv")))
    assert found == [LISTS[office], LISTS[office]]
