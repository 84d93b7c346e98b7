"""Reads of topics: the list, one of them, and who is shown as having written what."""

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import people_seen_by_members
from mitwerk.rooms.models import Answer, Poll, RoomFile, Topic
from mitwerk.rooms.queries.unnamed import is_asker


def author_shown(post: Topic | Answer, *, outside: bool = False) -> str:
    """Whom readers see as the author. `outside` is everything that leaves the room: mails, digests, exports.

    Nothing but this decides about names. Under the Chatham House Rule no name leaves the room.
    """
    topic = post.topic if isinstance(post, Answer) else post
    if isinstance(post, Topic) and post.is_unnamed:
        return _("A member")
    if isinstance(post, Answer) and post.is_askers:
        return _("Who asked")
    if outside and topic.is_chatham:
        return _("A member")
    return post.by.person.name if post.by else _("Somebody who is no longer here")


def topics_of(network: Network) -> QuerySet[Topic]:
    """The topics of a room, the one with the newest word in it first."""
    counted = Topic.objects.filter(network=network).annotate(
        answer_count=Count("answers"), active_at=Greatest("at", Coalesce(Max("answers__at"), "at"))
    )
    return counted.select_related("by__person", "poll").order_by("-active_at", "-pk")


def found_topics(network: Network, state: str = "", words: str = "") -> QuerySet[Topic]:
    """Of these the open ones or those where an answer helped, and those in which all words stand."""
    found = topics_of(network)
    if state:
        found = found.filter(helped__isnull=state == "open")
    for word in words.split()[:10]:
        answers = Answer.objects.filter(topic=OuterRef("pk"), text__icontains=word).order_by()
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Exists(answers))
    return found


def topic_in(network: Network, public_id: str) -> Topic | None:
    """One of them."""
    found = Topic.objects.filter(network=network, public_id=public_id)
    return found.select_related("network", "by__person", "poll").prefetch_related("files").first()


def answers_of(topic: Topic) -> QuerySet[Answer]:
    """What was said to it, in the order in which it was said."""
    return topic.answers.select_related("by__person", "topic").prefetch_related("files").order_by("at", "pk")


def answer_in(network: Network, public_id: str) -> Answer | None:
    found = Answer.objects.filter(topic__network=network, public_id=public_id)
    return found.select_related("topic__network", "by__person").first()


def files_of(network: Network) -> QuerySet[RoomFile]:
    """All files of a room; whoever may enter it may have them."""
    inside = Q(topic__network=network) | Q(answer__topic__network=network)
    return RoomFile.objects.filter(inside).select_related("topic", "answer__topic")


def file_count(topic: Topic) -> int:
    """With the topic and with its answers."""
    return RoomFile.objects.filter(Q(topic=topic) | Q(answer__topic=topic)).count()


def poll_in(network: Network, public_id: str) -> Poll | None:
    return Poll.objects.filter(topic__network=network, topic__public_id=public_id).select_related("topic").first()


def names_to_call(network: Network) -> dict[str, NetworkPerson]:
    """Who can be called with an @: whom members see. Of two with one name it is the one who was there first."""
    seen = people_seen_by_members(network).select_related("person__user").order_by("-since", "-pk")
    return {one.person.name: one for one in seen}


def is_own(me: NetworkPerson | None, post: Topic | Answer) -> bool:
    """Whether I wrote it, with my name or without."""
    if me is None:
        return False
    if post.by_id is not None:
        return post.by_id == me.pk
    if isinstance(post, Answer):
        return post.is_askers and is_asker(me, post.topic)
    return post.is_unnamed and is_asker(me, post)
