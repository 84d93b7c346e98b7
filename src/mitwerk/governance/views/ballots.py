"""Ballots from the draft to the result."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.ballot_file import FEW
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import call_off_ballot, drop_ballot, repeat_ballot, start_ballot, write_ballot
from mitwerk.governance.exports import ballot_json
from mitwerk.governance.forms import BallotForm, StartForm
from mitwerk.governance.models import Ballot, Body
from mitwerk.governance.models.ballots import CHOICES
from mitwerk.governance.queries import (
    ballot_page,
    entitled_organisations,
    turnout_of,
    votes_of,
    voting_rights,
)
from mitwerk.governance.rules import can_lead
from mitwerk.governance.views.bodies import room

AGAIN = (Ballot.State.CALLED_OFF, Ballot.State.INTERRUPTED, Ballot.State.CLOSED)


def _led(request: HttpRequest, slug: str) -> Body:
    """A body the user leads; everything else is missing."""
    body = room(request, slug)
    if not can_lead(request.user, body):
        raise Http404
    return body


def seen(request: HttpRequest, body: Body, public_id: str) -> Ballot:
    """A ballot of the body that the user may see; everything else is missing."""
    ballot = ballot_page(request.user, body, public_id)
    if ballot is None:
        raise Http404
    return ballot


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a ballot; it is a draft that only who leads the body sees."""
    return _write(request, _led(request, slug), None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change a draft."""
    body = _led(request, slug)
    ballot = seen(request, body, public_id)
    if ballot.state != Ballot.State.DRAFT:
        messages.error(request, _("The wording is frozen since the ballot has started."))
        return redirect("governance:ballot_detail", slug=slug, public_id=public_id)
    return _write(request, body, ballot)


def _write(request: HttpRequest, body: Body, ballot: Ballot | None) -> HttpResponse:
    form = BallotForm(request.POST if request.method == "POST" else None, body=body, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            written = write_ballot(ballot=ballot or Ballot(body=body), values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Nobody else sees it before you start the ballot."))
            return redirect("governance:ballot_detail", slug=body.slug, public_id=written.public_id)
    title = _("Change the ballot") if ballot else _("New ballot")
    context = {"title": title, "body": body, "ballot": ballot, "form": form}
    return render(request, "governance/ballot_form.html", context)


@login_required
@never_cache
@require_safe
def ballot_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What is asked, how it stands and, after the close, what came of it."""
    body = room(request, slug)
    ballot = seen(request, body, public_id)
    return _show(request, ballot, StartForm())


def _show(request: HttpRequest, ballot: Ballot, form: StartForm) -> HttpResponse:
    body, is_draft = ballot.body, ballot.state == Ballot.State.DRAFT
    leads = can_lead(request.user, body)
    entitled = entitled_organisations(body).count() if is_draft else 0
    voted = set() if is_draft else set(ballot.roll.voted)
    rights = [(entry, entry["id"] in voted) for entry, _person in voting_rights(request.user, ballot)]
    context = {
        "title": ballot.title,
        "body": body,
        "ballot": ballot,
        "leads": leads,
        "form": form,
        "entitled": entitled,
        "is_small": ballot.is_secret and entitled < FEW,
        "turnout": None if is_draft else turnout_of(ballot),
        "rights": rights,
        "numbers": _numbers(ballot),
        "steps": (ballot.result or {}).get("derivation") or [],
        "votes": votes_of(ballot),
        "may_repeat": leads and ballot.state in AGAIN,
    }
    return render(request, "governance/ballot_detail.html", context)


def _numbers(ballot: Ballot) -> list[tuple[str, int]]:
    """How many said what; nothing where only the outcome is told."""
    count = (ballot.result or {}).get("count") or {}
    return [(str(label), count[choice.value]) for choice, label in CHOICES.items() if count]


@login_required
@never_cache
@require_POST
def ballot_start(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Freeze it and take votes."""
    ballot = seen(request, _led(request, slug), public_id)
    form = StartForm(request.POST)
    if form.is_valid():
        closes_at: datetime = form.cleaned_data["closes_at"]
        try:
            start_ballot(ballot=ballot, closes_at=closes_at, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The ballot has started. Everybody on the roll gets a mail within minutes."))
            return redirect("governance:ballot_detail", slug=slug, public_id=public_id)
    ballot.refresh_from_db()
    return _show(request, ballot, form)


def _act(
    request: HttpRequest, slug: str, public_id: str, verb: Callable[..., Ballot | None], done: str
) -> HttpResponse:
    ballot = seen(request, _led(request, slug), public_id)
    try:
        made = verb(ballot=ballot, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        made = None
    else:
        messages.success(request, done)
    if ballot.pk is None:
        return redirect("governance:body_room", slug=slug)
    return redirect("governance:ballot_detail", slug=slug, public_id=(made or ballot).public_id)


@login_required
@require_POST
def ballot_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Forget a draft."""
    return _act(request, slug, public_id, drop_ballot, _("The draft is gone."))


@login_required
@require_POST
def ballot_call_off(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """End it without a count."""
    return _act(request, slug, public_id, call_off_ballot, _("The ballot is called off. Nothing was counted."))


@login_required
@require_POST
def ballot_repeat(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The same wording as a new draft."""
    return _act(request, slug, public_id, repeat_ballot, _("A new draft with the same wording."))


@login_required
@never_cache
@require_safe
def ballot_file(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The published file, for whoever wants to count again."""
    ballot = seen(request, room(request, slug), public_id)
    if ballot.state != Ballot.State.CLOSED:
        raise Http404
    answer = HttpResponse(ballot_json(ballot), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.public_id}.json"'
    return answer
