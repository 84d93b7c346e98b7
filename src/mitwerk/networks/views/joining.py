"""Somebody answers an invitation to a network, and changes later what they agreed to."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.clusters.queries import office_address
from mitwerk.networks.actions import accept_network_invitation, change_shown, decline_network_invitation
from mitwerk.networks.forms.waves import JoinForm, ShownForm
from mitwerk.networks.models import NetworkInvitation
from mitwerk.networks.queries import network_invitation_by_token, network_roles_of, waiting_network_invitations
from mitwerk.networks.queries.waves import row_of
from mitwerk.people.views import answer


def _answer(request: HttpRequest, found: NetworkInvitation, no: str) -> HttpResponse:
    return answer(
        request, found, accept_network_invitation, partial(JoinForm, invitation=found), "networks/invitation.html",
        no=no, row=row_of(found), network=found.network, office=office_address(None),
    )  # fmt: skip


def _by_token(token: str) -> NetworkInvitation:
    found = network_invitation_by_token(token)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of the mail offers, what is stored, four things to agree to, and one click to say no."""
    return _answer(request, _by_token(token), reverse("networks:invitation_decline", args=[token]))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same from the desk of whoever is signed in with the invited address."""
    found = get_object_or_404(waiting_network_invitations(request.user), public_id=public_id)
    return _answer(request, found, reverse("networks:my_invitation_decline", args=[public_id]))


@never_cache
@require_POST
def invitation_decline(request: HttpRequest, token: str) -> HttpResponse:
    """No, thanks. Nobody needs to be signed in for it."""
    return _declined(request, _by_token(token))


@login_required
@require_POST
def my_invitation_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(waiting_network_invitations(request.user), public_id=public_id)
    return _declined(request, found)


def _declined(request: HttpRequest, found: NetworkInvitation) -> HttpResponse:
    network = found.network
    if not decline_network_invitation(invitation=found):
        raise Http404
    return render(request, "networks/declined.html", {"title": _("It is deleted"), "network": network})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest, slug: str) -> HttpResponse:
    """What I have agreed to in a network, to be changed with effect at once."""
    mine = network_roles_of(request.user).select_related("organisation")
    person = get_object_or_404(mine, network__slug=slug)
    form = ShownForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_shown(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It holds from this moment on."))
        return redirect("networks:me", slug)
    context = {"title": _("Me in this network"), "person": person, "network": person.network, "form": form}
    return render(request, "networks/me.html", context)


@login_required
@require_safe
def my_consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the list of one's consents to the page of the network."""
    person = get_object_or_404(network_roles_of(request.user), network__public_id=public_id)
    return redirect("networks:me", person.network.slug)
