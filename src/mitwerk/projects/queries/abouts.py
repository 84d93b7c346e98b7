"""How items of agendas name projects and reports, and who may read of a project because it is on an agenda."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Substr

from mitwerk.governance.models import AgendaItem, Sitting
from mitwerk.governance.queries import led_bodies, my_bodies
from mitwerk.projects.models import Project, WorkingGroup

PROJECT, REPORT = "project:", "report:"
"""How an item of an agenda names what put it there (`AgendaItem.about`)."""


def about_project(project: Project) -> str:
    return f"{PROJECT}{project.public_id}"


def about_report(group: WorkingGroup, due: date) -> str:
    return f"{REPORT}{group.public_id}:{due.isoformat()}"


def on_agendas(user: Any) -> Any:
    """Public ids of the projects on agendas of the bodies that the user votes in or leads; drafts are for who leads."""
    items = AgendaItem.objects.filter(kind=AgendaItem.Kind.PROJECT, about__startswith=PROJECT)
    mine, led = my_bodies(user).order_by().values("pk"), led_bodies(user).order_by().values("pk")
    seen = Q(sitting__body__in=led) | (Q(sitting__body__in=mine) & ~Q(sitting__state=Sitting.State.DRAFT))
    return items.filter(seen).order_by().annotate(code=Substr("about", len(PROJECT) + 1)).values("code")
