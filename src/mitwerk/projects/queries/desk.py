"""What waits for somebody in projects."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.algorithms.pipeline import IDEA, SUBMITTED
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import is_editor
from mitwerk.core.desk import DeskRow
from mitwerk.projects.models import Joining, WorkingGroup
from mitwerk.projects.queries.endings import ending_rows
from mitwerk.projects.queries.groups import kept_groups, open_groups, reportable_groups
from mitwerk.projects.queries.pipeline import answerable_joinings, decidable_projects, own_projects, room
from mitwerk.projects.rules import sees_board

NEAR, LATE = timedelta(days=14), timedelta(days=3)


def desk_rows(user: Any) -> list[DeskRow]:
    """Answers that are waited for, ideas not handed in, due reports, and for the board what is to be decided."""
    rows = [
        DeskRow(
            title=_("May take part in a project") if one.side == Joining.Side.INVITED else _("Wants to take part"),
            text=f"{one.organisation.name} · {one.project}",
            url=reverse("projects:joining_answer", args=[one.public_id]),
            action=_("Answer"),
            due=timezone.localdate(one.asked_at),
        )
        for one in answerable_joinings(user)[:MOST_ROWS]
    ]
    ideas = own_projects(user).filter(phase=IDEA)[:MOST_ROWS]
    rows += [DeskRow(_("Idea not handed in yet"), str(one), room(one), _("Go on")) for one in ideas]
    rows += [*_group_rows(user), *ending_rows(user)]
    return [*rows, *_board_rows(user)] if sees_board(user) else rows


def _board_rows(user: Any) -> list[DeskRow]:
    """Deferred ideas come back on their day."""
    today = timezone.localdate()
    due = decidable_projects(user).filter(Q(phase=SUBMITTED) | Q(due_on__lte=today)).order_by("phase_since", "pk")
    return [
        DeskRow(
            title=_("Idea to decide about"),
            text=str(one),
            url=reverse("projects:project_decide", args=[one.slug]),
            action=_("Read and decide"),
            due=one.due_on or (timezone.localdate(one.phase_since) if one.phase_since else None),
        )
        for one in due[:MOST_ROWS]
    ]


def _group_rows(user: Any) -> list[DeskRow]:
    """Reports that the user's groups give within two weeks; for the office those that are three days late."""
    today = timezone.localdate()
    soon = reportable_groups(user).filter(report_due__lte=today + NEAR).order_by("report_due", "pk")
    told, act = _("Report of a working group"), _("Report back")
    rows = [DeskRow(told, f"{one} · {one.project}", _report(one), act, one.report_due) for one in soon[:MOST_ROWS]]
    if not is_editor(user):
        return rows
    late = open_groups().filter(pk__in=kept_groups(user), report_due__lte=today - LATE).select_related("project")
    title, action = _("A working group has not reported yet"), _("See the group")
    for one in late.order_by("report_due", "pk")[:MOST_ROWS]:
        url = reverse("projects:group_room", args=[one.public_id])
        rows.append(DeskRow(title, f"{one} · {one.project}", url, action, one.report_due))
    return rows


def _report(group: WorkingGroup) -> str:
    return reverse("projects:report_write", args=[group.public_id])
