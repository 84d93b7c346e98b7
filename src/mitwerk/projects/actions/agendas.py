"""Projects on the agendas of boards: put there, decided about by motions, carried over. A part of the timed work."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy
from django_scopes import scope

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.translated import in_both_languages
from mitwerk.governance.actions import put_on_agenda, take_over, write_motion
from mitwerk.governance.models import AgendaItem, Motion, Sitting
from mitwerk.governance.queries import decided_motions, planned_sittings
from mitwerk.projects.actions.groups import open_group
from mitwerk.projects.actions.steps import check_decision, decide
from mitwerk.projects.models import GroupReport, Project, WorkingGroup
from mitwerk.projects.queries.abouts import about_project, about_report
from mitwerk.projects.queries.agendas import groups_for, is_boards, projects_for, reports_for

log = logging.getLogger(__name__)
DECIDE = "decide-project"
"""The effect of a motion about a project: ``{"verb", "project", "decision", "text", "until", "report_due"}``."""
WORDINGS = {
    "accept": gettext_lazy("The project “%(project)s” is accepted."),
    "accept-with-conditions": gettext_lazy("The project “%(project)s” is accepted on these conditions: %(text)s"),
    "defer": gettext_lazy("The project “%(project)s” is deferred until %(until)s: %(text)s"),
    "decline": gettext_lazy("The project “%(project)s” is declined: %(text)s"),
}
REPORTS_BACK = gettext_lazy("%(wording)s A working group reports back by %(day)s.")
REPORT_OF = gettext_lazy("Report: %(task)s")
FIRST_PROPOSAL = gettext_lazy("Work out a first proposal")


def fill_agendas() -> int:
    """Put every project that was handed in and every report that is due on the next agenda of its board; how many.

    Of several planned sittings each gets what is due by its own day. Done again, nothing comes twice.
    """
    with scope(cluster=None):
        return sum(_fill(sitting) for sitting in planned_sittings() if sitting.starts_at and is_boards(sitting))


def _fill(sitting: Sitting) -> int:
    before = sitting.items.count()
    for project in projects_for(sitting):
        _put_project(sitting, project)
    for group in groups_for(sitting):
        if group.report_due:
            _put_report(sitting, group, group.report_due)
    for report in reports_for(sitting):
        item = _put_report(sitting, report.group, report.was_due)
        _note_report(item, report)
    return sitting.items.count() - before


@transaction.atomic
def _put_project(sitting: Sitting, project: Project) -> None:
    """With the motion to accept it, which whoever leads the body can word anew."""
    item = put_on_agenda(
        sitting=sitting, kind=AgendaItem.Kind.PROJECT, about=about_project(project), title=project.title,
        text=project.summary or project.problem, page=("projects:project_room", project.slug), length=15,
    )  # fmt: skip
    if not item.motions.exists():
        item.sitting = sitting
        word_decision(item=item, project=project, values={"decision": "accept"}, actor=None)


def _put_report(sitting: Sitting, group: WorkingGroup, due: date) -> AgendaItem:
    return put_on_agenda(
        sitting=sitting, kind=AgendaItem.Kind.REPORT, about=about_report(group, due),
        title=in_both_languages(REPORT_OF, task=group.task), text=group.project.title,
        page=("projects:project_room", group.project.slug),
    )  # fmt: skip


def _note_report(item: AgendaItem, report: GroupReport) -> None:
    """The three lines stand in the minutes, for the body's own people; what somebody wrote there already stays."""
    if not item.record:
        words = in_both_languages("%(status)s: %(text)s", status=report.Status(report.status).label, text=report.text)
        AgendaItem.objects.filter(pk=item.pk, record={}).update(record=words)


@transaction.atomic
def word_decision(*, item: AgendaItem, project: Project, values: Mapping[str, Any], actor: User | None) -> Motion:
    """Word the motion that decides about a project: the one of the item that is still discussed, or a new one.

    `values`: ``decision``, and where it needs them ``text``, ``until`` and ``report_due``, by which a working group
    that is opened with the acceptance reports back. Raises `Refused` where something is missing.
    """
    text, until = str(values.get("text") or "").strip(), values.get("until")
    report_due = values.get("report_due")
    check_decision(values["decision"], text, until)
    wording = in_both_languages(WORDINGS[values["decision"]], project=project.title, text=text, until=until)
    if report_due:
        wording = in_both_languages(REPORTS_BACK, wording=wording, day=report_due)
    effect = {
        "verb": DECIDE, "project": project.public_id, "decision": values["decision"], "text": text,
        "until": until.isoformat() if until else None, "report_due": report_due.isoformat() if report_due else None,
    }  # fmt: skip
    draft = Motion.objects.filter(item=item, state=Motion.State.DRAFT, effect__verb=DECIDE).first()
    motion = draft or Motion(item=item)
    motion.item = item
    return write_motion(
        motion=motion, values={"title": project.title, "wording": wording, "effect": effect}, actor=actor
    )


def take_over_decisions() -> int:
    """Do what boards have decided about projects, each once; how many.

    What is no longer possible (the carriers took the project back meanwhile) is noted in the log, and the resolution
    stands without it.
    """
    with scope(cluster=None):
        return sum(_take_over(motion) for motion in decided_motions((DECIDE,)))


@transaction.atomic
def _take_over(motion: Motion) -> bool:
    if not take_over(motion=motion):
        return False
    effect = motion.effect
    project = Project.objects.filter(public_id=effect["project"]).first()
    until, report_due = (date.fromisoformat(effect[name]) if effect[name] else None for name in ("until", "report_due"))
    try:
        with transaction.atomic():
            if project is None:
                raise Refused("There is no such project any more.")
            decide(project=project, decision=effect["decision"], actor=None, text=effect["text"], until=until)
            if report_due and effect["decision"] in {"accept", "accept-with-conditions"}:
                task = in_both_languages(FIRST_PROPOSAL)
                open_group(
                    project=project, values={"task": task, "report_due": report_due}, actor=None, asks_partners=True
                )
    except Refused as refused:
        log.warning("What a board decided about project %s was not done: %s", effect["project"], refused)
    return True
