"""A stand in the hands of its exhibitor: what is shown, for whom, and what is told there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.congress.actions import add_stand_talk, drop_stand_talk, tell_of_stand
from mitwerk.congress.forms import StandForm, StandTalkForm
from mitwerk.congress.models import Stand
from mitwerk.congress.queries.stands import own_stands
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of


def _own(request: HttpRequest, public_id: str) -> Stand:
    found: Stand = get_object_or_404(own_stands(request.user), public_id=public_id)
    return found


def _form(request: HttpRequest, stand: Stand, title: str, form: Any, button: str) -> HttpResponse:
    back = redirect("congress:stand_own", public_id=stand.public_id).url
    kicker = f"{stand.congress.event.title} · {stand.number}"
    context = {"title": title, "form": form, "kicker": kicker, "button": button, "back": back}
    return render(request, "congress/congress_form.html", context)


@login_required
@never_cache
@require_safe
def stand_mine(request: HttpRequest) -> HttpResponse:
    """The stands of my organisations."""
    page = page_of(own_stands(request.user), request.GET.get("page"))
    context = {"title": _("My stands"), "page": page, "choice": Choice({})}
    return render(request, "congress/stand_mine.html", context)


@login_required
@never_cache
@require_safe
def stand_own(request: HttpRequest, public_id: str) -> HttpResponse:
    """How it stands there, and what can be changed."""
    stand = _own(request, public_id)
    context = {
        "title": stand.organisation.name, "stand": stand, "talks": list(stand.talks.all()),
        "sectors": list(stand.sectors.prefetch_related("labels")),
        "competences": list(stand.competences.prefetch_related("labels")),
    }  # fmt: skip
    return render(request, "congress/stand_own.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stand_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    stand = _own(request, public_id)
    form = StandForm(request.POST if request.method == "POST" else None, stand=stand)
    if request.method == "POST" and form.is_valid():
        tell_of_stand(stand=stand, values=form.values(), actor=request.user)
        messages.success(request, _("Kept. Everybody reads it now."))
        return redirect("congress:stand_own", public_id=public_id)
    return _form(request, stand, _("What you show"), form, _("Keep"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stand_talk_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Something told at the stand, beside the programme of the rooms."""
    stand = _own(request, public_id)
    form = StandTalkForm(request.POST if request.method == "POST" else None, congress=stand.congress)
    if request.method == "POST" and form.is_valid():
        try:
            add_stand_talk(stand=stand, values=form.values(), actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It stands on the page of your stand now."))
            return redirect("congress:stand_own", public_id=public_id)
    return _form(request, stand, _("Told at the stand"), form, _("Add"))


@login_required
@require_POST
def stand_talk_drop(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    stand = _own(request, public_id)
    drop_stand_talk(talk=get_object_or_404(stand.talks.all(), public_id=talk_id), actor=request.user)
    messages.success(request, _("Taken out."))
    return redirect("congress:stand_own", public_id=public_id)
