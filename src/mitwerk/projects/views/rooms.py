"""The room of a project: those who take part, its board and its office see where it stands and what is next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.algorithms.pipeline import AT_WORK, IDEA, Move, move_for
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.projects.actions import take_step
from mitwerk.projects.forms import StepForm
from mitwerk.projects.models import Project
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
from mitwerk.projects.rules import can_answer, can_carry, can_open_group

BUTTONS = {
    "submit": gettext_lazy("Hand in"),
    "revise": gettext_lazy("Take back and work it over"),
    "form": gettext_lazy("Look for partners in public"),
    "start": gettext_lazy("Start the project"),
    "achieve": gettext_lazy("End: aim achieved"),
    "achieve-partly": gettext_lazy("End: aim partly achieved"),
    "stop": gettext_lazy("Stop the project"),
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
    joinings = [(one, can_answer(request.user, one)) for one in waiting_joinings(project)]
    context = {
        "title": project.title,
        "project": project,
        "carries": carries,
        "moves": [_offered(move) for move in moves_for(request.user, project)],
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
    return {"verb": move.verb, "label": BUTTONS[move.verb], "asks": bool(move.needs)}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_step(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """One step of the carriers; where words belong to it they are asked for on a page of its own."""
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    if verb not in BUTTONS:
        raise Http404
    move = move_for(verb, project.phase)
    form = StepForm(request.POST if request.method == "POST" else None, is_needed=bool(move and move.needs))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"] if move and move.needs else ""
        return _taken(request, project, verb, text)
    if move is None or not move.needs:
        return redirect("projects:project_room", slug=slug)
    context = {"title": BUTTONS[verb], "project": project, "form": form}
    return render(request, "projects/project_step.html", context)


def _taken(request: HttpRequest, project: Project, verb: str, text: str) -> HttpResponse:
    try:
        take_step(project=project, verb=verb, actor=request.user, text=text)
        messages.success(request, DONE.get(verb, _("The project has ended. Thank you for what you wrote.")))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("projects:project_room", slug=project.slug)
