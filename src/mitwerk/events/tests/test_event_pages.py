"""List and page of events: what comes first, filters, bad input."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.tests.cast import Cast
from mitwerk.events.exports import event_thing
from mitwerk.events.models import Event
from mitwerk.events.tests.cast import TODAY, Events, make_event, make_events


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def events(cast: Cast) -> Events:
    return make_events(cast)


def shown(client: Client, address: str = "/de/termine/") -> list[str]:
    return [event.slug for event in client.get(address).context["page"]]


def test_what_comes_stands_first_then_the_past_by_year(events: Events, client: Client) -> None:
    groups = client.get("/de/termine/").context["groups"]
    assert [(heading, [e.slug for e in group]) for heading, group in groups] == [
        ("", ["messe", "kongress"]),
        ("2006", ["vortrag"]),
        ("2005", ["frueher"]),
    ]


def test_a_cluster_shows_only_its_own(events: Events, client: Client) -> None:
    assert shown(client, "/de/it/termine/") == ["kongress", "vortrag"]
    assert shown(client, "/en/ernaehrung/events/") == ["messe"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?year=2005", ["frueher"]),
        ("?year=2006&cluster=it", ["kongress", "vortrag"]),
        ("?cluster=ernaehrung", ["messe"]),
        ("?q=neue+messe", ["kongress"]),
        ("?q=FRÜHER", ["frueher"]),
        ("?year=1999", []),
        ("?year=abc", ["messe", "kongress", "vortrag", "frueher"]),
        ("?cluster=%00&page=0", ["messe", "kongress", "vortrag", "frueher"]),
        ("?page=99999", ["messe", "kongress", "vortrag", "frueher"]),
        ("?q=" + "x" * 5000, []),
    ],
)
def test_filters_narrow_the_list_and_forgive(events: Events, client: Client, query: str, slugs: list[str]) -> None:
    assert shown(client, "/de/termine/" + query) == slugs


def test_an_event_over_new_year_counts_in_both(events: Events, client: Client) -> None:
    year, cluster = client.get("/de/termine/").context["filters"]
    assert [(o.value, o.count) for o in year.options] == [("2006", 4), ("2005", 1)]
    assert [(o.value, o.count) for o in cluster.options] == [("it", 2), ("ernaehrung", 1)]


def test_the_number_of_queries_does_not_grow(
    events: Events, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    Event.objects.exclude(slug="kongress").delete()
    client.get("/de/termine/")
    with django_assert_num_queries(8):
        client.get("/de/termine/")
    for number in range(2):
        make_event(f"t{number}", "Mehr", dt.date(2006, 8, 1), clusters=[cast.food])
    with django_assert_num_queries(8):
        assert len(shown(client)) == 3


@pytest.mark.parametrize(
    ("first", "last", "de", "en"),
    [
        (dt.date(2006, 5, 3), None, "3. Mai 2006", "3 May 2006"),
        (dt.date(2006, 5, 3), dt.date(2006, 5, 5), "3. bis 5. Mai 2006", "3 to 5 May 2006"),
        (dt.date(2006, 4, 30), dt.date(2006, 5, 2), "30. April bis 2. Mai 2006", "30 April to 2 May 2006"),
        (
            dt.date(2005, 12, 30),
            dt.date(2006, 1, 2),
            "30. Dezember 2005 bis 2. Januar 2006",
            "30 December 2005 to 2 January 2006",
        ),
    ],
)
def test_the_days_in_words(first: dt.date, last: dt.date | None, de: str, en: str) -> None:
    event = Event(starts_on=first, ends_on=last)
    with override("de"):
        assert event.period == de
    with override("en"):
        assert event.period == en


def test_the_time_of_day_in_words() -> None:
    event = Event(starts_at=dt.time(14, 0), ends_at=dt.time(16, 30))
    with override("de"):
        assert event.hours == "14:00 bis 16:30 Uhr"
        assert Event(starts_at=dt.time(9, 0)).hours == "ab 09:00 Uhr"
        assert Event().hours == ""
    with override("en"):
        assert event.hours == "14:00 to 16:30"


def test_the_page_says_what_is_known(events: Events, client: Client) -> None:
    found = client.get("/de/termine/kongress/").context["facts"]
    assert [(label, str(value), url) for label, value, url in found] == [
        ("Datum", "28. bis 29. Oktober 2006", ""),
        ("Uhrzeit", "14:00 bis 16:30 Uhr", ""),
        ("Ort", "Leipzig, Neue Messe", ""),
        ("Cluster", "IT-Cluster", "/de/it/"),
        ("Website", "kongress.example", "https://kongress.example/"),
    ]


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/de/it/termine/messe/", (302, "/de/termine/messe/")),
        ("/de/it/termine/messe/kalender.ics", (302, "/de/termine/messe/kalender.ics")),
        ("/de/termine/nichts/", (404, None)),
        ("/de/termine/nichts/kalender.ics", (404, None)),
        ("/de/termine/entwurf/", (404, None)),
        ("/de/it/termine/entwurf/kalender.ics", (404, None)),
        ("/de/nirgends/termine/kalender.ics", (404, None)),
    ],
)
def test_a_record_is_shown_where_it_belongs(
    events: Events, client: Client, address: str, answer: tuple[int, str | None]
) -> None:
    response = client.get(address)
    assert (response.status_code, response.get("Location")) == answer


def test_only_organisers_with_a_public_profile_are_linked(events: Events, client: Client) -> None:
    page = client.get("/de/termine/kongress/").content.decode()
    assert '<li><a href="/de/akteure/verbund/">Verbund</a></li>' in page
    assert "<li>Verborgene GmbH</li>" in page


def test_where_only_the_month_is_known_the_month_counts(cast: Cast, client: Client) -> None:
    event = make_event("monat", "Monat", dt.date(2006, 7, 1), is_month_only=True)
    with override("de"):
        assert (event.period, event.is_over) == ("Juli 2006", False)
    make_event("vormonat", "Vormonat", dt.date(2006, 6, 1), is_month_only=True)
    groups = client.get("/de/termine/").context["groups"]
    assert [(heading, [e.slug for e in group]) for heading, group in groups] == [
        ("", ["monat"]),
        ("2006", ["vormonat"]),
    ]
    assert event_thing(event, "de")["startDate"] == "2006-07"


def test_machines_read_the_event(events: Events) -> None:
    with override("de"):
        told = event_thing(events.congress, "de")
    assert (told["startDate"], told["endDate"]) == ("2006-10-28T14:00:00+02:00", "2006-10-29T16:30:00+01:00")
    assert told["location"] == {
        "@type": "Place",
        "name": "Leipzig, Neue Messe",
        "address": "Leipzig, Neue Messe",
    }
    assert [each.get("url") for each in told["organizer"]] == ["http://127.0.0.1:8000/de/akteure/verbund/", None]
