"""What changed in a programme and what is wrong with its draft, in the reader's words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitwerk.algorithms.programme import changes as changed
from mitwerk.algorithms.programme import warnings as wrong
from mitwerk.algorithms.programme.model import Item, Room, Span
from mitwerk.congress.queries.draft import Draft, rooms_of
from mitwerk.core.forms import language_label
from mitwerk.core.translated import Translated

NO_ROOM = "no_room"
"""A warning of ours: a contribution with a time and no room."""


@dataclass(frozen=True)
class ToldItem:
    """An item and what became different about it. `is_cancelled`: it is in the programme no more."""

    key: str
    title: Translated
    lines: list[str]
    is_cancelled: bool


def told_span(span: Span) -> str:
    """Day and time on the clocks of the house."""
    start, end = timezone.localtime(span.start), timezone.localtime(span.end)
    return f"{date_format(start, 'DATE_FORMAT')}, {start:%H:%M}–{end:%H:%M}"


def told_changes(content: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> list[ToldItem]:
    """By item. `changes` as a release keeps them, `content` that of the same release."""
    names = {room["key"]: Translated(room["names"]) for room in content["rooms"]}
    rooms = {item["key"]: names.get(item["room"], "") for item in content["items"]}
    found: dict[str, ToldItem] = {}
    for one in changes:
        is_gone = one["kind"] == changed.CANCELLED
        item = found.setdefault(one["key"], ToldItem(one["key"], Translated(one["titles"]), [], is_gone))
        item.lines.append(_told(one, names, rooms.get(one["key"], "")))
    return list(found.values())


def _told(one: Mapping[str, Any], names: Mapping[str, Any], room: Any) -> str:
    old, new = one["old"], one["new"]
    if one["kind"] == changed.NEW:
        return _("new: %(where)s") % {"where": ", ".join(str(part) for part in (_span(new), room) if part)}
    if one["kind"] == changed.TIME:
        return _("%(new)s (before: %(old)s)") % {"new": _span(new), "old": _span(old)}
    if one["kind"] == changed.ROOM:
        open_ = _("room still open")
        return _("%(new)s (before: %(old)s)") % {"new": names.get(new) or open_, "old": names.get(old) or open_}
    return {
        changed.TITLE: _("another title"), changed.TEXT: _("another text"),
        changed.SPEAKERS: _("other speakers"), changed.CANCELLED: _("not in the programme any more"),
    }[one["kind"]]  # fmt: skip


def _span(times: Sequence[str] | None) -> str:
    return told_span(Span(*(dt.datetime.fromisoformat(time) for time in times))) if times else ""


@dataclass(frozen=True)
class ToldWarning:
    """A warning in a sentence, and which items it is about."""

    kind: str
    keys: list[str]
    text: str


def told_warnings(draft: Draft, found: Iterable[wrong.Warning]) -> list[ToldWarning]:
    items = {item.key: item for item in draft.items}
    rooms = {room.key: room for room in rooms_of(draft.congress)}
    tracks = {track.public_id: str(track) for track in draft.congress.tracks.all()}
    told = []
    for one in found:
        keys = [key for key in (one.item, one.other) if key]
        told.append(ToldWarning(one.kind, keys, _sentence(one, items, rooms, tracks)))
    for item in draft.items:
        if item.span and item.organisations and not item.room and not item.is_cancelled:
            told.append(ToldWarning(NO_ROOM, [item.key], _("“%(title)s” has no room.") % {"title": _title(item)}))
    return told


def _title(item: Item | None) -> str:
    return str(Translated(item.titles)) if item else ""


def _sentence(
    one: wrong.Warning, items: Mapping[str, Item], rooms: Mapping[str, Room], tracks: Mapping[str, str]
) -> str:
    item, other = items[one.item], items.get(one.other or "")
    people = {speaker.key: speaker.name for speaker in item.speakers}
    room = rooms.get(one.about)
    words = {
        "title": _title(item), "other": _title(other), "name": people.get(one.about, ""),
        "room": str(Translated(room.names)) if room else "", "seats": room.seats if room else "", "wanted": item.seats,
        "track": tracks.get(one.about, ""),
        "language": language_label(one.about) if one.kind == wrong.NO_TRANSLATION else "",
    }  # fmt: skip
    return _sentences()[one.kind] % words


def _sentences() -> dict[str, str]:
    return {
        wrong.SAME_SPEAKER: _("%(name)s speaks twice at the same time: “%(title)s” and “%(other)s”."),
        wrong.SAME_ROOM: _("%(room)s is taken twice: “%(title)s” and “%(other)s”."),
        wrong.SAME_TRACK: _("Two of the track %(track)s at the same time: “%(title)s” and “%(other)s”."),
        wrong.NO_BREAK: _("%(name)s has no time to change rooms between “%(title)s” and “%(other)s”."),
        wrong.UNAVAILABLE: _("“%(title)s”: nobody can come at this time."),
        wrong.CLOSED: _("“%(title)s” is outside the opening hours."),
        wrong.SMALL_ROOM: _("“%(title)s”: %(wanted)s guests are expected, and %(room)s has %(seats)s seats."),
        wrong.NO_TEXT: _("“%(title)s” lacks its text."),
        wrong.NO_TRANSLATION: _("“%(title)s” is not written in this language yet: %(language)s."),
    }
