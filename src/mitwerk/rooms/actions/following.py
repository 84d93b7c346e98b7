"""How somebody hears of a room: what they choose, what they follow, and the digests."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.networks.models import NetworkPerson
from mitwerk.outbox.actions import cancel_mails
from mitwerk.outbox.models import Mail
from mitwerk.rooms.mails import mail_digest
from mitwerk.rooms.models import Follow, RoomMail, Topic
from mitwerk.rooms.queries import digest_of, how_of, is_asker, period_end, purpose_of, readers
from mitwerk.rooms.queries.following import LENGTHS, PURPOSE


@transaction.atomic
def choose_mails(*, me: NetworkPerson, how: str) -> None:
    """From now on. What was written before is not told once more; who wants nothing gets none of those that wait."""
    row, _is_new = RoomMail.objects.get_or_create(person=me)
    if how == RoomMail.How.NOTHING:
        cancel_mails(to=me.person.email, purpose=purpose_of(me.network))
    if row.how != how:
        now = timezone.now()
        RoomMail.objects.filter(pk=row.pk).update(how=how, told_until=max(row.told_until or now, now))
        record_audit(verb="room.choose-mails", target=me.network, actor=me.person.user, details={"how": how})


@transaction.atomic
def follow(*, topic: Topic, me: NetworkPerson) -> bool:
    """Whether they follow it now. Who asked it without a name does not: the row would tell who it was, and they hear
    of answers anyway."""
    if topic.is_unnamed and is_asker(me, topic):
        return False
    Follow.objects.get_or_create(topic=topic, person=me)
    return True


@transaction.atomic
def unfollow(*, topic: Topic, me: NetworkPerson) -> None:
    Follow.objects.filter(topic=topic, person=me).delete()


def send_digests() -> int:
    """Write the digests that are due. How many. A part of the timed work; killed in the middle, nobody gets one twice,
    because each is written together with the note of up to when it tells."""
    now = timezone.now()
    due = [one for one in readers().order_by("pk") if how_of(one) in LENGTHS and _is_due(one, now)]
    return sum(_send(one.pk, now) for one in due)


def _is_due(me: NetworkPerson, now: datetime) -> bool:
    row: RoomMail | None = getattr(me, "room_mail", None)
    return row is None or row.told_until is None or row.told_until < period_end(row.how, now)


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    """One digest, if it is still due: who moves `told_until` writes it. Whether there was something to tell."""
    RoomMail.objects.get_or_create(person_id=pk)
    me = readers().filter(pk=pk).first()  # anew: they may have left meanwhile
    if me is None or how_of(me) not in LENGTHS:
        return False
    row, until = me.room_mail, period_end(how_of(me), now)
    behind = Q(told_until=None) | Q(told_until__lt=until)
    if not RoomMail.objects.filter(behind, pk=row.pk, how=row.how).update(told_until=until):
        return False
    since = max(row.told_until or until - LENGTHS[RoomMail.How(row.how)], me.since)
    found = digest_of(me, since, until)
    if found:
        mail_digest(me, found, row.how)
    return bool(found)


def hold_back_mails() -> int:
    """Delete mails of rooms that wait and whose reader belongs to the network no more. How many.

    A part of the timed work, before the waiting mails are sent.
    """
    waiting = Mail.objects.filter(state=Mail.State.WAITING, purpose__startswith=PURPOSE)
    rows = list(waiting.values_list("pk", "purpose", "to"))
    allowed = {(purpose_of(one.network), one.person.email.casefold()) for one in readers()} if rows else set()
    gone = [pk for pk, purpose, to in rows if (purpose, to.casefold()) not in allowed]
    return Mail.objects.filter(pk__in=gone, state=Mail.State.WAITING).delete()[0]
