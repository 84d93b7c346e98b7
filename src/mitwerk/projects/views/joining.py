"""Partners join: the invitation, the offer, and the answer, signed in or from the mail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.people.models import Person
from mitwerk.people.views import LinkedAct, act_page
from mitwerk.projects.actions import JOIN, accept_joining, decline_joining, invite_organisation, offer_to_join
from mitwerk.projects.forms import InviteForm, JoinForm
from mitwerk.projects.models import Joining
from mitwerk.projects.queries.pipeline import (
    answerable_joinings,
    carried_projects,
    invitable_organisations,
    joinable_projects,
    joining_for,
    joining_organisations,
)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """A carrier asks an organisation to take part."""
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    form = InviteForm(
        request.POST if request.method == "POST" else None, organisations=invitable_organisations(project)
    )
    if request.method == "POST" and form.is_valid():
        try:
            invite_organisation(
                project=project, organisation=form.cleaned_data["organisation"], values=form.values(),
                actor=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The invitation is on its way. You hear from us as soon as they answer."))
            return redirect("projects:project_room", slug=slug)
    context = {"title": _("Invite an organisation"), "project": project, "form": form}
    return render(request, "projects/project_invite.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_join(request: HttpRequest, slug: str) -> HttpResponse:
    """My organisation offers to join a project that looks for partners."""
    project = get_object_or_404(joinable_projects(), slug=slug)
    organisations = joining_organisations(request.user, project)
    form = JoinForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            offer_to_join(
                project=project, organisation=form.cleaned_data["organisation"], values=form.values(),
                actor=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your offer is on its way. The carriers answer by e-mail."))
            return redirect(project.get_absolute_url())
    context = {
        "title": _("My organisation joins"),
        "project": project,
        "form": form,
    }
    return render(request, "projects/project_invite.html", context)


@login_required
@never_cache
@require_safe
def joining_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is asked, with a yes and a no."""
    joining = get_object_or_404(answerable_joinings(request.user), public_id=public_id)
    title = _("Take part?") if joining.side == Joining.Side.INVITED else _("May they take part?")
    context = {"title": title, "joining": joining, "facts": facts(joining)}
    return render(request, "projects/joining_answer.html", context)


def facts(joining: Joining) -> list[tuple[str, Any]]:
    """Label and value; the page leaves out what is empty."""
    days = _("%(days)s person days") % {"days": joining.effort_days} if joining.effort_days else ""
    return [
        (_("Organisation"), joining.organisation.name),
        (_("Role"), joining.get_role_display()),
        (_("Kind of involvement"), joining.get_involvement_display()),
        (_("Effort"), days),
        (_("Note"), joining.note),
    ]


@login_required
@require_POST
def joining_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Yes."""
    return _answered(request, public_id, accept_joining, _("Thank you. The organisation takes part."))


@login_required
@require_POST
def joining_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """No."""
    return _answered(request, public_id, decline_joining, _("The answer is on its way."))


def _answered(request: HttpRequest, public_id: str, verb: Callable[..., Any], done: str) -> HttpResponse:
    joining = get_object_or_404(answerable_joinings(request.user), public_id=public_id)
    try:
        verb(joining=joining, actor=request.user)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("projects:project_mine")


def _join(joining: Joining, person: Person) -> None:
    accept_joining(joining=joining, actor=person.user)


def _told(joining: Joining) -> str:
    return _("%(project)s: with one click you say that %(name)s takes part.") % {
        "project": joining.project.title,
        "name": joining.organisation.name,
    }


def _other(joining: Joining) -> tuple[Any, str]:
    return _("Read more first, or say no"), reverse("projects:joining_answer", args=[joining.public_id])


LINK = LinkedAct(
    code=JOIN,
    find=joining_for,
    title=gettext_lazy("Take part?"),
    tell=_told,
    button=gettext_lazy("Yes, we take part"),
    verb=_join,
    done=gettext_lazy("Thank you. The organisation takes part."),
    other=_other,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joining_link(request: HttpRequest, token: str) -> HttpResponse:
    """The yes from the mail, without signing in."""
    return act_page(request, token, LINK)
