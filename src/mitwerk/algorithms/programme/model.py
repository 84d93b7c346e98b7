"""A programme as plain data: rooms, items with their times, and who speaks in them. Keys are public ids."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

Texts = Mapping[str, str]
"""Language → plain text. A language whose text is blank has none."""


class Said(NamedTuple):
    """A text and the language it is in."""

    language: str
    text: str


class Speaker(NamedTuple):
    key: str
    name: str


class Link(NamedTuple):
    url: str
    title: str


@dataclass(frozen=True)
class Span:
    """From `start` up to, but not including `end`, both kept in UTC: two times of one zone would be compared by their
    clocks, which is wrong in the night the clocks change. ValueError for a time without a zone and for no time at all.
    """

    start: dt.datetime
    end: dt.datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", in_utc(self.start))
        object.__setattr__(self, "end", in_utc(self.end))
        if self.end <= self.start:
            raise ValueError(f"{self.end} is not after {self.start}.")


@dataclass(frozen=True)
class Room:
    """`seats` is None where nobody counted them."""

    key: str
    names: Texts
    seats: int | None = None


@dataclass(frozen=True)
class Item:
    """Anything with a place in the programme: a talk, a workshop, a break. `kind` and `track` are keys, `language` is
    the one that is spoken, `seats` how many are wanted, `available` when all its speakers can come (empty: always)."""

    key: str
    kind: str
    titles: Texts
    abstracts: Texts = field(default_factory=dict)
    track: str | None = None
    room: str | None = None
    span: Span | None = None
    speakers: tuple[Speaker, ...] = ()
    organisations: tuple[str, ...] = ()
    language: str = ""
    seats: int | None = None
    available: tuple[Span, ...] = ()
    url: str = ""
    links: tuple[Link, ...] = ()
    is_recorded: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Programme:
    """One released version of a programme.

    `url` is its address, the same in every language, because ids are made of it. `rooms` and `tracks` (key → names)
    stand in the order they are shown. `first` and `last` are its days in `zone`; a day ends at `day_change` of the next
    one. `version` is what apps show of it, and never empty; `licence` is that of the recordings. `sequence` counts
    the releases from 0 on: calendars take what has the higher one.
    """

    slug: str
    titles: Texts
    url: str
    zone: ZoneInfo
    first: dt.date
    last: dt.date
    rooms: tuple[Room, ...]
    tracks: Mapping[str, Texts]
    items: tuple[Item, ...]
    version: str
    released: dt.datetime
    licence: str = ""
    day_change: dt.time = dt.time(4)
    sequence: int = 0

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day a moment belongs to; before the day change that is the day before."""
        local = in_utc(moment).astimezone(self.zone)
        return local.date() - dt.timedelta(days=local.time() < self.day_change)


class Timed(NamedTuple):
    """An item that takes place, and when."""

    span: Span
    item: Item


def timed(items: tuple[Item, ...]) -> list[Timed]:
    """What takes place and has a time, by start, end and key."""
    found = [Timed(item.span, item) for item in items if item.span and not item.is_cancelled]
    return sorted(found, key=lambda one: (one.span.start, one.span.end, one.item.key))


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The same moment in UTC. ValueError where it has no zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone.")
    return moment.astimezone(dt.UTC)


def said(texts: Texts) -> dict[str, str]:
    """The texts that say something."""
    return {language: text for language, text in texts.items() if text.strip()}


def best(texts: Texts, language: str) -> Said:
    """The text in the language, else the first there is; where there is none, an empty one in the language."""
    found = said(texts)
    chosen = language if language in found else next(iter(found), language)
    return Said(chosen, found.get(chosen, ""))
