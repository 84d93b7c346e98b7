"""One mail for each person, network and period, with what is new."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django_scopes import scopes_disabled

from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import end_person
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import choose_mails, drop_topic, follow, forget_sent_news, send_digests
from mitwerk.rooms.actions import following as acts
from mitwerk.rooms.models import RoomMail
from mitwerk.rooms.queries import period_end
from mitwerk.rooms.tests.cast import Room, a_topic, an_answer, an_unnamed, make_room

WEDNESDAY = datetime(2026, 12, 2, 10, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, 5, 30, tzinfo=UTC)
"""Half past six here."""


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(WEDNESDAY - timedelta(days=3), tick=False) as clock:
        yield clock


@pytest.fixture
def room(clock: Any, cast: Cast) -> Room:
    room = make_room(cast)
    clock.move_to(WEDNESDAY)
    return room


def digests() -> dict[str, str]:
    return {one.to.partition("@")[0]: one.text for one in Mail.objects.filter(template="rooms/digest_mail.txt")}


def run(clock: Any, when: datetime) -> int:
    clock.move_to(when)
    with scopes_disabled():
        return send_digests()


def test_a_week_later_it_comes_once_with_title_address_and_first_words(room: Room, clock: Any) -> None:
    topic = a_topic(room, title="Backups", text="Who keeps them? " * 40)
    an_answer(room, topic, text="Every night")
    assert [run(clock, when) for when in (WEDNESDAY, MONDAY - timedelta(hours=1), MONDAY)] == [0, 0, 2]
    found = digests()
    assert set(found) == {"asker", "coordinator"}, "who wrote and follows it has nothing new"
    assert [word in found["asker"] for word in ("Backups", topic.public_id, "member", "Every night", " …")] == [
        True
    ] * 5
    assert "Every night" not in found["coordinator"]
    mail = Mail.objects.get(to="asker@example.org")
    assert ("Backups" in mail.subject, mail.is_secret, "List-Unsubscribe" in mail.headers) == (False, True, True)
    assert [run(clock, MONDAY + timedelta(hours=hours)) for hours in (0, 1, 100)] == [0, 0, 0]
    Mail.objects.update(state="sent", sent_at=MONDAY)
    assert (forget_sent_news(), run(clock, MONDAY + timedelta(days=7))) == (3, 0), "and nothing where nothing is new"


def test_daily_weekly_and_nothing(room: Room, clock: Any) -> None:
    choose_mails(me=room.asker, how="daily")
    choose_mails(me=room.coordinator, how="nothing")
    clock.move_to(WEDNESDAY + timedelta(hours=1))
    a_topic(room, title="First")
    assert run(clock, WEDNESDAY + timedelta(hours=20)) == 1
    clock.move_to(WEDNESDAY + timedelta(hours=21))
    a_topic(room, title="Second")
    assert run(clock, WEDNESDAY + timedelta(hours=44)) == 1
    second = Mail.objects.filter(to="asker@example.org").order_by("pk")[1].text
    assert ("First" in second, "Second" in second) == (False, True)
    assert (run(clock, MONDAY), set(digests())) == (0, {"asker"}), "the member wrote all of it"


def test_killed_in_the_middle_nobody_gets_it_twice(room: Room, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    a_topic(room)
    done: list[int] = []
    real = acts.mail_digest

    def dies(*given: Any) -> None:
        if done:
            raise RuntimeError
        real(*given)
        done.append(1)

    monkeypatch.setattr(acts, "mail_digest", dies)
    with pytest.raises(RuntimeError):
        run(clock, MONDAY)
    assert Mail.objects.count() == 1
    monkeypatch.undo()
    assert (run(clock, MONDAY), sorted(digests()), Mail.objects.count()) == (1, ["asker", "coordinator"], 2)


def test_two_at_once_write_one(room: Room, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has found them due before the first was done."""
    a_topic(room)
    monkeypatch.setattr(acts, "_is_due", lambda me, now: True)
    assert [run(clock, MONDAY), run(clock, MONDAY), Mail.objects.count()] == [2, 0, 2]


def test_nothing_of_topics_taken_away_and_nothing_to_who_left(room: Room, clock: Any) -> None:
    topic = a_topic(room)
    drop_topic(topic=topic, me=room.member)
    a_topic(room, title="Stays")
    end_person(person=room.asker, actor=room.users["coordinator"])
    assert (run(clock, MONDAY), list(digests())) == (1, ["coordinator"])
    assert "Backups" not in digests()["coordinator"]


def test_names_stay_inside(room: Room, clock: Any) -> None:
    an_answer(room, a_topic(room, is_chatham=True))
    an_answer(room, an_unnamed(room, is_chatham=True))
    run(clock, MONDAY)
    found = digests()
    assert set(found) == {"asker", "coordinator", "member"}
    names = ("member@", "IT head", "by member", "by coordinator", "von member", "von coordinator")
    assert [name for name in names for text in found.values() if name in text] == []


def test_control_names_are_told_where_they_may_be(room: Room, clock: Any) -> None:
    an_answer(room, a_topic(room))
    run(clock, MONDAY)
    assert [name in digests()["asker"] for name in ("member", "coordinator")] == [True, True]


def test_who_asked_without_a_name_is_told_of_it_like_everybody(room: Room, clock: Any) -> None:
    topic = an_unnamed(room, title="Quietly")
    an_answer(room, topic, me=room.asker, text="More of it")
    run(clock, MONDAY)
    found = {name: text.rpartition("-- ")[0] for name, text in digests().items()}
    assert (set(found), len(set(found.values()))) == ({"asker", "coordinator", "member"}, 1)


def test_answers_in_followed_topics_came_at_once(room: Room, clock: Any) -> None:
    clock.move_to(WEDNESDAY - timedelta(days=2, hours=23))
    topic = a_topic(room)
    follow(topic=topic, me=room.asker)
    clock.move_to(MONDAY - timedelta(days=5))
    RoomMail.objects.update_or_create(person=room.asker, defaults={"told_until": WEDNESDAY - timedelta(days=2)})
    an_answer(room, topic)
    run(clock, MONDAY)
    assert "asker" not in digests()


def test_what_was_missed_while_nothing_ran_is_told_afterwards(room: Room, clock: Any) -> None:
    run(clock, MONDAY)
    clock.move_to(MONDAY + timedelta(days=1))
    a_topic(room, title="Missed")
    assert run(clock, MONDAY + timedelta(days=21)) == 2
    assert "Missed" in digests()["asker"]


@pytest.mark.parametrize(
    ("how", "now", "end"),
    [
        ("daily", datetime(2026, 12, 2, 4, 59, tzinfo=UTC), datetime(2026, 12, 1, 5, tzinfo=UTC)),
        ("daily", datetime(2026, 12, 2, 5, 0, tzinfo=UTC), datetime(2026, 12, 2, 5, tzinfo=UTC)),
        ("weekly", datetime(2026, 12, 7, 4, 59, tzinfo=UTC), datetime(2026, 11, 30, 5, tzinfo=UTC)),
        ("weekly", datetime(2026, 12, 7, 5, 0, tzinfo=UTC), datetime(2026, 12, 7, 5, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 29, 12, 0, tzinfo=UTC), datetime(2026, 3, 23, 5, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 30, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 4, tzinfo=UTC)),
    ],
)
def test_a_period_ends_at_six_in_the_morning_here(how: str, now: datetime, end: datetime) -> None:
    assert period_end(how, now) == end
