"""Mails about rooms.

Who follows a topic, or wants each post, reads the post in the mail. Who is called by name, or asked without a name,
gets one mail that is the same for both and says neither what nor from whom, so that nobody learns from it who asked a
question. All have the same subject, which names the network alone: mail servers write subjects down. No name leaves
the room under the Chatham House Rule (`author_shown`).

Whoever is in the network gets those about meetings without having been asked: the date of a meeting is what belonging
to it is for.
"""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

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
from mitwerk.rooms.queries import (
    News,
    asker_of,
    author_shown,
    names_to_call,
    purpose_of,
    readers,
    reply_address,
    stop_token,
    told_at_once,
    wants_mail,
)
from mitwerk.rooms.queries.following import MOST_TOPICS
from mitwerk.rooms.queries.people import insiders

NEWS, POST, DIGEST, NOT_TAKEN = (f"rooms/{name}_mail.txt" for name in ("news", "post", "digest", "not_taken"))
TEMPLATES = (NEWS, POST, DIGEST, NOT_TAKEN)
MOST_CALLED = 10
LONGEST = 3000
FIRST_WORDS = 200


@dataclass(frozen=True)
class Line:
    """A post in a digest: whose it is, and its first words."""

    author: str
    words: str


def mail_of_topic(topic: Topic) -> None:
    """To those who want each post, and to those who are called with an @ in it. Who asks without a name and calls
    themselves gets one like the others, or its absence would tell."""
    told = _mail_post(topic)
    _mail_news(topic, [one for one in _called(topic.network, topic.text) if one.pk not in {topic.by_id, *told}])


def mail_of_answer(answer: Answer) -> None:
    """To those who follow the topic or want each post, to who asked without a name, and to those who are called in it;
    one mail to each, none to its author."""
    topic = answer.topic
    told = _mail_post(answer)
    asker = asker_of(topic) if topic.is_unnamed and not answer.is_askers else None
    people = [*([asker] if asker else []), *_called(topic.network, answer.text)]
    _mail_news(topic, [one for one in people if one.pk not in {answer.by_id, *told}])


def mail_digest(me: NetworkPerson, found: list[News], how: str) -> None:
    """What is new, with titles, addresses and first words."""
    with override(me.person.language):
        context = {
            "how": how, "more": max(len(found) - MOST_TOPICS, 0), "length": FIRST_WORDS,
            "rows": [_row(me.network, one) for one in found[:MOST_TOPICS]],
        }  # fmt: skip
        address = reverse("rooms:topic_list", args=[me.network.slug])
        _queue(me, DIGEST, context, Button(_("Go to the room"), absolute(address)))


def mail_not_taken(me: NetworkPerson, why: str) -> None:
    """To the person whose address was written to, wherever the mail came from; it does not say to which topic."""
    with override(me.person.language):
        queue_mail(
            to=me.person.email, subject=_subject(me.network), template=NOT_TAKEN, language=me.person.language,
            context={"network": me.network, "why": why}, is_secret=True,
        )  # fmt: skip


def _row(network: Network, news: News) -> dict[str, Any]:
    topic = news.topic
    return {
        "title": topic.title,
        "url": absolute(reverse("rooms:topic_detail", args=[network.slug, topic.public_id])),
        "topic": _line(topic) if news.is_new else None,
        "answers": [_line(one) for one in news.shown],
        "rest": news.rest,
    }


def _line(post: Topic | Answer) -> Line:
    return Line(author_shown(post, outside=True), shorten(post.text, FIRST_WORDS, placeholder=" …"))


def _mail_post(post: Topic | Answer) -> list[int]:
    """The post itself. Whom it went to."""
    topic = post.topic if isinstance(post, Answer) else post
    people = told_at_once(post)
    for me in people:
        with override(me.person.language):
            address = reverse("rooms:topic_detail", args=[topic.network.slug, topic.public_id])
            text = post.text if len(post.text) <= LONGEST else f"{post.text[:LONGEST].rstrip()} …"
            context = {
                "title": topic.title, "author": author_shown(post, outside=True), "text": text,
                "is_answer": isinstance(post, Answer),
            }  # fmt: skip
            _queue(me, POST, context, Button(_("Go to the topic"), absolute(address)), topic)
    return [one.pk for one in people]


def _mail_news(topic: Topic, people: list[NetworkPerson]) -> None:
    for me in readers().filter(pk__in=[one.pk for one in people]):
        if not wants_mail(me):
            continue
        with override(me.person.language):
            address = reverse("rooms:topic_list", args=[topic.network.slug])
            _queue(me, NEWS, {}, Button(_("Go to the room"), absolute(address)), topic)


def _called(network: Network, text: str) -> list[NetworkPerson]:
    names = names_to_call(network)
    return [names[name] for name in named_in(text, names)[:MOST_CALLED]]


def _subject(network: Network) -> str:
    return _("News from the room: %(network)s") % {"network": network}


def _queue(
    me: NetworkPerson, template: str, context: dict[str, Any], button: Button, topic: Topic | None = None
) -> None:
    """In the reader's language, which is set. Their texts are forgotten as soon as they are sent."""
    reply_to = reply_address(me, topic) if topic else ""
    queue_mail(
        to=me.person.email, subject=_subject(me.network), template=template, language=me.person.language,
        context={"network": me.network, "can_reply": bool(reply_to), **context}, button=button, reply_to=reply_to,
        is_secret=True, purpose=purpose_of(me.network),
        unsubscribe_url=absolute(reverse("rooms:mail_stop", args=[stop_token(me)])),
    )  # fmt: skip


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
