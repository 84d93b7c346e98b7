"""Polls: an opinion is counted and never named, dates are named."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.networks.models import NetworkPerson
from mitwerk.networks.tests.cast import belong
from mitwerk.rooms.actions import close_poll, open_poll, vote
from mitwerk.rooms.models import Poll, PollOption, PollVote
from mitwerk.rooms.queries import options_shown, voted
from mitwerk.rooms.tests.cast import ROOM, Room, a_topic, make_room


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def a_poll(room: Room, **values: Any) -> tuple[Poll, list[PollOption]]:
    usual = {
        "topic": a_topic(room), "me": room.member, "kind": "opinion", "question": "Tape?", "options": ["Yes", "No"],
        "is_multiple": False, "closes_at": None,
    }  # fmt: skip
    poll = open_poll(**{**usual, **values})
    return poll, list(poll.options.all())


def counts(poll: Poll, me: NetworkPerson | None = None) -> list[int | None]:
    return [one.count for one in options_shown(poll, me, voted(poll))]


def test_an_opinion_is_counted_when_it_is_closed_and_enough_have_chosen(room: Room) -> None:
    poll, (yes, no) = a_poll(room)
    users = [create_user(email=f"n{n}@example.org", password=None, name=f"n{n}") for n in range(2)]
    more = [belong(one, room.network, "member") for one in users]
    people = [room.member, room.asker, room.coordinator, *more]
    for one in people[:4]:
        vote(poll=poll, me=one, options=[yes])
    close_poll(poll=poll, me=room.member)
    poll.refresh_from_db()
    assert (counts(poll), voted(poll)) == ([None, None], 4), "so few are known by their number"
    Poll.objects.filter(pk=poll.pk).update(closes_at=None)
    vote(poll=poll, me=people[4], options=[no])
    poll.refresh_from_db()
    assert (counts(poll), voted(poll)) == ([None, None], 5), "open"
    close_poll(poll=poll, me=room.member)
    poll.refresh_from_db()
    assert [(one.count, one.names, one.is_mine) for one in options_shown(poll, room.asker, 5)] == [
        (4, [], True), (1, [], False),
    ]  # fmt: skip


def test_one_votes_once_changes_it_and_takes_it_back(room: Room) -> None:
    poll, (yes, no) = a_poll(room)
    for chosen, kept in (([yes], [yes]), ([yes], [yes]), ([no], [no]), ([], [])):
        vote(poll=poll, me=room.asker, options=chosen)
        assert list(PollOption.objects.filter(votes__person=room.asker)) == kept
    with pytest.raises(Refused):
        vote(poll=poll, me=room.asker, options=[yes, no])
    PollVote.objects.create(option=yes, person=room.asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(option=yes, person=room.asker)


def test_of_dates_everybody_sees_who_can_when(room: Room) -> None:
    first = timezone.now() + timedelta(days=3)
    poll, options = a_poll(room, kind="dates", options=[first, first + timedelta(days=1)])
    vote(poll=poll, me=room.asker, options=options)
    vote(poll=poll, me=room.member, options=options[:1])
    shown = [(one.count, one.names) for one in options_shown(poll, None, 2)]
    assert shown == [(2, ["IT head machines", "member"]), (1, ["IT head machines"])]


def test_a_closed_poll_takes_no_votes(room: Room) -> None:
    poll, (yes, _no) = a_poll(room, closes_at=timezone.now() + timedelta(hours=1))
    vote(poll=poll, me=room.asker, options=[yes])
    close_poll(poll=poll, me=room.member)
    with pytest.raises(Refused):
        vote(poll=poll, me=room.asker, options=[])
    assert PollVote.objects.count() == 1
    with pytest.raises(Refused):
        open_poll(
            topic=poll.topic, me=room.member, kind="opinion", question="Again?", options=["a", "b"], is_multiple=False,
            closes_at=None,
        )  # fmt: skip


def test_who_asked_or_coordinates_opens_and_closes_it_and_members_vote(room: Room) -> None:
    topic = a_topic(room)
    path = f"{ROOM}topics/{topic.public_id}/"
    sent = {"kind": "dates", "question": "When?", "options": "2027-01-04 14:00\n05.01.2027 15:30\n\n2027-01-04 14:00"}
    assert room.client("asker").get(f"{path}poll/new/").status_code == 404
    assert room.client("asker").post(f"{path}poll/vote/").status_code == 404
    assert room.client("member").post(f"{path}poll/new/", sent).status_code == 302
    poll = Poll.objects.get()
    options = [option.public_id for option in poll.options.all()]
    assert (len(options), poll.is_multiple) == (2, True)
    asker = room.client("asker")
    assert asker.post(f"{path}poll/vote/", {"option": [*options, "x"]}).status_code == 404
    assert asker.post(f"{path}poll/vote/", {"option": options}).status_code == 302
    assert "IT head machines" in room.client("coordinator").get(path).content.decode()
    assert asker.post(f"{path}poll/close/").status_code == 404
    assert room.client("coordinator").post(f"{path}poll/close/").status_code == 302
    assert Poll.objects.get().is_open is False
    assert "Closed." in asker.get(path).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": "one"},
        {"options": "\n".join(str(n) for n in range(21))},
        {"options": "x" * 151 + "\ny"},
        {"kind": "dates", "options": "2027-01-04 14:00\ntomorrow"},
        {"closes_at": "2001-01-01T10:00"},
        {"question": "Two\nlines"},
        {"kind": "x"},
    ],
)
def test_what_cannot_be_asked_is_told(room: Room, wrong: dict[str, str]) -> None:
    topic = a_topic(room)
    sent = {"kind": "opinion", "question": "Tape?", "options": "Yes\nNo", **wrong}
    answer = room.client("member").post(f"{ROOM}topics/{topic.public_id}/poll/new/", sent)
    assert (answer.status_code, Poll.objects.count()) == (200, 0)
