"""The secret address of somebody's calendar: what it gives, whom it stops for, and what the database does not know."""

import logging
from collections.abc import Callable

import icalendar
import pytest
from django.test import Client, override_settings

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import end_person
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.rooms.actions import answer_meeting, cancel_meeting, renew_feed
from mitwerk.rooms.models import Feed
from mitwerk.rooms.queries.feeds import feed_by_token, token_of
from mitwerk.rooms.tests.meetings_cast import ROOM, make_meeting, row_of

As = Callable[[User | None], Client]


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


@pytest.fixture
def token(circle: Circle) -> str:
    return token_of(renew_feed(person=row_of(circle.member), actor=circle.member))


def fetch(token: str) -> int:
    return Client().get(f"/en/rooms/feed/{token}.ics").status_code


def test_the_calendar_is_read_without_a_sign_in_and_names_nobody(
    networks: Networks, circle: Circle, token: str
) -> None:
    called_off = make_meeting(networks.heads, title="Abgesagt", link="https://call.example/x", text="Worum es geht")
    held = make_meeting(networks.heads, days=9, title="Findet statt")
    make_meeting(networks.heads, days=-400, title="Lange her")
    make_meeting(networks.bakers, title="Der anderen")
    cancel_meeting(meeting=called_off, actor=circle.coordinator)
    answer_meeting(meeting=held, person=row_of(circle.member), answer="comes", actor=circle.member)
    answer = Client().get(f"/en/rooms/feed/{token}.ics")
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("private, no-store", "text/calendar; charset=utf-8")
    assert answer.cookies == {}
    entries = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(one["summary"]), str(one["status"]), int(one["sequence"])) for one in entries] == [
        ("Öffner-Runde: Abgesagt", "CANCELLED", 1),
        ("Öffner-Runde: Findet statt", "CONFIRMED", 0),
    ]
    assert all(one.errors == [] and one["uid"] and one["dtstamp"] and one["dtend"] for one in entries)
    text = answer.content.decode()
    secrets = ("coordinator", "member", "example.org", "ATTENDEE", "ORGANIZER", "call.example", "Worum")
    assert [word for word in secrets if word in text] == []
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a9_it_stops_with_the_right(networks: Networks, circle: Circle, token: str) -> None:
    assert fetch(token) == 200
    User.objects.filter(pk=circle.member.pk).update(is_active=False)
    assert fetch(token) == 404
    User.objects.filter(pk=circle.member.pk).update(is_active=True)
    assert fetch(token) == 200, "the control"
    end_person(person=row_of(circle.member), actor=circle.coordinator)
    answer = Client().get(f"/en/rooms/feed/{token}.ics")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (404, b"", "private, no-store")


def test_renewing_ends_the_old_address(circle: Circle, token: str, as_user: As) -> None:
    browser = as_user(circle.member)
    shown = browser.get(f"{ROOM}calendar/").content.decode()
    assert f"/en/rooms/feed/{token}.ics" in shown, "it can be shown again"
    assert browser.post(f"{ROOM}calendar/renew/").status_code == 302
    new = token_of(Feed.objects.get())
    assert (fetch(token), fetch(new), Feed.objects.count()) == (404, 200, 1)


def test_each_has_their_own_and_none_before_asking(circle: Circle, token: str, as_user: As) -> None:
    page = as_user(circle.coordinator).get(f"{ROOM}calendar/").content.decode()
    assert ("/rooms/feed/" in page, "Make my address" in page, Feed.objects.count()) == (False, True, 1)
    codes = {name: as_user(user).post(f"{ROOM}calendar/renew/").status_code for name, user in vars(circle).items()}
    assert codes == {"coordinator": 302, "member": 302, "former": 404, "baker": 404, "stranger": 404}


def test_who_reads_the_database_has_no_address(token: str) -> None:
    feed = Feed.objects.get()
    guesses = [f"{feed.public_id}-{feed.nonce}", feed.public_id, f"{feed.public_id}-", "-", token[:-1], f"{token}0"]
    assert [feed_by_token(guess) for guess in guesses] == [None] * len(guesses)
    assert feed_by_token(token) == feed, "the control"
    with override_settings(SECRET_KEY="another"):
        assert feed_by_token(token) is None


def test_no_token_stands_in_the_log(circle: Circle, token: str, caplog: pytest.LogCaptureFixture) -> None:
    end_person(person=row_of(circle.member), actor=circle.coordinator)
    with caplog.at_level(logging.DEBUG):
        assert fetch(token) == 404
        assert token not in caplog.text
        Client().get("/en/rooms/feed/")
    assert "/en/rooms/feed/" in caplog.text, "the control: other missing pages are"


def test_odd_addresses_are_missing() -> None:
    assert [fetch(odd) for odd in ("x", "-", "ä" * 300, "a-ä")] == [404] * 4
