"""A programme for the congress of the cast: rooms, tracks, and contributions of many firms with times and speakers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import add_break, place_session, release_programme
from mitwerk.congress.models import Congress, Contribution, Release, Room, Session, Speaker, StepTaken, Track
from mitwerk.congress.queries.draft import draft_of, fingerprint
from mitwerk.congress.queries.programme import latest_release
from mitwerk.congress.tests.cast import FIRST
from mitwerk.core.translated import Translated
from mitwerk.people.models import Person
from mitwerk.vocabularies.models import Concept


def at(clock: str, day: dt.date = FIRST) -> dt.datetime:
    """A time of the first day, on the clocks of the house."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(clock)))


def make_rooms(congress: Congress, count: int) -> list[Room]:
    """With the hall of the congress so many; the first of them is small."""
    for number in range(congress.rooms.count(), count):
        Room.objects.create(
            congress=congress, name={"de": f"Raum {number}", "en": f"Room {number}"}, seats=20, position=number
        )
    return list(congress.rooms.all())


def make_contribution(congress: Congress, organisation: Organisation, number: int, **more: Any) -> Contribution:
    """Accepted, and complete in both languages."""
    competences: Sequence[Concept] = more.pop("competences", ())
    made = Contribution.objects.create(
        **{
            "congress": congress, "organisation": organisation, "number": number, "kind": "talk", "language": "de",
            "title": {"de": f"Vortrag {number}", "en": f"Talk {number}"},
            "abstract": {"de": f"Worum es in {number} geht", "en": f"What {number} is about"},
            "state": "accepted", **more,
        }
    )  # fmt: skip
    made.competences.set(competences)
    return made


def make_speaker(contribution: Contribution, name: str, *, agrees: bool = True) -> Speaker:
    person, _is_new = Person.objects.get_or_create(email=f"{name.lower()}@example.org", defaults={"name": name})
    agreed_at = timezone.now() if agrees else None
    return Speaker.objects.create(contribution=contribution, person=person, name=name, agreed_at=agreed_at)


def handed_in_by(contribution: Contribution, user: User) -> None:
    StepTaken.objects.create(contribution=contribution, verb="submit", by=user)


def place(
    contribution: Contribution, cast: Cast, room: Room | None, clock: str, minutes: int = 30, **more: Any
) -> Session:
    start = at(clock, more.pop("day", FIRST))
    values = {"room": room, "starts_at": start, "ends_at": start + dt.timedelta(minutes=minutes), "seats": None, **more}
    return place_session(contribution=contribution, values=values, actor=cast.it_editor)


def coffee(congress: Congress, cast: Cast, clock: str = "10:30") -> Session:
    start = at(clock)
    values = {
        "room": None, "starts_at": start, "ends_at": start + dt.timedelta(minutes=30), "kind": "break",
        "title": Translated({"de": "Kaffee", "en": "Coffee"}),
    }  # fmt: skip
    return add_break(congress=congress, values=values, actor=cast.it_editor)


def release(congress: Congress, cast: Cast, note: str = "") -> Release:
    """What the button does, for the draft as it is."""
    seen = fingerprint(draft_of(congress), latest_release(congress))
    words = Translated({"de": note} if note else {})
    return release_programme(congress=congress, note=words, seen=seen, actor=cast.it_editor)


def fill(congress: Congress, cast: Cast, count: int, rooms: int) -> list[Contribution]:
    """So many contributions in so many rooms, one after the other from nine o'clock on, each with a speaker."""
    places = make_rooms(congress, rooms)
    track = Track.objects.filter(congress=congress).first()
    made = []
    for number in range(count):
        one = make_contribution(
            congress, cast.firm if number % 2 else cast.bakery, number + 1, track=track if number % 3 else None,
            competences=[cast.erp if number % 2 else cast.control],
        )  # fmt: skip
        make_speaker(one, f"Speaker{number}")
        start = at("09:00") + dt.timedelta(minutes=15 * (number // rooms))
        values = {"room": places[number % rooms], "starts_at": start, "ends_at": start + dt.timedelta(minutes=15)}
        Session.objects.create(congress=congress, contribution=one, **values)
        made.append(one)
    return made
