"""Milestones in the hands of the carriers."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.core.changes import Refused
from mitwerk.projects.actions import add_milestone, drop_milestone, reach_milestone
from mitwerk.projects.forms import MilestoneForm
from mitwerk.projects.queries.pipeline import carried_projects, changeable_milestones


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_add(request: HttpRequest, slug: str) -> HttpResponse:
    """One more."""
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_milestone(project=project, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The milestone is set."))
            return redirect("projects:project_room", slug=slug)
    return render(
        request, "projects/project_step.html", {"title": _("Set a milestone"), "project": project, "form": form}
    )


@login_required
@require_POST
def milestone_reach(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is there."""
    return _done(request, public_id, reach_milestone, _("Well done. The milestone is reached."))


@login_required
@require_POST
def milestone_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is not wanted any more."""
    return _done(request, public_id, drop_milestone, _("The milestone is taken away."))


def _done(request: HttpRequest, public_id: str, verb: Callable[..., None], told: str) -> HttpResponse:
    milestone = get_object_or_404(changeable_milestones(request.user), public_id=public_id)
    try:
        verb(milestone=milestone, actor=request.user)
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("projects:project_room", slug=milestone.project.slug)
