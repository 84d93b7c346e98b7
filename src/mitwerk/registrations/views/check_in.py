"""The door: guests are checked in and rooms counted by whoever has the link of a check-in device. No account is needed,
and nothing else can be done with it."""

import json
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from mitwerk.algorithms import registrations as way
from mitwerk.core.listing import clean_query
from mitwerk.registrations.actions.arriving import MOST_PEOPLE, UNKNOWN, Answer, check_in_guest, count_room
from mitwerk.registrations.forms import KEY
from mitwerk.registrations.forms.day import new_key
from mitwerk.registrations.models import CheckInPass
from mitwerk.registrations.queries.day import Known, counted_rooms, guest_list, guests_named, key_on, pass_by_token

WORKER = Path(__file__).parent.parent / "static" / "registrations" / "worker.js"
MOST_SENT, LONGEST = 100, 200
with_camera = permissions_policy_override({"camera": ["self"]})
COUNT = re.compile(r"\d{1,6}", re.ASCII)


def _at_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With the pass of the link; a link that is over or taken back leads nowhere."""

    @wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        found = pass_by_token(token)
        if found is None:
            raise Http404("no check-in that is open")
        return view(request, found, token)

    return page


def _key(text: object) -> str:
    """What the device made, or a fresh one."""
    return text if isinstance(text, str) and KEY.fullmatch(text) else new_key()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@with_camera
@_at_door
def check_in(request: HttpRequest, found: CheckInPass, token: str) -> HttpResponse:
    """A field for a code or a name. What was typed is sent as a form, so that no name stands in an address."""
    said = clean_query(request.POST.get("said", ""))[:LONGEST]
    answer, guests = _asked(found, said, _key(request.POST.get("client_id"))) if said else (None, [])
    congress = found.admission.congress
    context = {
        "title": _("Check-in"), "event": congress.event, "check_in": found, "token": token,
        "answer": answer, "guests": [(one, new_key()) for one in guests], "said": said, "client_id": new_key(),
    }  # fmt: skip
    return render(request, "registrations/check_in.html", context)


def _asked(
    found: CheckInPass, said: str, client_id: str, at: str = "", clock: str = ""
) -> tuple[Answer | None, list[Known]]:
    """The answer; where nobody has this code, those who are called so."""
    answer = check_in_guest(check_in=found, said=said, client_id=client_id, at=at, clock=clock)
    guests = guests_named(found, said) if answer.state == UNKNOWN else []
    return (None if guests else answer), guests


@require_POST
@never_cache
@_at_door
def check_in_send(request: HttpRequest, found: CheckInPass, token: str) -> HttpResponse:
    """What a device read, just now or while it had no network. Each is answered; sent twice it is one."""
    try:
        body = json.loads(request.body)
        rows, clock = body["arrivals"], str(body.get("clock", ""))[:40]
        sent = [
            (str(row["client_id"]), clean_query(str(row["said"]))[:LONGEST], str(row["at"])[:40])
            for row in rows[:MOST_SENT]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"answers": []}, status=400)
    return JsonResponse({"answers": [_told(found, *one, clock) for one in sent]})


def _told(found: CheckInPass, client_id: str, said: str, at: str, clock: str) -> dict[str, Any]:
    if not KEY.fullmatch(client_id):
        return {"client_id": client_id, "state": UNKNOWN, "guests": []}
    answer, guests = _asked(found, said, client_id, at, clock)
    told: dict[str, Any] = {"client_id": client_id, "state": answer.state if answer else UNKNOWN}
    if answer and answer.registration:
        one = answer.registration
        told |= {
            "key": key_on(found, one.public_id), "name": one.name, "organisation": one.organisation_label,
            "kind": str(one.kind), "since": answer.since.isoformat() if answer.since else "",
            "standing": "" if one.state == way.BOOKED else one.get_state_display(),
        }  # fmt: skip
    return {**told, "guests": [_row(one) for one in guests]}


def _row(one: Known) -> dict[str, Any]:
    return {
        "key": one.key, "name": one.name, "organisation": one.organisation, "kind": one.kind,
        "booked": one.is_booked, "since": one.since.isoformat() if one.since else "",
    }  # fmt: skip


@require_safe
@never_cache
@_at_door
def check_in_guests(request: HttpRequest, found: CheckInPass, token: str) -> HttpResponse:
    """Who has a seat, for a device that must do without a network: names, and what stands for their codes."""
    guests = [_row(one) for one in guest_list(found)]
    return JsonResponse({"salt": found.public_id, "until": found.admission.over_at.isoformat(), "guests": guests})


@require_safe
@_at_door
def check_in_worker(request: HttpRequest, found: CheckInPass, token: str) -> HttpResponse:
    """The script that opens this page without a network. Its address gives it this device's pages and no others."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def _worker() -> str:
    return WORKER.read_text()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_at_door
def check_in_rooms(request: HttpRequest, found: CheckInPass, token: str) -> HttpResponse:
    """How many are in each room: one more, one fewer, or a number."""
    if request.method == "POST":
        _count(request, found)
    rooms = [(room, new_key()) for room in counted_rooms(found.admission)]
    context = {
        "title": _("Count rooms"), "event": found.admission.congress.event, "check_in": found, "token": token,
        "rooms": rooms, "now": timezone.now(), "back": reverse("registrations:check_in", args=[token]),
    }  # fmt: skip
    return render(request, "registrations/check_in_rooms.html", context)


def _count(request: HttpRequest, found: CheckInPass) -> None:
    rooms = {room.public_id: room for room in found.admission.congress.rooms.all()}
    room = rooms.get(request.POST.get("room", ""))
    step = {"more": 1, "fewer": -1}.get(request.POST.get("step", ""), 0)
    typed = request.POST.get("count", "").strip()
    # A number that was typed counts: Enter in its field presses the form's first button, which is a step.
    count = min(int(typed), MOST_PEOPLE) if COUNT.fullmatch(typed) else None
    if room is not None and (step or count is not None):
        count_room(check_in=found, room=room, key=_key(request.POST.get("key")), step=step, count=count)
