"""The directory: actors, competences, the map; and the desk of whoever is signed in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import visible_organisations, whole_organisations
from mitwerk.actors.views import moved
from mitwerk.clusters.exports import inside, way_to
from mitwerk.clusters.models import Cluster
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.listing import Choice, clean_query, notice, page_of
from mitwerk.core.records import move_to_region
from mitwerk.portal import exports
from mitwerk.portal.queries import competences, maps, profiles
from mitwerk.portal.queries.desk import desk_of
from mitwerk.portal.queries.details import details_of, map_rows
from mitwerk.portal.queries.directory import chosen_labels, find_organisations
from mitwerk.portal.queries.outlines import RegionMap, outlines_as_geojson
from mitwerk.portal.queries.rows import rows_of
from mitwerk.portal.queries.table import directory
from mitwerk.profiles.actions import show_contacts
from mitwerk.profiles.queries import last_confirmed

Crumbs = list[tuple[str, str]]


def _jsonld_of(request: HttpRequest, crumbs: Crumbs) -> Any:
    return breadcrumbs([(label, url or request.path) for label, url in crumbs])


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    found = find_organisations(request.GET, request.cluster)
    crumbs = way_to(request.region, request.cluster, (_("Actors"), ""))
    chosen = chosen_labels(found.filters)
    context: dict[str, Any] = {
        "found": found,
        "count": len(found.pks),
        "count_text": number_format(len(found.pks), force_grouping=True),
        "lead": _("Firms, universities, institutes and public bodies, what they can do, and whom they did it with."),
        "is_narrowed": bool(found.choice.query or chosen),
        "title": ", ".join([_("Actors"), *chosen]),
        "notice": notice(found.choice),
        "crumbs": crumbs,
        "jsonld": [_jsonld_of(request, crumbs)],
    }
    if found.view == "map":
        context["map"] = maps.map_view(found, request.cluster)
    else:
        page = page_of(found.pks, request.GET.get("page"))
        page.object_list = rows_of(found.known, page.object_list, request.cluster, found.sort)
        context["page"] = page
        context["jsonld"].append(exports.list_facts(_("Actors"), page.object_list))
    return render(request, "portal/organisation_list.html", context)


@require_safe
def organisation_csv(request: HttpRequest) -> HttpResponse:
    """Everything the list at the same query string shows on all its pages, in the same order."""
    found = find_organisations(request.GET, request.cluster)
    rows = whole_organisations(found.pks, request.cluster)
    response = HttpResponse(
        exports.organisations_as_csv(rows, details_of(found.known, found.pks)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_("organisations.csv")}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def organisation_geojson(request: HttpRequest) -> HttpResponse:
    found = find_organisations(request.GET, request.cluster)
    return JsonResponse(exports.points(map_rows(found.pks, request.cluster)), content_type="application/geo+json")


@require_safe
def district_geojson(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(outlines_as_geojson(), content_type="application/geo+json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory()
    profile = profiles.find_profile(known, slug, request.cluster)
    if profile is None:
        return moved(slug, request.cluster) or move_to_region(lambda: visible_organisations(None), slug)
    one, drawing = profile.organisation, known.region_map
    listed = reverse("portal:organisation_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Actors"), listed), (one.name, ""))
    contacts, held_back = show_contacts(request=request, organisation=one)
    context = {
        "profile": profile,
        "organisation": one,
        "title": one.name,
        "description": str(one.description),
        "crumbs": crumbs,
        "facts": profiles.facts_of(profile, request.region, request.cluster),
        "contacts": contacts,
        "contacts_held_back": held_back,
        "confirmed": last_confirmed(one),
        "news": [_told(piece, request.cluster) for piece in profile.news],
        "region_map": drawing,
        "district_path": drawing.paths.get(one.district.slug, "") if drawing and one.district else "",
        "place_label": _("%(town)s on the map of the region") % {"town": one.town or one.district},
        "spot": _spot(drawing, one),
        "jsonld": [
            exports.organisation_facts(one, [skill.name.label for skill in profile.skills]),
            _jsonld_of(request, crumbs),
        ],
    }
    return render(request, "portal/organisation.html", context)


def _told(piece: Any, cluster: Cluster | None) -> dict[str, str]:
    """A piece of news as an entry of the timeline."""
    day = date_format(piece.date, pgettext("date format", "F Y") if piece.date_is_month else "DATE_FORMAT")
    address = piece.address(cluster.slug if cluster else None)
    return {"date": day, "title": piece.title, "text": piece.short, "url": address}


def _spot(drawing: RegionMap | None, one: Organisation) -> tuple[float, float] | None:
    if drawing is None or one.latitude is None or one.longitude is None:
        return None
    return drawing.spot(one.latitude, one.longitude)


@require_safe
def competence_list(request: HttpRequest) -> HttpResponse:
    crumbs = way_to(request.region, request.cluster, (_("Competences"), ""))
    groups = competences.competence_groups(directory(), request.cluster)
    context = {
        "groups": groups,
        "title": _("Competences"),
        "lead": _("What the actors can do, by field. The number says how many of them can do it."),
        "crumbs": crumbs,
        "jsonld": [_jsonld_of(request, crumbs)],
    }
    return render(request, "portal/competence_list.html", context)


@require_safe
def competence(request: HttpRequest, slug: str) -> HttpResponse:
    known = directory()
    found = competences.find_competence(known, slug, request.cluster)
    if found is None:
        raise Http404("no such competence")
    query = clean_query(request.GET.get("q", ""))
    pks = competences.holders_found(known, found.concept, request.cluster, query)
    page = page_of(pks, request.GET.get("page"))
    page.object_list = competences.holders_shown(known, found.concept, request.cluster, page.object_list)
    overview = reverse("portal:competence_list", kwargs=inside(request.cluster))
    name = str(found.concept)
    crumbs = way_to(request.region, request.cluster, (_("Competences"), overview), (name, ""))
    context = {
        "found": found,
        "page": page,
        "count": len(pks),
        "query": query,
        "title": name,
        "label": found.label,
        "kicker": str(found.concept.broader or _("Field of competence")),
        "facet": "competence" if found.concept.broader_id else "group",
        "choice": Choice({}, query),
        "description": str(found.concept.definition),
        "crumbs": crumbs,
        "jsonld": [
            exports.term_facts(name, str(found.concept.definition), request.path, _("Competences"), overview),
            exports.list_facts(name, [holder.row for holder in page.object_list]),
            _jsonld_of(request, crumbs),
        ],
    }
    return render(request, "portal/competence.html", context)


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in, and what is theirs."""
    context = {"title": _("My desk"), "desk": desk_of(request.user)}
    return render(request, "portal/desk.html", context)
