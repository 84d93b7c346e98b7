"""Working groups: opened, joined by volunteering, planned, and asked about by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.pipeline import AT_WORK
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.people.models import Person
from mitwerk.people.queries import person_of
from mitwerk.people.views import LinkedAct, act_page
from mitwerk.projects.actions import (
    ask_for_volunteers,
    change_group,
    leave_group,
    open_group,
    plan_group,
    volunteer,
)
from mitwerk.projects.forms import AskForm, GroupForm, PlanForm
from mitwerk.projects.models import Project, WorkingGroup
from mitwerk.projects.queries.groups import (
    VOLUNTEER,
    askable_organisations,
    current_members,
    endable_members,
    group_for,
    group_rooms,
    my_groups,
    partner_organisations,
    volunteerable_groups,
)
from mitwerk.projects.queries.pipeline import rooms_of
from mitwerk.projects.rules import can_keep_group, can_open_group


@login_required
@never_cache
@require_safe
def group_mine(request: HttpRequest) -> HttpResponse:
    """The working groups I belong to."""
    groups = my_groups(request.user).select_related("project")
    context = {"title": _("My working groups"), "page": page_of(groups, request.GET.get("page")), "choice": Choice({})}
    return render(request, "projects/group_mine.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a group in a project that is at work."""
    project = get_object_or_404(rooms_of(request.user), slug=slug)
    if project.phase not in AT_WORK or not can_open_group(request.user, project):
        raise Http404
    form = GroupForm(request.POST if request.method == "POST" else None, is_new=True)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        asks = values.pop("asks_partners")
        try:
            open_group(project=project, values=values, actor=request.user, asks_partners=asks)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The working group is open. People can volunteer."))
            return redirect("projects:project_room", slug=slug)
    return _form(request, _("Open a working group"), form, project, reverse("projects:project_room", args=[slug]))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another task, or another day to report back by."""
    group = kept_group(request, public_id)
    initial = {"task": group.task, "report_due": group.report_due}
    form = GroupForm(request.POST if request.method == "POST" else None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_group(group=group, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Task and day of the report"), form, group.project, _room(group))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next date, and who speaks. Everybody who sees the room may set it."""
    group = open_room(request, public_id)
    members = current_members().filter(group=group)
    form = PlanForm(request.POST if request.method == "POST" else None, group=group, members=members)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan_group(
                group=group, values=form.values(), speaker=data["speaker"], substitute=data["substitute"],
                actor=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Next date and speakers"), form, group.project, _room(group))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the people of chosen organisations whether they volunteer; the partners are chosen at first."""
    group = kept_group(request, public_id)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        organisations=askable_organisations(group),
        initial={"organisations": [one.slug for one in partner_organisations(group.project)]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_for_volunteers(group=group, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            told = ngettext("%(number)s person is asked.", "%(number)s people are asked.", asked) % {"number": asked}
            messages.success(request, told if asked else _("All of them have been asked already, or belong to it."))
            return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Ask for volunteers"), form, group.project, _room(group), _("Send"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_volunteer(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the group is to do, and one click to work with it."""
    group = get_object_or_404(volunteerable_groups(request.user), public_id=public_id)
    person = person_of(request.user)
    if request.method == "POST" and person is not None:
        try:
            volunteer(group=group, person=person)
            messages.success(request, _("Thank you. You belong to the working group."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("projects:group_room", public_id=public_id)
    return render(request, "projects/group_volunteer.html", {"title": _("I volunteer"), "group": group})


@login_required
@require_POST
def member_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step down; or the carriers and the office take somebody out."""
    member = get_object_or_404(endable_members(request.user), public_id=public_id)
    is_own = member.person.user_id == request.user.pk
    leave_group(member=member, actor=request.user)
    if is_own:
        messages.success(request, _("You no longer belong to the working group."))
        return redirect("projects:group_mine")
    messages.success(request, _("%(name)s no longer belongs to the group.") % {"name": member.person.name})
    return redirect("projects:group_room", public_id=member.group.public_id)


def open_room(request: HttpRequest, public_id: str) -> WorkingGroup:
    """A group whose room the user may enter, and which still works."""
    group = get_object_or_404(group_rooms(request.user), public_id=public_id)
    if not group.is_open:
        raise Http404
    return group


def kept_group(request: HttpRequest, public_id: str) -> WorkingGroup:
    """One that the user may change."""
    group = open_room(request, public_id)
    if not can_keep_group(request.user, group):
        raise Http404
    return group


def _room(group: WorkingGroup) -> str:
    return reverse("projects:group_room", args=[group.public_id])


def _form(
    request: HttpRequest, title: str, form: Any, project: Project, back: str, button: str = ""
) -> HttpResponse:
    context = {"title": title, "form": form, "project": project, "back": back, "button": button or _("Save")}
    return render(request, "projects/group_form.html", context)


def _volunteer(group: WorkingGroup, person: Person) -> None:
    volunteer(group=group, person=person)


def _told(group: WorkingGroup) -> str:
    return _("%(project)s: with one click you belong to the working group “%(task)s”.") % {
        "project": group.project.title,
        "task": group.task,
    }


LINK = LinkedAct(
    code=VOLUNTEER,
    find=group_for,
    title=gettext_lazy("Who volunteers?"),
    tell=_told,
    button=gettext_lazy("I volunteer"),
    verb=_volunteer,
    done=gettext_lazy("Thank you. You belong to the working group."),
    other=lambda group: (_("Read more first"), reverse("projects:group_volunteer", args=[group.public_id])),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The yes from the mail, without signing in."""
    return act_page(request, token, LINK)
