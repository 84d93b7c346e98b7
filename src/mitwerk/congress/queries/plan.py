"""A day of the draft as a plan: rooms side by side, five minutes a line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from mitwerk.congress.models import Congress, Contribution, Day, Room, Session
from mitwerk.congress.queries.draft import Draft
from mitwerk.congress.queries.told import ToldWarning

STEP = 5
"""Minutes of a line of the plan."""
HOUR = 60


@dataclass(frozen=True)
class Block:
    """An item on the plan. Lines and columns count from 1, the heads included."""

    session: Session
    start: dt.datetime
    end: dt.datetime
    minutes: int
    row: int
    until: int
    column: int
    is_wide: bool
    lane: int
    """How many others of its room it stands on top of."""
    warnings: list[str]


@dataclass(frozen=True)
class Plan:
    """A day: rooms side by side, five minutes a line."""

    day: Day
    rooms: list[Room]
    blocks: list[Block]
    first: int
    """Minute of the day of the first line."""
    hours: list[tuple[str, int]]
    lines: int
    has_rest: bool
    """Whether something has no room: then there is one more column."""


@dataclass(frozen=True)
class Waiting:
    """An accepted contribution without a time, and how long one of its kind takes; None: all day."""

    one: Contribution
    minutes: int | None


def local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment)


def waiting_of(draft: Draft) -> list[Waiting]:
    """In the order in which they were handed in."""
    minutes = lengths_of(draft.congress)
    return [Waiting(one, minutes.get(one.kind)) for one in draft.waiting]


def lengths_of(congress: Congress) -> dict[str, int | None]:
    return {one.kind: one.minutes for one in congress.formats.all()}


def plan_of(draft: Draft, day: Day, told: Sequence[ToldWarning]) -> Plan:
    rooms = list(draft.congress.rooms.all())
    own = [one for one in draft.sessions if local(one.starts_at).date() == day.date]
    opens, closes = _minute(day.opens_at), _minute(day.closes_at)
    first = min([opens, *(_minute(local(one.starts_at).time()) for one in own)]) // HOUR * HOUR
    ends = [_minute(local(one.starts_at).time()) + length_of(one) for one in own]
    last = min(-(-max([closes, *ends]) // HOUR) * HOUR, 30 * HOUR)
    places = {room.pk: place for place, room in enumerate(rooms, 2)}
    blocks: list[Block] = []
    for one in own:
        blocks.append(_block(one, first, places, told, blocks))
    hours = [(_clock(minute), 2 + (minute - first) // STEP) for minute in range(first, last, HOUR // 2)]
    has_rest = any(block.column == len(rooms) + 2 for block in blocks if not block.is_wide)
    return Plan(day, rooms, blocks, first, hours, (last - first) // STEP, has_rest)


def _clock(minute: int) -> str:
    return f"{minute // HOUR % 24:02}:{minute % HOUR:02}"


def _minute(time: dt.time) -> int:
    return time.hour * HOUR + time.minute


def length_of(session: Session) -> int:
    return (session.ends_at - session.starts_at) // dt.timedelta(minutes=1)


def _block(
    session: Session, first: int, places: dict[int, int], told: Sequence[ToldWarning], before: Sequence[Block]
) -> Block:
    start, minutes = local(session.starts_at), length_of(session)
    row, column = 2 + (_minute(start.time()) - first) // STEP, places.get(session.room_id or 0, len(places) + 2)
    lane = sum(one.column == column and one.session.ends_at > session.starts_at for one in before)
    is_wide = not session.room_id and session.contribution is None
    own = [one.text for one in told if session.key in one.keys]
    until = row + max(-(-minutes // STEP), 2)
    end = local(session.ends_at)
    return Block(session, start, end, minutes, row, until, column, is_wide, min(lane, 3), own)
