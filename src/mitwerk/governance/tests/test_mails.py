"""Mails of a ballot: to delegate and substitutes, once, with a link each; a reminder to those that have not voted."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.actions import call_off_ballot, close_due_ballots, send_ballot_mails
from mitwerk.governance.models import Ballot, Roll, Vote
from mitwerk.governance.tests.cast import Bodies, count, started, vote
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Representative
from mitwerk.people.tests.cast import People

As = Callable[[Any], Client]
LINK = re.compile(r"/de/abstimmen/([\w-]+)/")


def readers(start: str = "ballot/") -> list[str]:
    found = Mail.objects.filter(key__startswith=start).order_by("to", "pk")
    return [mail.to.split("@")[0] for mail in found]


def link_to(name: str) -> str:
    """Path of the ballot paper in the latest mail to somebody."""
    text = Mail.objects.filter(to=f"{name}@example.org").latest("pk").text
    return f"/de/abstimmen/{LINK.findall(text)[0]}/"


def test_everybody_who_may_vote_is_told_once(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    assert [send_ballot_mails(), send_ballot_mails()] == [1, 0]
    told = ["baker-delegate", "delegate", "institute-delegate", "substitute", "university-delegate"]
    assert readers() == told
    assert Mail.objects.filter(to="delegate@example.org").get().subject == "Bitte abstimmen: Kongress"
    Ballot.objects.update(invited_at=None)
    send_ballot_mails()
    assert readers() == told, "killed half-way and begun anew, nobody gets it twice"
    assert ballot.state == "open"


def test_who_has_not_voted_is_reminded_once(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    send_ballot_mails()
    vote(ballot, people.delegate, cast.firm, "yes")
    with time_machine.travel(ballot.closes_at - timedelta(days=3, minutes=1)):
        assert send_ballot_mails() == 0
    with time_machine.travel(ballot.closes_at - timedelta(days=3)):
        assert [send_ballot_mails(), send_ballot_mails()] == [1, 0]
    reminded = [mail.to for mail in Mail.objects.filter(key__endswith="/again").order_by("to")]
    assert reminded == [f"{name}-delegate@example.org" for name in ("baker", "institute", "university")]


def test_a_short_ballot_is_reminded_when_half_of_its_time_is_over(bodies: Bodies) -> None:
    ballot = started(bodies.board, days=2)
    send_ballot_mails()
    with time_machine.travel(ballot.closes_at - timedelta(days=1, minutes=1)):
        assert send_ballot_mails() == 0
    with time_machine.travel(ballot.closes_at - timedelta(days=1)):
        assert send_ballot_mails() == 1


def test_the_link_leads_to_the_paper_and_opening_it_does_nothing(
    cast: Cast, people: People, bodies: Bodies, client: Client
) -> None:
    ballot = started(bodies.board, is_secret=True)
    send_ballot_mails()
    path = link_to("substitute")
    answer = client.get(path)
    assert (answer.status_code, f"Stimmzettel von {cast.firm.name}" in answer.text) == (200, True)
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")
    assert Roll.objects.get().voted == []
    assert client.post(path, {}).status_code == 200
    assert client.post(path, {"choice": "yes"}).status_code == 200
    assert Roll.objects.get().voted == [cast.firm.public_id]
    for again in (path, link_to("delegate")):
        assert client.post(again, {"choice": "no"}).status_code == 409
    assert ActLink.objects.filter(used_at=None, revoked_at=None).count() == 5, "nothing notes who came when"
    count(ballot)
    assert client.get(path).status_code == 410


def test_the_link_is_good_only_while_its_reader_may_vote(
    cast: Cast, people: People, bodies: Bodies, client: Client
) -> None:
    ballot = started(bodies.board)
    send_ballot_mails()
    path = link_to("substitute")
    mine = Representative.objects.filter(person__user=people.substitute)
    mine.update(role="editor")
    assert client.post(path, {"choice": "yes"}).status_code == 410
    mine.update(role="substitute", until=timezone.now())
    assert client.post(path, {"choice": "yes"}).status_code == 410
    mine.update(until=None)
    people.substitute.is_active = False
    people.substitute.save()
    assert client.post(path, {"choice": "yes"}).status_code == 410
    people.substitute.is_active = True
    people.substitute.save()
    assert client.post(path, {"choice": "yes"}).status_code == 200, "control"
    assert Vote.objects.get().cast_by == people.substitute.person
    call_off_ballot(ballot=ballot, actor=cast.it_editor)
    assert client.get(path).status_code == 410
    assert client.get("/de/abstimmen/erfunden/").status_code == 404


def test_office_and_chair_get_the_result_with_its_marks(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board, days=1)
    for user, organisation in ((people.delegate, cast.firm), (bodies.university, cast.university)):
        vote(ballot, user, organisation, "yes")
    with time_machine.travel(ballot.closes_at):
        close_due_ballots()
    closed = Ballot.objects.get()
    assert sorted(readers(f"ballot/{closed.public_id}/result/")) == ["delegate", "region", "substitute"]
    text = Mail.objects.filter(to="delegate@example.org").latest("pk").text
    for mark in (closed.wording_hash, closed.roll_hash, closed.closing_hash):
        assert mark in text
    assert "2 Ja, 0 Nein" in text


def test_no_mail_names_an_address_in_its_key(cast: Cast, people: People, bodies: Bodies) -> None:
    started(bodies.board)
    send_ballot_mails()
    count(Ballot.objects.get())
    assert [key for key in Mail.objects.values_list("key", flat=True) if key and "@" in key] == []
