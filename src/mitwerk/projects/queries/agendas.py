"""What belongs on the agendas of boards, and who words what they decide."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from mitwerk.algorithms.pipeline import DEFERRED, SUBMITTED
from mitwerk.governance.models import AgendaItem, Body, Sitting
from mitwerk.governance.queries import led_bodies
from mitwerk.projects.models import GroupReport, Project, WorkingGroup
from mitwerk.projects.queries.abouts import about_project, about_report
from mitwerk.projects.queries.groups import open_groups
from mitwerk.projects.queries.pipeline import on_their_way

REPORTS_TOLD_FOR = timedelta(days=366)
"""So long a report that no sitting has dealt with is put on agendas."""
_CLUSTERS: Any = Project.clusters.through


def is_boards(sitting: Sitting) -> bool:
    """Boards decide about projects and hear reports; an assembly or a jury does not."""
    return sitting.body.kind == Body.Kind.BOARD


def _in_cluster(cluster_id: int | None, projects: str) -> Exists:
    return Exists(_CLUSTERS.objects.filter(project=OuterRef(projects), cluster=cluster_id))


def projects_for(sitting: Sitting) -> QuerySet[Project]:
    """Handed in, or deferred until a day that has come when the sitting begins; in the order in which they came."""
    found = on_their_way().filter(_in_cluster(sitting.body.cluster_id, "pk"))
    due = Q(phase=SUBMITTED) | Q(phase=DEFERRED, due_on__lte=_day_of(sitting))
    return found.filter(due).order_by("phase_since", "pk")


def groups_for(sitting: Sitting) -> QuerySet[WorkingGroup]:
    """Groups whose report is due on the day of the sitting or before it."""
    found = open_groups().filter(_in_cluster(sitting.body.cluster_id, "project"), report_due__lte=_day_of(sitting))
    return found.select_related("project").order_by("report_due", "pk")


def reports_for(sitting: Sitting) -> Iterator[GroupReport]:
    """Reports that were given and that no sitting of the body has dealt with since."""
    found = GroupReport.objects.filter(at__gte=timezone.now() - REPORTS_TOLD_FOR)
    found = found.filter(_in_cluster(sitting.body.cluster_id, "group__project"))
    heard = AgendaItem.objects.filter(
        sitting__body=sitting.body, kind=AgendaItem.Kind.REPORT, state=AgendaItem.State.DONE
    ).exclude(record={})
    names = set(heard.values_list("about", flat=True))
    for report in found.select_related("group__project").order_by("at", "pk"):
        if about_report(report.group, report.was_due) not in names:
            yield report


def _day_of(sitting: Sitting) -> date:
    return timezone.localdate(sitting.starts_at)


def wordable_items(user: Any, project: Project) -> QuerySet[AgendaItem]:
    """Items about the project for which the user may word what is decided: of bodies they lead, before the vote."""
    open_for_it = (Sitting.State.DRAFT, Sitting.State.POLL, Sitting.State.INVITED, Sitting.State.RUNNING)
    found = AgendaItem.objects.filter(
        about=about_project(project), sitting__state__in=open_for_it,
        sitting__body__in=led_bodies(user).order_by().values("pk"),
    )  # fmt: skip
    return found.select_related("sitting__body").order_by(F("sitting__starts_at").asc(nulls_last=True), "pk")
