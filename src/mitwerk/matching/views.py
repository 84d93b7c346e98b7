"""Pages of needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.jsonld import breadcrumbs, item_list
from mitwerk.core.listing import notice, page_of
from mitwerk.core.public_forms import is_accepted
from mitwerk.core.records import move_to_region
from mitwerk.matching.actions import report_need
from mitwerk.matching.exports import need_thing
from mitwerk.matching.forms import NeedForm, need_filters, read_needs_choice
from mitwerk.matching.queries import chosen_needs, need_page, organisations_for, published_needs

SHOWN = 12
"""How many organisations a need's page names; the competences' own pages name the rest."""


def need_list(request: HttpRequest) -> HttpResponse:
    choice = read_needs_choice(request.GET)
    page = page_of(chosen_needs(choice), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Needs"), ""))
    slug = request.cluster.slug if request.cluster else None
    context = {
        "title": _("Needs"),
        "page": page,
        "choice": choice,
        "filters": need_filters(choice),
        "notice": notice(choice),
        "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs), item_list(page, _("Needs"), slug)],
    }
    return render(request, "matching/need_list.html", context)


def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    need = need_page(slug)
    if need is None:
        return move_to_region(published_needs, slug)
    listed = reverse("matching:need_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Needs"), listed), (str(need), ""))
    context = {
        "title": need.title,
        "need": need,
        "organisations": organisations_for(need, None)[:SHOWN],
        "crumbs": crumbs,
        "description": str(need.text),
        "canonical": need.get_absolute_url(),
        "opengraph_key": need.public_id,
        "jsonld": [breadcrumbs(crumbs), need_thing(need)],
    }
    return render(request, "matching/need_detail.html", context)


def need_report(request: HttpRequest) -> HttpResponse:
    """Report a need. The office reads it first; nothing is published before."""
    form = NeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = reverse("matching:need_reported", kwargs=inside(request.cluster))
        if form.is_from_a_machine():
            return redirect(done)
        if is_accepted(request, form, "need.report"):
            report_need(cluster=request.cluster, language=get_language() or "de", **form.need())
            return redirect(done)
    listed = reverse("matching:need_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Needs"), listed), (_("Report a need"), ""))
    context = {"title": _("Report a need"), "form": form, "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)]}
    return render(request, "matching/need_report.html", context)


def need_reported(request: HttpRequest) -> HttpResponse:
    return render(request, "matching/need_reported.html", {"title": _("Thank you")})
