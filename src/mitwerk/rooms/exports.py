"""Meetings as calendars take them (RFC 5545, RFC 5546).

A calendar leaves the room: it lies on telephones and with their makers. So it holds no member's name, not what a
meeting is about and not the address of its video call; these are read in the room, whose page it links to.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from icalendar import Calendar, Event, vCalAddress

from mitwerk.core.jsonld import absolute
from mitwerk.networks.models import Network
from mitwerk.rooms.models import Meeting


def network_calendar(network: Network, meetings: Iterable[Meeting]) -> bytes:
    """All of them, for a calendar that comes back; cancelled ones say so."""
    file = _file(get_language() or settings.LANGUAGE_CODE)
    file.add("x-wr-calname", " ".join(str(network).split()))
    file.add("refresh-interval", dt.timedelta(hours=6), parameters={"value": "DURATION"})
    for meeting in meetings:
        file.add_component(_entry(meeting, network))
    return bytes(file.to_ical())


def meeting_file(meeting: Meeting, language: str) -> str:
    """What goes with a mail: the date, its change (same UID, higher SEQUENCE), or that it is cancelled."""
    with override(language):
        file = _file(language)
        file.add("method", "CANCEL" if meeting.is_cancelled else "PUBLISH")
        entry = _entry(meeting, meeting.network)
        sender = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('> ')}")
        sender.params["CN"] = str(meeting.network).replace('"', "'")
        entry.add("organizer", sender)
    file.add_component(entry)
    return bytes(file.to_ical()).decode()


def _file(language: str) -> Calendar:
    file = Calendar()
    file.add("prodid", f"-//Mitwerk//Meetings//{language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    return file


def _entry(meeting: Meeting, network: Network) -> Event:
    entry = Event()
    entry.add("uid", f"meeting-{meeting.public_id}@mitwerk")
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", meeting.updated_at)
    entry.add("last-modified", meeting.updated_at)
    entry.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    entry.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    entry.add("summary", f"{network}: {meeting.title}")
    if meeting.place:
        entry.add("location", meeting.place)
    entry.add("url", absolute(reverse("rooms:meeting_detail", args=[network.slug, meeting.public_id])))
    entry.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    entry.add("class", "PRIVATE")
    return entry
