"""Minutes of a meeting: written by coordinators, read by all members."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.networks.rules import is_coordinator
from mitwerk.rooms.actions import publish_minutes, write_minutes
from mitwerk.rooms.forms import MinutesForm
from mitwerk.rooms.queries.meetings import draft_of, guests_of, possible_guests, published_minutes
from mitwerk.rooms.views.meetings import found_meeting, kept_room
from mitwerk.rooms.views.rooms import open_room, show


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_write(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The draft; it begins with what was published last."""
    network = kept_room(request, slug)
    meeting = found_meeting(network, public_id)
    if meeting.is_cancelled:
        raise Http404
    draft = draft_of(meeting)
    begins_with = draft or published_minutes(meeting).first()
    form = MinutesForm(
        request.POST if request.method == "POST" else None, meeting=meeting, people=possible_guests(meeting),
        initial={"text": begins_with.text if begins_with else ""},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        present = form.cleaned_data.get("present") or []
        try:
            write_minutes(meeting=meeting, text=form.cleaned_data["text"], present=present, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The draft is saved. Members read it when you publish it."))
            return redirect("rooms:meeting_detail", slug=slug, public_id=public_id)
    context = {"title": _("Minutes"), "lead": meeting.title, "form": form, "meeting": meeting}
    return show(request, network, "rooms/meeting_form.html", context)


@login_required
@require_POST
def minutes_publish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Members may read the draft from now on."""
    meeting = found_meeting(kept_room(request, slug), public_id)
    if publish_minutes(meeting=meeting, actor=request.user):
        messages.success(request, _("The minutes are published."))
    return redirect("rooms:meeting_detail", slug=slug, public_id=public_id)


@login_required
@never_cache
@require_safe
def minutes_read(request: HttpRequest, slug: str, public_id: str, number: int) -> HttpResponse:
    """A published version on a page of its own, to be printed."""
    network = open_room(request, slug)
    meeting = found_meeting(network, public_id)
    minutes = get_object_or_404(published_minutes(meeting), number=min(number, 10**6))
    context = {
        "title": meeting.title,
        "meeting": meeting,
        "minutes": minutes,
        "guests": guests_of(request.user, meeting, is_coordinator(request.user, network)),
    }
    return show(request, network, "rooms/minutes_read.html", context)
