"""What events look like to calendars (RFC 5545) and to machines (schema.org)."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from mitwerk.core.jsonld import Thing, absolute, organization, thing
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event, Organiser

ONE_DAY = dt.timedelta(days=1)


def calendar(events: Iterable[Event], name: str, language: str) -> bytes:
    """A calendar file in the reader's language, lines folded and ended as the standard wants."""
    file = Calendar()
    file.add("prodid", f"-//Mitwerk//Events//{language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", " ".join(name.split()))  # the library escapes only what the standard knows
    file.add("x-wr-timezone", settings.TIME_ZONE)
    file.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    for event in events:
        file.add_component(calendar_entry(event, language))
    return bytes(file.to_ical())


def calendar_entry(event: Event, language: str) -> Entry:
    """One event. Its UID never changes, so that a calendar replaces what it already has."""
    entry = Entry()
    entry.add("uid", f"event-{event.public_id}@mitwerk")
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    start, end = event_time(event)
    entry.add("dtstart", start)
    if end is not None:
        entry.add("dtend", end)
    _add_text(entry, "summary", event.title, language)
    _add_text(entry, "description", event.description, language)
    if event.place:
        entry.add("location", event.place)
    topics = [str(topic) for topic in event.topics.all()]
    if topics:
        entry.add("categories", topics)
    for organiser in event.organisers.all():
        entry.add("contact", organiser.name)
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("transp", "OPAQUE" if event.starts_at else "TRANSPARENT")
    return entry


def event_time(event: Event) -> tuple[dt.date, dt.date | None]:
    """Start and end as calendars want them: whole days with the day after the last, times in UTC.

    Without a known end a timed event has none, unless it lasts until a later day. Where only the month is
    known, it takes the whole month.
    """
    last = event.last_day
    if event.starts_at is None or event.is_month_only:
        return event.first_day, last + ONE_DAY
    start = _utc(event.starts_on, event.starts_at)
    if event.ends_at is not None:
        end = _utc(last, event.ends_at)
    elif last > event.starts_on:
        end = _utc(last + ONE_DAY, dt.time())
    else:
        return start, None
    return start, end if end > start else None


def event_thing(event: Event, language: str) -> Thing:
    address = absolute(event.get_absolute_url())
    first, last = _iso_times(event)
    return thing(
        "Event",
        id=address,
        url=address,
        name=str(event.title),
        description=str(event.description),
        inLanguage=event.title.best(language).language,
        startDate=first,
        endDate=last,
        eventStatus="https://schema.org/EventScheduled",
        location=thing("Place", name=event.place, address=event.place) if event.place else None,
        organizer=[organiser_thing(organiser) for organiser in event.organisers.all()],
        about=[str(topic) for topic in event.topics.all()],
        sameAs=event.website,
    )


def organiser_thing(organiser: Organiser) -> Thing:
    profile = organiser.profile
    return organization(organiser.name, profile.get_absolute_url() if profile else "")


def _add_text(entry: Entry, name: str, text: Translated, language: str) -> None:
    best = text.best(language)
    if best.text:
        entry.add(name, best.text, parameters={"language": best.language})


def _local(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, ZoneInfo(settings.TIME_ZONE))


def _utc(day: dt.date, time: dt.time) -> dt.datetime:
    return _local(day, time).astimezone(dt.UTC)


def _iso_times(event: Event) -> tuple[str, str]:
    last = event.last_day
    if event.is_month_only:
        return f"{event.first_day:%Y-%m}", f"{last:%Y-%m}"
    start = _local(event.starts_on, event.starts_at) if event.starts_at else event.starts_on
    end = _local(last, event.ends_at) if event.ends_at else last
    return start.isoformat(), end.isoformat()
