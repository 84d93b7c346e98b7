"""What waits for somebody in the bodies."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import is_editor
from mitwerk.core.desk import DeskRow
from mitwerk.governance.queries.ballots import ballots_to_vote_on
from mitwerk.governance.queries.bodies import editable_bodies, lapsed_mandates, led_bodies, my_bodies
from mitwerk.governance.queries.minutes import unpublished_minutes
from mitwerk.governance.queries.sittings import coming_sittings, own_tasks, sittings_to_answer


def desk_rows(user: Any) -> list[DeskRow]:
    """Votes, dates, sittings, minutes, tasks, lapsed mandates: for a body's own people and for the office."""
    rows = [
        DeskRow(
            title=_("Vote for %(organisation)s") % {"organisation": entry["name"]},
            text=ballot.title,
            url=reverse("governance:vote_cast", args=[ballot.body.slug, ballot.public_id, entry["id"]]),
            action=_("Vote"),
            due=timezone.localdate(ballot.closes_at),
        )
        for ballot, entry in ballots_to_vote_on(user)[:MOST_ROWS]
    ]
    return [*rows, *_sitting_rows(user), *_task_rows(user), *_lapsed_rows(user)]


def _sitting_rows(user: Any) -> list[DeskRow]:
    """Dates to answer, sittings to come, minutes to publish."""
    asked = [
        DeskRow(
            title=_("Say for %(organisation)s when it can come") % {"organisation": name},
            text=str(sitting.body),
            url=reverse("governance:dates_answer", args=[sitting.body.slug, sitting.public_id, organisation_id]),
            action=_("Answer"),
        )
        for sitting, organisation_id, name in sittings_to_answer(user)[:MOST_ROWS]
    ]
    coming = [
        DeskRow(
            title=_("Sitting, running now") if one.state == one.State.RUNNING else _("Sitting"),
            text=str(one.body),
            url=reverse("governance:sitting_detail", args=[one.body.slug, one.public_id]),
            action=_("See the agenda"),
            due=timezone.localdate(one.starts_at),
        )
        for one in coming_sittings(user)[:MOST_ROWS]
    ]
    unwritten = [
        DeskRow(
            title=_("Publish the minutes"),
            text=str(one.sitting.body),
            url=reverse("governance:minutes_detail", args=[one.sitting.body.slug, one.sitting.public_id]),
            action=_("To the minutes"),
        )
        for one in unpublished_minutes(led_bodies(user))[:MOST_ROWS]
    ]
    return [*asked, *coming, *unwritten]


def _task_rows(user: Any) -> list[DeskRow]:
    return [
        DeskRow(
            title=task.text,
            text=f"{task.sitting.body} · {task.organisation.name if task.organisation else _('the office')}",
            url=reverse("governance:sitting_detail", args=[task.sitting.body.slug, task.sitting.public_id]) + "#tasks",
            action=_("See the task"),
            due=task.due_on,
        )
        for task in own_tasks(user)[:MOST_ROWS]
    ]


def _lapsed_rows(user: Any) -> list[DeskRow]:
    bodies = editable_bodies(user) if is_editor(user) else my_bodies(user)
    lapsed = lapsed_mandates().filter(body__in=bodies.order_by().values("pk")).select_related("organisation", "body")
    return [
        DeskRow(
            title=_("Provisional mandate has run out") if one.is_provisional else _("Mandate has run out"),
            text=f"{one.organisation.name} · {one.body}",
            url=reverse("governance:body_room", args=[one.body.slug]),
            action=_("See the body"),
            due=one.until,
        )
        for one in lapsed[:MOST_ROWS]
    ]
