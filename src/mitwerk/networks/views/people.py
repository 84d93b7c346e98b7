"""The people in a network: who belongs to it, who is invited, who leaves."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.core.listing import page_of
from mitwerk.core.public_forms import is_allowed
from mitwerk.networks.actions import (
    end_person,
    revoke_network_invitation,
    send_network_invitation,
)
from mitwerk.networks.forms import NetworkInviteForm
from mitwerk.networks.models import Network, NetworkInvitation
from mitwerk.networks.queries import (
    invitations_kept_by,
    my_network,
    people_shown_to,
)
from mitwerk.networks.rules import can_end_person, can_find_coordinator, can_keep_people, is_network_member

INVITATIONS_PER_HOUR = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to the network and, for who keeps it together, the form to invite somebody.

    The office has the form alone, for a coordinator, while the network has none; it sees nobody.
    """
    network = network_of(request, slug)
    keeps, finds = can_keep_people(request.user, network), can_find_coordinator(request.user, network)
    form = NetworkInviteForm(
        request.POST if request.method == "POST" else None, network=network, finds_coordinator=finds
    )
    status = 200
    if request.method == "POST" and not (keeps or finds):
        raise Http404
    if request.method == "POST" and form.is_valid():
        if is_allowed(request, "networks.invite", INVITATIONS_PER_HOUR):
            offer = NetworkInvitation(network=network, **form.cleaned_data)
            send_network_invitation(invitation=offer, actor=request.user)
            messages.success(request, _("The invitation is on its way."))
            return redirect("networks:people_list", slug=slug)
        form.add_error(None, _("That were many invitations within an hour. Please go on later."))
        status = 429
    page = page_of(people_shown_to(request.user, network, keeps), request.GET.get("page"))
    context = {
        "title": _("People"),
        "network": network,
        "keeps": keeps,
        "finds": finds,
        "belongs": is_network_member(request.user, network),
        "page": page,
        "people": [(one, can_end_person(request.user, one, keeps)) for one in page],
        "invitations": invitations_kept_by(network, keeps, finds),
        "form": form,
    }
    return render(request, "networks/people_list.html", context, status=status)


@login_required
@require_POST
def person_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Somebody no longer belongs to the network; everybody may leave."""
    network = network_of(request, slug)
    keeps = can_keep_people(request.user, network)
    person = get_object_or_404(people_shown_to(request.user, network, keeps), public_id=public_id)
    if not can_end_person(request.user, person, keeps):
        raise Http404
    end_person(person=person, actor=request.user)
    told = _("%(name)s no longer belongs to %(network)s.")
    messages.success(request, told % {"name": person.person.name, "network": network})
    if my_network(request.user, slug):
        return redirect("networks:people_list", slug=slug)
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take back an invitation that nobody has answered."""
    network = network_of(request, slug)
    keeps, finds = can_keep_people(request.user, network), can_find_coordinator(request.user, network)
    found = get_object_or_404(invitations_kept_by(network, keeps, finds), public_id=public_id)
    revoke_network_invitation(invitation=found, actor=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("networks:people_list", slug=slug)


def network_of(request: HttpRequest, slug: str) -> Network:
    """A network whose people the user may see; everything else is missing."""
    network = my_network(request.user, slug)
    if network is None:
        raise Http404
    return network
