"""Mails about rooms: that there is something, never what or from whom. It is read in the room.

One mail for all that is asked and answered, so that nobody learns from it who asked a question without a name. The
office sees subjects and addresses of all mails, so no subject says what a meeting is about. Whoever is in the network
gets those about meetings without having been asked: the date of a meeting is what belonging to it is for.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.algorithms.plain_words import named_in
from mitwerk.core.jsonld import absolute
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.rooms.exports import meeting_file
from mitwerk.rooms.models import Answer, Attendance, Meeting, Topic
from mitwerk.rooms.queries import asker_of, names_to_call
from mitwerk.rooms.queries.people import insiders

TEMPLATE = "rooms/news_mail.txt"
MOST_CALLED = 10


def mail_of_topic(topic: Topic) -> None:
    """To those who are called with an @ in it. Who asks without a name and calls themselves gets one like the others,
    or its absence would tell."""
    _mail(topic.network, [one for one in _called(topic.network, topic.text) if one.pk != topic.by_id])


def mail_of_answer(answer: Answer) -> None:
    """To who asked, with a name or without, and to those who are called in it; one mail to each, none to its author."""
    topic = answer.topic
    asker = asker_of(topic) if topic.is_unnamed and not answer.is_askers else topic.by
    people = [*([asker] if asker and asker.until is None else []), *_called(topic.network, answer.text)]
    _mail(topic.network, [one for one in people if one.pk != answer.by_id])


def _called(network: Network, text: str) -> list[NetworkPerson]:
    names = names_to_call(network)
    return [names[name] for name in named_in(text, names)[:MOST_CALLED]]


def _mail(network: Network, people: list[NetworkPerson]) -> None:
    for one in {one.pk: one for one in people}.values():
        language = one.person.language
        with override(language):
            queue_mail(
                to=one.person.email,
                subject=_("Something for you in the room: %(network)s") % {"network": network},
                template=TEMPLATE,
                context={"network": network},
                language=language,
                button=Button(_("Go to the room"), absolute(reverse("rooms:topic_list", args=[network.slug]))),
                is_secret=True,
            )


def mail_meeting(meeting: Meeting, what: str) -> None:
    """To everybody in the room: `new`, `changed` or `cancelled`."""
    for one in insiders(meeting.network).select_related("person__user"):
        _mail_meeting(meeting, one, what, f"{meeting.sequence}")


def mail_seat(meeting: Meeting, row: Attendance) -> None:
    """To somebody who stood in line and has a seat now."""
    _mail_meeting(meeting, row.person, "seat", f"seat/{row.at.timestamp():.0f}")


def _mail_meeting(meeting: Meeting, one: NetworkPerson, what: str, mark: str) -> None:
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
