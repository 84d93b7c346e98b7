"""Who is in the network, as far as they wish to be seen, and what they say of themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.core.listing import Choice, clean_query, page_of
from mitwerk.networks.actions import change_shown
from mitwerk.networks.rules import is_coordinator
from mitwerk.rooms.actions import save_card
from mitwerk.rooms.forms import CardForm
from mitwerk.rooms.models import Card
from mitwerk.rooms.queries import me_in
from mitwerk.rooms.queries.people import members_listed, opens_card
from mitwerk.rooms.views.rooms import open_room, show

SHOWN = ("shown_to_members", "shown_to_cluster")


@login_required
@never_cache
@require_safe
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, organisations and cards; found by name or organisation."""
    network = open_room(request, slug)
    query = clean_query(request.GET.get("q", ""))
    keeps = is_coordinator(request.user, network)
    page = page_of(members_listed(request.user, network, keeps, query), request.GET.get("page"))
    people = [(one, getattr(one, "card", None) if opens_card(one) else None, opens_card(one)) for one in page]
    context = {
        "title": _("Members"),
        "page": page,
        "people": people,
        "query": query,
        "choice": Choice({}, query),
        "me": me_in(request.user, network),
    }
    return show(request, network, "rooms/member_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """My own card, and who may see me."""
    network = open_room(request, slug)
    me = me_in(request.user, network)
    if me is None:
        raise Http404
    card = Card.objects.filter(person=me).first()
    form = CardForm(request.POST if request.method == "POST" else None, instance=card, person=me)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        to_members, to_cluster = (values.pop(name) for name in SHOWN)
        with transaction.atomic():
            change_shown(person=me, shown_to_members=to_members, shown_to_cluster=to_cluster, actor=request.user)
            save_card(person=me, values=values, actor=request.user)
        messages.success(request, _("Your card is saved."))
        return redirect("rooms:member_list", slug=slug)
    lead = _("What the members of the network read of you, and nobody else.")
    return show(request, network, "rooms/card_edit.html", {"title": _("My card"), "lead": lead, "form": form})
