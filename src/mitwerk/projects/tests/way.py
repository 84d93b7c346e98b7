"""A project on its way: an idea of the firm, the board of the IT cluster, and a bakery that might join."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
from mitwerk.people.tests.cast import People, represent
from mitwerk.projects.actions import bring_in_idea, decide, open_group, take_step, volunteer
from mitwerk.projects.models import GroupMember, Project, WorkingGroup

COMPLETE = {
    "title": {"de": "Teig messen", "en": "Measuring dough"},
    "summary": {"de": "Sensoren für Backstuben."},
    "problem": {"de": "Niemand weiß, wann der Teig reif ist."},
    "audience": {"de": "Bäckereien"},
    "offer": {"de": "Wir bringen die Messtechnik."},
    "wanted": {"de": "Eine Backstube zum Probieren."},
}


@dataclass(frozen=True)
class Way:
    """The idea and the people around it."""

    idea: Project
    carrier: User
    board: User
    foreign_board: User
    baker: User
    day: date


def make_way(cast: Cast, people: People) -> Way:
    idea = bring_in_idea(organisation=cast.firm, cluster=cast.it, values=COMPLETE, actor=people.delegate)
    users = {
        name: create_user(email=f"{name}@example.org", password=None, name=name) for name in ("board", "b", "baker")
    }
    grant_role(user=users["board"], kind=Role.Kind.BOARD_MEMBER, cluster=cast.it)
    grant_role(user=users["b"], kind=Role.Kind.BOARD_MEMBER, cluster=cast.food)
    represent(users["baker"], cast.bakery, "delegate")
    later = timezone.localdate() + timedelta(days=30)
    return Way(idea, people.delegate, users["board"], users["b"], users["baker"], later)


def lead_to(way: Way, phase: str) -> Project:
    """Take the idea along the way, by the verbs."""
    steps = (
        ("submitted", lambda: take_step(project=way.idea, verb="submit", actor=way.carrier)),
        ("accepted", lambda: decide(project=way.idea, decision="accept", actor=way.board)),
        ("forming", lambda: take_step(project=way.idea, verb="form", actor=way.carrier)),
        ("running", lambda: take_step(project=way.idea, verb="start", actor=way.carrier)),
    )
    names = ["idea", *(reached for reached, _step in steps)]
    for reached, step in steps[names.index(way.idea.phase) : names.index(phase)]:
        step()
        assert way.idea.phase == reached
    return way.idea


def make_group(way: Way, task: str = "Termin finden", days: int = 30, **more: Any) -> WorkingGroup:
    """A group of a project that runs, with its report due in so many days."""
    project = lead_to(way, "running") if way.idea.phase in {"idea", "submitted"} else way.idea
    values = {"task": {"de": task, "en": f"{task} (en)"}, "report_due": timezone.localdate() + timedelta(days=days)}
    return open_group(project=project, values=values, actor=way.carrier, **more)


def join(group: WorkingGroup, user: User, function: str = "") -> GroupMember:
    """Somebody volunteers, and speaks for the group where that is their function."""
    member = volunteer(group=group, person=user.person)
    GroupMember.objects.filter(pk=member.pk).update(function=function)
    member.refresh_from_db()
    return member
