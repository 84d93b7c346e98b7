"""Planning meetings, changing and cancelling them. Everybody in the network hears of it, without being asked first."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.networks.models import Network
from mitwerk.rooms.actions.attending import lock_meeting, turn_line
from mitwerk.rooms.mails import mail_meeting
from mitwerk.rooms.models import Attendance, Meeting
from mitwerk.rooms.queries.meetings import old_attendances, seats_taken

TOLD = ("starts_at", "ends_at", "place", "link")
"""What must not change without a mail."""


@transaction.atomic
def plan_meeting(*, network: Network, values: dict[str, Any], actor: User | None) -> Meeting:
    """A new meeting. The same one sent twice is one."""
    Network.objects.select_for_update().get(pk=network.pk)  # one after the other
    same = {"title": values["title"], "starts_at": values["starts_at"], "state": Meeting.State.PLANNED}
    if found := network.meetings.filter(**same).first():
        return found
    meeting = Meeting.objects.create(network=network, by=actor, **values)
    record_audit(verb="room.plan_meeting", target=network, actor=actor, details={"meeting": meeting.public_id})
    if not meeting.is_over:
        mail_meeting(meeting, "new")
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, values: dict[str, Any], actor: User) -> Meeting:
    """Other words, another time or place. With more seats the line moves up."""
    meeting = lock_meeting(meeting)
    _refuse(meeting, values)
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    for name in changed:
        setattr(meeting, name, values[name])
    is_told = not set(TOLD).isdisjoint(changed) and not meeting.is_over
    meeting.sequence += is_told
    meeting.updated_at = timezone.now()
    meeting.save()
    record_audit(
        verb="room.change_meeting", target=meeting.network, actor=actor, details={"meeting": meeting.public_id}
    )
    if is_told:
        mail_meeting(meeting, "changed")
    turn_line(meeting)
    return meeting


def _refuse(meeting: Meeting, values: dict[str, Any]) -> None:
    if meeting.is_cancelled:
        raise Refused(_("The meeting was cancelled. Plan a new one."))
    seats = values.get("seats", meeting.seats)
    if seats is not None and seats < (taken := seats_taken(meeting)):
        raise Refused(_("%(number)d people have a seat already. So many it must have.") % {"number": taken})
    if meeting.is_chatham and not values.get("is_chatham", True) and meeting.attendances.exists():
        raise Refused(_("Somebody answered under the Chatham House Rule. It stays for this meeting."))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor: User) -> None:
    """It does not take place. It stays in the room and in calendars as cancelled."""
    meeting = lock_meeting(meeting)
    if meeting.is_cancelled:
        return
    if meeting.is_over:
        raise Refused(_("The meeting is over; it cannot be cancelled any more."))
    meeting.state, meeting.updated_at = Meeting.State.CANCELLED, timezone.now()
    meeting.sequence += 1
    meeting.save(update_fields=["state", "updated_at", "sequence"])
    record_audit(
        verb="room.cancel_meeting", target=meeting.network, actor=actor, details={"meeting": meeting.public_id}
    )
    mail_meeting(meeting, "cancelled")


@transaction.atomic
def forget_attendances() -> int:
    """Of meetings long over only the number of those who were there stays. How many rows went."""
    old = old_attendances()
    for meeting in Meeting.objects.select_for_update().filter(pk__in=old.order_by().values("meeting")):
        were_there = meeting.attendances.filter(was_there=True).count()
        came = meeting.attendances.filter(answer=Attendance.Answer.COMES).count()
        Meeting.objects.filter(pk=meeting.pk).update(attended=were_there or came)
    return int(old.delete()[0])
