"""Projects as everybody reads them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mitwerk.clusters.exports import inside, way_to
from mitwerk.clusters.models import Cluster
from mitwerk.core.jsonld import breadcrumbs, item_list
from mitwerk.core.listing import notice, page_of
from mitwerk.core.records import move_to_region
from mitwerk.matching.queries import needs_asking_for
from mitwerk.projects.exports import project_thing
from mitwerk.projects.forms import project_filters, read_projects_choice, sort_options
from mitwerk.projects.models import Project
from mitwerk.projects.queries import (
    before_and_after,
    chosen_projects,
    goals_served,
    news_about,
    project_page,
    published_projects,
)
from mitwerk.projects.queries.groups import shown_groups
from mitwerk.projects.queries.pipeline import milestones_of, sought_by


def project_list(request: HttpRequest) -> HttpResponse:
    choice = read_projects_choice(request.GET, request.cluster)
    page = page_of(chosen_projects(choice), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Projects"), ""))
    slug = request.cluster.slug if request.cluster else None
    context = {
        "title": _("Projects"),
        "page": page,
        "choice": choice,
        "filters": project_filters(choice, request.cluster),
        "sorts": sort_options(choice),
        "notice": notice(choice),
        "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs), item_list(page, _("Projects"), slug)],
    }
    return render(request, "projects/project_list.html", context)


def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_page(slug)
    if project is None:
        return move_to_region(published_projects, slug)
    language = get_language() or ""
    listed = reverse("projects:project_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Projects"), listed), (str(project), ""))
    newer, older = before_and_after(project)
    context = {
        "title": project.title,
        "project": project,
        "facts": _facts(project),
        "profiles": [partner for partner in project.partners.all() if partner.profile],
        "names": [partner for partner in project.partners.all() if not partner.profile],
        "sought": sought_by(project),
        "goals": goals_served(project),
        "groups": shown_groups(request.user, project) if project.is_open else [],
        "is_signed_in": request.user.is_authenticated,
        **milestones_of(project),
        "needs": needs_asking_for(project.proved.all())[:4],
        "news": [_told(piece, request.cluster) for piece in news_about(project, language)],
        "newer": newer,
        "older": older,
        "crumbs": crumbs,
        "description": str(project.summary),
        "canonical": project.get_absolute_url(),
        "opengraph_key": project.public_id,
        "jsonld": [breadcrumbs(crumbs), project_thing(project, language)],
    }
    return render(request, "projects/project_detail.html", context)


def _told(piece: Any, cluster: Cluster | None) -> dict[str, str]:
    """A piece of news as an entry of the timeline."""
    day = date_format(piece.date, pgettext("date format", "F Y") if piece.date_is_month else "DATE_FORMAT")
    address = piece.address(cluster.slug if cluster else None)
    return {"date": day, "title": piece.title, "text": piece.short, "url": address}


def _facts(project: Project) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    clusters = [(_("Cluster"), each.name, each.get_absolute_url()) for each in project.clusters.all()]
    return [(_("When"), project.period, ""), (_("Status"), project.get_status_display(), ""), *clusters]
