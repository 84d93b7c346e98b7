"""Which systems the members work with: who else runs this?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.listing import Choice, clean_query, page_of
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.rooms.actions import add_systems, change_system, drop_system
from mitwerk.rooms.forms import SystemForm, SystemsForm
from mitwerk.rooms.queries import me_in
from mitwerk.rooms.queries.systems import (
    has_unnamed_users,
    kinds_of_systems,
    my_systems,
    systems,
    systems_found,
    systems_in,
    users_of,
)
from mitwerk.rooms.views.rooms import open_room, show


def open_room_as(request: HttpRequest, slug: str) -> tuple[Network, NetworkPerson]:
    """The room, and as what the user is in it."""
    network = open_room(request, slug)
    me = me_in(request.user, network)
    if me is None:
        raise Http404
    return network, me


@login_required
@never_cache
@require_safe
def system_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the network works with, as far as it can be told."""
    network, me = open_room_as(request, slug)
    page = page_of(systems_in(network, me), request.GET.get("page"))
    return show(request, network, "rooms/system_list.html", {"title": _("Systems in use"), "page": page})


@login_required
@never_cache
@require_safe
def system_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who else runs this. It is the same page for a system nobody uses and for one that only the unseen use."""
    network, me = open_room_as(request, slug)
    concept = get_object_or_404(systems(), public_id=public_id)
    context = {
        "title": str(concept),
        "concept": concept,
        "page": page_of(users_of(network, concept, me), request.GET.get("page")),
        "has_others": has_unnamed_users(network, concept, me),
        "is_mine": me.systems.filter(concept=concept).exists(),
    }
    return show(request, network, "rooms/system_detail.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def system_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """My own, and a search by which more are ticked. Without a search it shows those of one kind, or none."""
    network, me = open_room_as(request, slug)
    query, kind = clean_query(request.GET.get("q", "")), clean_query(request.GET.get("kind", ""))
    kinds = list(kinds_of_systems())
    kind = kind if kind in {one.public_id for one in kinds} else ""
    found = systems_found(query, kind) if query or kind else systems().none()
    form = SystemsForm(
        request.POST if request.method == "POST" else None, found=systems() if request.method == "POST" else found
    )
    if request.method == "POST" and form.is_valid():
        add_systems(person=me, concepts=form.cleaned_data["concepts"], actor=request.user)
        messages.success(request, _("Added to your systems."))
        return redirect("rooms:system_mine", slug=slug)
    mine = list(my_systems(me))
    have = {one.concept_id for one in mine}
    context = {
        "title": _("My systems"), "mine": mine, "kinds": kinds, "query": query, "kind": kind, "form": form,
        "found": [one for one in found if one.pk not in have], "has_searched": bool(query or kind),
        "choice": Choice({}, query),
    }  # fmt: skip
    return show(request, network, "rooms/system_mine.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def system_change(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What I say of one of my systems."""
    network, me = open_room_as(request, slug)
    system = get_object_or_404(my_systems(me), concept__public_id=public_id)
    form = SystemForm(request.POST if request.method == "POST" else None, instance=system)
    if request.method == "POST" and form.is_valid():
        change_system(system=system, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("rooms:system_mine", slug=slug)
    context = {"title": str(system.concept), "lead": _("My systems"), "form": form}
    return show(request, network, "rooms/system_change.html", context)


@login_required
@require_POST
def system_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """We do not work with it any more."""
    _network, me = open_room_as(request, slug)
    drop_system(system=get_object_or_404(my_systems(me), concept__public_id=public_id), actor=request.user)
    messages.success(request, _("Taken out of your systems."))
    return redirect("rooms:system_mine", slug=slug)
