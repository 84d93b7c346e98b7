"""What is wrong in a programme: each warning beside what just is none, and pairs beside the slow way to find them."""

import heapq
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.programme import warnings as module
from mitwerk.algorithms.programme.model import Item, Room, Span, Timed
from mitwerk.algorithms.programme.warnings import (
    CLOSED,
    KINDS,
    NO_BREAK,
    NO_TEXT,
    NO_TRANSLATION,
    SAME_ROOM,
    SAME_SPEAKER,
    SAME_TRACK,
    SMALL_ROOM,
    UNAVAILABLE,
    Warning,
    joined,
    warnings,
)
from mitwerk.algorithms.tests.programme_plain import plain_between
from mitwerk.algorithms.tests.programme_samples import ANNA, BODO, ITEMS, ROOMS, any_of, item, span, spans

HOURS = [span("09:00", "18:00"), span("09:00", "16:00", 1)]
WHO = {"speakers": (ANNA,)}


def told(*items: Item, opening: Sequence[Span] = (), languages: Sequence[str] = ("de", "en")) -> list[Warning]:
    return warnings(items, ROOMS, opening, languages)


def test_an_item_with_everything_in_order():
    assert told(item("a", "09:00-10:00", room="hall", seats=200, available=(span("09:00", "10:00"),), **WHO)) == []
    assert told(item("a", "09:00-10:00"), opening=HOURS) == []
    assert told(item("a", "09:00-10:00", speakers=(ANNA, ANNA))) == [], "who is named twice is there once"
    assert told() == []


@pytest.mark.parametrize(
    ("shared", "kind", "about"),
    [
        ({"speakers": (BODO, ANNA)}, SAME_SPEAKER, ["anna", "bodo"]),
        ({"room": "hall"}, SAME_ROOM, ["hall"]),
        ({"track": "ki"}, SAME_TRACK, ["ki"]),
    ],
)
def test_two_items_at_the_same_time(shared: dict[str, Any], kind: str, about: list[str]):
    first, second = item("a", "09:00-10:01", **shared), item("b", "10:00-11:00", **shared)
    expected = [Warning(kind, "a", "b", key) for key in about]
    assert told(first, second) == expected
    assert told(second, first) == expected
    assert told(first, item("b", "09:30-09:40", **shared)) == expected
    assert told(item("a", "09:00-10:00", **shared), second) == [], "the end is not part of it"
    assert told(first, item("b", "10:00-11:00")) == [], "control: nothing in common"
    assert told(first, item("b", **shared)) == [], "control: no time"
    assert told(first, item("b", "10:00-11:00", **shared, is_cancelled=True)) == [], "control: it does not take place"


def test_of_two_that_begin_together_the_first_in_the_list_is_first():
    one, other = item("z", "09:00-10:00", room="hall"), item("a", "09:00-11:00", room="hall")
    assert told(one, other) == [Warning(SAME_ROOM, "z", "a", "hall")]
    assert told(other, one) == [Warning(SAME_ROOM, "a", "z", "hall")]


def test_no_time_to_change_the_room():
    first = item("a", "09:00-10:00", room="hall", speakers=(ANNA, BODO))
    assert told(first, item("b", "10:00-11:00", room="yard", **WHO)) == [Warning(NO_BREAK, "a", "b", "anna")]
    assert told(first, item("b", "10:01-11:00", room="yard", **WHO)) == []
    assert told(first, item("b", "10:00-11:00", room="hall", **WHO)) == []
    assert told(first, item("b", "10:00-11:00", room=None, **WHO)) == []
    assert told(item("a", "09:00-10:00", **WHO), item("b", "10:00-11:00", room="yard", **WHO)) == []
    assert told(first, item("b", "10:00-11:00", room="yard")) == []


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ([], []),
        ([span("09:00", "10:00")], []),
        ([span("09:30", "12:00"), span("08:00", "09:30")], []),
        ([span("09:01", "10:00")], [Warning(UNAVAILABLE, "a")]),
        ([span("09:00", "09:59")], [Warning(UNAVAILABLE, "a")]),
        ([span("08:00", "09:29"), span("09:30", "12:00")], [Warning(UNAVAILABLE, "a")]),
        ([span("10:00", "12:00")], [Warning(UNAVAILABLE, "a")]),
        ([span("09:00", "10:00", 1)], [Warning(UNAVAILABLE, "a")]),
    ],
)
def test_speakers_who_cannot_come(available: list[Span], expected: list[Warning]):
    assert told(item("a", "09:00-10:00", available=tuple(available))) == expected
    assert told(item("a", available=tuple(available))) == [], "control: no time"


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (span("09:00", "18:00"), []),
        (span("08:59", "10:00"), [Warning(CLOSED, "a")]),
        (span("17:00", "18:01"), [Warning(CLOSED, "a")]),
        (span("15:00", "16:01", 1), [Warning(CLOSED, "a")]),
        (span("10:00", "11:00", 2), [Warning(CLOSED, "a")]),
    ],
)
def test_outside_of_the_opening_hours(times: Span, expected: list[Warning]):
    assert told(item("a", span=times), opening=HOURS) == expected
    assert told(item("a", span=times)) == [], "control: always open"


@pytest.mark.parametrize(
    ("room", "seats", "expected"),
    [
        ("yard", 20, []),
        ("yard", 21, [Warning(SMALL_ROOM, "a", about="yard")]),
        ("hall", 21, []),
        ("yard", None, []),
        ("attic", 1000, []),
        (None, 1000, []),
    ],
)
def test_a_room_with_too_few_seats(room: str | None, seats: int | None, expected: list[Warning]):
    assert told(item("a", "09:00-10:00", room=room, seats=seats)) == expected
    assert told(item("a", room=room, seats=seats)) == expected


def test_a_room_without_seats_is_not_one_that_nobody_counted():
    found = warnings([item("a", room="x", seats=1)], [Room("x", {}, 0)], [], [])
    assert found == [Warning(SMALL_ROOM, "a", about="x")]


def test_a_room_that_is_not_there_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        told(item("a", room="cellar"))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"titles": {"de": "T", "en": " "}}, [Warning(NO_TRANSLATION, "a", about="en")]),
        ({"titles": {"en": "T"}}, [Warning(NO_TRANSLATION, "a", about="de")]),
        ({"abstracts": {"de": "T"}}, [Warning(NO_TRANSLATION, "a", about="en")]),
        ({"titles": {"de": "T"}, "abstracts": {"de": "T"}}, [Warning(NO_TRANSLATION, "a", about="en")]),
        ({"titles": {"fr": "T"}}, [Warning(NO_TRANSLATION, "a", about=language) for language in ("de", "en")]),
        ({"titles": {"de": "", "en": "\n"}}, [Warning(NO_TEXT, "a")]),
        ({"titles": {}, "abstracts": {"en": "T"}}, [Warning(NO_TEXT, "a"), Warning(NO_TRANSLATION, "a", about="de")]),
        ({"abstracts": {}}, []),
        ({"abstracts": {"de": "", "en": " "}, **WHO}, [Warning(NO_TEXT, "a")]),
        ({"titles": {}, "abstracts": {}, **WHO}, [Warning(NO_TEXT, "a")]),
    ],
)
def test_texts_that_lack(texts: dict[str, Any], expected: list[Warning]):
    assert told(item("a", **texts)) == expected


def test_what_is_cancelled_is_not_looked_at():
    wrong = {"room": "yard", "seats": 30, "titles": {}, "available": (span("10:00", "11:00"),)}
    assert told(item("a", "08:00-09:00", **wrong, is_cancelled=True), opening=HOURS) == []
    kinds = [one.kind for one in told(item("a", "08:00-09:00", **wrong), opening=HOURS)]
    assert kinds == [UNAVAILABLE, CLOSED, SMALL_ROOM, NO_TEXT]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([span("09:00", "10:00"), span("10:00", "11:00")], [span("09:00", "11:00")]),
        ([span("09:00", "10:00"), span("10:01", "11:00")], [span("09:00", "10:00"), span("10:01", "11:00")]),
        ([span("09:30", "10:00"), span("09:00", "12:00")], [span("09:00", "12:00")]),
    ],
)
def test_spans_that_touch_are_one(given: list[Span], expected: list[Span]):
    assert joined(given) == expected
    assert joined(given[::-1]) == expected


@given(st.lists(spans(), max_size=6), spans())
def test_a_span_is_within_others_if_each_of_its_minutes_is(held: list[Span], one: Span):
    def slots(each: Span) -> set[int]:
        return set(range(int(each.start.timestamp()), int(each.end.timestamp()), 60))

    covered = set().union(*(slots(each) for each in held))
    assert module._is_within(one, joined(held)) == (slots(one) <= covered)


def in_order(items: Sequence[Item], found: list[Warning]) -> list[Warning]:
    place = {one.key: number for number, one in enumerate(items)}
    return sorted(found, key=lambda w: (place[w.item], KINDS.index(w.kind), place.get(w.other or "", -1), w.about))


def is_as_the_slow_way(items: tuple[Item, ...]) -> bool:
    found = told(*items)
    live = [one for one in items if not one.is_cancelled]
    pairs = [one for one in found if one.other]
    return pairs == in_order(live, list(plain_between(live))) and found == in_order(live, found)


@given(ITEMS)
def test_the_pairs_are_those_that_looking_at_every_pair_finds(items: tuple[Item, ...]):
    assert is_as_the_slow_way(items)
    assert told(*items) == told(*items)


def test_control_ends_that_count_as_part_are_noticed(monkeypatch: pytest.MonkeyPatch):
    def closed(group: Sequence[Timed]) -> list[tuple[Item, Item]]:
        return [(a.item, b.item) for at, b in enumerate(group) for a in group[:at] if b.span.start <= a.span.end]

    monkeypatch.setattr(module, "_overlaps", closed)
    assert any_of(ITEMS, lambda items: not is_as_the_slow_way(items))


def test_control_a_sweep_that_only_looks_at_neighbours_is_noticed(monkeypatch: pytest.MonkeyPatch):
    def neighbours(group: Sequence[Timed]) -> list[tuple[Item, Item]]:
        return [(a.item, b.item) for a, b in pairwise(group) if b.span.start < a.span.end]

    monkeypatch.setattr(module, "_overlaps", neighbours)
    assert any_of(ITEMS, lambda items: not is_as_the_slow_way(items))


@given(ITEMS, st.randoms())
def test_another_order_of_the_items_finds_the_same(items: tuple[Item, ...], chance: Any):
    """But for who is first of two that begin together."""
    shuffled = list(items)
    chance.shuffle(shuffled)

    def nameless(found: list[Warning]) -> list[tuple[str, list[str], str]]:
        return sorted((one.kind, sorted(filter(None, (one.item, one.other))), one.about) for one in found)

    assert nameless(told(*shuffled)) == nameless(told(*items))


def test_each_item_meets_only_what_still_runs(monkeypatch: pytest.MonkeyPatch):
    """One after the other in one room: the heap never holds more than the last one."""
    sizes: list[int] = []
    pop = heapq.heappop
    monkeypatch.setattr(heapq, "heappop", lambda heap: sizes.append(len(heap)) or pop(heap))
    many = [item(f"{hour}", f"{hour:02}:00-{hour + 1:02}:00", room="hall") for hour in range(22)]
    assert (told(*many), sizes) == ([], [1] * 21)
