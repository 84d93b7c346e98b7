"""Ideas in the hands of those who bring them in: write, keep as a draft, drop; and my projects."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.pipeline import IDEA
from mitwerk.charter.queries.public import goals_in_force
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.people.queries import representations_of, represented_organisations
from mitwerk.projects.actions import bring_in_idea, drop_idea, take_step, write_idea
from mitwerk.projects.forms import IdeaForm
from mitwerk.projects.models import Project
from mitwerk.projects.queries.pipeline import (
    carried_projects,
    clusters_for_ideas,
    own_projects,
    with_what_rooms_show,
)
from mitwerk.projects.rules import sees_board


@login_required
@never_cache
@require_safe
def project_mine(request: HttpRequest) -> HttpResponse:
    """The projects of my organisations, and the way to bring in an idea."""
    context = {
        "title": _("My projects"),
        "page": page_of(with_what_rooms_show(own_projects(request.user)), request.GET.get("page")),
        "choice": Choice({}),
        "representations": list(representations_of(request.user)),
        "sees_board": sees_board(request.user),
    }
    return render(request, "projects/project_mine.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in an idea for an organisation I act for."""
    organisation = get_object_or_404(represented_organisations(request.user), slug=slug)
    clusters = clusters_for_ideas(organisation)
    goals = goals_in_force([*clusters, None])
    form = IdeaForm(request.POST if request.method == "POST" else None, clusters=clusters, goals=goals)
    if request.method == "POST" and clusters and form.is_valid():
        project = bring_in_idea(
            organisation=organisation, cluster=form.chosen_cluster(), values=form.values(), actor=request.user
        )
        return _written(request, project)
    context = {"title": _("Bring in an idea"), "organisation": organisation, "form": form, "clusters": clusters}
    return render(request, "projects/idea_edit.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on with an idea that is not handed in."""
    project = _idea(request, slug)
    goals = goals_in_force([*project.clusters.all(), None])
    form = IdeaForm(request.POST if request.method == "POST" else None, initial=_initial(project), goals=goals)
    if request.method == "POST" and form.is_valid():
        try:
            return _written(request, write_idea(project=project, values=form.values(), actor=request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"title": _("Work on the idea"), "project": project, "form": form}
    return render(request, "projects/idea_edit.html", context)


def _written(request: HttpRequest, project: Project) -> HttpResponse:
    """Saved as a draft; handed in as well where that was the button."""
    if "submit" not in request.POST:
        messages.success(request, _("Saved as a draft. Only your own people see it."))
        return redirect("projects:project_room", slug=project.slug)
    try:
        take_step(project=project, verb="submit", actor=request.user)
    except Refused as refused:
        messages.error(request, " ".join((_("Saved as a draft."), str(refused))))
        return redirect("projects:idea_edit", slug=project.slug)
    messages.success(request, _("Handed in. The board decides and answers by e-mail."))
    return redirect("projects:project_room", slug=project.slug)


def _initial(project: Project) -> dict[str, Any]:
    names = [name for name in IdeaForm.base_fields if name not in {"cluster", "seeks", "goals"}]
    many = {"seeks": list(project.seeks.all()), "goals": list(project.goals.values_list("pk", flat=True))}
    return {**{name: getattr(project, name) for name in names}, **many}


def _idea(request: HttpRequest, slug: str) -> Project:
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    if project.phase != IDEA:
        raise Http404
    return project


@login_required
@require_POST
def idea_drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget an idea that is not handed in."""
    try:
        drop_idea(project=_idea(request, slug), actor=request.user)
        messages.success(request, _("The idea is dropped."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("projects:project_mine")
