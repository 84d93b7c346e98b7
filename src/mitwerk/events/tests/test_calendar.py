"""Calendar files, read by a parser that nobody here wrote (vobject)."""

import datetime as dt
from typing import Any

import pytest
import vobject
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.events.models import Event
from mitwerk.events.tests.cast import Events, make_events


@pytest.fixture
def events(cast: Cast) -> Events:
    return make_events(cast)


def read(client: Client, address: str) -> list[Any]:
    return list(vobject.readOne(client.get(address).content.decode()).vevent_list)


def test_one_event(events: Events, client: Client) -> None:
    (entry,) = read(client, "/de/termine/kongress/kalender.ics")
    assert entry.uid.value == f"event-{events.congress.public_id}@mitwerk"
    assert entry.summary.value == "Kongress der IT; Teil 1, Auftakt"
    assert entry.summary.params == {"LANGUAGE": ["de"]}
    assert entry.dtstart.value == dt.datetime(2006, 10, 28, 12, 0, tzinfo=dt.UTC)
    assert entry.dtend.value == dt.datetime(2006, 10, 29, 15, 30, tzinfo=dt.UTC)
    assert entry.dtstamp.value == events.congress.updated_at.replace(microsecond=0)
    assert entry.location.value == "Leipzig, Neue Messe"
    assert entry.url.value == "http://127.0.0.1:8000/de/termine/kongress/"
    assert entry.description.value == events.congress.description["de"]
    assert [each.value for each in entry.contact_list] == ["Verbund", "Verborgene GmbH"]
    assert entry.categories.value == ["Kontakte"]


def test_it_speaks_the_language_of_the_reader(events: Events, client: Client) -> None:
    (entry,) = read(client, "/en/events/kongress/calendar.ics")
    assert entry.summary.value == "Kongress der IT; Teil 1, Auftakt (en)"
    assert entry.url.value == "http://127.0.0.1:8000/en/events/kongress/"
    assert entry.description.params == {"LANGUAGE": ["de"]}
    assert entry.categories.value == ["contacts"]


@pytest.mark.parametrize(
    ("slug", "start", "end"),
    [
        ("messe", dt.date(2006, 7, 12), dt.date(2006, 7, 15)),
        ("vortrag", dt.date(2006, 5, 3), dt.date(2006, 5, 4)),
        ("frueher", dt.date(2005, 12, 30), dt.date(2006, 1, 3)),
    ],
)
def test_whole_days_end_on_the_day_after(
    events: Events, client: Client, slug: str, start: dt.date, end: dt.date
) -> None:
    (entry,) = read(client, f"/de/termine/{slug}/kalender.ics")
    assert (entry.dtstart.value, entry.dtend.value) == (start, end)


def test_where_only_the_month_is_known_it_takes_the_month(events: Events, client: Client) -> None:
    Event.objects.filter(slug="messe").update(is_month_only=True)
    (entry,) = read(client, "/de/termine/messe/kalender.ics")
    assert (entry.dtstart.value, entry.dtend.value) == (dt.date(2006, 7, 1), dt.date(2006, 8, 1))


def test_all_events_of_region_and_cluster(events: Events, client: Client) -> None:
    def titles(address: str) -> list[str]:
        return [entry.summary.value.split(";")[0] for entry in read(client, address)]

    assert titles("/de/termine/kalender.ics") == ["Früher", "Vortrag", "Messe", "Kongress der IT"]
    assert titles("/de/it/termine/kalender.ics") == ["Vortrag", "Kongress der IT"]


def test_the_file_is_written_as_calendars_want_it(events: Events, client: Client) -> None:
    response = client.get("/de/it/termine/kongress/kalender.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kongress.ics"'
    lines = response.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert (lines[0], lines[-2]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
    assert client.get("/de/it/termine/kalender.ics")["Content-Disposition"] == 'attachment; filename="it.ics"'


def test_a_change_keeps_the_uid_and_moves_the_stamp(events: Events, client: Client) -> None:
    (before,) = read(client, "/de/termine/messe/kalender.ics")
    later = events.fair.updated_at + dt.timedelta(minutes=5)
    Event.objects.filter(pk=events.fair.pk).update(slug="neu", updated_at=later)
    (after,) = read(client, "/de/termine/neu/kalender.ics")
    assert after.uid.value == before.uid.value
    assert after.dtstamp.value == later.replace(microsecond=0)


def test_without_a_known_end_it_has_none(events: Events, client: Client) -> None:
    Event.objects.filter(slug="vortrag").update(starts_at=dt.time(18, 0))
    (entry,) = read(client, "/de/termine/vortrag/kalender.ics")
    assert entry.dtstart.value == dt.datetime(2006, 5, 3, 16, 0, tzinfo=dt.UTC)
    assert not hasattr(entry, "dtend")


def test_the_number_of_queries_does_not_grow(events: Events, client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        client.get("/de/termine/messe/kalender.ics")
    with django_assert_num_queries(5):
        client.get("/de/termine/kalender.ics")


def test_the_list_offers_to_subscribe(events: Events, client: Client) -> None:
    page = client.get("/de/it/termine/").content.decode()
    assert 'href="webcal://127.0.0.1:8000/de/it/termine/kalender.ics"' in page
