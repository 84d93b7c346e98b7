"""Minutes: what happened in a sitting as plain data, all of it or the short version for everybody."""

from typing import Any

from django.db.models import QuerySet

from mitwerk.governance.models import AgendaItem, Attendance, Body, Minutes, Motion, Sitting
from mitwerk.governance.queries.bodies import published_bodies
from mitwerk.governance.queries.sittings import items_of

Paper = dict[str, Any]
TOLD = (Minutes.State.PUBLISHED, Minutes.State.APPROVED)


def minutes_paper(minutes: Minutes) -> Paper:
    """All that happened. Texts are in both languages, times in ISO 8601 (UTC).

    ``{"sitting", "body", "title", "place", "starts_at", "opened_at", "ended_at", "preface", "attendance": [{"name",
    "arrived_at", "left_at"}], "items": [{"title", "kind", "state", "is_public", "summary", "record", "motions":
    [{"title", "wording", "earlier", "state", "method", "present", "entitled", "outcome", "count", "code"}],
    "tasks": [{"text", "who", "due_on"}]}]}``
    """
    sitting = minutes.sitting
    return {
        "sitting": sitting.public_id,
        "body": dict(sitting.body.name),
        "title": dict(sitting.title),
        "place": sitting.place,
        **{name: _iso(getattr(sitting, name)) for name in ("starts_at", "opened_at", "ended_at")},
        "preface": dict(minutes.preface),
        "attendance": [
            {"name": row.name, "arrived_at": _iso(row.arrived_at), "left_at": _iso(row.left_at)}
            for row in Attendance.objects.filter(sitting=sitting)
        ],
        "items": [_item(item) for item in items_of(sitting)],
    }


def _item(item: AgendaItem) -> Paper:
    return {
        "title": dict(item.title),
        "kind": item.kind,
        "state": item.state,
        "is_public": item.is_public,
        "summary": dict(item.summary),
        "record": dict(item.record),
        "motions": [_motion(motion) for motion in item.motions.all() if motion.state != Motion.State.DRAFT],
        "tasks": [
            {
                "text": task.text,
                "who": task.organisation.name if task.organisation else "",
                "due_on": task.due_on.isoformat() if task.due_on else None,
            }
            for task in item.tasks.all()
        ],
    }


def _motion(motion: Motion) -> Paper:
    resolution = getattr(motion, "resolution", None)
    result = motion.result or {}
    return {
        "title": dict(motion.title),
        "wording": dict(motion.wording),
        "earlier": motion.earlier,
        "state": motion.state,
        "method": motion.method,
        "present": motion.present,
        "entitled": motion.entitled,
        "outcome": result.get("outcome", ""),
        "count": result.get("count"),
        "code": resolution.code if resolution else "",
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


IN_SHORT = ("sitting", "body", "title", "place", "starts_at", "opened_at", "ended_at")
ITEM_IN_SHORT = ("title", "kind", "state", "summary")
MOTION_IN_SHORT = ("title", "wording", "outcome", "count", "code")


def short_paper(paper: Paper) -> Paper:
    """What everybody reads: no names, no discussion, no tasks, and only what came of public items."""
    items = [
        {
            **{name: item[name] for name in ITEM_IN_SHORT},
            "motions": [
                {name: motion[name] for name in MOTION_IN_SHORT} for motion in item["motions"] if motion["outcome"]
            ],
        }
        for item in paper["items"]
        if item["is_public"]
    ]
    return {**{name: paper[name] for name in IN_SHORT}, "present": len(paper["attendance"]), "items": items}


def public_minutes() -> QuerySet[Minutes]:
    """Published minutes with a short version for everybody, of the bodies in scope, the latest first."""
    found = Minutes.objects.filter(state__in=TOLD, is_public=True, sitting__body__in=published_bodies())
    return found.select_related("sitting__body__cluster").order_by("-sitting__starts_at", "-pk")


def public_minutes_page(public_id: str) -> Minutes | None:
    return public_minutes().filter(sitting__public_id=public_id).first()


def minutes_to_approve(body: Body) -> QuerySet[Minutes]:
    """Published minutes of a body that no later sitting has approved, the oldest first."""
    found = Minutes.objects.filter(state=Minutes.State.PUBLISHED, sitting__body=body).select_related("sitting")
    return found.order_by("sitting__starts_at", "pk")


def unpublished_minutes(bodies: Any) -> QuerySet[Minutes]:
    """Minutes of ended sittings that still have to be written, for who leads the bodies."""
    found = Minutes.objects.filter(state=Minutes.State.DRAFT, sitting__state=Sitting.State.ENDED)
    return found.filter(sitting__body__in=bodies.order_by().values("pk")).select_related("sitting__body")
