"""The charter in force, with the projects that serve its goals and the organisations that stand behind it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mitwerk.algorithms import workshop
from mitwerk.charter.exports import charter_thing
from mitwerk.charter.exports.facts import charter_facts, section_of, told_vote
from mitwerk.charter.models import Adoption, Charter
from mitwerk.charter.queries.adoption import signatures_of
from mitwerk.charter.queries.charters import charter_in_force, charter_of, periods_of, workshop_of
from mitwerk.charter.queries.public import chapters, count_signatures, opening_of, paper_of
from mitwerk.charter.rules import is_for_all
from mitwerk.charter.views.workshops import phase_steps
from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.translated import Translated
from mitwerk.core.visitors import reader
from mitwerk.projects.queries import projects_by_goal

SHOWN = 24
"""Signatories that the page shows before it is asked for all."""


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """In force; before that, where everybody may read along, how far it is."""
    found = charter_of(request.cluster)
    in_force = charter_in_force(found) if found else None
    if found is None or not (in_force or found.is_open):
        raise Http404("no charter that everybody may read")
    context = {
        "charter": found, "opengraph_key": found.public_id, "takes_part": _takes_part(request, found),
        "draft_url": _draft_url(request, found), "title": found.title, "description": str(found.task),
    }  # fmt: skip
    if in_force is None:
        return _on_its_way(request, found, context)
    return _in_force(request, in_force, context)


def _takes_part(request: HttpRequest, found: Charter) -> bool:
    """Asked only where somebody is signed in; a visitor without a cookie costs nothing."""
    user = reader(request)
    return user.is_authenticated and workshop_of(user, found.public_id) is not None


def _draft_url(request: HttpRequest, found: Charter) -> str:
    """Where everybody reads along, once there is something to read."""
    is_read = is_for_all(found, workshop.TEXT) and found.phase != Charter.Phase.ADOPTED
    return reverse("charter:draft", kwargs=inside(request.cluster)) if is_read else ""


def _on_its_way(request: HttpRequest, found: Charter, context: dict[str, Any]) -> HttpResponse:
    crumbs = way_to(request.region, request.cluster, (str(found.title), ""))
    more = {
        "steps": phase_steps(found), "period": periods_of(found).get(found.phase), "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs)],
    }  # fmt: skip
    return render(request, "portal/charter_on_its_way.html", {**context, **more})


def _in_force(request: HttpRequest, adoption: Adoption, context: dict[str, Any]) -> HttpResponse:
    adoption.charter = context["charter"]
    content = adoption.version.content
    paper = paper_of(adoption.charter, adoption.version, adoption)
    projects = projects_by_goal([goal.pk for goal in paper.goals.values()])
    found = chapters(content, paper.goals, projects)
    title = Translated(content["title"])
    crumbs = way_to(request.region, request.cluster, (str(title), ""))
    home, language = request.cluster or request.region, get_language() or "de"
    votes = [(section_of(vote, found), told_vote(vote), vote.resolution) for vote in paper.votes]
    more = {
        "title": title, "description": str(context["charter"].task) or str(opening_of(content)), "crumbs": crumbs,
        "adoption": adoption, "chapters": found, "facts": charter_facts(paper), "votes": votes,
        **_signatures(request, adoption),
        "jsonld": [breadcrumbs(crumbs), charter_thing(paper, found, home, request.path, language)],
    }  # fmt: skip
    return render(request, "portal/charter.html", {**context, **more})


def _signatures(request: HttpRequest, adoption: Adoption) -> dict[str, Any]:
    """The first of them, or all where all are asked for (`?signatories=all`)."""
    found = signatures_of(adoption)
    shows_all = request.GET.get("signatories") == "all"
    rows = list(found) if shows_all else list(found[: SHOWN + 1])
    return {
        "signatures": rows if shows_all else rows[:SHOWN], "standing": count_signatures(adoption),
        "has_more": not shows_all and len(rows) > SHOWN,
    }  # fmt: skip
