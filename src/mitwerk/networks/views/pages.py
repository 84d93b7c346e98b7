"""The network's own page, written by its coordinators, and asking to join it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.networks.actions import (
    accept_join_request,
    ask_to_join,
    change_own_page,
    decline_join_request,
    take_back_join_request,
)
from mitwerk.networks.forms import JoinForm, OwnPageForm
from mitwerk.networks.models import JoinRequest, Network
from mitwerk.networks.queries import may_ask_for, my_join_requests, open_join_requests, published_networks
from mitwerk.networks.rules import is_coordinator
from mitwerk.people.queries import person_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands on the public page; the office can change it as well."""
    network = _coordinated(request, slug)
    is_sent = request.method == "POST"
    form = OwnPageForm(request.POST if is_sent else None, request.FILES if is_sent else None, network=network)
    if is_sent and form.is_valid():
        data = form.cleaned_data
        change_own_page(
            network=network, values=form.values(), file=data["picture"], alt=data["alt"], credit=data["credit"],
            actor=request.user,
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("networks:own_page", slug=slug)
    context = {"title": _("Our page"), "network": network, "form": form}
    return render(request, "networks/own_page.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to belong to the network, or take that back while nobody has answered."""
    network = get_object_or_404(published_networks(), slug=slug)
    asked = my_join_requests(request.user).filter(network=network).first()
    organisations, person = may_ask_for(request.user, network), person_of(request.user)
    if person is None or not organisations.exists():
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_join(network=network, person=person, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The coordinators have your request. They answer you by e-mail."))
            return redirect("networks:join_ask", slug=slug)
    context = {"title": _("Ask to join"), "network": network, "asked": asked, "form": form}
    return render(request, "networks/join_ask.html", context)


@login_required
@require_POST
def join_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """My own request, before it is answered."""
    found = get_object_or_404(my_join_requests(request.user), public_id=public_id)
    take_back_join_request(request=found, actor=request.user)
    messages.success(request, _("The request is taken back."))
    return redirect(found.network.get_absolute_url())


@login_required
@never_cache
@require_safe
def join_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks to join, for the coordinators."""
    network = _coordinated(request, slug)
    page = page_of(open_join_requests(network), request.GET.get("page"))
    return render(request, "networks/join_list.html", {"title": _("Requests"), "network": network, "page": page})


@login_required
@require_POST
def join_accept(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    return _answer(request, slug, public_id, accept_join_request, _("%(name)s belongs to the network now."))


@login_required
@require_POST
def join_decline(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    return _answer(request, slug, public_id, decline_join_request, _("%(name)s is told that it does not fit now."))


def _answer(request: HttpRequest, slug: str, public_id: str, verb: Any, told: str) -> HttpResponse:
    found = _request_of(_coordinated(request, slug), public_id)
    try:
        verb(request=found, actor=request.user)
        messages.success(request, told % {"name": found.person.name})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("networks:join_list", slug=slug)


def _request_of(network: Network, public_id: str) -> JoinRequest:
    return get_object_or_404(open_join_requests(network), public_id=public_id)


def _coordinated(request: HttpRequest, slug: str) -> Network:
    """A network that the user coordinates; everything else is missing."""
    network = Network.objects.filter(slug=slug).first()
    if network is None or not is_coordinator(request.user, network):
        raise Http404
    return network
