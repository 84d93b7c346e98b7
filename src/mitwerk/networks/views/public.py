"""Public pages of networks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.addresses import host
from mitwerk.core.jsonld import breadcrumbs, item_list
from mitwerk.core.listing import page_of
from mitwerk.core.records import move_to_region
from mitwerk.networks.exports import network_thing
from mitwerk.networks.models import Network
from mitwerk.networks.queries import (
    listed_networks,
    may_ask_for,
    network_page,
    number_of_members,
    published_networks,
    shown_members,
)


def network_list(request: HttpRequest) -> HttpResponse:
    page = page_of(listed_networks(), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Networks"), ""))
    slug = request.cluster.slug if request.cluster else None
    jsonld = [breadcrumbs(crumbs), item_list(page, _("Networks"), slug)]
    context = {"title": _("Networks"), "page": page, "crumbs": crumbs, "jsonld": jsonld}
    return render(request, "networks/network_list.html", context)


def network_detail(request: HttpRequest, slug: str) -> HttpResponse:
    network = network_page(slug)
    if network is None:
        return move_to_region(published_networks, slug)
    members = list(shown_members(network))
    listed = reverse("networks:network_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Networks"), listed), (str(network), ""))
    context = {
        "title": network.name,
        "network": network,
        "members": members,
        "facts": _facts(network),
        "may_ask": may_ask_for(request.user, network).exists(),
        "crumbs": crumbs,
        "description": str(network.purpose),
        "canonical": network.get_absolute_url(),
        "opengraph_key": network.public_id,
        "jsonld": [breadcrumbs(crumbs), network_thing(network, members)],
    }
    return render(request, "networks/network_detail.html", context)


def _facts(network: Network) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    clusters = [(_("Cluster"), each.name, each.get_absolute_url()) for each in network.clusters.all()]
    return [
        (_("Since"), str(network.since or ""), ""),
        (_("Region"), network.region_text, ""),
        *([(_("Organisations"), str(number), "")] if (number := number_of_members(network)) is not None else []),
        *clusters,
        (_("Website"), host(network.website), network.website),
    ]
