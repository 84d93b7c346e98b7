"""Groups report back, and are reminded of it. The reminders are a part of the timed work."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.projects.actions.groups import lock_open, record_group
from mitwerk.projects.actions.steps import note_step
from mitwerk.projects.mails import mail_report, mail_report_due
from mitwerk.projects.models import GroupReport, Step, WorkingGroup
from mitwerk.projects.queries.groups import open_groups

Status = GroupReport.Status
STAGES: tuple[tuple[str, int], ...] = (("14", -14), ("3", -3), ("0", 0), ("late", 3))
"""A code of each reminder, and its day counted from the day of the report."""


@transaction.atomic
def give_report(
    *, group: WorkingGroup, was_due: date | None, status: str, text: str, next_due: date | None, actor: User
) -> GroupReport:
    """Three lines and a status. `was_due` is the day it was written for, so that of two clicks one counts; a next
    report needs its day, the last one has none and closes the group."""
    locked = lock_open(group)
    if was_due is None or locked.report_due != was_due:
        raise Refused(_("Somebody has reported meanwhile. Look at it once more."))
    next_due = _next_day(locked, status, next_due)
    report = GroupReport.objects.create(
        group=locked, status=status, text=text, was_due=was_due, next_due=next_due, by=actor
    )
    today = timezone.localdate()
    locked.report_due, locked.due_since, locked.reminded = next_due, today, ""
    locked.closed_on = None if next_due else today
    locked.save(update_fields=["report_due", "due_since", "reminded", "closed_on", "updated_at"])
    step = note_step(locked.project, Step.Verb.REPORT, actor)
    Step.objects.filter(pk=step.pk).update(report=report)
    record_group("project.report", locked, actor, {"status": status})
    if status == Status.NEEDS_HELP:
        mail_report(report)
    return report


def _next_day(group: WorkingGroup, status: str, day: date | None) -> date | None:
    if status == Status.DONE:
        return None
    if day is None:
        raise Refused(_("Say by which day the group reports next."))
    if group.report_due is not None and day <= max(timezone.localdate(), group.report_due):
        raise Refused(_("The next report must come after this one. Give a later day."))
    return day


def remind_of_reports() -> int:
    """14 and 3 days before, on the day, and 3 days after; how many groups.

    What was missed because nothing ran is made up for until the next reminder comes. Killed half-way, the next run goes
    on: each group has a transaction of its own, and of two workers the one that sets the mark writes.
    """
    today, reminded = timezone.localdate(), 0
    with scope(cluster=None):
        near = open_groups().filter(report_due__lte=today + timedelta(days=14)).order_by("pk")
        for group in near.select_related("project"):
            stage = stage_on(today, group)
            if stage and stage != group.reminded:
                reminded += _remind(group, stage)
    return reminded


def stage_on(today: date, group: WorkingGroup) -> str:
    """The reminder whose time it is. One whose day had passed when the day was set is left out."""
    due, found = group.report_due, ""
    if due is None:
        return found
    for code, days in STAGES:
        day = due + timedelta(days=days)
        if group.due_since < day <= today:
            found = code
    return found


@transaction.atomic
def _remind(group: WorkingGroup, stage: str) -> int:
    waiting = WorkingGroup.objects.filter(pk=group.pk, report_due=group.report_due, reminded=group.reminded)
    if not waiting.update(reminded=stage):
        return 0
    mail_report_due(group, stage)
    return 1
