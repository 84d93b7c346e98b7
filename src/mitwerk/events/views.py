"""Pages and calendars of events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.addresses import host
from mitwerk.core.jsonld import absolute, breadcrumbs, item_list
from mitwerk.core.listing import notice, page_of
from mitwerk.core.records import move_to_region
from mitwerk.events.exports import calendar, event_thing
from mitwerk.events.forms import event_filters, read_events_choice
from mitwerk.events.models import Event
from mitwerk.events.queries import by_year, chosen_events, published_events, with_details


def event_list(request: HttpRequest) -> HttpResponse:
    choice = read_events_choice(request.GET, request.cluster)
    page = page_of(chosen_events(choice, timezone.localdate()), request.GET.get("page"))
    crumbs = way_to(request.region, request.cluster, (_("Events"), ""))
    slug = request.cluster.slug if request.cluster else None
    subscribe = absolute(reverse("events:calendar_ics", kwargs=inside(request.cluster)))
    context = {
        "title": _("Events"),
        "page": page,
        "groups": by_year(page),
        "choice": choice,
        "filters": event_filters(choice, request.cluster),
        "notice": notice(choice),
        "webcal_url": "webcal" + subscribe[subscribe.index(":") :],
        "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs), item_list(page, _("Events"), slug)],
    }
    return render(request, "events/event_list.html", context)


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = with_details(published_events()).filter(slug=slug).first()
    if event is None:
        return move_to_region(published_events, slug)
    if event.page:
        return redirect(event.address(request.cluster.slug if request.cluster else None))
    return plain_page(request, event)


def plain_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What an event itself says; `event` comes with its details."""
    listed = reverse("events:event_list", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (_("Events"), listed), (str(event), ""))
    context = {
        "title": event.title,
        "event": event,
        "facts": _facts(event),
        "crumbs": crumbs,
        "description": str(event.description),
        "canonical": event.get_absolute_url(),
        "opengraph_key": event.public_id,
        "jsonld": [breadcrumbs(crumbs), event_thing(event, get_language() or "")],
    }
    return render(request, "events/event_detail.html", context)


def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for the reader's own calendar."""
    event = with_details(published_events()).filter(slug=slug).first()
    if event is None:
        return move_to_region(published_events, slug, "events:event_ics")
    return _file(calendar([event], str(event), get_language() or ""), event.slug)


def calendar_ics(request: HttpRequest) -> HttpResponse:
    """All events, to subscribe to; the same address gives what is new."""
    home = request.cluster or request.region
    name = _("Events: %(name)s") % {"name": home.menu_name if home else "Mitwerk"}
    events = with_details(published_events()).order_by("starts_on", "pk")
    return _file(calendar(events, name, get_language() or ""), request.cluster.slug if request.cluster else "region")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _facts(event: Event) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    clusters = [(_("Cluster"), each.name, each.get_absolute_url()) for each in event.clusters.all()]
    return [
        (_("Date"), event.period, ""),
        (_("Time"), event.hours, ""),
        (_("Place"), event.place, ""),
        *clusters,
        (_("Website"), host(event.website), event.website),
    ]
