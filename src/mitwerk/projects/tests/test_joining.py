"""Partners join by a yes of the other side: invited or offering, signed in or by the link in the mail."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Representative
from mitwerk.projects.actions import accept_joining, decline_joining, invite_organisation, offer_to_join, take_step
from mitwerk.projects.models import Joining, Partner
from mitwerk.projects.tests.way import Way, lead_to

VALUES = {"role": "partner", "involvement": "research", "effort_days": 40, "note": "Gern."}


def invited(way: Way, cast: Cast) -> Joining:
    return invite_organisation(project=way.idea, organisation=cast.bakery, values=VALUES, actor=way.carrier)


def partners(way: Way) -> list[tuple[str, str, str, int | None]]:
    found = way.idea.partners.order_by("position", "pk")
    return [(p.name, p.role, p.involvement, p.effort_days) for p in found]


def link_of(way: Way) -> str:
    mail = Mail.objects.get(to=way.baker.email, key__startswith="joining/")
    return re.findall(r"http://127.0.0.1:8000(/de/dabei-sein/\S+)", mail.text)[0]


def test_an_invited_organisation_is_no_partner_before_it_says_so(way: Way, cast: Cast) -> None:
    joining = invited(way, cast)
    assert len(partners(way)) == 1
    accept_joining(joining=joining, actor=way.baker)
    assert partners(way)[1] == (cast.bakery.name, "partner", "research", 40)
    assert way.idea.steps.filter(verb="join").count() == 1
    assert Mail.objects.filter(key=f"joining/{joining.public_id}/answer", to=way.carrier.email).count() == 1


def test_one_click_in_the_mail_is_enough(way: Way, cast: Cast, client: Client) -> None:
    invited(way, cast)
    link = link_of(way)
    assert client.get(link).status_code == 200
    assert len(partners(way)) == 1
    assert client.post(link).status_code == 200
    assert len(partners(way)) == 2
    assert client.post(link).status_code == 410
    assert Joining.objects.get().answered_by == way.baker


def test_a_link_of_somebody_who_left_does_nothing(way: Way, cast: Cast, client: Client) -> None:
    invited(way, cast)
    link = link_of(way)
    Representative.objects.filter(organisation=cast.bakery).update(until=timezone.now())
    assert client.post(link).status_code == 410
    assert len(partners(way)) == 1


def test_a_no_closes_the_link_and_may_be_asked_again(way: Way, cast: Cast, client: Client) -> None:
    joining = invited(way, cast)
    link = link_of(way)
    decline_joining(joining=joining, actor=way.baker)
    assert ActLink.objects.filter(used_at=None, revoked_at=None).count() == 0
    assert client.post(link).status_code == 410
    invited(way, cast)
    assert Joining.objects.filter(state="open").count() == 1


def test_nobody_is_asked_twice_nor_answered_twice(way: Way, cast: Cast) -> None:
    joining = invited(way, cast)
    with pytest.raises(Refused):
        invited(way, cast)
    accept_joining(joining=joining, actor=way.baker)
    for again in (lambda: accept_joining(joining=joining, actor=way.baker), lambda: invited(way, cast)):
        with pytest.raises(Refused):
            again()
    assert len(partners(way)) == 2


def test_an_organisation_without_people_cannot_be_asked(way: Way, cast: Cast) -> None:
    with pytest.raises(Refused):
        invite_organisation(project=way.idea, organisation=cast.university, values=VALUES, actor=way.carrier)
    assert Joining.objects.count() == 0


def test_an_offer_waits_for_the_carriers(way: Way, cast: Cast, client: Client) -> None:
    with pytest.raises(Refused):
        offer_to_join(project=way.idea, organisation=cast.bakery, values=VALUES, actor=way.baker)
    lead_to(way, "forming")
    client.force_login(way.baker)
    page = f"/de/mein/projekte/{way.idea.slug}/mitmachen/"
    assert client.get(page).status_code == 200
    sent = {"organisation": cast.bakery.slug, "role": "partner", "involvement": "purchase", "effort_days": "5"}
    assert client.post(page, sent).status_code == 302
    joining = Joining.objects.get()
    assert (joining.side, joining.by, joining.effort_days) == ("offered", way.baker, 5)
    answer = f"/de/mein/beitritte/{joining.public_id}/"
    assert client.get(answer).status_code == 404
    assert client.post(f"{answer}annehmen/").status_code == 404
    client.force_login(way.carrier)
    assert client.get(answer).status_code == 200
    assert client.post(f"{answer}annehmen/").status_code == 302
    assert partners(way)[1][1:] == ("partner", "purchase", 5)


@pytest.mark.parametrize(
    "wrong", [{"organisation": "aehrenwerk"}, {"role": "carrier"}, {"involvement": "x"}, {"effort_days": "-1"}]
)
def test_a_wrong_offer_keeps_what_was_typed(way: Way, cast: Cast, client: Client, wrong: dict[str, str]) -> None:
    lead_to(way, "forming")
    client.force_login(way.baker)
    sent = {"organisation": cast.bakery.slug, "role": "partner", "involvement": "research", "note": "Bleibt stehen"}
    response = client.post(f"/de/mein/projekte/{way.idea.slug}/mitmachen/", sent | wrong)
    assert (response.status_code, "Bleibt stehen" in response.content.decode()) == (200, True)
    assert (Joining.objects.count(), Partner.objects.filter(project=way.idea).count()) == (0, 1)


def test_an_end_closes_what_waits(way: Way, cast: Cast) -> None:
    lead_to(way, "running")
    invited(way, cast)
    take_step(project=way.idea, verb="stop", actor=way.carrier, text="Kein Geld.")
    assert Joining.objects.get().state == "declined"
    with pytest.raises(Refused):
        invited(way, cast)
