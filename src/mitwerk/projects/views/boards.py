"""The board: all projects by where they stand, what is to be decided, and the list as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.accounts.actions import record_export
from mitwerk.core.changes import Refused
from mitwerk.core.listing import notice, page_of
from mitwerk.projects.actions import decide
from mitwerk.projects.exports import BOARD_KINDS, board_file
from mitwerk.projects.forms import DecisionForm, board_filters, read_board_choice
from mitwerk.projects.models import Project
from mitwerk.projects.queries.pipeline import board_projects, decidable_projects, history_of
from mitwerk.projects.rules import sees_board

BOARD_SIZE = 60


@login_required
@never_cache
@require_safe
def project_board(request: HttpRequest) -> HttpResponse:
    """Every project of the clusters I decide for or work for, by phase."""
    if not sees_board(request.user):
        raise Http404
    choice = read_board_choice(request.GET, request.user)
    context = {
        "title": _("Project board"),
        "page": page_of(board_projects(request.user, choice), request.GET.get("page"), BOARD_SIZE),
        "choice": choice,
        "filters": board_filters(choice, request.user),
        "notice": notice(choice),
    }
    return render(request, "projects/project_board.html", context)


@login_required
@never_cache
@require_safe
def project_board_export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the board shows, as a file."""
    if kind not in BOARD_KINDS or not sees_board(request.user):
        raise Http404
    projects = list(board_projects(request.user, read_board_choice(request.GET, request.user)))
    content = board_file(projects, kind)
    record_export(model=Project, rows=len(projects), kind=kind, actor=request.user)
    answer = HttpResponse(content, content_type=BOARD_KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{_("projects")}.{kind}"'
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Read an idea and write down what the board decides."""
    project = get_object_or_404(decidable_projects(request.user), slug=slug)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decide(project=project, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. The carriers get the decision by e-mail."))
            return redirect("projects:project_room", slug=slug)
    context = {
        "title": project.title,
        "project": project,
        "form": form,
        "sought": list(project.seeks.prefetch_related("labels")),
        "history": history_of(project),
    }
    return render(request, "projects/project_decide.html", context)
