"""Waves of invitations, for the coordinators of a network: started, watched, counted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.networks.actions.waves import start_wave
from mitwerk.networks.forms.waves import WaveForm
from mitwerk.networks.queries.waves import bounced, invitable_rows, left_today, open_rows, waves_of
from mitwerk.networks.views.lists import mine

PER_PAGE = 50


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wave_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All waves with their counts, and the form for the next one."""
    network = mine(request, slug)
    waiting = invitable_rows(network).count()
    form = WaveForm(request.POST if request.method == "POST" else None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            wave = start_wave(network=network, actor=request.user, **form.wave)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitations are on their way."))
            return redirect("networks:wave_detail", slug, wave.public_id)
    context = {
        "title": _("Waves of invitations"),
        "network": network,
        "form": form,
        "waiting": waiting,
        "left": left_today(network),
        "page": page_of(waves_of(network), request.GET.get("page")),
    }
    return render(request, "networks/wave_list.html", context)


@login_required
@never_cache
@require_safe
def wave_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """How far a wave is, and who has not answered yet."""
    network = mine(request, slug)
    wave = get_object_or_404(waves_of(network), public_id=public_id)
    rows = open_rows(wave)
    context = {
        "title": _("Wave of invitations"),
        "network": network,
        "wave": wave,
        "bounced": wave.bounced if wave.ended_at else bounced(wave),
        "unsent": rows.filter(invitation=None).count(),
        "page": page_of(rows, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "networks/wave_detail.html", context)
