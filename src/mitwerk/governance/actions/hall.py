"""While a sitting runs: who is there, which item is dealt with, what is to be done afterwards."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.agenda import fill_next_agenda, record_item
from mitwerk.governance.actions.sittings import lock, record, step
from mitwerk.governance.models import AgendaItem, Attendance, Body, Minutes, Motion, Sitting, Task
from mitwerk.governance.queries import presence_of, seats_of

RUNNING = (Sitting.State.RUNNING,)
WRITABLE = (Sitting.State.RUNNING, Sitting.State.ENDED)
Item = AgendaItem.State


@transaction.atomic
def open_sitting(*, sitting: Sitting, actor: User) -> Sitting:
    """It begins now, and its minutes with it. Everybody is to read the short version where everybody may watch."""
    sitting = step(sitting, "open", actor, opened_at=timezone.now())
    is_watched = sitting.body.watchers == Body.Watchers.EVERYBODY
    Minutes.objects.get_or_create(sitting=sitting, defaults={"is_public": is_watched})
    return sitting


@transaction.atomic
def end_sitting(*, sitting: Sitting, actor: User) -> Sitting:
    """It is over. What was not dealt with is put off to the next agenda. Raises `Refused` while a vote runs."""
    lock(sitting, RUNNING)
    _refuse_while_voting(sitting)
    now = timezone.now()
    AgendaItem.objects.filter(sitting=sitting, state=Item.OPEN).update(state=Item.DONE, closed_at=now)
    AgendaItem.objects.filter(sitting=sitting, state=Item.WAITING).update(state=Item.POSTPONED)
    sitting = step(sitting, "end", actor, ended_at=now)
    fill_next_agenda(body=sitting.body)
    return sitting


@transaction.atomic
def note_attendance(*, sitting: Sitting, organisation_id: str, is_there: bool, actor: User) -> None:
    """An organisation came or left; noting the same twice changes nothing. One that comes back was there all along.

    Raises `Refused` where it may not vote in the body, or the sitting does not run.
    """
    sitting = lock(sitting, RUNNING)
    seat = next((one for one in seats_of(sitting) if one.organisation_id == organisation_id), None)
    if seat is None:
        raise Refused(_("This organisation has no seat in this body today."))
    if seat.is_present == is_there:
        return
    if seat.row is None:
        Attendance.objects.create(sitting=sitting, organisation_id=organisation_id, name=seat.name)
    else:
        Attendance.objects.filter(pk=seat.row.pk).update(left_at=None if is_there else timezone.now())
    record("sitting.arrive" if is_there else "sitting.leave", sitting, actor, organisation=organisation_id)


@transaction.atomic
def open_item(*, item: AgendaItem, actor: User) -> None:
    """Deal with this item now; the one before it is done. Raises `Refused` while a vote runs."""
    lock(item.sitting, RUNNING)
    _refuse_while_voting(item.sitting)
    now = timezone.now()
    others = AgendaItem.objects.filter(sitting=item.sitting, state=Item.OPEN).exclude(pk=item.pk)
    others.update(state=Item.DONE, closed_at=now)
    AgendaItem.objects.filter(pk=item.pk).exclude(state=Item.OPEN).update(
        state=Item.OPEN, opened_at=now, closed_at=None
    )
    record_item("agenda.open", item, actor)


@transaction.atomic
def close_item(*, item: AgendaItem, is_postponed: bool = False, actor: User) -> None:
    """Done, or put off to the next agenda. Raises `Refused` while a vote runs."""
    lock(item.sitting, RUNNING)
    _refuse_while_voting(item.sitting)
    state = Item.POSTPONED if is_postponed else Item.DONE
    AgendaItem.objects.filter(pk=item.pk).update(state=state, closed_at=timezone.now())
    record_item("agenda.postpone" if is_postponed else "agenda.close", item, actor)


def _refuse_while_voting(sitting: Sitting) -> None:
    if Motion.objects.filter(item__sitting=sitting, state=Motion.State.VOTING).exists():
        raise Refused(_("A vote is running. Count it before you go on."))


@transaction.atomic
def write_record(*, item: AgendaItem, values: Mapping[str, Any], actor: User) -> None:
    """What was said and what everybody reads of it: during the sitting, and until the minutes are approved."""
    lock(item.sitting, WRITABLE)
    refuse_if_approved(item.sitting)
    for name, value in values.items():
        setattr(item, name, value)
    note_writing(item, values)
    item.save(update_fields=[*values, "behind", "updated_at"])
    record_item("agenda.record", item, actor)


def refuse_if_approved(sitting: Sitting) -> None:
    """Approved minutes stand as they are."""
    if Minutes.objects.filter(sitting=sitting, state=Minutes.State.APPROVED).exists():
        raise Refused(_("The minutes are approved and cannot be changed any more."))


@transaction.atomic
def agree_on_task(*, sitting: Sitting, values: Mapping[str, Any], actor: User) -> Task:
    """Write down who does what by when."""
    sitting = lock(sitting, WRITABLE)
    refuse_if_approved(sitting)
    task = Task.objects.create(sitting=sitting, **values)
    record("task.agree", sitting, actor, task=task.public_id)
    return task


@transaction.atomic
def finish_task(*, task: Task, is_done: bool, actor: User) -> None:
    """It is done, or not after all; saying so twice changes nothing."""
    wrong = Task.objects.filter(pk=task.pk, done_at__isnull=is_done)
    if wrong.update(done_at=timezone.now() if is_done else None):
        record("task.done" if is_done else "task.undone", task.sitting, actor, task=task.public_id)


@transaction.atomic
def drop_task(*, task: Task, actor: User) -> None:
    """It was written down by mistake. Raises `Refused` once the minutes are approved."""
    refuse_if_approved(task.sitting)
    record("task.drop", task.sitting, actor, task=task.public_id)
    task.delete()


def enough_to_decide(sitting: Sitting) -> tuple[int, int]:
    """(present, entitled) where that is enough to decide. Raises `Refused` where it is not."""
    found = presence_of(sitting)
    if not found.is_enough:
        told = _("Too few are there to decide: %(present)s of %(entitled)s, and it takes %(needed)s.")
        numbers = {"present": found.present, "entitled": found.entitled, "needed": max(found.needed, 1)}
        raise Refused(told % numbers)
    return found.present, found.entitled
