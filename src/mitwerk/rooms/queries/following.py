"""Who hears of what in a room by mail, and what a digest tells."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import current_people
from mitwerk.rooms.models import Answer, Follow, RoomMail, Topic

SALT = "mitwerk.rooms.stop"
PURPOSE = "room/"
HOUR = 6
"""When digests are written; a week begins on Monday."""
LENGTHS = {RoomMail.How.DAILY: timedelta(days=1), RoomMail.How.WEEKLY: timedelta(days=7)}
MOST_TOPICS = 20
MOST_ANSWERS = 3


@dataclass
class News:
    """What a digest tells of a topic: that it is new, and what was said to it."""

    topic: Topic
    is_new: bool = False
    answers: list[Answer] = field(default_factory=list)

    @property
    def shown(self) -> list[Answer]:
        return self.answers[:MOST_ANSWERS]

    @property
    def rest(self) -> int:
        return len(self.answers) - len(self.shown)


def readers() -> QuerySet[NetworkPerson]:
    """Whom mails of rooms may go to: who belongs to a network now and can sign in."""
    return current_people().filter(person__user__is_active=True).select_related("person__user", "room_mail")


def how_of(me: NetworkPerson) -> str:
    """How they want to hear of the room."""
    chosen: RoomMail | None = getattr(me, "room_mail", None)
    return str(chosen.how if chosen else RoomMail.DEFAULT)


def wants_mail(me: NetworkPerson) -> bool:
    return how_of(me) != RoomMail.How.NOTHING


def follows(me: NetworkPerson, topic: Topic) -> bool:
    return Follow.objects.filter(topic=topic, person=me).exists()


def told_at_once(post: Topic | Answer) -> list[NetworkPerson]:
    """Who gets a mail of it now: those who want each post and, of an answer, those who follow its topic.

    Not who wrote it with their name. Who wrote it without is not left out, or the gap would tell who that was.
    """
    topic = post.topic if isinstance(post, Answer) else post
    wanted = Q(room_mail__how=RoomMail.How.EACH)
    if isinstance(post, Answer):
        following = Follow.objects.filter(topic=topic).values("person")
        wanted |= Q(pk__in=following) & ~Q(pk__in=_wanting_nothing())
    return list(readers().filter(wanted, network=topic.network_id).exclude(pk=post.by_id or 0))


def _wanting_nothing() -> Any:
    return RoomMail.objects.filter(how=RoomMail.How.NOTHING).values("person")


def period_end(how: str, now: datetime) -> datetime:
    """The moment up to which the newest digest tells: six in the morning here, of today or of Monday."""
    local = timezone.localtime(now) - timedelta(hours=HOUR)
    day = local.date()
    if how == RoomMail.How.WEEKLY:
        day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime(day.year, day.month, day.day, HOUR))


def digest_of(me: NetworkPerson, since: datetime, until: datetime) -> list[News]:
    """What others wrote in that time, the newest topics first.

    Without answers in topics that they follow, of which they had a mail each. What somebody wrote without a name is
    told to them as to everybody, or the gap would tell who that was.
    """
    written = Q(at__gt=since, at__lte=until) & (Q(by=None) | ~Q(by=me.pk))
    followed = Follow.objects.filter(person=me).values("topic")
    topics = Topic.objects.filter(written, network=me.network_id).select_related("by__person")
    answers = Answer.objects.filter(written, topic__network=me.network_id).exclude(topic__in=followed)
    found = {one.pk: News(one, is_new=True) for one in topics}
    for answer in answers.select_related("by__person", "topic__by__person").order_by("at", "pk"):
        found.setdefault(answer.topic_id, News(answer.topic)).answers.append(answer)
    return sorted(found.values(), key=lambda one: (one.topic.at, one.topic.pk), reverse=True)


def stop_token(me: NetworkPerson) -> str:
    """What a link carries that stops the mails of a room without signing in."""
    return signing.Signer(salt=SALT, sep=".").sign(me.public_id)


def by_stop_token(token: str) -> NetworkPerson | None:
    """Whose link it is, whether they still belong to the network or not."""
    try:
        public_id = signing.Signer(salt=SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None
    found = NetworkPerson.objects.filter(public_id=public_id)
    return found.select_related("network", "person__user", "room_mail").first()


def purpose_of(network: Network) -> str:
    """What the outbox keeps with each mail of the room, so that those that wait can be held back."""
    return f"{PURPOSE}{network.public_id}"
