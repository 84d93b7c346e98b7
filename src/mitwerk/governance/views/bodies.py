"""Bodies: for everybody, and for those who sit in them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.jsonld import breadcrumbs, item_list
from mitwerk.core.listing import page_of
from mitwerk.core.records import move_to_region
from mitwerk.governance.models import Body
from mitwerk.governance.models.bodies import MAJORITIES
from mitwerk.governance.queries import (
    body_page,
    current_mandates,
    entitled_organisations,
    lapsed_mandates,
    listed_bodies,
    my_bodies,
    public_minutes,
    public_resolutions,
    public_sittings,
    published_bodies,
    resolutions_of,
    seen_ballots,
    seen_sittings,
    told_ballots,
)
from mitwerk.governance.queries import body_room as room_of
from mitwerk.governance.rules import can_lead

SHOWN = 10
"""So many resolutions stand on a body's own page, the latest first; the register has all."""
SHOWN_SITTINGS = 3


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    page = page_of(listed_bodies(), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Bodies"), ""))
    slug = request.cluster.slug if request.cluster else None
    jsonld = [breadcrumbs(crumbs), item_list(page, _("Bodies"), slug)]
    context = {"title": _("Bodies"), "page": page, "crumbs": crumbs, "jsonld": jsonld}
    return render(request, "governance/body_list.html", context)


@require_safe
def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits in it, how it decides and, where it wants that, what it decided."""
    body = body_page(slug)
    if body is None:
        return move_to_region(published_bodies, slug)
    listed = reverse("governance:body_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Bodies"), listed), (str(body), ""))
    context = {
        "title": body.name,
        "body": body,
        "facts": facts(body),
        "mandates": current_mandates().filter(body=body),
        "lapsed": lapsed_mandates().filter(body=body).select_related("organisation"),
        "page": page_of(told_ballots(body), request.GET.get("page")),
        "resolutions": public_resolutions().filter(body=body).select_related("body")[:SHOWN],
        "minutes": public_minutes().filter(sitting__body=body)[:SHOWN],
        "sittings": public_sittings(body)[:SHOWN_SITTINGS],
        "crumbs": crumbs,
        "description": str(body.purpose),
        "canonical": body.get_absolute_url(),
        "opengraph_key": body.public_id,
        "jsonld": [breadcrumbs(crumbs)],
    }
    return render(request, "governance/body_detail.html", context)


@login_required
@require_safe
def my_body_list(request: HttpRequest) -> HttpResponse:
    """The bodies in which the user votes."""
    page = page_of(my_bodies(request.user), request.GET.get("page"))
    return render(request, "governance/my_body_list.html", {"title": _("My bodies"), "page": page})


@login_required
@never_cache
@require_safe
def body_room(request: HttpRequest, slug: str) -> HttpResponse:
    """A body from within: its ballots, who may vote, and the way to a new ballot."""
    body = room(request, slug)
    page = page_of(seen_ballots(request.user, body), request.GET.get("page"))
    context = {
        "title": body.name,
        "body": body,
        "page": page,
        "leads": can_lead(request.user, body),
        "facts": facts(body),
        "entitled": entitled_organisations(body).count(),
        "sittings": seen_sittings(request.user, body)[:SHOWN_SITTINGS],
        "resolutions": resolutions_of(body).select_related("ballot", "motion__item__sitting")[:SHOWN],
        "mandates": current_mandates().filter(body=body),
        "lapsed": lapsed_mandates().filter(body=body).select_related("organisation"),
    }
    return render(request, "governance/body_room.html", context)


def room(request: HttpRequest, slug: str) -> Body:
    """A body the user may enter; everything else is missing."""
    body = room_of(request.user, slug)
    if body is None:
        raise Http404
    return body


def facts(body: Body) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    cluster = body.cluster
    quorum = _("%(percent)s per cent of those who may vote") % {"percent": body.quorum} if body.quorum else ""
    casting = _("the vote of the chair decides, in open ballots") if body.casting_vote else ""
    return [
        (_("Cluster"), cluster.name if cluster else "", cluster.get_absolute_url() if cluster else ""),
        (_("Who votes"), _("%(who)s, one vote each") % {"who": _voters(body)}, ""),
        (_("Quorum"), quorum, ""),
        (_("Majority"), MAJORITIES[body.rule(is_secret=False).majority], ""),
        (_("In a tie"), casting, ""),
        (_("Who else sees its ballots"), body.get_watchers_display(), ""),
    ]


def _voters(body: Body) -> str:
    who = body.get_entitled_display()
    return f"{who} ({body.get_member_kind_display()})" if body.member_kind else str(who)
