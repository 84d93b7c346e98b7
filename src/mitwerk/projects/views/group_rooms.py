"""The closed room of a working group: notes, files, reports. The right is asked at each request."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.pictures.views import hand_out
from mitwerk.projects.actions import add_file, add_note, drop_file, drop_note, give_report
from mitwerk.projects.forms import GroupFileForm, NoteForm, ReportForm
from mitwerk.projects.models import WorkingGroup
from mitwerk.projects.queries.groups import (
    droppable_files,
    droppable_notes,
    endable_members,
    group_rooms,
    is_member,
    organisations_of,
    readable_files,
    reportable_groups,
)
from mitwerk.projects.rules import can_keep_group
from mitwerk.projects.views.groups import open_room

REPORTS_SHOWN = 10


@login_required
@never_cache
@require_safe
def group_room(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the group has to do, who belongs to it, and what they leave each other."""
    group = get_object_or_404(group_rooms(request.user), public_id=public_id)
    context = {
        "title": group.task,
        "group": group,
        "facts": _facts(group),
        "members": _members(request.user, group),
        "is_member": is_member(request.user, group),
        "keeps": can_keep_group(request.user, group),
        "notes": page_of(group.notes.select_related("by"), request.GET.get("page")),
        "files": list(group.files.select_related("by")),
        "reports": list(group.reports.all())[:REPORTS_SHOWN],
        "note_form": NoteForm(),
        "file_form": GroupFileForm(),
        "choice": Choice({}),
    }
    return render(request, "projects/group_room.html", context)


def _facts(group: WorkingGroup) -> list[tuple[str, Any]]:
    """Label and value; the page leaves out what is empty."""
    moment = date_format(localtime(group.next_at), "DATETIME_FORMAT") if group.next_at else ""
    day = date_format(group.report_due, "DATE_FORMAT") if group.report_due else ""
    return [(_("Report back by"), day), (_("Next date"), moment), (_("Place"), group.next_place)]


def _members(user: Any, group: WorkingGroup) -> list[dict[str, Any]]:
    members = list(group.members.all())
    names = organisations_of([one.person for one in members])
    ends = set(endable_members(user).filter(group=group).values_list("pk", flat=True))
    return [
        {
            "member": one,
            "organisations": names.get(one.person_id, ""),
            "may_end": one.pk in ends,
            "is_own": one.person.user_id == user.pk,
        }
        for one in members
    ]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave a note."""
    group = open_room(request, public_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add_note(group=group, actor=request.user, **form.cleaned_data)
        return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Leave a note"), form, group)


@login_required
@require_POST
def note_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take away a note of my own."""
    note = get_object_or_404(droppable_notes(request.user), public_id=public_id)
    drop_note(note=note, actor=request.user)
    messages.success(request, _("The note is taken away."))
    return redirect("projects:group_room", public_id=note.group.public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a file into the room."""
    group = open_room(request, public_id)
    is_sent = request.method == "POST"
    form = GroupFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            add_file(group=group, name=file.name, file=file, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The file lies in the room."))
            return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Add a file"), form, group)


@login_required
@never_cache
@require_safe
def file_get(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A file, to be saved and never shown: what is in it was made elsewhere."""
    found = get_object_or_404(readable_files(request.user), public_id=public_id)
    return hand_out(found.file, found.name)


@login_required
@require_POST
def file_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a file away: my own, or any where I keep the group."""
    file = get_object_or_404(droppable_files(request.user), public_id=public_id)
    drop_file(file=file, actor=request.user)
    messages.success(request, _("The file is taken away."))
    return redirect("projects:group_room", public_id=file.group.public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Three lines and a status."""
    group = get_object_or_404(reportable_groups(request.user), public_id=public_id)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"was_due": group.report_due})
    if request.method == "POST" and form.is_valid():
        try:
            give_report(group=group, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. The report stands in the history of the project."))
            return redirect("projects:group_room", public_id=public_id)
    return _form(request, _("Report back"), form, group)


def _form(request: HttpRequest, title: str, form: Any, group: WorkingGroup) -> HttpResponse:
    context = {"title": title, "form": form, "project": group.project, "group": group, "button": title}
    return render(request, "projects/group_form.html", context)
