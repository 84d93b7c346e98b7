"""Plan a sitting: look for a date, invite, move, cancel."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.agenda import fill_agenda
from mitwerk.governance.actions.sittings import STEPS, State, lock, record, step
from mitwerk.governance.models import PollAnswer, PollDate, Sitting
from mitwerk.governance.queries import seat_for
from mitwerk.people.models import Person

ANSWER = "sitting.answer"
"""The act of the links in the mails that ask for a date; their target is the sitting and the organisation."""
IN_CALENDARS = ("starts_at", "length", "place", "link", "title")
"""What stands in calendars: a change of these is told to everybody who was invited."""


def target_of(sitting: Sitting, organisation_id: str) -> str:
    return f"{sitting.public_id}:{organisation_id}"


@transaction.atomic
def plan_sitting(*, sitting: Sitting, values: Mapping[str, Any], actor: User | None) -> Sitting:
    """A new draft, or changes of a sitting that has not begun.

    Where people were invited and the date, the place or the title is another one, everybody is told.
    """
    is_new = sitting.pk is None
    if is_new:
        sitting.made_by = actor
    else:
        sitting = lock(sitting, (State.DRAFT, State.POLL, State.INVITED))
    before = {name: getattr(sitting, name) for name in IN_CALENDARS}
    for name, value in values.items():
        setattr(sitting, name, value)
    if sitting.state == State.INVITED:
        _check_date(sitting.starts_at)
        sitting.sequence += any(getattr(sitting, name) != value for name, value in before.items())
    note_writing(sitting, values)
    sitting.save()
    if is_new:
        fill_agenda(sitting=sitting)
    record("sitting.write", sitting, actor)
    return sitting


@transaction.atomic
def ask_for_dates(*, sitting: Sitting, dates: Iterable[datetime], actor: User | None) -> Sitting:
    """Ask everybody which of some dates suits. Asked once more, dates are added, and what was answered stays."""
    sitting = step(sitting, "poll", actor, asked_at=None)
    PollDate.objects.bulk_create(
        [PollDate(sitting=sitting, starts_at=date) for date in sorted(set(dates))], ignore_conflicts=True
    )
    return sitting


@transaction.atomic
def answer_dates(*, sitting: Sitting, organisation_id: str, answers: Mapping[int, str], person: Person) -> None:
    """What an organisation says to each date (its primary key); the last word counts, whoever of its people says it.

    Raises `Refused` where the date is found already, or the person does not act for the organisation.
    """
    sitting = lock(sitting, (State.POLL,))
    if seat_for(person, sitting, organisation_id) is None:
        raise Refused(_("You may not answer for this organisation."))
    for date in sitting.dates.filter(pk__in=list(answers)):
        PollAnswer.objects.update_or_create(
            date=date, organisation_id=organisation_id, defaults={"answer": answers[date.pk], "by": person}
        )
    record("sitting.answer", sitting, person.user, organisation=organisation_id)


@transaction.atomic
def invite(*, sitting: Sitting, starts_at: datetime | None = None, actor: User | None) -> Sitting:
    """Fix the date and invite everybody who may vote; the mails go out with the next timed work."""
    starts_at = starts_at or lock(sitting, STEPS["invite"][0]).starts_at
    _check_date(starts_at)
    return step(sitting, "invite", actor, starts_at=starts_at)


def _check_date(starts_at: datetime | None) -> None:
    if starts_at is None:
        raise Refused(_("Give the date first, or ask for one."))
    if starts_at <= timezone.now():
        raise Refused(_("Give a date that is still to come."))


@transaction.atomic
def tell_anew(*, sitting: Sitting, actor: User) -> None:
    """Send the invitation once more with the agenda as it is now; calendars replace what they have."""
    sitting = lock(sitting, (State.INVITED,))
    Sitting.objects.filter(pk=sitting.pk).update(sequence=F("sequence") + 1)
    record("sitting.tell", sitting, actor)


@transaction.atomic
def cancel_sitting(*, sitting: Sitting, actor: User | None) -> Sitting:
    """It does not take place. Whoever was invited gets a mail that takes it out of the calendar."""
    version = lock(sitting, STEPS["cancel"][0]).sequence
    return step(sitting, "cancel", actor, sequence=version + 1)
