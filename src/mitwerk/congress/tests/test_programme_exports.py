"""The released programme in other formats, read by other people's libraries."""

import json
from io import BytesIO
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from icalendar import Calendar
from schedule_convert.importers.frab_xml import FrabXmlImporter

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.programme.xcal import SPACE
from mitwerk.algorithms.tests.test_programme_schema import faults
from mitwerk.congress.models import Congress, Contribution, Speaker
from mitwerk.congress.tests.cast import LAST
from mitwerk.congress.tests.programme_cast import coffee, fill, make_contribution, place, release

PAGE = "/en/congresses/kongress-2007/programme/"


@pytest.fixture
def talks(congress: Congress, cast: Cast) -> list[Contribution]:
    """Three on the first day in two rooms, one on the second, and a break; released."""
    made = fill(congress, cast, 3, 2)
    other = make_contribution(congress, cast.university, 9)
    place(other, cast, congress.rooms.first(), "11:00", day=LAST)
    coffee(congress, cast)
    release(congress, cast)
    return [*made, other]


def entries(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}programme.ics{query}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_calendar_of_all_of_a_day_and_of_mine(client: Client, talks: list[Contribution]) -> None:
    assert entries(client) == ["Talk 1", "Talk 2", "Talk 3", "Coffee", "Talk 9"]
    assert entries(client, f"?day={LAST}") == ["Talk 9"]
    assert entries(client, "?day=yesterday") == entries(client)
    assert entries(client, f"?s={talks[1].public_id}&s={talks[3].public_id}&s=junk") == ["Talk 2", "Talk 9"]
    assert entries(client, "?s=") == []


def test_an_entry_leads_to_its_page_and_keeps_its_id(client: Client, talks: list[Contribution], cast: Cast) -> None:
    def first() -> Any:
        return Calendar.from_ical(client.get(f"{PAGE}programme.ics").content).walk("VEVENT")[0]

    was = first()
    assert str(was["url"]).endswith(f"{PAGE}items/{talks[0].public_id}/")
    assert "Speaker0" in str(was["description"])
    Contribution.objects.filter(pk=talks[0].pk).update(title={"de": "Neu", "en": "New"})
    release(talks[0].congress, cast)
    now = first()
    assert (str(was["summary"]), str(now["summary"])) == ("Talk 1", "New")
    assert (was["uid"], was["sequence"], now["uid"], now["sequence"]) == (was["uid"], 0, was["uid"], 1)


def test_it_keeps_the_rules_of_the_schema_and_another_program_opens_it(
    client: Client, talks: list[Contribution]
) -> None:
    content = client.get(f"{PAGE}programme.xml").content
    assert faults(fromstring(content)) == []
    conference = FrabXmlImporter().parse(BytesIO(content))
    assert (conference.title, len(list(conference.events))) == ("Congress 2007", 4)


def test_the_formats_of_conference_apps(client: Client, talks: list[Contribution]) -> None:
    root = fromstring(client.get(f"{PAGE}programme.xml").content)
    told = [one.findtext("title") for one in root.iter("event")]
    data = json.loads(client.get(f"{PAGE}programme.json").content)
    days = data["schedule"]["conference"]["days"]
    assert sorted(told) == ["Talk 1", "Talk 2", "Talk 3", "Talk 9"]
    assert [sorted(one["title"] for room in day["rooms"].values() for one in room) for day in days] == [
        ["Talk 1", "Talk 2", "Talk 3"], ["Talk 9"],
    ]  # fmt: skip
    assert [one.text for one in root.iter("person")] == ["Speaker0", "Speaker2", "Speaker1"]


def test_xcal(client: Client, talks: list[Contribution]) -> None:
    root = fromstring(client.get(f"{PAGE}programme.xcs").content)
    told = [one[0].text for one in root.iter(f"{{{SPACE}}}summary") for one in [one.findall(f"{{{SPACE}}}text")]]
    assert told == ["Talk 1", "Talk 2", "Talk 3", "Coffee", "Talk 9"]


def test_whoever_changes_their_mind_is_named_nowhere(client: Client, talks: list[Contribution]) -> None:
    pages = [
        PAGE, f"{PAGE}items/{talks[0].public_id}/", f"{PAGE}offline/", f"{PAGE}mine/?s={talks[0].public_id}",
        *(f"{PAGE}programme.{kind}" for kind in ("ics", "xcs", "xml", "json")),
    ]  # fmt: skip
    assert {"Speaker0" in client.get(page).content.decode() for page in pages} == {True}
    Speaker.objects.filter(person__name="Speaker0").update(agreed_at=None)
    assert {"Speaker0" in client.get(page).content.decode() for page in pages} == {False}


def test_facts_for_search_engines(client: Client, talks: list[Contribution]) -> None:
    def facts(page: str) -> Any:
        text = client.get(page).content.decode()
        return json.loads(
            text.partition('<script type="application/ld+json"')[2].partition(">")[2].partition("</script>")[0]
        )

    whole = facts(PAGE)[1]
    assert (whole["@type"], whole["name"], [one["name"] for one in whole["subEvent"]]) == (
        "Event", "Congress 2007", ["Talk 1", "Talk 2", "Talk 3", "Coffee", "Talk 9"],
    )  # fmt: skip
    one = facts(f"{PAGE}items/{talks[0].public_id}/")[1]
    assert (one["startDate"], one["location"]["name"], one["superEvent"]["name"]) == (
        "2007-10-26T09:00:00+02:00", "Large hall", "Congress 2007",
    )  # fmt: skip
    assert "@context" not in whole["subEvent"][0]
    assert facts(f"{PAGE}?day={LAST}")["@type"] == "BreadcrumbList"


def test_the_page_that_needs_no_network_holds_both_languages(client: Client, talks: list[Contribution]) -> None:
    answer = client.get(f"{PAGE}offline/")
    text = answer.content.decode()
    for said in (
        'lang="en" id="en"',
        'lang="de" id="de"',
        "Vortrag 1",
        "Talk 1",
        "What 9 is about",
        "Coffee",
        "Kaffee",
    ):
        assert said in text, said
    assert text.index('id="en"') < text.index('id="de"')
    fetched = [word for word in (" src=", "<link", "@import", "url(", "<script") if word in text]
    assert (fetched, answer.cookies.output()) == ([], "")
    assert 'nonce="' in text
    saved = client.get(f"{PAGE}offline/?save")
    assert (saved["Content-Disposition"], "nonce" in saved.content.decode()) == (
        'attachment; filename="kongress-2007.html"', False,
    )  # fmt: skip


def test_the_worker_stands_in_the_programmes_own_place(client: Client, talks: list[Contribution]) -> None:
    answer = client.get(f"{PAGE}worker.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    text = answer.content.decode()
    assert ("Service-Worker-Allowed" in answer, "https://" in text, "cookie" in text) == (False, False, False)


@pytest.mark.parametrize("kind", ["doc", "ICS", "programme"])
def test_other_kinds_are_not_there(client: Client, talks: list[Contribution], kind: str) -> None:
    assert client.get(f"{PAGE}programme.{kind}").status_code in {301, 404}
