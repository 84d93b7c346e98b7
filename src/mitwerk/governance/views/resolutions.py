"""The public register of resolutions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_scopes import scope

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.listing import notice, page_of
from mitwerk.governance.exports import resolution_feed
from mitwerk.governance.forms import read_register_choice, register_filters
from mitwerk.governance.queries import (
    chosen_resolutions,
    public_resolutions,
    resolution_page,
)

FEED_SIZE = 30


@require_safe
def resolution_list(request: HttpRequest) -> HttpResponse:
    choice = read_register_choice(request.GET)
    page = page_of(chosen_resolutions(choice), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Resolutions"), ""))
    context = {
        "title": _("Resolutions"),
        "page": page,
        "choice": choice,
        "filters": register_filters(choice),
        "notice": notice(choice),
        "crumbs": crumbs,
        "feed_url": reverse("governance:resolution_feed", kwargs=inside(request.cluster)),
        "jsonld": [breadcrumbs(crumbs)],
    }
    return render(request, "governance/resolution_list.html", context)


@require_safe
def resolution_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    resolution = resolution_page(public_id)
    if resolution is None:
        with scope(cluster=None):
            elsewhere = get_object_or_404(public_resolutions(), public_id=public_id)
        return redirect(elsewhere.get_absolute_url())
    listed = reverse("governance:resolution_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Resolutions"), listed), (resolution.code, ""))
    follower = resolution.replaced_by
    context = {
        "title": resolution.title,
        "resolution": resolution,
        "follower": follower if follower and follower.is_public else None,
        "replaces": public_resolutions().filter(replaced_by=resolution),
        "crumbs": crumbs,
        "description": str(resolution.wording)[:200],
        "canonical": resolution.get_absolute_url(),
        "jsonld": [breadcrumbs(crumbs)],
    }
    return render(request, "governance/resolution_detail.html", context)


@require_safe
def resolution_feed_atom(request: HttpRequest) -> HttpResponse:
    """The latest resolutions as an Atom feed: of the region or a cluster, in the language of the address."""
    latest = public_resolutions().select_related("body").order_by("-decided_on", "-pk")[:FEED_SIZE]
    home = request.cluster or request.region
    content = resolution_feed(latest, home, request.cluster, (get_language() or "de").split("-")[0])
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
