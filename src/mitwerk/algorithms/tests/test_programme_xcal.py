"""The programme for calendars, as XML and as text."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
import vobject
from defusedxml.ElementTree import fromstring
from hypothesis import given
from icalendar import Calendar

from mitwerk.algorithms.programme import xcal as module
from mitwerk.algorithms.programme.frab import clean, guid
from mitwerk.algorithms.programme.model import Programme, best
from mitwerk.algorithms.programme.xcal import SPACE, calendar, xcal
from mitwerk.algorithms.tests.programme_samples import FULL, PROGRAMMES, any_of, item, programme

ONE = programme(FULL.items[0], sequence=2)

XML = """<?xml version='1.0' encoding='utf-8'?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>\
<properties><prodid><text>-//Mitwerk//Programme//EN</text></prodid><version><text>2.0</text></version>\
<calscale><text>GREGORIAN</text></calscale><x-wr-calname><unknown>IT congress</unknown></x-wr-calname></properties>\
<components><vevent><properties><uid><text>d4534e95-aa28-57a9-a307-94e87fd8e788</text></uid>\
<dtstamp><date-time>2027-04-01T12:00:00Z</date-time></dtstamp>\
<sequence><integer>2</integer></sequence>\
<dtstart><date-time>2027-05-11T07:00:00Z</date-time></dtstart>\
<dtend><date-time>2027-05-11T08:30:00Z</date-time></dtend>\
<summary><parameters><language><text>en</text></language></parameters><text>AI &amp; companies</text></summary>\
<description><parameters><language><text>de</text></language></parameters><text>Anna A., Bodo B.
Werk GmbH, Uni

Erste Zeile
zweite Zeile</text></description>\
<location><parameters><language><text>en</text></language></parameters><text>Great hall</text></location>\
<categories><text>AI &amp; data</text></categories>\
<url><uri>https://it.example/kongress/k7m2p9</uri></url><status><text>CONFIRMED</text></status>\
</properties></vevent></components></vcalendar></icalendar>"""


def test_the_document_to_the_letter():
    assert xcal(ONE, "en").decode() == XML


def test_a_programme_without_items_has_no_components():
    assert [one.tag for one in fromstring(xcal(programme(), "de"))[0]] == [f"{{{SPACE}}}properties"]


def told(whole: Programme) -> list[tuple[str, str]]:
    return [(str(one["summary"]), str(one["status"])) for one in calendar(whole, "de").walk("VEVENT")]


def test_what_has_a_time_is_told_also_when_it_is_cancelled():
    assert told(FULL) == [
        ("KI im <Mittelstand>", "CONFIRMED"),
        ("Titel", "CANCELLED"),
        ("Late", "CONFIRMED"),
        ("Titel", "CONFIRMED"),
        ("Titel", "CONFIRMED"),
    ]


def test_what_nobody_wrote_is_left_out():
    late = calendar(FULL, "de").walk("VEVENT")[2]
    assert sorted(late) == ["DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "UID"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "mailto:a@example.org"])
def test_nothing_but_the_web_is_linked(url: str):
    (entry,) = calendar(programme(item("a", "09:00-10:00", url=url)), "de").walk("VEVENT")
    assert "URL" not in entry


def test_another_program_reads_the_file():
    found = vobject.readOne(calendar(ONE, "de").to_ical().decode())
    entry = found.vevent
    assert (found.x_wr_calname.value, entry.summary.value, entry.location.value) == (
        *("IT-Kongress", "KI im <Mittelstand>", "Großer Saal"),
    )
    assert entry.description.value == "Anna A., Bodo B.\nWerk GmbH, Uni\n\nErste Zeile\nzweite Zeile"
    assert (entry.dtstart.value, entry.dtend.value) == (ONE.items[0].span.start, ONE.items[0].span.end)
    assert (entry.uid.value, entry.status.value) == (str(guid(ONE, "item", "k7m2p9")), "CONFIRMED")


def jcal(component: Element) -> list[Any]:
    """A component of the XML as jCal has it."""
    name = component.tag.removeprefix(f"{{{SPACE}}}")
    properties, *inside = component
    return [name, [jcal_property(one) for one in properties], [jcal(one) for each in inside for one in each]]


def jcal_property(element: Element) -> list[Any]:
    own = [one.tag.removeprefix(f"{{{SPACE}}}") for one in element]
    parameters = {}
    if own[0] == "parameters":
        parameters = {one.tag.removeprefix(f"{{{SPACE}}}"): one[0].text for one in element[0]}
    values: list[Any] = [one.text or "" for one in element if not one.tag.endswith("}parameters")]
    if own[-1] == "integer":
        values = [int(value) for value in values]
    return [element.tag.removeprefix(f"{{{SPACE}}}"), parameters, own[-1], *values]


def comes_back(whole: Programme) -> bool:
    """Read back, the XML is the calendar it was made of."""
    root = fromstring(xcal(whole, "de"))
    return bool(Calendar.from_jcal(jcal(root[0])).to_ical() == calendar(whole, "de").to_ical())


@given(PROGRAMMES)
def test_the_xml_read_back_is_the_calendar(whole: Programme):
    assert comes_back(whole)


def test_control_an_xml_without_parameters_does_not_come_back(monkeypatch: pytest.MonkeyPatch):
    add = module._add_component

    def bare(parent: Element, component: Any) -> None:
        name, properties, inside = component
        add(parent, [name, [[label, {}, *rest] for label, _parameters, *rest in properties], inside])

    monkeypatch.setattr(module, "_add_component", bare)
    assert any_of(PROGRAMMES, lambda whole: not comes_back(whole))


@given(PROGRAMMES)
def test_another_library_finds_every_item(whole: Programme):
    found = vobject.readOne(calendar(whole, "de").to_ical().decode())
    expected = [(guid(whole, "item", one.key), best(one.titles, "de").text) for one in whole.items if one.span]
    entries = [(one.uid.value, one.contents.get("summary")) for one in found.contents.get("vevent", [])]
    assert [uid for uid, _summary in entries] == [str(uid) for uid, _title in expected]
    titles = [summary[0].value if summary else "" for _uid, summary in entries]
    assert titles == [clean(title) for _uid, title in expected]
