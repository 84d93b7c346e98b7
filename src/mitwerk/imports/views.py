"""The office's imports, step by step; and the page of a person who was brought in."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages as site_messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from mitwerk.accounts.actions import record_export
from mitwerk.actors.models import Contact
from mitwerk.clusters.queries import office_address
from mitwerk.clusters.rules import is_editor
from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.imports import tasks
from mitwerk.imports.actions import starting
from mitwerk.imports.actions.informing import MOST_TOLD, forget_contacts
from mitwerk.imports.exports import WRITERS, contact_file
from mitwerk.imports.forms import ColumnsForm, RowsForm, UploadForm
from mitwerk.imports.mails import contact_ids
from mitwerk.imports.models import Import, Row
from mitwerk.imports.queries.jobs import imports_of, late_people, untold_people
from mitwerk.imports.queries.shown import shown_rows
from mitwerk.imports.queries.words import PROBLEMS

PER_PAGE, ROWS_PER_PAGE = 30, 50
State = Import.State


def _only_editors(request: HttpRequest) -> Any:
    if not is_editor(request.user):
        raise PermissionDenied
    return request.user


def _job(request: HttpRequest, public_id: str) -> Import:
    """An import of the user's clusters; every other one is missing."""
    return get_object_or_404(imports_of(_only_editors(request)), public_id=public_id)


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """All imports, the last one first, and what waits to be told to people."""
    user = _only_editors(request)
    page = page_of(imports_of(user), request.GET.get("p"), PER_PAGE)
    context = {"page": page, "late": late_people(user).count(), "elided_page_range": _pages(page)}
    return render(request, "imports/import_list.html", context)


def _pages(page: Any) -> Any:
    return page.paginator.get_elided_page_range(page.number)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Upload a file. Nothing is written before somebody has seen what would be."""
    user = _only_editors(request)
    form = UploadForm(user=user)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, user=user)
        if form.is_valid():
            data = form.cleaned_data
            job = starting.take_file(
                user=user, cluster=data["cluster"], file_name=data["file"].name, kind=data["kind"],
                content=data["content"],
            )  # fmt: skip
            return redirect("office_imports:import_detail", job.public_id)
    return render(request, "imports/import_new.html", {"form": form})


@require_safe
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where an import stands: its progress, its rows, and what can be done next."""
    job = _job(request, public_id)
    if job.state == State.MAPPING:
        return redirect("office_imports:import_columns", public_id)
    form = RowsForm(request.GET if "outcome" in request.GET else None)
    outcome = form.cleaned_data["outcome"] if form.is_bound and form.is_valid() else ""
    rows = job.rows.filter(outcome=outcome) if outcome else job.rows.all()
    if job.state == State.UNDONE:
        rows = job.rows.exclude(kept="")
    page = page_of([] if job.is_working else rows.order_by("number"), request.GET.get("p"), ROWS_PER_PAGE)
    undecided = job.rows.filter(outcome=Row.Outcome.DUPLICATE, decision="").count() if job.state == State.READY else 0
    context = {
        "job": job,
        "form": form,
        "page": page,
        "elided_page_range": _pages(page),
        "rows": shown_rows(list(page)),
        "counts": [(outcome, job.counts.get(outcome.value, 0)) for outcome in Row.Outcome],
        "problem": PROBLEMS.get(job.problem, ""),
        "undecided": undecided,
        "decisions": Row.Decision,
        "untold": untold_people(Import.objects.filter(pk=job.pk)).count() if job.state == State.DONE else 0,
        "address": f"{request.path}?outcome={outcome}",
    }
    return render(request, "imports/import_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the columns hold, and why persons among it may be kept."""
    job = _job(request, public_id)
    if job.state not in (State.MAPPING, State.READY):
        return redirect("office_imports:import_detail", public_id)
    form = ColumnsForm(request.POST if request.method == "POST" else None, job=job, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data.get(name, "") for name in ("membership", "legal_basis", "legal_note")}
        return _press(request, job, starting.set_columns, columns=form.columns, **given)
    context = {"job": job, "form": form, "problem": PROBLEMS.get(job.problem, "")}
    return render(request, "imports/import_columns.html", context)


def _press(request: HttpRequest, job: Import, verb: Callable[..., Any], **given: Any) -> HttpResponse:
    """Do what a button says, and back to the import; what cannot be done now is told there."""
    try:
        verb(job=job, actor=request.user, **given)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("office_imports:import_detail", job.public_id)


@require_POST
def import_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rows that may be there already: one by one, or all that are left alike."""
    job = _job(request, public_id)
    if everything := request.POST.get("all"):
        return _press(request, job, starting.decide_all, decision=everything)
    rows = {name.removeprefix("row-"): answer for name, answer in request.POST.items() if name.startswith("row-")}
    decisions = {int(number): answer for number, answer in rows.items() if number.isdecimal() and len(number) < 9}
    answer = _press(request, job, starting.decide, decisions=decisions)
    page = request.POST.get("p", "")
    answer.headers["Location"] += f"?outcome={Row.Outcome.DUPLICATE}&p={page if page.isdecimal() else 1}"
    return answer


@require_POST
def import_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write it."""
    return _press(request, _job(request, public_id), starting.start)


@require_POST
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back."""
    return _press(request, _job(request, public_id), starting.undo)


@require_POST
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget a file that was not imported."""
    job = _job(request, public_id)
    answer = _press(request, job, starting.discard)
    return redirect("office_imports:import_list") if job.pk is None else answer


@require_http_methods(["GET", "HEAD", "POST"])
def import_inform(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the people of an import that they are kept here: what goes out, to how many, and one click."""
    job = _job(request, public_id)
    people = untold_people(Import.objects.filter(pk=job.pk)).select_related("organisation").order_by("pk")
    if job.state != State.DONE:
        raise Http404
    if request.method == "POST":
        tasks.inform.enqueue(job.pk, request.user.pk)
        messages.success(request, _("The mails are on their way."))
        return redirect("office_imports:import_detail", public_id)
    first = people.first()
    context = {
        "job": job, "count": people.count(), "most": MOST_TOLD, "first": first, "contacts": [first] if first else [],
        "basis": job.legal_basis, "note": job.legal_note, "source": first.source if first else "",
        "responsible": job.cluster or request.region, "office": office_address(job.cluster),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "imports/import_inform.html", context)


@require_safe
def late_list(request: HttpRequest) -> HttpResponse:
    """People whom an import brought in more than a month ago and nobody has told."""
    page = page_of(late_people(_only_editors(request)), request.GET.get("p"), PER_PAGE)
    return render(request, "imports/late_list.html", {"page": page, "elided_page_range": _pages(page)})


@require_safe
def contact_export(request: HttpRequest, form: str) -> HttpResponse:
    """All organisations of the user's office with their contacts; the log keeps who took them."""
    user = _only_editors(request)
    if form not in WRITERS:
        raise Http404
    content, content_type, count = contact_file(user, form)
    record_export(model=Contact, rows=count, kind=form, actor=user)
    headers = {"Content-Disposition": f'attachment; filename="mitwerk-contacts.{form}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_objection(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept about somebody, and one click to have it deleted. Opening it does nothing."""
    ids = contact_ids(token)
    if ids is None:
        raise Http404
    contacts: Sequence[Contact] = Contact.objects.filter(public_id__in=ids).select_related("organisation")
    if request.method == "POST":
        forget_contacts(contacts=list(contacts))
        site_messages.success(request, _("It is deleted, and no import will bring it back."))
        return redirect(request.path)
    context = {"title": _("What we have recorded about you"), "contacts": contacts, "base": settings.BASE_URL}
    return render(request, "imports/contact_objection.html", context)
