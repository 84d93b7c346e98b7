"""Mails of rooms. The office sees subjects and addresses of all mails, so no subject says what a meeting is about.

Whoever is in the network gets them without having been asked: the date of a meeting is what belonging to it is for.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.core.jsonld import absolute
from mitwerk.networks.models import NetworkPerson
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.rooms.exports import meeting_file
from mitwerk.rooms.models import Attendance, Meeting
from mitwerk.rooms.queries.people import insiders


def mail_meeting(meeting: Meeting, what: str) -> None:
    """To everybody in the room: `new`, `changed` or `cancelled`."""
    for one in insiders(meeting.network).select_related("person__user"):
        _mail(meeting, one, what, f"{meeting.sequence}")


def mail_seat(meeting: Meeting, row: Attendance) -> None:
    """To somebody who stood in line and has a seat now."""
    _mail(meeting, row.person, "seat", f"seat/{row.at.timestamp():.0f}")


def _mail(meeting: Meeting, one: NetworkPerson, what: str, mark: str) -> None:
    language = one.person.language
    with override(language):
        subjects = {
            "new": _("New meeting: %(network)s"),
            "changed": _("Meeting changed: %(network)s"),
            "cancelled": _("Meeting cancelled: %(network)s"),
            "seat": _("You have a seat: %(network)s"),
        }
        address = absolute(reverse("rooms:meeting_detail", args=[meeting.network.slug, meeting.public_id]))
        queue_mail(
            to=one.person.email,
            subject=subjects[what] % {"network": meeting.network},
            template="rooms/meeting_mail.txt",
            context={"meeting": meeting, "what": what},
            language=language,
            button=Button(_("See the meeting"), address),
            key=f"meeting/{meeting.public_id}/{mark}/{one.public_id}",
            is_secret=True,
            calendar=meeting_file(meeting, language),
        )
