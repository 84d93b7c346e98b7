"""The proceedings: what there is of each contribution after the congress, and the form by which it is given."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.congress.actions import keep_proceeding
from mitwerk.congress.forms import ProceedingForm
from mitwerk.congress.models import Contribution, Proceeding
from mitwerk.congress.queries.after import (
    is_own,
    proceeding_counts,
    programme_keys,
    shown_proceedings,
    tellable_contribution,
    was_on_stage,
)
from mitwerk.congress.views.stands import congress_at, way
from mitwerk.core.changes import Refused
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.listing import page_of
from mitwerk.core.records import or_in_region
from mitwerk.events.queries import published_events
from mitwerk.pictures.views import hand_out


@require_safe
@or_in_region(published_events)
def proceeding_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every contribution of which there are slides or a recording, with what it is about and who spoke."""
    congress = congress_at(slug)
    crumbs = way(request, congress, (_("Proceedings"), ""))
    context = {
        "title": _("Proceedings"), "congress": congress, "crumbs": crumbs, "counts": proceeding_counts(congress),
        "page": page_of(shown_proceedings(congress), request.GET.get("page")), "keys": programme_keys(congress),
        "jsonld": [breadcrumbs(crumbs)], "opengraph_key": congress.event.public_id,
    }  # fmt: skip
    return render(request, "congress/proceeding_list.html", context)


@require_safe
@or_in_region(published_events)
def proceeding_slides(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """The slides, to be saved and never shown: what is in them was made elsewhere."""
    rows = shown_proceedings(congress_at(slug)).exclude(slides="")
    found: Proceeding = get_object_or_404(rows, public_id=public_id)
    return hand_out(found.slides, str(found.contribution.title))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proceeding_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Slides and recording, given by the firm or by the office."""
    found = tellable_contribution(request.user, public_id)
    if found is None or not was_on_stage(found):
        raise Http404
    there = Proceeding.objects.filter(contribution=found).first()
    is_sent, said = request.method == "POST", {"recording": there.recording if there else ""}
    form = ProceedingForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, proceeding=there, initial=said
    )
    back = _back(request, found)
    if is_sent and form.is_valid():
        try:
            keep_proceeding(contribution=found, actor=request.user, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept. It stands in the proceedings."))
            return redirect(back)
    context = {
        "title": _("Slides and recording"), "form": form, "kicker": found.title, "button": _("Keep"), "back": back,
    }  # fmt: skip
    return render(request, "congress/congress_form.html", context)


def _back(request: HttpRequest, contribution: Contribution) -> str:
    if is_own(request.user, contribution):
        return reverse("congress:contribution_detail", args=[contribution.public_id])
    return reverse("office_contributions:inspect", args=[contribution.pk])
