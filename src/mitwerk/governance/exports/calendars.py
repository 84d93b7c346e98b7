"""A sitting as calendars take it (RFC 5545), and as a mail invites to it (RFC 5546, RFC 6047)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress

from mitwerk.clusters.queries import office_address
from mitwerk.core.jsonld import absolute
from mitwerk.governance.models import Sitting
from mitwerk.governance.queries import items_of
from mitwerk.people.models import Person


def sitting_file(sitting: Sitting, language: str) -> bytes:
    """To be put into a calendar by hand; it asks for no answer."""
    return _calendar(sitting, language, "PUBLISH", None)


def sitting_invitation(sitting: Sitting, person: Person) -> str:
    """What goes with the mail to a person: an invitation, a change (same UID, higher SEQUENCE) or a cancellation."""
    method = "CANCEL" if sitting.state == Sitting.State.CANCELLED else "REQUEST"
    return _calendar(sitting, person.language, method, person).decode()


def _calendar(sitting: Sitting, language: str, method: str, person: Person | None) -> bytes:
    file = Calendar()
    file.add("prodid", f"-//Mitwerk//Sittings//{language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    with override(language):
        entry = _entry(sitting)
    if person:
        entry.add("organizer", _address(_sender(sitting), str(sitting.body.name.best(language).text)))
        attendee = _address(person.email, person.name)
        attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
        entry.add("attendee", attendee)
    file.add_component(entry)
    return bytes(file.to_ical())


def _entry(sitting: Sitting) -> Event:
    entry = Event()
    entry.add("uid", f"sitting-{sitting.public_id}@mitwerk")
    entry.add("sequence", sitting.sequence)
    entry.add("dtstamp", sitting.updated_at)
    entry.add("last-modified", sitting.updated_at)
    entry.add("dtstart", sitting.begins_at)
    entry.add("dtend", sitting.ends_at)
    entry.add("summary", f"{sitting.body.name}: {sitting}")
    entry.add("location", ", ".join(part for part in (sitting.place, sitting.link) if part))
    entry.add("description", agenda_text(sitting))
    entry.add("url", absolute(reverse("governance:sitting_detail", args=[sitting.body.slug, sitting.public_id])))
    entry.add("status", "CANCELLED" if sitting.state == Sitting.State.CANCELLED else "CONFIRMED")
    return entry


def agenda_text(sitting: Sitting) -> str:
    """The agenda in the reader's language, a line for each item."""
    lines = [
        _("%(number)d. %(title)s (%(minutes)d min)") % {"number": at, "title": item.title, "minutes": item.length}
        for at, item in enumerate(items_of(sitting), 1)
    ]
    return "\n".join(lines)


def _sender(sitting: Sitting) -> str:
    return office_address(sitting.body.cluster) or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ")


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name.replace('"', "'")
    return address
