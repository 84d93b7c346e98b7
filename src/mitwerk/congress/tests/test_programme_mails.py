"""Who hears of a release: those whose own items changed, once, in their language, with a date for their calendar."""

import datetime as dt

import pytest
from icalendar import Calendar

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import move_session, unplace_session
from mitwerk.congress.mails import mail_release
from mitwerk.congress.models import Congress, Contribution, Speaker
from mitwerk.congress.tests.programme_cast import (
    at,
    coffee,
    handed_in_by,
    make_contribution,
    make_rooms,
    make_speaker,
    place,
    release,
)
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person


@pytest.fixture
def talks(congress: Congress, cast: Cast) -> list[Contribution]:
    """Two of one firm, with a speaker each, placed."""
    handler = User.objects.create_user("handler@example.org", language="en")
    hall, room = make_rooms(congress, 2)
    made = [make_contribution(congress, cast.firm, number) for number in (1, 2)]
    for one, name, where in zip(made, ("Anna", "Bodo"), (hall, room), strict=True):
        handed_in_by(one, handler)
        make_speaker(one, name)
        place(one, cast, where, "09:00")
    return made


def sent() -> list[tuple[str, str]]:
    """Who got one, and of which items it tells."""
    found = Mail.objects.filter(template="congress/release_mail.txt").order_by("pk")
    words = {"1": ("Vortrag 1\n", "Talk 1\n"), "2": ("Vortrag 2\n", "Talk 2\n")}
    return [
        (one.to, " ".join(number for number, told in words.items() if any(word in one.text for word in told)))
        for one in found
    ]


def later(talk: Contribution, cast: Cast, clock: str) -> None:
    session = talk.session
    session.refresh_from_db()
    times = {"starts_at": at(clock), "ends_at": at(clock) + dt.timedelta(minutes=30)}
    move_session(session=session, seen=session.version, values=times, actor=cast.it_editor)


def test_the_first_release_tells_everybody_of_their_own(
    talks: list[Contribution], congress: Congress, cast: Cast
) -> None:
    coffee(congress, cast)
    release(congress, cast)
    assert sent() == [("handler@example.org", "1 2"), ("anna@example.org", "1"), ("bodo@example.org", "2")]


def test_later_only_those_whose_items_changed(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    release(congress, cast)
    Mail.objects.all().delete()
    later(talks[1], cast, "11:00")
    release(congress, cast)
    assert sent() == [("handler@example.org", "2"), ("bodo@example.org", "2")]
    english = Mail.objects.get(to="handler@example.org")
    assert "26 October 2007, 11:00–11:30 (before: 26 October 2007, 09:00–09:30)" in english.text
    assert english.subject == "Your part in the programme: Congress 2007"


def test_control_without_the_look_at_changes_everybody_would_hear(
    talks: list[Contribution], congress: Congress, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(congress, cast)
    Mail.objects.all().delete()
    later(talks[1], cast, "11:00")
    every = frozenset(one.public_id for one in talks)
    monkeypatch.setattr("mitwerk.congress.actions.programme.touched", lambda found: every)
    release(congress, cast)
    assert len(sent()) == 3


def test_a_break_that_moves_is_nobodys_own(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    session = coffee(congress, cast)
    release(congress, cast)
    Mail.objects.all().delete()
    times = {"starts_at": at("10:00"), "ends_at": at("10:30")}
    move_session(session=session, seen=1, values=times, actor=cast.it_editor)
    release(congress, cast)
    assert sent() == []


def test_a_repeat_sends_nothing_twice(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    made = release(congress, cast)
    before = Mail.objects.count()
    mail_release(made, [one.public_id for one in talks])
    assert Mail.objects.count() == before
    assert [key for key in Mail.objects.values_list("key", flat=True) if "@" in (key or "")] == []


def test_whoever_declined_to_be_named_hears_nothing(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    Speaker.objects.filter(person__name="Anna").update(agreed_at=None, refused_at=at("09:00"))
    release(congress, cast)
    assert [to for to, _items in sent()] == ["handler@example.org", "bodo@example.org"]


def test_one_who_hands_in_and_speaks_gets_one_mail(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    Person.objects.filter(name="Anna").update(email="Handler@example.org")
    release(congress, cast)
    assert [to for to, _items in sent()] == ["handler@example.org", "bodo@example.org"]


def test_the_calendar_moves_and_strikes_out(talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    release(congress, cast)
    later(talks[0], cast, "12:00")
    session = talks[1].session
    unplace_session(session=session, seen=1, actor=cast.it_editor)
    release(congress, cast)

    def entries(name: str) -> list[tuple[str, str, int]]:
        found = Mail.objects.filter(to=name).order_by("pk")
        files = [Calendar.from_ical(one.calendar) for one in found]
        assert {str(one["method"]) for one in files} == {"PUBLISH"}
        return [(str(e["uid"]), str(e["status"]), e["sequence"]) for one in files for e in one.walk("VEVENT")]

    (first, moved), (second, gone) = entries("anna@example.org"), entries("bodo@example.org")
    assert (first[1:], moved[1:], gone[1:]) == (("CONFIRMED", 0), ("CONFIRMED", 1), ("CANCELLED", 1))
    assert (first[0], second[0]) == (moved[0], gone[0])
    assert "not in the programme any more" in Mail.objects.filter(to="handler@example.org").latest("pk").text
