"""The schedule as conference apps read it: to the letter, and what stands where."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring

from mitwerk.algorithms.programme import frab
from mitwerk.algorithms.programme.frab import acronym, clean, guid, is_address, numbers, schedule_json, schedule_xml
from mitwerk.algorithms.programme.model import Programme, Room
from mitwerk.algorithms.tests.programme_samples import ANNA, DAY, FULL, at, item, programme, span

TALK = FULL.items[0]
ONE = replace(FULL, items=(TALK,), last=DAY)

XML = """<?xml version='1.0' encoding='utf-8'?>
<schedule><generator name="Mitwerk" /><version>1.2</version>\
<conference><title>IT-Kongress</title><acronym>itkongress2027</acronym><start>2027-05-11</start><end>2027-05-11</end>\
<timeslot_duration>00:05</timeslot_duration><time_zone_name>Europe/Berlin</time_zone_name><days>1</days>\
<base_url>https://it.example/kongress</base_url></conference>\
<day index="1" date="2027-05-11" start="2027-05-11T04:00:00+02:00" end="2027-05-12T04:00:00+02:00">\
<room name="Großer Saal" guid="6658e501-37e8-5a89-b373-b29f74599d95">\
<event id="1973541768" guid="d4534e95-aa28-57a9-a307-94e87fd8e788"><room>Großer Saal</room>\
<title>KI im &lt;Mittelstand&gt;</title><subtitle>Werk GmbH, Uni</subtitle><type>talk</type>\
<date>2027-05-11T09:00:00+02:00</date><start>09:00</start><duration>01:30</duration>\
<abstract>Erste Zeile
zweite Zeile</abstract><slug>itkongress2027-197354-1768-ki-im-mittelstand</slug><track>KI &amp; Daten</track>\
<language>de</language><description /><url>https://it.example/kongress/k7m2p9</url>\
<recording><license>CC BY 4.0</license><optout>false</optout></recording>\
<persons><person id="1398430167">Anna A.</person><person id="1959462811">Bodo B.</person></persons>\
<links><link href="https://it.example/folien.pdf">Folien</link></links></event></room></day></schedule>"""

JSON = {
    "generator": {"name": "Mitwerk"},
    "schedule": {
        "url": "https://it.example/kongress",
        "version": "1.2",
        "base_url": "https://it.example/kongress",
        "conference": {
            "title": "IT congress",
            "acronym": "itkongress2027",
            "start": "2027-05-11",
            "end": "2027-05-11",
            "timeslot_duration": "00:05",
            "time_zone_name": "Europe/Berlin",
            "daysCount": 1,
            "rooms": [
                {"name": "Great hall", "guid": "6658e501-37e8-5a89-b373-b29f74599d95", "capacity": 200},
                {"name": "Hof", "guid": "372ad9fd-c4a9-55b8-91ce-6db79288ae22", "capacity": 20},
                {"name": "attic", "guid": "c69068a1-b7e5-5674-967a-0a51e76bc68f", "capacity": None},
            ],
            "tracks": [{"name": "AI & data"}, {"name": "Energie"}],
            "days": [
                {
                    "index": 1,
                    "date": "2027-05-11",
                    "day_start": "2027-05-11T04:00:00+02:00",
                    "day_end": "2027-05-12T04:00:00+02:00",
                    "rooms": {
                        "Great hall": [
                            {
                                "id": 1973541768,
                                "guid": "d4534e95-aa28-57a9-a307-94e87fd8e788",
                                "date": "2027-05-11T09:00:00+02:00",
                                "start": "09:00",
                                "duration": "01:30",
                                "room": "Great hall",
                                "slug": "itkongress2027-197354-1768-ki-im-mittelstand",
                                "url": "https://it.example/kongress/k7m2p9",
                                "title": "AI & companies",
                                "subtitle": "Werk GmbH, Uni",
                                "track": "AI & data",
                                "type": "talk",
                                "language": "de",
                                "abstract": "Erste Zeile\nzweite Zeile",
                                "description": "",
                                "recording_license": "CC BY 4.0",
                                "do_not_record": False,
                                "persons": [
                                    {
                                        "id": 1398430167,
                                        "guid": "721d755b-80a1-587c-8c94-26a550ba7bd7",
                                        "name": "Anna A.",
                                        "public_name": "Anna A.",
                                    },
                                    {
                                        "id": 1959462811,
                                        "guid": "6771b3bf-b6c2-5605-8a25-af05e1aaa39b",
                                        "name": "Bodo B.",
                                        "public_name": "Bodo B.",
                                    },
                                ],
                                "links": [{"url": "https://it.example/folien.pdf", "title": "Folien"}],
                            }
                        ]
                    },
                }
            ],
        },
    },
}


def test_the_document_to_the_letter():
    assert schedule_xml(ONE, "de").decode() == XML


def test_the_json_to_the_letter():
    assert schedule_json(ONE, "en") == JSON


def placed(whole: Programme) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Of each day the rooms, of each room (start, title)."""
    root = fromstring(schedule_xml(whole, "de"))
    return [
        (
            day.get("date", ""),
            [
                (room.get("name", ""), [(e.findtext("date", ""), e.findtext("title", "")) for e in room])
                for room in day.iter("room")
                if room.get("name")
            ],
        )
        for day in root.iter("day")
    ]


def test_what_is_told_and_where_it_stands():
    assert placed(FULL) == [
        (
            "2027-05-11",
            [
                ("Großer Saal", [("2027-05-11T09:00:00+02:00", "KI im <Mittelstand>")]),
                ("Hof", [("2027-05-12T01:15:00+02:00", "Late")]),
            ],
        ),
        ("2027-05-12", [("attic", [("2027-05-12T10:00:00+02:00", "Titel")])]),
    ]
    assert placed(programme(item("a", "09:00-10:00", room="cellar"))) == [("2027-05-11", []), ("2027-05-12", [])]


def test_days_before_and_after_are_days_too():
    early, late = item("a", span=span("10:00", "11:00", -2), room="hall"), item("b", span=span("10:00", "11:00", 4))
    dates = [date for date, _rooms in placed(programme(early, replace(late, room="hall")))]
    assert dates == ["2027-05-09", "2027-05-11", "2027-05-12", "2027-05-15"]
    root = fromstring(schedule_xml(programme(early), "de"))
    assert (root.findtext("conference/days"), [day.get("index") for day in root.iter("day")]) == ("3", ["1", "2", "3"])


def test_two_rooms_of_one_name_lose_nothing():
    whole = programme(
        item("a", "09:00-10:00", room="r"),
        item("b", "09:00-10:00", room="s"),
        rooms=(Room("r", {"de": "Saal"}), Room("s", {"de": "Saal"})),
    )
    (day, _other) = schedule_json(whole, "de")["schedule"]["conference"]["days"]
    assert [(name, len(events)) for name, events in day["rooms"].items()] == [("Saal", 2)]


def test_the_day_the_clocks_change():
    day = dt.date(2026, 10, 25)
    (only,) = schedule_json(programme(first=day, last=day), "de")["schedule"]["conference"]["days"]
    assert (only["day_start"], only["day_end"]) == ("2026-10-25T04:00:00+01:00", "2026-10-26T04:00:00+01:00")


def test_a_recording_has_a_licence_and_no_recording_has_none():
    root = fromstring(schedule_xml(programme(item("a", "09:00-10:00", room="hall")), "de"))
    recording = root.find("day/room/event/recording")
    assert [(one.tag, one.text) for one in recording] == [("license", None), ("optout", "true")]


def test_nothing_but_the_web_is_linked():
    urls = ["https://a.example/b", "http://a.example", "javascript:alert(1)", "", "https://", "https://a b", "ftp://a"]
    assert [url for url in urls if is_address(url)] == ["https://a.example/b", "http://a.example"]
    (event,) = events(programme(item("a", "09:00-10:00", room="hall", url="javascript:alert(1)")))
    assert event["url"] == "https://it.example/kongress"


def events(whole: Programme, language: str = "de") -> list[dict[str, Any]]:
    days = schedule_json(whole, language)["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]


@pytest.mark.parametrize(
    ("slug", "found"),
    [("it-kongress-2027", "itkongress2027"), ("IT 27", "it27"), ("ki", "ki00"), ("Köln_1", "koeln1"), ("京", "0000")],
)
def test_the_acronym(slug: str, found: str):
    assert acronym(programme(slug=slug)) == found


def test_a_congress_without_a_title_is_called_by_its_slug():
    found = schedule_json(programme(titles={"de": " "}), "de")["schedule"]["conference"]["title"]
    assert found == "it-kongress-2027"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\x00b\x0bc\x1fd\ufffee\uffff", "abcde"),
        ("a\ud800b", "ab"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("<&>\"'ß👋", "<&>\"'ß👋"),
    ],
)
def test_characters_that_xml_cannot_hold(text: str, found: str):
    assert clean(text) == found


def is_xml(whole: Programme) -> bool:
    try:
        return fromstring(schedule_xml(whole, "de")) is not None
    except (SyntaxError, UnicodeEncodeError):
        return False


def test_control_without_cleaning_it_is_no_xml(monkeypatch: pytest.MonkeyPatch):
    dirty = programme(titles={"de": "a\x0b"})
    assert is_xml(dirty)
    monkeypatch.setattr(frab, "clean", lambda text: text)
    assert not is_xml(dirty)


def test_ids_are_the_same_in_every_version_and_language():
    other = replace(FULL, items=FULL.items[::-1], version="2", titles={}, zone=ZoneInfo("Europe/London"))
    ids = {event["guid"]: (event["id"], event["slug"]) for event in events(FULL)}
    assert {event["guid"]: (event["id"], event["slug"]) for event in events(other, "en")} == ids
    assert len(ids) == 3
    kinds = [guid(FULL, kind, "a") for kind in ("item", "person", "room")]
    assert len({*kinds, guid(replace(FULL, url="https://b.example"), "item", "a")}) == 4
    assert guid(FULL, "item", "k7m2p9") == UUID("d4534e95-aa28-57a9-a307-94e87fd8e788")


def test_numbers_that_collide_are_moved(monkeypatch: pytest.MonkeyPatch):
    assert numbers(FULL, "person", ["anna", "bodo", "anna"]) == {"anna": 1398430167, "bodo": 1959462811}
    monkeypatch.setattr(frab, "guid", lambda _programme, _kind, key: UUID(int=999_999_999 if key < "d" else 0))
    found = numbers(FULL, "item", ["d", "c", "b", "a"])
    assert found == {"a": 1_999_999_999, "b": 1_000_000_000, "c": 1_000_000_001, "d": 1_000_000_002}
    assert max(found.values()) < 2**31


def test_speakers_keep_their_order_and_items_that_of_time():
    late, early = item("a", "11:00-12:00", room="hall"), item("b", "09:00-10:00", room="hall", speakers=(ANNA,))
    dates = [event["date"] for event in events(programme(late, early))]
    assert all(one < other for one, other in pairwise(dates))
    assert dates[0] == at("09:00").isoformat()
