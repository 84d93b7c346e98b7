"""A programme as plain lists and dicts that JSON can hold, and back.

It holds no names of people, only their keys: who may be named is asked each time it is read.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from mitwerk.algorithms.programme.model import Item, Link, Programme, Room, Span, Speaker

Frozen = dict[str, Any]
Names = Mapping[tuple[str, str], str]
"""Key of an item and of a person → what they are called there."""


def freeze(programme: Programme) -> Frozen:
    """All of it but names. Times are in UTC, as ISO 8601 has them."""
    return {
        "slug": programme.slug, "titles": dict(programme.titles), "url": programme.url, "zone": programme.zone.key,
        "first": programme.first.isoformat(), "last": programme.last.isoformat(),
        "rooms": [{"key": room.key, "names": dict(room.names), "seats": room.seats} for room in programme.rooms],
        "tracks": [{"key": key, "names": dict(names)} for key, names in programme.tracks.items()],
        "items": [_freeze_item(item) for item in programme.items],
        "version": programme.version, "released": programme.released.isoformat(), "licence": programme.licence,
        "day_change": programme.day_change.isoformat(), "sequence": programme.sequence,
    }  # fmt: skip


def _freeze_item(item: Item) -> Frozen:
    return {
        "key": item.key, "kind": item.kind, "titles": dict(item.titles), "abstracts": dict(item.abstracts),
        "track": item.track, "room": item.room, "span": _freeze_span(item.span) if item.span else None,
        "speakers": [speaker.key for speaker in item.speakers], "organisations": list(item.organisations),
        "language": item.language, "seats": item.seats, "available": [_freeze_span(span) for span in item.available],
        "url": item.url, "links": [[link.url, link.title] for link in item.links], "is_recorded": item.is_recorded,
        "is_cancelled": item.is_cancelled,
    }  # fmt: skip


def _freeze_span(span: Span) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat()]


def thaw(frozen: Mapping[str, Any], names: Names | None = None) -> Programme:
    """The programme again. Whoever is not in `names` is left out, because people agree to one item, not to all. Without
    `names` all speakers are there, and have none: enough to compare two programmes."""
    return Programme(
        slug=frozen["slug"], titles=frozen["titles"], url=frozen["url"], zone=ZoneInfo(frozen["zone"]),
        first=dt.date.fromisoformat(frozen["first"]), last=dt.date.fromisoformat(frozen["last"]),
        rooms=tuple(Room(room["key"], room["names"], room["seats"]) for room in frozen["rooms"]),
        tracks={track["key"]: track["names"] for track in frozen["tracks"]},
        items=tuple(_thaw_item(item, names) for item in frozen["items"]), version=frozen["version"],
        released=dt.datetime.fromisoformat(frozen["released"]), licence=frozen["licence"],
        day_change=dt.time.fromisoformat(frozen["day_change"]), sequence=frozen["sequence"],
    )  # fmt: skip


def _thaw_item(frozen: Mapping[str, Any], names: Names | None) -> Item:
    found = {key: "" if names is None else names.get((frozen["key"], key)) for key in frozen["speakers"]}
    return Item(
        key=frozen["key"], kind=frozen["kind"], titles=frozen["titles"], abstracts=frozen["abstracts"],
        track=frozen["track"], room=frozen["room"], span=_thaw_span(frozen["span"]) if frozen["span"] else None,
        speakers=tuple(Speaker(key, name) for key, name in found.items() if name is not None),
        organisations=tuple(frozen["organisations"]), language=frozen["language"], seats=frozen["seats"],
        available=tuple(_thaw_span(span) for span in frozen["available"]), url=frozen["url"],
        links=tuple(Link(*link) for link in frozen["links"]), is_recorded=frozen["is_recorded"],
        is_cancelled=frozen["is_cancelled"],
    )  # fmt: skip


def _thaw_span(times: list[str]) -> Span:
    return Span(*(dt.datetime.fromisoformat(time) for time in times))
