"""Polls of a room."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.core.changes import Refused
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.actions.topics import record_room
from mitwerk.rooms.models import Poll, PollOption, PollVote, Topic


@transaction.atomic
def open_poll(
    *, topic: Topic, me: NetworkPerson, kind: str, question: str, options: Sequence[str | datetime],
    is_multiple: bool, closes_at: datetime | None,
) -> Poll:  # fmt: skip
    """One to a topic. Of dates everybody may choose several."""
    Topic.objects.select_for_update().get(pk=topic.pk)  # one after the other
    if Poll.objects.filter(topic=topic).exists():
        raise Refused(_("The topic has a poll already."))
    is_multiple = is_multiple or kind == Poll.Kind.DATES
    poll = Poll.objects.create(topic=topic, kind=kind, question=question, is_multiple=is_multiple, closes_at=closes_at)
    for one in options:
        words = {"starts_at": one} if isinstance(one, datetime) else {"label": one}
        PollOption.objects.create(poll=poll, **words)
    record_room("room.open-poll", topic, me)
    return poll


@transaction.atomic
def vote(*, poll: Poll, me: NetworkPerson, options: Sequence[PollOption]) -> None:
    """What I choose from now on, until it closes; nothing chosen takes the vote back.

    Not in the log: a line without somebody, where the others' lines name them, would tell who asked without a name.
    """
    locked = Poll.objects.select_for_update().get(pk=poll.pk)
    if not locked.is_open:
        raise Refused(_("The poll is closed."))
    chosen = {one.pk for one in options if one.poll_id == locked.pk}
    if len(chosen) > 1 and not locked.is_multiple:
        raise Refused(_("Choose one option."))
    mine = PollVote.objects.filter(option__poll=locked, person=me)
    mine.exclude(option__in=chosen).delete()
    there = set(mine.values_list("option", flat=True))
    PollVote.objects.bulk_create(PollVote(option_id=pk, person=me) for pk in sorted(chosen - there))


@transaction.atomic
def close_poll(*, poll: Poll, me: NetworkPerson) -> None:
    """From now on; a closed one stays closed."""
    locked = Poll.objects.select_for_update().get(pk=poll.pk)
    if locked.is_open:
        Poll.objects.filter(pk=locked.pk).update(closes_at=timezone.now())
        record_room("room.close-poll", poll.topic, me)
