"""Planning and releasing: what is one, what is refused, and what a release holds."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import add_break, keep_picks, move_session, place_session, unplace_session
from mitwerk.congress.actions.programme import release_programme
from mitwerk.congress.models import Congress, Contribution, Pick, Release, Room, Session
from mitwerk.congress.queries.draft import available, draft_of, draft_warnings, fingerprint
from mitwerk.congress.queries.programme import picks_of
from mitwerk.congress.tests.cast import FIRST, LAST
from mitwerk.congress.tests.programme_cast import (
    at,
    coffee,
    fill,
    make_contribution,
    make_rooms,
    make_speaker,
    place,
    release,
)
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated


@pytest.fixture
def talk(congress: Congress, cast: Cast) -> Contribution:
    return make_contribution(congress, cast.firm, 1)


@pytest.fixture
def rooms(congress: Congress) -> list[Room]:
    return make_rooms(congress, 2)


def moved(session: Session, cast: Cast, seen: int, room: Room, clock: str = "10:00") -> Session:
    start = at(clock)
    values = {"room": room, "starts_at": start, "ends_at": start + dt.timedelta(minutes=30)}
    return move_session(session=session, seen=seen, values=values, actor=cast.it_editor)


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="session.").order_by("pk").values_list("verb", flat=True))


def test_placed_twice_at_one_time_it_is_one(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    session = place(talk, cast, rooms[0], "09:00")
    assert place(talk, cast, rooms[0], "09:00") == session
    assert (session.key, session.version, verbs()) == (talk.public_id, 1, ["session.place"])


def test_placed_by_two_the_second_hears_where_it_is(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    place(talk, cast, rooms[0], "09:00")
    with override("en"), pytest.raises(Refused) as refused:
        place(talk, cast, rooms[1], "09:00")
    assert str(refused.value) == "Meanwhile somebody has placed “Talk 1”: 26 October 2007, 09:00, Large hall."


@pytest.mark.parametrize("state", ["submitted", "declined", "withdrawn"])
def test_only_what_is_accepted_gets_a_time(talk: Contribution, cast: Cast, rooms: list[Room], state: str) -> None:
    Contribution.objects.update(state=state)
    with pytest.raises(Refused):
        place(talk, cast, rooms[0], "09:00")
    assert Session.objects.count() == 0


def test_a_move_counts_and_the_same_move_twice_is_one(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    session = place(talk, cast, rooms[0], "09:00")
    assert moved(session, cast, 1, rooms[1]).version == 2
    assert moved(session, cast, 1, rooms[1]).version == 2
    found = Session.objects.get()
    assert (found.room, found.starts_at, found.version) == (rooms[1], at("10:00"), 2)
    assert verbs() == ["session.place", "session.move"]


def test_nobodys_move_is_lost_without_a_word(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    session = place(talk, cast, rooms[0], "09:00")
    moved(session, cast, 1, rooms[1])
    with override("en"), pytest.raises(Refused) as refused:
        moved(session, cast, 1, rooms[0], "11:00")
    assert str(refused.value) == (
        "Meanwhile somebody has changed “Talk 1”: 26 October 2007, 10:00, Room 1. Look at it, and change it again."
    )
    assert Session.objects.get().starts_at == at("10:00")
    assert moved(session, cast, 2, rooms[0], "11:00").version == 3  # the control: whoever has seen it may


def test_taken_out_it_waits_again_and_keeps_its_key(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    session = place(talk, cast, rooms[0], "09:00")
    with pytest.raises(Refused):
        unplace_session(session=session, seen=7, actor=cast.it_editor)
    unplace_session(session=session, seen=1, actor=cast.it_editor)
    with pytest.raises(Refused):
        moved(session, cast, 1, rooms[0])
    assert draft_of(talk.congress).waiting == [talk]
    assert place(talk, cast, rooms[1], "09:00").key == talk.public_id


def test_a_break_sent_twice_is_one(congress: Congress, cast: Cast) -> None:
    assert coffee(congress, cast) == coffee(congress, cast)
    assert coffee(congress, cast, "15:00") != coffee(congress, cast)
    assert [str(one) for one in Session.objects.all()] == ["Kaffee", "Kaffee"]


def test_what_ends_before_it_begins_is_refused(congress: Congress, talk: Contribution, cast: Cast) -> None:
    values: dict[str, Any] = {"room": None, "starts_at": at("10:00"), "ends_at": at("10:00")}
    with pytest.raises(Refused):
        place_session(contribution=talk, values=values, actor=cast.it_editor)
    with pytest.raises(Refused):
        add_break(congress=congress, values={**values, "kind": "break", "title": {}}, actor=cast.it_editor)


def test_the_database_refuses_what_cannot_be(congress: Congress, talk: Contribution, cast: Cast) -> None:
    session = place(talk, cast, None, "09:00")
    times = {"starts_at": at("09:00"), "ends_at": at("10:00")}
    for refused in (
        lambda: Session.objects.filter(pk=session.pk).update(ends_at=at("09:00")),
        lambda: Session.objects.filter(pk=session.pk).update(kind="break"),
        lambda: Session.objects.create(congress=congress, kind="contribution", **times),
        lambda: Session.objects.create(congress=congress, contribution=talk, **times),
        lambda: Release.objects.bulk_create([Release(congress=congress, number=1, content={}) for _n in range(2)]),
        lambda: Pick.objects.bulk_create([Pick(congress=congress, user=cast.it_editor, key="a") for _n in range(2)]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_a_release_is_frozen_and_names_nobody(congress: Congress, cast: Cast) -> None:
    fill(congress, cast, 2, 2)
    made = release(congress, cast, "Es steht.")
    assert (made.number, made.note, made.by) == (1, {"de": "Es steht."}, cast.it_editor)
    assert [(one["kind"], one["titles"]["en"]) for one in made.changes] == [("new", "Talk 1"), ("new", "Talk 2")]
    assert "Speaker0" not in str(made.content)
    Contribution.objects.update(title={"de": "Anders"})
    assert Release.objects.get().content["items"][0]["titles"] == {"de": "Vortrag 1", "en": "Talk 1"}
    assert AuditEntry.objects.get(verb="programme.release").details == {"number": 1, "changes": 2}


def test_released_twice_it_is_one(congress: Congress, cast: Cast) -> None:
    fill(congress, cast, 1, 1)
    first = release(congress, cast)
    assert release(congress, cast) == first
    assert Release.objects.count() == 1


def test_only_what_was_looked_at_is_released(congress: Congress, cast: Cast, rooms: list[Room]) -> None:
    fill(congress, cast, 1, 1)
    seen = fingerprint(draft_of(congress), None)
    place(make_contribution(congress, cast.firm, 7), cast, rooms[1], "11:00")
    with pytest.raises(Refused):
        release_programme(congress=congress, note=Translated(), seen=seen, actor=cast.it_editor)
    assert Release.objects.count() == 0


def test_an_empty_draft_is_not_released(congress: Congress, cast: Cast) -> None:
    with pytest.raises(Refused):
        release(congress, cast)


def test_what_falls_out_is_struck_out_and_may_come_back(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    congress = talk.congress
    session = place(talk, cast, rooms[0], "09:00")
    coffee(congress, cast)
    first = release(congress, cast)
    unplace_session(session=session, seen=1, actor=cast.it_editor)
    second = release(congress, cast)
    assert [(one["kind"], one["key"]) for one in second.changes] == [("cancelled", talk.public_id)]
    place(talk, cast, rooms[1], "11:00")
    third = release(congress, cast)
    state = [
        [(item["titles"]["de"], item["is_cancelled"]) for item in made.content["items"]]
        for made in (first, second, third)
    ]
    assert state == [
        [("Vortrag 1", False), ("Kaffee", False)], [("Kaffee", False), ("Vortrag 1", True)],
        [("Kaffee", False), ("Vortrag 1", False)],
    ]  # fmt: skip
    assert [made.content["sequence"] for made in (first, second, third)] == [0, 1, 2]
    assert {made.content["url"] for made in (first, second, third)} == {first.content["url"]}


def test_what_was_withdrawn_falls_out(talk: Contribution, cast: Cast, rooms: list[Room]) -> None:
    place(talk, cast, rooms[0], "09:00")
    release(talk.congress, cast)
    Contribution.objects.update(state="withdrawn")
    assert [one["kind"] for one in release(talk.congress, cast).changes] == ["cancelled"]


def test_topics_and_sectors_come_through_competences(congress: Congress, cast: Cast) -> None:
    one, other = fill(congress, cast, 2, 1)
    cast.control.related.add(cast.sector_food)
    about = release(congress, cast).content["about"]
    assert about["topics"] == {one.public_id: [cast.plant_group.slug], other.public_id: [cast.software_group.slug]}
    firms = {firm: [sector.slug for sector in firm.sectors.all()] for firm in (cast.bakery, cast.firm)}
    assert about["sectors"][other.public_id] == firms[cast.firm]
    assert about["sectors"][one.public_id] == list(dict.fromkeys([*firms[cast.bakery], cast.sector_food.slug]))
    assert about["labels"][cast.software_group.slug] == {"de": "Software", "en": "Software"}


def kinds(congress: Congress) -> set[str]:
    return {one.kind for one in draft_warnings(draft_of(congress))}


def test_warnings_of_every_kind_arise_and_go(congress: Congress, cast: Cast, rooms: list[Room]) -> None:
    track = congress.tracks.get()
    first = make_contribution(congress, cast.firm, 1, track=track)
    other = make_contribution(congress, cast.bakery, 2, track=track, title={"de": "Nur deutsch"}, abstract={})
    for one in (first, other):
        make_speaker(one, "Anna", agrees=False)
    assert kinds(congress) == {"no_text", "no_translation"}
    place(first, cast, rooms[0], "08:30", seats=300)
    session = place(other, cast, rooms[0], "08:45")
    Contribution.objects.filter(pk=first.pk).update(away=[[FIRST.isoformat(), "am"]])
    assert kinds(congress) == {
        "no_text", "no_translation", "same_speaker", "same_room", "same_track", "closed", "unavailable", "small_room",
    }  # fmt: skip
    moved(session, cast, 1, rooms[1], "09:00")
    assert kinds(congress) & {"same_room", "no_break"} == {"no_break"}


def test_half_days_that_are_left() -> None:
    days = [FIRST, LAST]
    assert available([], days) == ()
    left = available([[FIRST.isoformat(), "am"]], days)
    assert [(one.start, one.end) for one in left] == [
        (at("13:00"), at("00:00", LAST)), (at("00:00", LAST), at("13:00", LAST)),
        (at("13:00", LAST), at("00:00", LAST + dt.timedelta(days=1))),
    ]  # fmt: skip
    (never,) = available([[day.isoformat(), half] for day in days for half in ("am", "pm")], days)
    assert never.end < at("00:00")


def test_my_programme_changes_only_what_was_shown(congress: Congress, cast: Cast) -> None:
    user = cast.food_editor
    assert keep_picks(user=user, congress=congress, keys=["a", "b", "x"], among=["a", "b", "c"]) == 2
    assert keep_picks(user=user, congress=congress, keys=["d"], among=["d", "b"]) == 2
    assert picks_of(user, congress) == ["a", "d"]
    assert picks_of(cast.it_editor, congress) == []
