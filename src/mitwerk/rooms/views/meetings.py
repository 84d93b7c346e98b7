"""Meetings of a network. The right is asked at each request."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.networks.models import Network
from mitwerk.networks.rules import is_coordinator
from mitwerk.rooms.actions import answer_meeting, cancel_meeting, change_meeting, plan_meeting
from mitwerk.rooms.forms import AttendForm, MeetingForm
from mitwerk.rooms.models import Attendance, Meeting
from mitwerk.rooms.queries import me_in
from mitwerk.rooms.queries.meetings import (
    answers_of,
    coming_meetings,
    draft_of,
    guests_of,
    meetings_of,
    past_meetings,
    published_minutes,
    seats_taken,
)
from mitwerk.rooms.views.rooms import open_room, show

COMING_SHOWN = 50


def kept_room(request: HttpRequest, slug: str) -> Network:
    """The room for who keeps the network together; it is missing for everybody else."""
    network = open_room(request, slug)
    if not is_coordinator(request.user, network):
        raise Http404
    return network


def found_meeting(network: Network, public_id: str) -> Meeting:
    return get_object_or_404(meetings_of(network).select_related("network"), public_id=public_id)


@login_required
@never_cache
@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes, what the reader answered, and what was."""
    network = open_room(request, slug)
    coming = list(coming_meetings(network)[:COMING_SHOWN])
    answers = answers_of(request.user, coming)
    context = {
        "title": _("Meetings"),
        "keeps": is_coordinator(request.user, network),
        "coming": [(one, answers.get(one.pk)) for one in coming],
        "page": page_of(past_meetings(network), request.GET.get("page")),
    }
    return show(request, network, "rooms/meeting_list.html", context)


@login_required
@never_cache
@require_safe
def meeting_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """When, where, who comes; afterwards what was written down."""
    network = open_room(request, slug)
    meeting, keeps = found_meeting(network, public_id), is_coordinator(request.user, network)
    free = None if meeting.seats is None else max(meeting.seats - seats_taken(meeting), 0)
    context = {
        "title": meeting.title,
        "meeting": meeting,
        "keeps": keeps,
        "free": free,
        "guests": guests_of(request.user, meeting, keeps),
        "mine": answers_of(request.user, [meeting]).get(meeting.pk),
        "answers": [(one.value, label) for one, label in ANSWERS],
        "versions": list(published_minutes(meeting)),
        "draft": draft_of(meeting) if keeps else None,
    }
    return show(request, network, "rooms/meeting_detail.html", context)


Answer = Attendance.Answer
ANSWERS = (
    (Answer.COMES, gettext_lazy("I come")),
    (Answer.PERHAPS, gettext_lazy("Perhaps")),
    (Answer.DECLINES, gettext_lazy("I do not come")),
)


@login_required
@require_POST
def meeting_answer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """I come, perhaps, or do not."""
    network = open_room(request, slug)
    meeting, me, form = found_meeting(network, public_id), me_in(request.user, network), AttendForm(request.POST)
    if me is None or not form.is_valid():
        raise Http404
    try:
        row = answer_meeting(meeting=meeting, person=me, answer=form.cleaned_data["answer"], actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        is_waiting = row.answer == Answer.WAITS
        told = _("All seats are taken. You stand in line and get a mail when one becomes free.")
        messages.success(request, told if is_waiting else _("Your answer is noted."))
    return redirect("rooms:meeting_detail", slug=slug, public_id=public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A new meeting; everybody in the network gets a mail."""
    network = kept_room(request, slug)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        meeting = plan_meeting(network=network, values=form.cleaned_data, actor=request.user)
        messages.success(request, _("The meeting is planned. The members get a mail."))
        return redirect("rooms:meeting_detail", slug=slug, public_id=meeting.public_id)
    lead = _("Every member gets a mail with the date for the calendar.")
    return _form(request, network, {"title": _("Plan a meeting"), "lead": lead, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_change(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Other words, another time or place."""
    network = kept_room(request, slug)
    meeting = found_meeting(network, public_id)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(meeting=meeting, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect("rooms:meeting_detail", slug=slug, public_id=public_id)
    lead = _("With another time or place the members get a mail.")
    return _form(request, network, {"title": _("Change the meeting"), "lead": lead, "form": form, "meeting": meeting})


def _form(request: HttpRequest, network: Network, context: dict[str, Any]) -> HttpResponse:
    return show(request, network, "rooms/meeting_form.html", context)


@login_required
@require_POST
def meeting_cancel(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """It does not take place."""
    meeting = found_meeting(kept_room(request, slug), public_id)
    try:
        cancel_meeting(meeting=meeting, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The meeting is cancelled. The members get a mail."))
    return redirect("rooms:meeting_detail", slug=slug, public_id=public_id)
