"""Polls of a room."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.core.changes import Refused
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.rooms.actions import close_poll, open_poll, vote
from mitwerk.rooms.forms import PollForm, VoteForm
from mitwerk.rooms.models import Poll, Topic
from mitwerk.rooms.queries import counts_are_shown, me_in, options_shown, poll_in, topic_in, voted
from mitwerk.rooms.rules import can_mark_helped
from mitwerk.rooms.views.rooms import open_room, show


def poll_shown(topic: Topic, me: NetworkPerson) -> dict[str, Any]:
    """What the page of a topic shows of its poll."""
    poll = getattr(topic, "poll", None)
    if poll is None:
        return {"poll": None}
    people = voted(poll)
    options = options_shown(poll, me, people)
    return {
        "poll": poll, "options": options, "voted": people, "has_counts": counts_are_shown(poll, people),
        "has_voted": any(one.is_mine for one in options),
    }  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll_open(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A poll with my topic."""
    network = open_room(request, slug)
    me, topic = me_in(request.user, network), topic_in(network, public_id)
    if topic is None or me is None or not can_mark_helped(me, topic):
        raise Http404
    form = PollForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            open_poll(topic=topic, me=me, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("rooms:topic_detail", slug, public_id)
    back = reverse("rooms:topic_detail", args=[slug, public_id])
    context = {"title": _("A poll"), "form": form, "button": _("Open the poll"), "back": back}
    return show(request, network, "rooms/post_form.html", context)


@login_required
@require_POST
def poll_vote(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Choose."""
    _network, me, poll = _poll(request, slug, public_id)
    form = VoteForm(request.POST, poll=poll)
    if not form.is_valid():
        raise Http404
    try:
        vote(poll=poll, me=me, options=form.cleaned_data["option"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your choice is kept. You can change it until the poll closes."))
    return redirect("rooms:topic_detail", slug, public_id)


@login_required
@require_POST
def poll_close(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """From now on nobody votes."""
    _network, me, poll = _poll(request, slug, public_id)
    if not can_mark_helped(me, poll.topic):
        raise Http404
    close_poll(poll=poll, me=me)
    return redirect("rooms:topic_detail", slug, public_id)


def _poll(request: HttpRequest, slug: str, public_id: str) -> tuple[Network, NetworkPerson, Poll]:
    network = open_room(request, slug)
    me, poll = me_in(request.user, network), poll_in(network, public_id)
    if me is None or poll is None:
        raise Http404
    return network, me, poll
