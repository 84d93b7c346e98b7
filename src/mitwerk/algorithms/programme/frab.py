"""The programme in the format that conference apps read, first written by Pentabarf and frab, as XML and as JSON.

Its schema is kept in the repository voc/schedule (`validator/xsd`) and changes without having versions. What is written
here was valid in the revision that is strictest about slugs (commit 1e22ff6), and keeps what later ones ask for.
There are only items with a time and a room.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from mitwerk.algorithms.programme.model import Item, Link, Programme, Room, Span, Texts, best, timed
from mitwerk.algorithms.slugs import slugify
from mitwerk.algorithms.text_units import holdable

GENERATOR = "Mitwerk"
SLOT = "00:05"
"""The grid that apps draw."""
MOST_OF_TITLE = 40
"""Characters of a title in a slug."""
_FEWEST_NUMBER, _NUMBERS = 10**9, 10**9
"""Ids are whole numbers of ten digits, which fit into 31 bits: some apps keep no more."""

_AS_THEY_ARE = (
    "room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "language",
    "description", "url",
)  # fmt: skip
"""Fields of an event that both formats have, with one name."""
Event = dict[str, Any]


@dataclass(frozen=True)
class _Day:
    index: int
    date: dt.date
    start: str
    end: str
    rooms: list[tuple[Room, list[Event]]]


def guid(programme: Programme, kind: str, key: str) -> UUID:
    """The same for the same item, person or room in every version and language."""
    return uuid5(NAMESPACE_URL, f"{programme.url}#{kind}-{key}")


def numbers(programme: Programme, kind: str, keys: Iterable[str]) -> dict[str, int]:
    """A number for each key, made of its guid. Where two come to the same one, the key that sorts later takes the
    next that is free."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(set(keys)):
        number = guid(programme, kind, key).int % _NUMBERS
        while number in taken:
            number = (number + 1) % _NUMBERS
        taken.add(number)
        found[key] = _FEWEST_NUMBER + number
    return found


def clean(text: str) -> str:
    """The text with line ends as XML has them and without the characters that XML 1.0 cannot hold."""
    return holdable(re.sub("\r\n?", "\n", text))


def schedule_json(programme: Programme, language: str) -> dict[str, Any]:
    """The schedule in a language, as plain lists and dicts. Texts that are not there in it stand in another one."""
    days = _days(programme, language)
    conference = _conference(programme, language) | {
        "daysCount": len(days),
        "rooms": [
            {"name": _name(room, language), "guid": str(guid(programme, "room", room.key)), "capacity": room.seats}
            for room in programme.rooms
        ],
        "tracks": [{"name": _text(names, language)} for names in programme.tracks.values()],
        "days": [_day_json(day, language) for day in days],
    }
    about = {"url": programme.url, "version": clean(programme.version), "base_url": programme.url}
    return {"generator": {"name": GENERATOR}, "schedule": about | {"conference": conference}}


def schedule_xml(programme: Programme, language: str) -> bytes:
    """The schedule in a language, as a document in UTF-8. Texts that are not there in it stand in another one."""
    days = _days(programme, language)
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", {"name": GENERATOR})
    _add(root, "version", clean(programme.version))
    conference = ET.SubElement(root, "conference")
    for name, value in (_conference(programme, language) | {"days": len(days), "base_url": programme.url}).items():
        _add(conference, name, value)
    for day in days:
        times = {"index": str(day.index), "date": day.date.isoformat(), "start": day.start, "end": day.end}
        element = ET.SubElement(root, "day", times)
        for room, events in day.rooms:
            ids = {"name": _name(room, language), "guid": str(guid(programme, "room", room.key))}
            _add_events(ET.SubElement(element, "room", ids), events)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _conference(programme: Programme, language: str) -> dict[str, Any]:
    """What both formats say of the whole, but for the days."""
    return {
        "title": _text(programme.titles, language) or programme.slug,  # apps stop reading where it is empty
        "acronym": acronym(programme),
        "start": programme.first.isoformat(),
        "end": programme.last.isoformat(),
        "timeslot_duration": SLOT,
        "time_zone_name": programme.zone.key,
    }


def acronym(programme: Programme) -> str:
    """At least four letters and digits and nothing else: the strictest revision of the schema wants that in slugs."""
    return re.sub("[^a-z0-9]", "", slugify(programme.slug)).ljust(4, "0")


def _days(programme: Programme, language: str) -> list[_Day]:
    """All days of the programme, and any other that an item fell on."""
    known = {room.key for room in programme.rooms}
    placed = [(span, item) for span, item in timed(programme.items) if item.room in known]
    by_place: dict[tuple[dt.date, str | None], list[Event]] = {}
    for event, (span, item) in zip(_events(programme, placed, language), placed, strict=True):
        by_place.setdefault((programme.day_of(span.start), item.room), []).append(event)
    length = (programme.last - programme.first).days + 1
    dates = {programme.first + dt.timedelta(days=number) for number in range(length)} | {date for date, _ in by_place}
    days = []
    for index, date in enumerate(sorted(dates), 1):
        rooms = [(room, by_place[date, room.key]) for room in programme.rooms if (date, room.key) in by_place]
        start, end = (
            dt.datetime.combine(day, programme.day_change, programme.zone).isoformat()
            for day in (date, date + dt.timedelta(days=1))
        )
        days.append(_Day(index, date, start, end, rooms))
    return days


def _events(programme: Programme, placed: Sequence[tuple[Span, Item]], language: str) -> Iterator[Event]:
    """As they stand in JSON."""
    rooms = {room.key: _name(room, language) for room in programme.rooms}
    ids = numbers(programme, "item", (item.key for item in programme.items))
    people = numbers(programme, "person", (one.key for item in programme.items for one in item.speakers))
    for span, item in placed:
        yield {
            "id": ids[item.key],
            "guid": str(guid(programme, "item", item.key)),
            **_times(span, programme),
            "room": rooms[item.room or ""],
            "slug": _slug(programme, item, ids[item.key]),
            "url": clean(item.url) if is_address(item.url) else programme.url,
            "title": _text(item.titles, language),
            "subtitle": clean(", ".join(item.organisations)),
            "track": _text(programme.tracks.get(item.track or "", {}), language),
            "type": clean(item.kind),
            "language": clean(item.language),
            "abstract": _text(item.abstracts, language),
            "description": "",
            "recording_license": clean(programme.licence) if item.is_recorded else "",
            "do_not_record": not item.is_recorded,
            "persons": [
                {"id": people[key], "guid": str(guid(programme, "person", key))}
                | {"name": clean(name), "public_name": clean(name)}
                for key, name in item.speakers
            ],
            "links": [_link(link) for link in item.links if is_address(link.url)],
        }


def _times(span: Span, programme: Programme) -> dict[str, str]:
    """In the programme's zone. An item lasts less than a hundred hours."""
    local = span.start.astimezone(programme.zone)
    hours, minutes = divmod((span.end - span.start) // dt.timedelta(minutes=1), 60)
    return {"date": local.isoformat(), "start": f"{local:%H:%M}", "duration": f"{hours:02}:{minutes:02}"}


def _slug(programme: Programme, item: Item, number: int) -> str:
    """The same in every language; its number makes it unique. The schema wants one of at most six digits, and four more
    signs after it."""
    words = slugify(best(item.titles, item.language).text, MOST_OF_TITLE)
    return f"{acronym(programme)}-{number // 10**4}-{number % 10**4:04}" + (f"-{words}" if words else "")


def _day_json(day: _Day, language: str) -> dict[str, Any]:
    rooms: dict[str, list[Event]] = {}
    for room, events in day.rooms:  # two rooms may have one name
        rooms.setdefault(_name(room, language), []).extend(events)
    times = {"day_start": day.start, "day_end": day.end}
    return {"index": day.index, "date": day.date.isoformat()} | times | {"rooms": rooms}


def _add_events(room: ET.Element, events: Iterable[Event]) -> None:
    for event in events:
        element = ET.SubElement(room, "event", {"id": str(event["id"]), "guid": event["guid"]})
        for name in _AS_THEY_ARE:
            _add(element, name, event[name])
        recording = ET.SubElement(element, "recording")
        _add(recording, "license", event["recording_license"])
        _add(recording, "optout", str(event["do_not_record"]).lower())
        persons = ET.SubElement(element, "persons")
        for person in event["persons"]:
            _add(persons, "person", person["name"], {"id": str(person["id"])})
        links = ET.SubElement(element, "links")
        for link in event["links"]:
            _add(links, "link", link["title"], {"href": link["url"]})


def _add(parent: ET.Element, name: str, text: object, attributes: Mapping[str, str] | None = None) -> None:
    ET.SubElement(parent, name, dict(attributes or {})).text = str(text)


def _link(link: Link) -> dict[str, str]:
    return {"url": clean(link.url), "title": clean(link.title)}


def is_address(url: str) -> bool:
    """Apps open it by a touch, so nothing but the web."""
    return re.fullmatch(r"https?://\S+", url) is not None


def _text(texts: Texts, language: str) -> str:
    return clean(best(texts, language).text)


def _name(room: Room, language: str) -> str:
    return _text(room.names, language) or room.key
