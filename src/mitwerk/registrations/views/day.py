"""The day in the hands of the office: who is there, devices at the door, walk-ins, badges, a word to all on site."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.qr import svg
from mitwerk.congress.queries import bulletins_of
from mitwerk.core.changes import Refused
from mitwerk.core.listing import clean_query
from mitwerk.registrations.actions.arriving import open_check_in, revoke_check_in, walk_in
from mitwerk.registrations.actions.meeting import tell_all
from mitwerk.registrations.exports import sheet_pdf
from mitwerk.registrations.forms.day import BadgeForm, BulletinForm, PassForm, WalkInForm
from mitwerk.registrations.models import Admission, CheckInPass
from mitwerk.registrations.queries.day import (
    badge_holders,
    counted_rooms,
    kinds_there,
    latest_arrivals,
    pass_token,
    run_admission,
)


def _admission(request: HttpRequest, public_id: str) -> Admission:
    found = run_admission(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _context(admission: Admission, title: str) -> dict[str, Any]:
    congress = admission.congress
    back = reverse("registrations:day", args=[congress.public_id])
    return {"title": title, "admission": admission, "congress": congress, "event": congress.event, "back": back}


@login_required
@never_cache
@require_safe
def day(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who has arrived, by kind of ticket, who came last, and how full the rooms are. It keeps up by itself."""
    admission = _admission(request, public_id)
    kinds = kinds_there(admission)
    context = {
        **_context(admission, _("On the day")), "kinds": kinds, "latest": latest_arrivals(admission),
        "there": sum(one.there for one in kinds), "booked": sum(one.booked for one in kinds),
        "rooms": counted_rooms(admission), "now": timezone.now(), "bulletins": bulletins_of(admission.congress),
    }  # fmt: skip
    return render(request, "registrations/day.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pass_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """The devices at the door, and one more."""
    admission = _admission(request, public_id)
    form = PassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_check_in(admission=admission, device=form.cleaned_data["device"], actor=request.user)
            return redirect("registrations:pass_detail", public_id, made.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {**_context(admission, _("Devices at the door")), "form": form, "passes": admission.passes.all()}
    return render(request, "registrations/pass_list.html", context)


def _pass(request: HttpRequest, public_id: str, pass_id: str) -> CheckInPass:
    return get_object_or_404(_admission(request, public_id).passes.all(), public_id=pass_id)


def _link(found: CheckInPass) -> str:
    return settings.BASE_URL + reverse("registrations:check_in", args=[pass_token(found)])


@login_required
@never_cache
@require_safe
def pass_detail(request: HttpRequest, public_id: str, pass_id: str) -> HttpResponse:
    """The link, as a code for the device's camera."""
    found = _pass(request, public_id, pass_id)
    link = _link(found) if found.is_open else ""
    context = {**_context(_admission(request, public_id), found.device), "check_in": found, "link": link}
    return render(request, "registrations/pass_detail.html", context)


@login_required
@never_cache
@require_safe
def pass_code(request: HttpRequest, public_id: str, pass_id: str) -> HttpResponse:
    found = _pass(request, public_id, pass_id)
    if not found.is_open:
        raise Http404
    return HttpResponse(svg(_link(found), _("Link for the device")), content_type="image/svg+xml")


@login_required
@require_POST
def pass_revoke(request: HttpRequest, public_id: str, pass_id: str) -> HttpResponse:
    revoke_check_in(check_in=_pass(request, public_id, pass_id), actor=request.user)
    messages.success(request, _("The link of this device leads nowhere any more."))
    return redirect("registrations:pass_list", public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody comes who has not registered."""
    admission = _admission(request, public_id)
    form = WalkInForm(request.POST if request.method == "POST" else None, admission=admission)
    if request.method == "POST" and form.is_valid():
        try:
            made = walk_in(admission=admission, order=form.order(), guest=form.guest(), actor=request.user)
            messages.success(request, _("%(name)s has a seat and is checked in.") % {"name": made.name})
            badge = reverse("registrations:badge_list", args=[public_id])
            return redirect(f"{badge}?only={made.public_id}")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "registrations/walk_in_add.html", {**_context(admission, _("Walk-in")), "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A word to all on site."""
    admission = _admission(request, public_id)
    form = BulletinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _bulletin, count = tell_all(admission=admission, text=data["text"], key=data["key"], actor=request.user)
        told = ngettext("Said. A mail goes to %(n)s guest.", "Said. A mail goes to %(n)s guests.", count)
        messages.success(request, told % {"n": count})
        return redirect("registrations:day", public_id)
    context = {**_context(admission, _("Message to all on site")), "form": form}
    return render(request, "registrations/bulletin_add.html", context)


@login_required
@never_cache
@require_safe
def badge_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """For whom badges or labels are printed."""
    admission = _admission(request, public_id)
    only = clean_query(request.GET.get("only", ""))
    holders = badge_holders(admission, only=only)
    form = BadgeForm(admission=admission)
    context = {
        **_context(admission, _("Badges and labels")), "form": form, "only": only, "count": len(holders),
        "one": holders[0] if only and holders else None,
    }  # fmt: skip
    return render(request, "registrations/badge_list.html", context)


@login_required
@never_cache
@require_safe
def badge_file(request: HttpRequest, public_id: str, paper: str) -> HttpResponse:
    """The sheets; `kind`, `name` and `only` narrow them down."""
    admission = _admission(request, public_id)
    if paper not in ("badges", "labels"):
        raise Http404
    asked = {name: clean_query(request.GET.get(name, "")) for name in ("kind", "name", "only")}
    holders = badge_holders(admission, **asked)
    if not holders:
        messages.info(request, _("Nobody who has a seat fits this."))
        return redirect("registrations:badge_list", public_id)
    content = sheet_pdf(admission, holders, paper, get_language() or "de")
    name = f"{admission.congress.event.slug}-{paper}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
