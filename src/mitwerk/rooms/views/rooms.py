"""The door of a room, and what every page in it has at its top."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitwerk.networks.models import Network
from mitwerk.rooms.queries import room_of


class Tab(NamedTuple):
    """A part of the room: what its address is called (it takes the slug), and what it says."""

    name: str
    label: Any


TABS = (
    Tab("rooms:topic_list", _("Topics")),
    Tab("rooms:meeting_list", _("Meetings")),
    Tab("rooms:member_list", _("Members")),
    Tab("rooms:system_list", _("Systems in use")),
    Tab("rooms:calendar", _("Calendar")),
    Tab("networks:people_list", _("People")),
    Tab("rooms:mail", _("Mails")),
)  # fmt: skip


def open_room(request: HttpRequest, slug: str) -> Network:
    """The network into whose room the user may go; everything else is missing."""
    network = room_of(request.user, slug)
    if network is None:
        raise Http404
    return network


def show(
    request: HttpRequest, network: Network, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the room: with the network's name and the parts of the room above it."""
    tabs = [(tab.label, reverse(tab.name, args=[network.slug])) for tab in TABS]
    return render(request, template, {"network": network, "tabs": tabs, **context}, status=status)
