"""A network leaves: what happens, the file to take along, and the deletion that two people want."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.accounts.actions import record_audit
from mitwerk.core.changes import Refused
from mitwerk.networks.actions.leaving import ask_to_leave, cancel_leaving, confirm_leaving
from mitwerk.networks.exports import network_zip
from mitwerk.networks.forms.leaving import LeavingForm
from mitwerk.networks.queries.leaving import leaving_of
from mitwerk.networks.views.lists import mine


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
def leaving(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the deletion, or confirm what another coordinator has asked for."""
    network = mine(request, slug)
    found = leaving_of(network)
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["typed"]
        try:
            if found:
                confirm_leaving(leaving=found, typed=typed, actor=request.user)
                messages.success(request, _("It is being deleted now."))
            else:
                ask_to_leave(network=network, typed=typed, actor=request.user)
                messages.success(request, _("The other coordinators are told."))
        except Refused as refusal:
            form.add_error("typed", str(refusal))
        else:
            return redirect("networks:leaving", slug)
    may_send = not found or found.asked_by_id != request.user.pk
    context = {"title": _("Leave"), "network": network, "leaving": found, "form": form, "may_send": may_send}
    return render(request, "networks/leaving.html", context)


@login_required
@require_POST
def leaving_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Any coordinator can stop it."""
    found = leaving_of(mine(request, slug))
    if found is None:
        raise Http404
    cancel_leaving(leaving=found, actor=request.user)
    messages.success(request, _("It is stopped. Nothing is deleted."))
    return redirect("networks:leaving", slug)


@require_safe
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
def network_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A network takes its data along; only its coordinators can."""
    network = mine(request, slug)
    content = network_zip(network)
    record_audit(verb="network.take_data", target=network, actor=request.user)
    headers = {"Content-Disposition": f'attachment; filename="{network.slug}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
