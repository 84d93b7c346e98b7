"""The room of a project: those who take part, its board and its office see where it stands and what is next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.algorithms.pipeline import AT_WORK, ENDING, ENDS, IDEA, Move
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.projects.actions import take_step
from mitwerk.projects.models import Project
from mitwerk.projects.queries.agendas import wordable_items
from mitwerk.projects.queries.groups import shown_groups
from mitwerk.projects.queries.pipeline import (
    carried_projects,
    history_of,
    may_decide_now,
    milestones_of,
    missing_for_submission,
    moves_for,
    rooms_of,
    waiting_joinings,
)
from mitwerk.projects.rules import can_answer, can_carry, can_open_group, is_office_of

BUTTONS = {
    "submit": gettext_lazy("Hand in"),
    "revise": gettext_lazy("Take back and work it over"),
    "form": gettext_lazy("Look for partners in public"),
    "start": gettext_lazy("Start the project"),
}
"""What each step of the carriers is called on its button."""
DONE = {
    "submit": gettext_lazy("Handed in. The board decides and answers by e-mail."),
    "revise": gettext_lazy("The idea is yours again. Hand it in when it is ready."),
    "form": gettext_lazy("The project is public now. Others can offer to join."),
    "start": gettext_lazy("The project runs."),
}


@login_required
@never_cache
@require_safe
def project_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the project stands, who takes part, what happened."""
    project = get_object_or_404(rooms_of(request.user), slug=slug)
    carries = can_carry(request.user, project)
    moves = moves_for(request.user, project)
    joinings = [(one, can_answer(request.user, one)) for one in waiting_joinings(project)]
    context = {
        "title": project.title,
        "project": project,
        "carries": carries,
        "moves": [_offered(move) for move in moves if move.verb not in ENDING],
        "may_end": any(move.verb in ENDING for move in moves),
        "may_tell": project.phase in ENDS and is_office_of(request.user, project),
        "on_agendas": list(wordable_items(request.user, project)),
        "may_decide": may_decide_now(request.user, project),
        "missing": missing_for_submission(project) if carries and project.phase == IDEA else [],
        "sought": list(project.seeks.prefetch_related("labels")),
        "joinings": joinings,
        "groups": [{**one, "is_overdue": one["group"].is_overdue} for one in shown_groups(request.user, project)],
        "opens_groups": project.phase in AT_WORK and can_open_group(request.user, project),
        "is_signed_in": True,
        **milestones_of(project),
        "history": page_of(history_of(project), request.GET.get("page")),
        "choice": Choice({}),
    }
    return render(request, "projects/project_room.html", context)


def _offered(move: Move) -> dict[str, Any]:
    return {"verb": move.verb, "label": BUTTONS[move.verb]}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_step(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """One step of the carriers. How it ends is asked on a page of its own (`views.endings`)."""
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    if verb not in BUTTONS:
        raise Http404
    if request.method == "POST":
        _take(request, project, verb)
    return redirect("projects:project_room", slug=slug)


def _take(request: HttpRequest, project: Project, verb: str) -> None:
    try:
        take_step(project=project, verb=verb, actor=request.user)
        messages.success(request, DONE[verb])
    except Refused as refused:
        messages.error(request, str(refused))
