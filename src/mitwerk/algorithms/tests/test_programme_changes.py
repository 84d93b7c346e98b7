"""What readers are told of a new version."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.programme import changes as module
from mitwerk.algorithms.programme.changes import (
    CANCELLED,
    NEW,
    ROOM,
    SPEAKERS,
    TEXT,
    TIME,
    TITLE,
    Change,
    changes,
    touched,
)
from mitwerk.algorithms.programme.model import Item, Speaker, said
from mitwerk.algorithms.tests.programme_samples import ANNA, BODO, ITEMS, any_of, item, span

FIELDS = {TIME: "span", ROOM: "room", TITLE: "titles", TEXT: "abstracts", SPEAKERS: "speakers"}


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (TIME, span("09:00", "10:00"), span("09:00", "10:30")),
        (TIME, None, span("09:00", "10:30")),
        (ROOM, "hall", "yard"),
        (ROOM, "hall", None),
        (TITLE, {"de": "Alt"}, {"de": "Neu"}),
        (TITLE, {"de": "Alt"}, {"de": "Alt", "en": "Old"}),
        (TEXT, {"de": "Alt"}, {}),
        (SPEAKERS, (ANNA,), (ANNA, BODO)),
        (SPEAKERS, (ANNA,), (Speaker("anna", "Dr. Anna A."),)),
    ],
)
def test_one_field_that_became_different(kind: str, old: Any, new: Any):
    was, now = replace(item("a"), **{FIELDS[kind]: old}), replace(item("a"), **{FIELDS[kind]: new})
    assert changes([was], [now]) == [Change(kind, "a", old, new)]
    assert changes([now], [was]) == [Change(kind, "a", new, old)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"titles": {"de": "T", "en": ""}}, {"titles": {"de": "T", "fr": " "}}),
        ({"speakers": (ANNA, BODO)}, {"speakers": (BODO, ANNA)}),
        ({"seats": 3}, {"seats": 4}),
        ({"is_cancelled": True}, {"is_cancelled": True, "room": "hall"}),
    ],
)
def test_what_readers_do_not_notice(was: dict[str, Any], now: dict[str, Any]):
    assert changes([item("a", **was)], [item("a", **now)]) == []


def test_several_changes_in_their_order():
    same, gone, off = item("a", "09:00-10:00"), item("b", "09:00-10:00"), item("c")
    moved, fresh, back = replace(same, span=span("11:00", "12:00"), room="hall"), item("d"), item("e")
    found = changes(
        [gone, same, off, replace(back, is_cancelled=True)],
        [fresh, replace(off, is_cancelled=True), back, moved],
    )
    assert found == [
        Change(NEW, "d", None, fresh),
        Change(NEW, "e", None, back),
        Change(TIME, "a", same.span, moved.span),
        Change(ROOM, "a", None, "hall"),
        Change(CANCELLED, "b", gone, None),
        Change(CANCELLED, "c", off, None),
    ]
    assert touched(found) == {"a", "b", "c", "d", "e"}
    assert touched([]) == frozenset()


def fields(one: Item) -> dict[str, Any]:
    return {
        **{"span": one.span, "room": one.room, "speakers": frozenset(one.speakers)},
        **{"titles": said(one.titles), "abstracts": said(one.abstracts)},
    }


def compared(items: tuple[Item, ...]) -> dict[str, dict[str, Any]]:
    """Of each item what readers notice."""
    return {one.key: fields(one) for one in items if not one.is_cancelled}


def applied(before: tuple[Item, ...], found: list[Change]) -> dict[str, dict[str, Any]]:
    items = {one.key: one for one in before if not one.is_cancelled}
    for change in found:
        if change.kind == NEW:
            assert change.key not in items
            items[change.key] = change.new
        elif change.kind == CANCELLED:
            assert items.pop(change.key) == change.old
        else:
            assert getattr(items[change.key], FIELDS[change.kind]) == change.old
            items[change.key] = replace(items[change.key], **{FIELDS[change.kind]: change.new})
    return compared(tuple(items.values()))


def leads_there(before: tuple[Item, ...], after: tuple[Item, ...]) -> bool:
    found = changes(before, after)
    was, now = compared(before), compared(after)
    differ = {key for key in {*was, *now} if was.get(key) != now.get(key)}
    return applied(before, found) == now and touched(found) == differ


@given(ITEMS)
def test_nothing_changes_into_itself(items: tuple[Item, ...]):
    assert changes(items, items) == []
    assert changes(items, items[::-1]) == []


@given(ITEMS, ITEMS)
def test_the_changes_lead_from_one_version_to_the_other(before: tuple[Item, ...], after: tuple[Item, ...]):
    assert leads_there(before, after)


@pytest.mark.parametrize("kind", [TIME, ROOM, TITLE, TEXT, SPEAKERS])
def test_control_a_kind_that_is_forgotten_does_not_lead_there(kind: str, monkeypatch: pytest.MonkeyPatch):
    differences = module.__dict__["_differences"]
    monkeypatch.setitem(
        module.__dict__, "_differences", lambda was, now: [one for one in differences(was, now) if one.kind != kind]
    )
    assert any_of(st.tuples(ITEMS, ITEMS), lambda pair: not leads_there(*pair))
