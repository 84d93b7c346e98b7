"""Guests exchange addresses: the page beside the ticket, behind the same link."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.algorithms import registrations as way
from mitwerk.core.changes import Refused
from mitwerk.registrations.actions.meeting import agree_to_lead, ask_for_address, end_lead
from mitwerk.registrations.forms.day import MeetForm
from mitwerk.registrations.models import Lead, Registration
from mitwerk.registrations.queries import registration_by_token
from mitwerk.registrations.queries.day import leads_of
from mitwerk.registrations.views.check_in import with_camera


def _mine(token: str) -> Registration:
    found = registration_by_token(token)
    if found is None or found.state != way.BOOKED:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@with_camera
def lead_list(request: HttpRequest, token: str) -> HttpResponse:
    """Read another guest's badge; answer who asks; and those with whom it is agreed."""
    registration = _mine(token)
    form = MeetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_address(registration=registration, code=form.cleaned_data["code"])
            messages.success(request, _("They are asked. As soon as they agree, you see each other here."))
            return redirect("registrations:lead_list", token)
        except Refused as refused:
            form.add_error("code", str(refused))
    leads = leads_of(registration)
    context = {
        "title": _("Stay in touch"), "kicker": str(registration.admission), "token": token, "form": form,
        "mutual": [(one, _other(one, registration)) for one in leads if one.is_mutual],
        "asking": [one for one in leads if not one.is_mutual and one.asked_id == registration.pk],
        "waiting": [one for one in leads if not one.is_mutual and one.asker_id == registration.pk],
    }  # fmt: skip
    return render(request, "registrations/lead_list.html", context)


def _other(lead: Lead, registration: Registration) -> Registration:
    return lead.asked if lead.asker_id == registration.pk else lead.asker


@require_POST
def lead_agree(request: HttpRequest, token: str, public_id: str) -> HttpResponse:
    registration = _mine(token)
    return _done(
        request, token, lambda: agree_to_lead(registration=registration, public_id=public_id),
        _("Agreed: you see each other’s address now."),
    )  # fmt: skip


@require_POST
def lead_end(request: HttpRequest, token: str, public_id: str) -> HttpResponse:
    registration = _mine(token)
    return _done(
        request, token, lambda: end_lead(registration=registration, public_id=public_id),
        _("Neither of you sees the other’s address any more."),
    )  # fmt: skip


def _done(request: HttpRequest, token: str, do: Callable[[], None], told: str) -> HttpResponse:
    try:
        do()
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registrations:lead_list", token)
