"""What runs in each room, and what comes next."""

import datetime as dt
from typing import NamedTuple

from mitwerk.algorithms.programme.model import Item, Programme, Room, in_utc, timed


class RoomNow(NamedTuple):
    """What runs in a room, and what begins there next on the same day."""

    room: Room
    now: Item | None
    next: Item | None


def now_next(programme: Programme, at: dt.datetime) -> list[RoomNow]:
    """For every room, in their order. Where two items run in one room it is the one that began last; where two begin
    next at the same time, the shorter one. ValueError for a time without a zone."""
    moment, day = in_utc(at), programme.day_of(at)
    now: dict[str | None, Item] = {}
    following: dict[str | None, Item] = {}
    for span, item in timed(programme.items):
        if span.start <= moment < span.end:
            now[item.room] = item
        elif span.start > moment and programme.day_of(span.start) == day:
            following.setdefault(item.room, item)
    return [RoomNow(room, now.get(room.key), following.get(room.key)) for room in programme.rooms]
