"""What an office should look at before it releases a programme. Nothing here forbids anything.

Times are half-open: what ends at ten and what begins at ten do not meet.
"""

import datetime as dt
import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mitwerk.algorithms.programme.model import Item, Room, Span, Timed, said

SAME_SPEAKER, SAME_ROOM, SAME_TRACK, NO_BREAK, UNAVAILABLE, CLOSED, SMALL_ROOM, NO_TEXT, NO_TRANSLATION = KINDS = (
    "same_speaker", "same_room", "same_track", "no_break", "unavailable", "closed", "small_room", "no_text",
    "no_translation",
)  # fmt: skip
"""Two items at the same time with a speaker, a room or a track in common; a speaker who must be in another room at the
minute the item before ends; a time when the speakers cannot come, or outside of the opening hours; a room with fewer
seats than wanted; a title or abstract in no language, or not in this one."""


@dataclass(frozen=True)
class Warning:
    """`item` is a key. Where two items are concerned it is the one that begins first, and `other` the second. `about`
    is the key of the speaker, room or track they share, or the language that is missing."""

    kind: str
    item: str
    other: str | None = None
    about: str = ""


def warnings(
    items: Sequence[Item], rooms: Iterable[Room], opening: Iterable[Span], languages: Sequence[str]
) -> list[Warning]:
    """All warnings, in the order of the items and of `KINDS`. No opening hours: always open. What is cancelled is not
    looked at. KeyError for a room that is not among `rooms`. Takes n log n steps and one for each warning."""
    live = [item for item in items if not item.is_cancelled]
    seats, hours = {room.key: room.seats for room in rooms}, joined(opening)
    found = list(_between(live))
    for item in live:
        found += _of_time(item, hours)
        found += _of_room(item, seats)
        found += _of_texts(item, languages)
    place: dict[str | None, int] = {item.key: at for at, item in enumerate(live)} | {None: -1}
    return sorted(found, key=lambda one: (place[one.item], KINDS.index(one.kind), place[one.other], one.about))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same times in as few spans as possible, sorted: those that overlap or touch are one."""
    found: list[Span] = []
    for span in sorted(spans, key=attrgetter("start")):
        if found and span.start <= found[-1].end:
            span = Span(found[-1].start, max(found.pop().end, span.end))
        found.append(span)
    return found


def _between(items: Sequence[Item]) -> Iterator[Warning]:
    """What two items have in common that only one can have at a time."""
    speakers: dict[str, list[Timed]] = {}
    rooms: dict[str, list[Timed]] = {}
    tracks: dict[str, list[Timed]] = {}
    times = [Timed(item.span, item) for item in items if item.span]
    for one in sorted(times, key=lambda one: one.span.start):  # items that begin together stay in their order
        for key in {speaker.key for speaker in one.item.speakers}:
            speakers.setdefault(key, []).append(one)
        for groups, own in ((rooms, one.item.room), (tracks, one.item.track)):
            if own:
                groups.setdefault(own, []).append(one)
    for kind, groups in ((SAME_SPEAKER, speakers), (SAME_ROOM, rooms), (SAME_TRACK, tracks)):
        for about, group in groups.items():
            for first, second in _overlaps(group):
                yield Warning(kind, first.key, second.key, about)
    for about, group in speakers.items():
        for first, second in _room_changes(group):
            yield Warning(NO_BREAK, first.key, second.key, about)


def _overlaps(group: Sequence[Timed]) -> Iterator[tuple[Item, Item]]:
    """Pairs that take place at the same time, of items sorted by their start."""
    running: list[tuple[dt.datetime, int]] = []
    for at, (span, item) in enumerate(group):
        while running and running[0][0] <= span.start:
            heapq.heappop(running)
        for _end, other in running:
            yield group[other].item, item
        heapq.heappush(running, (span.end, at))


def _room_changes(group: Sequence[Timed]) -> Iterator[tuple[Item, Item]]:
    """Pairs in two rooms of which the second begins when the first ends."""
    ending: dict[dt.datetime, list[Item]] = {}
    for span, item in group:
        for other in ending.get(span.start, ()):
            if other.room and item.room and other.room != item.room:
                yield other, item
        ending.setdefault(span.end, []).append(item)


def _of_time(item: Item, hours: Sequence[Span]) -> Iterator[Warning]:
    if item.span:
        for kind, spans in ((UNAVAILABLE, joined(item.available)), (CLOSED, hours)):
            if spans and not _is_within(item.span, spans):
                yield Warning(kind, item.key)


def _is_within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of the joined spans holds all of it."""
    at = bisect_right(spans, span.start, key=attrgetter("start"))
    return at > 0 and span.end <= spans[at - 1].end


def _of_room(item: Item, seats: Mapping[str, int | None]) -> Iterator[Warning]:
    if item.room:
        has = seats[item.room]
        if has is not None and item.seats is not None and has < item.seats:
            yield Warning(SMALL_ROOM, item.key, about=item.room)


def _of_texts(item: Item, languages: Sequence[str]) -> Iterator[Warning]:
    """An item without speakers, like a break, needs no abstract; but one that is there wants a translation too."""
    title, abstract = said(item.titles), said(item.abstracts)
    if not title or (item.speakers and not abstract):
        yield Warning(NO_TEXT, item.key)
    for language in languages:
        if any(texts and language not in texts for texts in (title, abstract)):
            yield Warning(NO_TRANSLATION, item.key, about=language)
