"""The meetings of a network in somebody's own calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mitwerk.core.jsonld import absolute
from mitwerk.rooms.actions import renew_feed
from mitwerk.rooms.exports import network_calendar
from mitwerk.rooms.models import Feed
from mitwerk.rooms.queries import me_in
from mitwerk.rooms.queries.feeds import feed_by_token, token_of
from mitwerk.rooms.queries.meetings import calendar_meetings
from mitwerk.rooms.views.rooms import open_room, show


@login_required
@never_cache
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The secret address, and the button that makes a new one."""
    network = open_room(request, slug)
    feed = Feed.objects.filter(person=me_in(request.user, network)).first()
    address = absolute(reverse("rooms:feed", args=[token_of(feed)])) if feed else ""
    context = {
        "title": _("Calendar"),
        "feed": feed,
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}",
    }
    return show(request, network, "rooms/calendar.html", context)


@login_required
@require_POST
def calendar_renew(request: HttpRequest, slug: str) -> HttpResponse:
    """A first address, or a new one in the place of the old."""
    me = me_in(request.user, open_room(request, slug))
    if me is None:
        raise Http404
    renew_feed(person=me, actor=request.user)
    messages.success(request, _("This is your new address. An older one leads nowhere any more."))
    return redirect("rooms:calendar", slug=slug)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches, without a sign-in: whoever knows the address reads it."""
    found = feed_by_token(token)
    if found is None:
        answer = HttpResponse(status=404, content_type="text/plain; charset=utf-8")
        # Django would write the whole address into the log, and one that is switched off may work again later.
        answer._has_been_logged = True  # type: ignore[attr-defined]
    else:
        network = found.person.network
        content = network_calendar(network, calendar_meetings(network))
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
