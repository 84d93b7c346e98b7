"""Registering on the congress's page, the page behind the link in the mail, and the office's two pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.qr import svg
from mitwerk.clusters.exports import inside, way_to
from mitwerk.congress.queries import bulletins_of
from mitwerk.congress.rules import can_announce
from mitwerk.core.changes import Refused
from mitwerk.core.public_forms import is_allowed
from mitwerk.core.records import or_in_region
from mitwerk.events.queries import published_events
from mitwerk.registrations.actions.changing import (
    cancel_group,
    cancel_registration,
    change_registration,
    is_refunded,
    queue_again,
    take_seat,
)
from mitwerk.registrations.actions.invoicing import file_of
from mitwerk.registrations.actions.offering import set_up
from mitwerk.registrations.actions.registering import register
from mitwerk.registrations.forms import ChangeForm, RegisterForm, SetUpForm
from mitwerk.registrations.models import Admission, Invoice, Registration
from mitwerk.registrations.queries import (
    admission_of,
    group_of,
    invoices_of,
    member_names,
    offered_kinds,
    place_in_line,
    registration_by_token,
    run_invoices,
)

SENDS_PER_HOUR = 60
"""Many guests of a large firm come by one address."""


def _admission(slug: str) -> Admission:
    found = admission_of(slug)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@or_in_region(published_events)
def registration_add(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. What it answers is the same whether an address is registered or not."""
    admission = _admission(slug)
    kinds = offered_kinds(admission)
    title, event = _("Register"), admission.congress.event
    listed = event.address(request.cluster.slug if request.cluster else None)
    crumbs = way_to(request.region, request.cluster, (str(event), listed), (title, ""))
    context = {"title": title, "admission": admission, "event": event, "crumbs": crumbs, "back": listed}
    if not kinds or not admission.is_open:
        is_early = bool(kinds) and timezone.now() < admission.opens_at
        return render(request, "registrations/registration_closed.html", {**context, "is_early": is_early})
    sent = request.POST if request.method == "POST" else None
    form = RegisterForm(sent, admission=admission, kinds=kinds, names=member_names(admission))
    if request.method == "POST":
        answer = redirect(reverse("registrations:registration_sent", kwargs={"slug": slug, **inside(request.cluster)}))
        if form.is_from_a_machine() or _is_taken_on(request, form, admission):
            return answer
    return render(request, "registrations/registration_add.html", {**context, "form": form})


def _is_taken_on(request: HttpRequest, form: RegisterForm, admission: Admission) -> bool:
    """True where the guests are taken on; the form says what is wrong otherwise."""
    if not form.is_valid():
        return False
    if not is_allowed(request, "registration.add", SENDS_PER_HOUR):
        form.refuse_too_many()
        return False
    try:
        register(admission=admission, order=form.order(get_language() or "de"), guests=form.guests())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_safe
@never_cache
@or_in_region(published_events)
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody: the mail says how it stands."""
    admission = _admission(slug)
    context = {"title": _("Look into your mail"), "admission": admission, "event": admission.congress.event}
    return render(request, "registrations/registration_sent.html", context)


# Behind the link in the mail


def _mine(token: str) -> Registration:
    found = registration_by_token(token)
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def registration_detail(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands, what can be done, and for who has registered others the group and its invoices."""
    registration = _mine(token)
    admission = registration.admission
    context = {
        "title": str(admission), "registration": registration, "admission": admission,
        "event": admission.congress.event, "token": token, "group": group_of(registration),
        "invoices": invoices_of(registration.booking) if registration.leads else [],
        "place": place_in_line(registration), "verbs": way.verbs_from(registration.state, way.GUEST),
        "facts": _facts(registration), "bulletins": bulletins_of(admission.congress),
    }  # fmt: skip
    return render(request, "registrations/registration_detail.html", context)


def _facts(registration: Registration) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    event = registration.admission.congress.event
    is_own = registration.state != way.DOUBLE
    return [
        (_("Date"), event.period, event.get_absolute_url()),
        (_("Place"), event.place, ""),
        (_("Ticket"), registration.kind, ""),
        (_("Name"), registration.name, ""),
        (_("Organisation"), registration.organisation_label, ""),
        (_("What you do not eat"), registration.diet if is_own else "", ""),
        (_("What you need to take part"), registration.access_needs if is_own else "", ""),
        (_("Answers"), registration.answers_in_words if is_own else "", ""),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def registration_change(request: HttpRequest, token: str) -> HttpResponse:
    registration = _mine(token)
    said = {name: getattr(registration, name) for name in ("name", "diet", "access_needs")}
    sent = request.POST if request.method == "POST" else None
    form = ChangeForm(sent, initial=said, admission=registration.admission, answers=registration.answers)
    if request.method == "POST" and form.is_valid():
        return _done(
            request, token, lambda: change_registration(registration=registration, values=form.values()), _("Saved.")
        )
    context = {"title": _("Change"), "kicker": str(registration.admission), "form": form, "token": token}
    return render(request, "registrations/registration_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def registration_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more, because the seat may be somebody else's the moment after."""
    registration = _mine(token)
    if request.method == "POST":
        return _done(request, token, lambda: cancel_registration(registration=registration), _("It is cancelled."))
    return _asked(request, token, registration, _("You do not come?"))


def _asked(request: HttpRequest, token: str, registration: Registration, title: str) -> HttpResponse:
    admission = registration.admission
    costs = registration.kind.price and not is_refunded(admission)
    context = {"title": title, "kicker": str(admission), "token": token, "costs": costs}
    return render(request, "registrations/registration_cancel.html", context)


@require_POST
def registration_take(request: HttpRequest, token: str) -> HttpResponse:
    registration = _mine(token)
    return _done(request, token, lambda: take_seat(registration=registration), _("The seat is yours."))


@require_POST
def registration_queue(request: HttpRequest, token: str) -> HttpResponse:
    registration = _mine(token)
    return _done(request, token, lambda: queue_again(registration=registration), _("You are in line again."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def group_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """For who has registered others; anybody else's link leads nowhere."""
    registration = _mine(token)
    if not registration.leads:
        raise Http404
    if request.method != "POST":
        return _asked(request, token, registration, _("Nobody of your group comes?"))
    return _done(request, token, lambda: cancel_group(registration=registration), _("All of them are cancelled."))


def _done(request: HttpRequest, token: str, do: Callable[[], Any], told: str) -> HttpResponse:
    try:
        do()
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registrations:registration_detail", token)


@require_safe
@never_cache
def registration_code(request: HttpRequest, token: str) -> HttpResponse:
    """The code for the entrance, of who has a seat."""
    registration = _mine(token)
    if registration.state != way.BOOKED:
        raise Http404
    return HttpResponse(svg(registration.public_id, _("Code of your ticket")), content_type="image/svg+xml")


@require_safe
@never_cache
def invoice_file(request: HttpRequest, token: str, public_id: str) -> HttpResponse:
    registration = _mine(token)
    if not registration.leads:
        raise Http404
    return _file(get_object_or_404(invoices_of(registration.booking), public_id=public_id))


def _file(invoice: Invoice) -> HttpResponse:
    answer = HttpResponse(file_of(invoice=invoice), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{invoice.kind}-{invoice.number}.pdf"'
    return answer


# The office's


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def admission_add(request: HttpRequest) -> HttpResponse:
    """One button: registration opens with the usual ticket."""
    if not can_announce(request.user):
        raise Http404
    form = SetUpForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        admission = set_up(**form.cleaned_data, actor=request.user)
        messages.success(request, _("Registration is open. Change what is different."))
        return redirect("office_admissions:edit", admission.pk)
    context = {"title": _("Open registration"), "form": form, "back": reverse("office_admissions:index")}
    return render(request, "registrations/admission_add.html", context)


@login_required
@never_cache
@require_safe
def invoice_office(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of an invoice, for the office of who wrote it."""
    return _file(get_object_or_404(run_invoices(request.user), public_id=public_id))
