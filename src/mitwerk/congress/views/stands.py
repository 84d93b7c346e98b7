"""Stands of a congress on their floor and in a list, and what is shown by competence."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitwerk.clusters.exports import inside, way_to
from mitwerk.congress.forms import read_stands_choice, stand_filters
from mitwerk.congress.models import Congress, Stand
from mitwerk.congress.queries.after import shown_by_contribution
from mitwerk.congress.queries.congresses import public_congress
from mitwerk.congress.queries.stands import halls, shown_concepts, shown_of, shown_stands
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.listing import notice, page_of
from mitwerk.core.records import or_in_region
from mitwerk.events.queries import published_events


def congress_at(slug: str) -> Congress:
    """The published one with this address, in the cluster (or region) that is in scope; else 404."""
    congress = public_congress(slug)
    if congress is None:
        raise Http404
    return congress


def way(request: HttpRequest, congress: Congress, *more: tuple[str, str]) -> list[Any]:
    """The crumbs: events, the congress, and what is below it."""
    place = inside(request.cluster)
    listed = reverse("events:event_list", kwargs=place)
    page = reverse("congress:congress_detail", kwargs={**place, "slug": congress.event.slug})
    return way_to(request.region, request.cluster, (_("Events"), listed), (str(congress.event), page), *more)


@require_safe
@or_in_region(published_events)
def stand_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every stand, on the plan of its hall and in a list, for everybody or for one's own sector."""
    congress = congress_at(slug)
    stands = list(shown_stands(congress))
    choice = read_stands_choice(request.GET, stands)
    sectors = set(choice.values.get("sector", []))
    chosen = [one for one in stands if not sectors or sectors & {sector.slug for sector in one.sectors.all()}]
    crumbs = way(request, congress, (_("Stands"), ""))
    context = {
        "title": _("Stands"), "congress": congress, "halls": halls(congress), "choice": choice, "crumbs": crumbs,
        "filters": stand_filters(choice, stands), "page": page_of(chosen, request.GET.get("page")),
        "notice": notice(choice), "lit": {one.pk for one in chosen} if sectors else set(),
        "jsonld": [breadcrumbs(crumbs)],
    }  # fmt: skip
    return render(request, "congress/stand_list.html", context)


@require_safe
@or_in_region(published_events)
def stand_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One stand: who shows what, for whom, where it is, and what is told there."""
    congress = congress_at(slug)
    stand: Stand = get_object_or_404(shown_stands(congress), public_id=public_id)
    listed = reverse("congress:stand_list", kwargs={**inside(request.cluster), "slug": slug})
    crumbs = way(request, congress, (_("Stands"), listed), (stand.organisation.name, ""))
    hall = [(room, placed) for room, placed in halls(congress) if room.pk == stand.room_id]
    context = {
        "title": stand.organisation.name, "congress": congress, "stand": stand, "crumbs": crumbs, "halls": hall,
        "lit": {stand.pk}, "talks": list(stand.talks.all()), "canonical": stand.get_absolute_url(),
        "jsonld": [breadcrumbs(crumbs)],
    }  # fmt: skip
    return render(request, "congress/stand_detail.html", context)


@require_safe
@or_in_region(published_events)
def showcase_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the congress shows, by competence; it stays after the congress is over."""
    congress = congress_at(slug)
    found = sorted(shown_concepts(congress), key=lambda concept: str(concept).casefold())
    crumbs = way(request, congress, (_("Showcase"), ""))
    context = {
        "title": _("Showcase"), "congress": congress, "page": page_of(found, request.GET.get("page")),
        "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)],
    }  # fmt: skip
    return render(request, "congress/showcase_list.html", context)


@require_safe
@or_in_region(published_events)
def showcase_detail(request: HttpRequest, slug: str, concept: str) -> HttpResponse:
    """Everything that was shown of one competence: contributions, stands, and work that proves it."""
    congress = congress_at(slug)
    found = shown_concepts(congress).filter(slug=concept).first()
    if found is None:
        return redirect("congress:showcase_list", slug=slug, **inside(request.cluster))
    listed = reverse("congress:showcase_list", kwargs={**inside(request.cluster), "slug": slug})
    crumbs = way(request, congress, (_("Showcase"), listed), (str(found), ""))
    context = {
        "title": str(found), "congress": congress, "concept": found, "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs)], **shown_of(congress, found),
    }  # fmt: skip
    told = shown_by_contribution(congress, context["contributions"])
    context["contributions"] = [(one, told.get(one.pk)) for one in context["contributions"]]
    return render(request, "congress/showcase_detail.html", context)
