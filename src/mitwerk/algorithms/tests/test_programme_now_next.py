"""What runs, and what comes next."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.programme.model import Item
from mitwerk.algorithms.programme.now_next import now_next
from mitwerk.algorithms.tests.programme_samples import ITEMS, ROOMS, at, item, programme, span

MORNING = item("a", "09:00-10:00", room="hall")
NOON = item("b", "11:00-12:00", room="hall")
NIGHT = item("c", span=span("23:30", "00:30"), room="hall")
SMALL_HOURS = item("d", span=span("01:00", "02:00", 1), room="hall")
TOMORROW = item("e", span=span("09:00", "10:00", 1), room="hall")
OTHERS = (
    item("f", "09:00-10:00", room="hall", is_cancelled=True),
    item("g", "09:00-10:00"),
    item("h", room="hall"),
    item("i", "09:30-10:00", room="yard"),
)
PROGRAMME = programme(TOMORROW, NIGHT, MORNING, NOON, SMALL_HOURS, *OTHERS)


def in_hall(moment: dt.datetime) -> tuple[str, str]:
    """The keys of what runs and comes next in the first room."""
    found = now_next(PROGRAMME, moment)[0]
    return (found.now.key if found.now else "", found.next.key if found.next else "")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("04:00"), ("", "a")),
        (at("03:59"), ("", "")),
        (at("08:59"), ("", "a")),
        (at("09:00"), ("a", "b")),
        (at("09:59"), ("a", "b")),
        (at("10:00"), ("", "b")),
        (at("11:00"), ("b", "c")),
        (at("00:15", 1), ("c", "d")),
        (at("00:30", 1), ("", "d")),
        (at("01:30", 1), ("d", "")),
        (at("04:00", 1), ("", "e")),
        (at("09:00", 1), ("e", "")),
        (at("09:00", 1).astimezone(dt.UTC), ("e", "")),
        (at("09:00", 5), ("", "")),
    ],
)
def test_the_times_of_a_room(moment: dt.datetime, expected: tuple[str, str]):
    assert in_hall(moment) == expected


def test_all_rooms_in_their_order():
    found = now_next(PROGRAMME, at("09:10"))
    assert found == [(ROOMS[0], MORNING, NOON), (ROOMS[1], None, OTHERS[3]), (ROOMS[2], None, None)]


def test_two_at_once():
    early, late = item("a", "09:00-11:00", room="hall"), item("b", "10:00-12:00", room="hall")
    long, short = item("c", "13:00-15:00", room="hall"), item("d", "13:00-14:00", room="hall")
    found = now_next(programme(late, early, long, short), at("10:30"))[0]
    assert (found.now, found.next) == (late, short)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        now_next(PROGRAMME, dt.datetime(2027, 5, 11, 9))


@given(ITEMS, st.integers(-60, 600))
def test_what_runs_has_begun_and_what_comes_has_not(items: tuple[Item, ...], minutes: int):
    moment = at("22:00") + dt.timedelta(minutes=minutes)
    whole = programme(*items)
    for room, now, following in now_next(whole, moment):
        own = [one for one in items if one.room == room.key and one.span and not one.is_cancelled]
        runs = [one for one in own if one.span and one.span.start <= moment < one.span.end]
        comes = [one for one in own if one.span and one.span.start > moment]
        comes = [one for one in comes if whole.day_of(one.span.start) == whole.day_of(moment)]
        assert (now in runs) if runs else (now is None)
        assert now is None or now.span.start == max(one.span.start for one in runs)
        assert (following in comes) if comes else (following is None)
        assert following is None or following.span.start == min(one.span.start for one in comes)
