"""The schedule of conference apps by the rules of its schema, and as another program reads it."""

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from schedule_convert.importers.frab_xml import FrabXmlImporter

from mitwerk.algorithms.programme import frab
from mitwerk.algorithms.programme.frab import clean, guid, schedule_json, schedule_xml
from mitwerk.algorithms.programme.model import Programme, best, timed
from mitwerk.algorithms.tests.programme_samples import DAY, FULL, PROGRAMMES, any_of, programme

XML = schedule_xml(programme(FULL.items[0], last=DAY), "de").decode()

RULES = {
    "title": ".*", "subtitle": ".*", "type": ".*", "track": ".*", "abstract": ".*", "room": ".+",
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "start": "[0-2][0-9]:[0-5][0-9]",
    "duration": "[0-9]{2}:[0-5][0-9]",
    "slug": "[a-z0-9]{4,}-[0-9]{1,6}-[a-z0-9_-]{4,}",
    "url": "https?://.*",
}  # fmt: skip
"""What the schema wants of an event's elements, in words of ours."""
UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def faults(root: Element) -> list[str]:
    """What the schema would find."""
    wrong = [] if [one.tag for one in root][:3] == ["generator", "version", "conference"] else ["order"]
    if not re.fullmatch("[a-z0-9_-]{4,}", root.findtext("conference/acronym", "")):
        wrong.append("acronym")
    found = root.findall("day/room/event")
    for event in found:
        texts = {tag: event.findtext(tag) for tag in RULES}
        wrong += [tag for tag, text in texts.items() if text is None or not re.fullmatch(RULES[tag], text, re.S)]
        wrong += [] if re.fullmatch(UUIDS, event.get("guid", "")) else ["guid"]
        wrong += [] if int(event.get("id", "0")) > 0 else ["id"]
        wrong += [] if event.findtext("recording/optout") in ("true", "false") else ["optout"]
    for values in ([e.get("id") for e in found], [e.get("guid") for e in found], [e.findtext("slug") for e in found]):
        wrong += [f"{value} twice" for value, number in Counter(values).items() if number > 1]
    indexes = [int(day.get("index", "0")) for day in root.iter("day")]
    wrong += [] if indexes == list(range(1, len(indexes) + 1)) and indexes else ["days"]
    return wrong


@given(PROGRAMMES)
def test_it_keeps_the_rules_of_the_schema(whole: Programme):
    for language in ("de", "en", "xx"):
        assert faults(fromstring(schedule_xml(whole, language))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (">01:30<", ">1.5h<", ["duration"]),
        (">09:00<", ">9:00<", ["start"]),
        ("T09:00:00+02:00<", "T09:00:00<", ["date"]),
        ("-197354-", "-1973541-", ["slug"]),
        (">itkongress2027<", ">it<", ["acronym"]),
        (">false<", ">no<", ["optout"]),
        ("<version>1.2</version>", "", ["order"]),
        ('id="1973541768"', 'id="0"', ["id"]),
        ("d4534e95-", "d4534e9-", ["guid"]),
        ("<url>https", "<url>ftp", ["url"]),
        ('index="1"', 'index="0"', ["days"]),
        ("<subtitle>Werk GmbH, Uni</subtitle>", "", ["subtitle"]),
    ],
)
def test_control_what_breaks_a_rule_is_found(old: str, new: str, told: list[str]):
    assert XML.count(old) == 1
    assert faults(fromstring(XML.replace(old, new))) == told


def test_control_an_event_that_stands_there_twice_is_found():
    begin, end = XML.index("<event"), XML.index("</event>") + len("</event>")
    assert len(faults(fromstring(XML[:end] + XML[begin:]))) == 3


@given(PROGRAMMES)
def test_json_can_be_written_and_says_the_same_as_xml(whole: Programme):
    root = fromstring(schedule_xml(whole, "de"))
    found = json.loads(json.dumps(schedule_json(whole, "de")))["schedule"]["conference"]["days"]
    assert [day["date"] for day in found] == [day.get("date") for day in root.iter("day")]
    by_guid = {event["guid"]: event for event in events(whole)}
    elements = root.findall("day/room/event")
    assert sorted(by_guid) == sorted(element.get("guid") for element in elements)
    for element in elements:
        event = by_guid[element.get("guid")]
        texts = {name: element.findtext(name) for name in frab._AS_THEY_ARE}
        assert texts == {name: event[name] for name in frab._AS_THEY_ARE}
        assert [one.text or "" for one in element.iter("person")] == [one["name"] for one in event["persons"]]
        links = [{"url": one.get("href"), "title": one.text or ""} for one in element.iter("link")]
        assert links == event["links"]


def is_read_alike(whole: Programme) -> bool:
    """Another program's reader (schedule-convert) finds what the programme says. It puts every time on the date of its
    day, so the day changes at midnight here; white space around texts is not kept."""
    conference = FrabXmlImporter().parse(BytesIO(schedule_xml(whole, "de")))
    rooms = {room.key: clean(best(room.names, "de").text) or room.key for room in whole.rooms}
    expected = [
        (
            guid(whole, "item", one.key),
            stripped(best(one.titles, "de").text),
            stripped(best(one.abstracts, "de").text),
            stripped(best(whole.tracks.get(one.track or "", {}), "de").text),
            rooms[one.room],
            f"{times.start.astimezone(whole.zone):%Y-%m-%d %H:%M}",
            (times.end - times.start) // dt.timedelta(minutes=1),
            [clean(speaker.name) for speaker in one.speakers],
            one.is_recorded,
        )
        for times, one in timed(whole.items)
        if one.room
    ]
    found = [
        (
            *(event.guid, event.title, event.abstract, event.track, event.room.name),
            *(f"{event.start:%Y-%m-%d %H:%M}", event.duration, [one.name for one in event.speakers], event.can_record),
        )
        for event in conference.events
    ]
    return sorted(found, key=str) == sorted(expected, key=str) and conference.title == stripped(
        clean(best(whole.titles, "de").text) or whole.slug
    )


def stripped(text: str) -> str | None:
    """As that reader has it: an element without any text has none."""
    return clean(text).strip() if clean(text) else None


def test_another_program_opens_it():
    whole = replace(FULL, day_change=dt.time())
    assert FrabXmlImporter().check(schedule_xml(whole, "de").decode()[:5000])
    conference = FrabXmlImporter().parse(BytesIO(schedule_xml(whole, "de")))
    assert (conference.slug, conference.url, conference.timeslot) == ("itkongress2027", whole.url, 5)
    assert sorted(conference.days) == [DAY, DAY + dt.timedelta(days=1)]
    assert [event.title for event in conference.events] == ["KI im <Mittelstand>", "Late", "Titel"]
    assert is_read_alike(whole)
    assert not is_read_alike(FULL)  # control: there an item after midnight stands with the day before


@given(PROGRAMMES)
def test_another_program_reads_what_was_meant(whole: Programme):
    assert is_read_alike(replace(whole, day_change=dt.time()))


def test_control_another_program_would_see_a_wrong_duration(monkeypatch: pytest.MonkeyPatch):
    times = frab._times
    monkeypatch.setattr(frab, "_times", lambda span, whole: times(span, whole) | {"duration": "00:30"})
    assert any_of(PROGRAMMES, lambda whole: not is_read_alike(replace(whole, day_change=dt.time())))


def events(whole: Programme, language: str = "de") -> list[dict[str, Any]]:
    days = schedule_json(whole, language)["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]
