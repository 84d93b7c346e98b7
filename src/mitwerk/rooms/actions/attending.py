"""Who comes to a meeting. Seats are given one after the other, so that the last one is never given twice."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.mails import mail_seat
from mitwerk.rooms.models import Attendance, Meeting
from mitwerk.rooms.queries.meetings import meetings_with_a_line, still_inside, waiting_line

Answer = Attendance.Answer


def lock_meeting(meeting: Meeting) -> Meeting:
    """As it is now; nobody else changes it or its seats until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


@transaction.atomic
def answer_meeting(*, meeting: Meeting, person: NetworkPerson, answer: str, actor: User) -> Attendance:
    """Somebody comes, perhaps, or does not. Who comes and finds no seat stands in line.

    The log does not say what was answered, and to which meeting: the office reads it.
    """
    meeting = lock_meeting(meeting)
    if not meeting.is_open:
        raise Refused(_("The meeting takes no answers any more."))
    row, _is_new = Attendance.objects.get_or_create(meeting=meeting, person=person)
    stays = {Answer.COMES, Answer.WAITS} if answer == Answer.COMES else {answer}
    if row.answer in stays:
        return row
    row.answer = Answer.WAITS if answer == Answer.COMES else answer
    row.seat, row.at = None, timezone.now()
    row.save(update_fields=["answer", "seat", "at"])
    record_audit(verb="room.answer", target=meeting.network, actor=actor)
    turn_line(meeting, own=row)
    row.refresh_from_db()
    return row


def turn_line(meeting: Meeting, own: Attendance | None = None) -> int:
    """Give free seats to those who wait, in their order; the meeting is locked. How many moved up.

    Whoever has left the network, or whose sign-in is switched off, holds no seat any more. `own` knows it already.
    """
    if not meeting.is_open:
        return 0
    holders = meeting.attendances.filter(answer=Answer.COMES)
    gone = holders.exclude(pk__in=still_inside(meeting).order_by().values("pk"))
    Attendance.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(answer=Answer.DECLINES, seat=None)
    taken = set(holders.values_list("seat", flat=True))
    moved = 0
    for row in waiting_line(meeting).select_related("person__person__user"):
        if meeting.seats is not None and len(taken) >= meeting.seats:
            break
        row.answer, row.seat = Answer.COMES, next(n for n in range(1, len(taken) + 2) if n not in taken)
        row.save(update_fields=["answer", "seat"])
        taken.add(row.seat)
        moved += 1
        if own is None or own.pk != row.pk:
            mail_seat(meeting, row)
    return moved


def turn_lines() -> int:
    """Seats of people who have left meanwhile. A part of the timed work. How many moved up."""
    moved = 0
    for meeting in meetings_with_a_line():
        with transaction.atomic():
            moved += turn_line(lock_meeting(meeting))
    return moved
