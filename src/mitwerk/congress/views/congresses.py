"""A congress's page, and the office's two forms: to announce one and to copy one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.clusters.exports import inside, way_to
from mitwerk.congress.actions import announce_congress, copy_congress
from mitwerk.congress.forms import AnnounceForm, CopyForm
from mitwerk.congress.models import Congress
from mitwerk.congress.queries.after import proceeding_counts
from mitwerk.congress.queries.congresses import congress_of, run_congress
from mitwerk.congress.queries.stands import shown_concepts, shown_stands
from mitwerk.congress.rules import can_announce
from mitwerk.core.addresses import host
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.records import move_to_region
from mitwerk.events.exports import event_thing
from mitwerk.events.queries import published_events, with_details
from mitwerk.events.views import plain_page


@require_safe
def congress_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """When and where, what is looked for, rooms and tracks. Where the office has removed all that, its event."""
    event = with_details(published_events()).filter(slug=slug).first()
    if event is None:
        return move_to_region(published_events, slug)
    if not event.page:
        return redirect(event.address(request.cluster.slug if request.cluster else None))
    congress = congress_of(event)
    if congress is None:
        return plain_page(request, event)
    listed = reverse("events:event_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Events"), listed), (str(event), ""))
    context = {
        "title": event.title, "congress": congress, "event": event, "facts": _facts(congress), "crumbs": crumbs,
        "description": str(event.description), "canonical": event.get_absolute_url(),
        "opengraph_key": event.public_id, "has_stands": shown_stands(congress).exists(),
        "has_showcase": shown_concepts(congress).exists(),
        "jsonld": [breadcrumbs(crumbs), event_thing(event, get_language() or "")],
    }  # fmt: skip
    if event.is_over:
        context["next_steps"] = list(congress.next_steps.all())
        context["proceedings"] = proceeding_counts(congress)["total"]
    return render(request, "congress/congress_detail.html", context)


def _facts(congress: Congress) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    event = congress.event
    clusters = [(_("Cluster"), each.name, each.get_absolute_url()) for each in event.clusters.all()]
    return [
        (_("Date"), event.period, ""),
        (_("Place"), event.place, ""),
        (_("Languages"), congress.spoken, ""),
        *clusters,
        (_("Website"), host(event.website), event.website),
    ]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def congress_add(request: HttpRequest) -> HttpResponse:
    """Announce a congress in five minutes."""
    if not can_announce(request.user):
        raise Http404
    form = AnnounceForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        congress = announce_congress(values=form.cleaned_data, actor=request.user)
        messages.success(request, _("Announced. Look at rooms, tracks and the call, and change what is different."))
        return redirect("office_congresses:edit", congress.pk)
    lead = _("The rest has defaults: a hall, every kind of contribution, a call until eight weeks before.")
    back = reverse("office_congresses:index")
    return _form(request, _("Announce a congress"), form, lead=lead, button=_("Announce"), back=back)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def congress_copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Last year's for another time."""
    congress = run_congress(request.user, public_id)
    if congress is None:
        raise Http404
    form = CopyForm(request.POST if request.method == "POST" else None, congress=congress)
    if request.method == "POST" and form.is_valid():
        copied = copy_congress(congress=congress, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Copied as a draft. Everything has moved by the same number of days."))
        return redirect("office_congresses:edit", copied.pk)
    lead = _("Rooms, tracks, hours, kinds of contributions and the call come along; days and deadlines move with it.")
    back = reverse("office_congresses:edit", args=[congress.pk])
    return _form(
        request, _("Copy the congress"), form, lead=lead, button=_("Copy"), back=back, kicker=congress.event.title
    )


def _form(request: HttpRequest, title: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, "congress/congress_form.html", {"title": title, "form": form, **more})
