"""The programme for calendars: iCalendar (RFC 5545), and the same as XML (xCal, RFC 6321)."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar
from icalendar import Event as Entry

from mitwerk.algorithms.programme.frab import clean, guid, is_address
from mitwerk.algorithms.programme.model import Item, Programme, Said, Span, Texts, best, in_utc

SPACE = "urn:ietf:params:xml:ns:icalendar-2.0"


def calendar(programme: Programme, language: str) -> Calendar:
    """All items with a time, also the cancelled ones, so that calendars strike out what they already have. Its
    `to_ical()` is the file. Texts that are not there in the language stand in another one, which is named."""
    file = Calendar()
    file.add("prodid", f"-//Mitwerk//Programme//{language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    # The library escapes only what the standard knows.
    file.add("x-wr-calname", " ".join(clean(best(programme.titles, language).text).split()))
    for item in programme.items:
        if item.span:
            file.add_component(_entry(programme, item, item.span, language))
    return file


def xcal(programme: Programme, language: str) -> bytes:
    """The same as XML in UTF-8. It is written from the library's JSON (RFC 7265), which has the same structure."""
    root = ET.Element("icalendar", {"xmlns": SPACE})
    _add_component(root, calendar(programme, language).to_jcal())
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(programme: Programme, item: Item, span: Span, language: str) -> Entry:
    """One item. Its UID never changes, so that a calendar replaces what it already has."""
    entry = Entry()
    entry.add("uid", str(guid(programme, "item", item.key)))
    entry.add("dtstamp", in_utc(programme.released))
    entry.add("sequence", programme.sequence)
    entry.add("dtstart", span.start)
    entry.add("dtend", span.end)
    _add_text(entry, "summary", best(item.titles, language))
    _add_text(entry, "description", _description(item, language))
    for room in programme.rooms:
        if room.key == item.room:
            _add_text(entry, "location", best(room.names, language))
    track: Texts = programme.tracks.get(item.track or "", {})
    if best(track, language).text:
        entry.add("categories", [clean(best(track, language).text)])
    if is_address(item.url):
        entry.add("url", clean(item.url))
    entry.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    return entry


def _description(item: Item, language: str) -> Said:
    """Who speaks and where they come from, then the abstract."""
    abstract = best(item.abstracts, language)
    who = [", ".join(one.name for one in item.speakers), ", ".join(item.organisations)]
    parts = ["\n".join(line for line in who if line), abstract.text]
    return Said(abstract.language, "\n\n".join(part for part in parts if part))


def _add_text(entry: Entry, name: str, said: Said) -> None:
    if said.text:
        entry.add(name, clean(said.text), parameters={"language": said.language})


def _add_component(parent: ET.Element, component: Sequence[Any]) -> None:
    """A component of jCal: its name, its properties (name, parameters, type, values …), the components inside."""
    name, properties, inside = component
    element = ET.SubElement(parent, name)
    held = ET.SubElement(element, "properties")
    for label, parameters, kind, *values in properties:
        one = ET.SubElement(held, label)
        if parameters:
            around = ET.SubElement(one, "parameters")
            for parameter, text in parameters.items():
                ET.SubElement(ET.SubElement(around, parameter), "text").text = text
        for value in values:
            ET.SubElement(one, kind).text = str(value)
    if inside:
        components = ET.SubElement(element, "components")
        for child in inside:
            _add_component(components, child)
