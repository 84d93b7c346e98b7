"""Sittings: planned, looked for a date for, invited to, and their page in every state."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.governance.actions import answer_dates, ask_for_dates, cancel_sitting, invite, plan_sitting, tell_anew
from mitwerk.governance.actions.planning import ANSWER
from mitwerk.governance.exports import sitting_file
from mitwerk.governance.forms import AnswerForm, DatesForm, SittingForm
from mitwerk.governance.models import Body, Sitting
from mitwerk.governance.queries import (
    answers_of,
    date_tallies,
    inner_bodies,
    items_of,
    open_tasks,
    own_seats,
    presence_of,
    seat_for,
    seats_of,
    seen_sittings,
    sitting_by_id,
    sitting_page,
)
from mitwerk.governance.queries.sittings import Seat
from mitwerk.governance.rules import can_lead
from mitwerk.governance.views.bodies import room
from mitwerk.people.models import Person
from mitwerk.people.queries import act_link_by_token, person_of

SHOWN_TASKS = 20
NUMBER = re.compile(r"[0-9]{1,9}")


def entered(request: HttpRequest, slug: str, public_id: str) -> Sitting:
    """A sitting that the user may enter; everything else is missing."""
    sitting = sitting_page(request.user, room(request, slug), public_id)
    if sitting is None:
        raise Http404
    return sitting


def led(request: HttpRequest, slug: str, public_id: str) -> Sitting:
    """A sitting of a body that the user leads; everything else is missing."""
    sitting = entered(request, slug, public_id)
    if not can_lead(request.user, sitting.body):
        raise Http404
    return sitting


def back(sitting: Sitting, part: str = "") -> HttpResponse:
    """To the page of the sitting, at one part of it."""
    page = reverse("governance:sitting_detail", args=[sitting.body.slug, sitting.public_id])
    return redirect(f"{page}#{part}" if part else page)


def do(request: HttpRequest, sitting: Sitting, act: Callable[[], Any], done: str = "", part: str = "") -> HttpResponse:
    """Do it, say what came of it, and go back to the sitting."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return back(sitting, part)


@login_required
@never_cache
@require_safe
def sitting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All sittings of a body, the latest first."""
    body = room(request, slug)
    page = page_of(seen_sittings(request.user, body), request.GET.get("page"))
    leads = can_lead(request.user, body)
    return render(
        request, "governance/sitting_list.html", {"title": _("Sittings"), "body": body, "page": page, "leads": leads}
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a sitting; a draft that only who leads the body sees."""
    body = room(request, slug)
    if not can_lead(request.user, body):
        raise Http404
    return _write(request, body, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Change when and where; whoever was invited is told."""
    sitting = led(request, slug, public_id)
    if not sitting.is_to_come:
        messages.error(request, _("The sitting has begun or does not take place, so its date stands."))
        return back(sitting)
    return _write(request, sitting.body, sitting)


def _write(request: HttpRequest, body: Body, sitting: Sitting | None) -> HttpResponse:
    form = SittingForm(request.POST if request.method == "POST" else None, sitting=sitting)
    if request.method == "POST" and form.is_valid():
        try:
            written = plan_sitting(
                sitting=sitting or Sitting(body=body), values=form.cleaned_data, actor=request.user
            )
        except Refused as refused:
            form.add_error("starts_at", str(refused))
        else:
            messages.success(request, _("Saved."))
            return back(written)
    title = _("Change the sitting") if sitting else _("New sitting")
    context = {"title": title, "body": body, "sitting": sitting, "form": form}
    return render(request, "governance/sitting_form.html", context)


@login_required
@never_cache
@require_safe
def sitting_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A sitting in every state: the looking for a date, the agenda, the hall while it runs, what came of it."""
    sitting = entered(request, slug, public_id)
    leads = can_lead(request.user, sitting.body)
    seats = seats_of(sitting) if sitting.state in (Sitting.State.RUNNING, Sitting.State.ENDED) else []
    context = {
        "title": f"{sitting.body.name}: {sitting}",
        "body": sitting.body,
        "sitting": sitting,
        "leads": leads,
        "items": list(items_of(sitting)),
        "seats": seats,
        "own": own_seats(request.user, sitting),
        "presence": presence_of(sitting) if sitting.state == Sitting.State.RUNNING else None,
        "tallies": date_tallies(sitting) if sitting.state == Sitting.State.POLL else [],
        "tasks": open_tasks().filter(sitting__body=sitting.body)[:SHOWN_TASKS],
        "is_inner": inner_bodies(request.user).filter(pk=sitting.body_id).exists(),
    }
    return render(request, "governance/sitting_detail.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_dates(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask everybody which of some dates suits."""
    sitting = led(request, slug, public_id)
    dates = list(sitting.dates.all())
    form = DatesForm(request.POST if request.method == "POST" else None, has_dates=bool(dates))
    if request.method == "POST" and form.is_valid():
        told = _("Everybody gets a mail within minutes.")
        return do(request, sitting, lambda: ask_for_dates(sitting=sitting, dates=form.dates, actor=request.user), told)
    context = {"title": _("Ask for dates"), "body": sitting.body, "sitting": sitting, "form": form, "dates": dates}
    return render(request, "governance/sitting_dates.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dates_answer(request: HttpRequest, slug: str, public_id: str, organisation_id: str) -> HttpResponse:
    """Say for an organisation which dates suit."""
    sitting = entered(request, slug, public_id)
    seat = next((one for one in own_seats(request.user, sitting) if one.organisation_id == organisation_id), None)
    person = person_of(request.user)
    if seat is None or person is None:
        raise Http404
    return _answer(request, sitting, seat, person, is_signed_in=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dates_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a mail. It is not used up: until the date is found the answer can be changed."""
    link = act_link_by_token(token, ANSWER)
    if link is None:
        raise Http404
    public_id, _colon, organisation_id = link.target.partition(":")
    sitting = sitting_by_id(public_id)
    seat = seat_for(link.person, sitting, organisation_id) if sitting else None
    if sitting is None or seat is None or not link.is_open or sitting.state != Sitting.State.POLL:
        told = _("This link is no longer good: the date is found, or somebody else acts for your organisation now.")
        return render(request, "governance/vote_over.html", {"title": _("Dates"), "text": told}, status=410)
    return _answer(request, sitting, seat, link.person, is_signed_in=False)


def _answer(
    request: HttpRequest, sitting: Sitting, seat: Seat, person: Person, *, is_signed_in: bool
) -> HttpResponse:
    given = answers_of(sitting, seat.organisation_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, sitting=sitting, given=given)
    is_saved = False
    if request.method == "POST" and form.is_valid():
        try:
            answer_dates(
                sitting=sitting, organisation_id=seat.organisation_id, answers=form.answers, person=person
            )
            is_saved = True
        except Refused as refused:
            form.add_error(None, str(refused))
    if is_saved and is_signed_in:
        messages.success(request, _("Thank you. Your answer is noted."))
        return back(sitting)
    context = {
        "title": _("Which dates suit?"), "sitting": sitting, "body": sitting.body, "seat": seat, "form": form,
        "is_saved": is_saved, "is_signed_in": is_signed_in,
    }  # fmt: skip
    return render(request, "governance/dates_answer.html", context)


@login_required
@require_POST
def sitting_invite(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Fix the date, one that was asked about or the one that was entered, and invite."""
    sitting = led(request, slug, public_id)
    chosen = request.POST.get("date", "")
    if chosen and not NUMBER.fullmatch(chosen):
        raise Http404
    date = get_object_or_404(sitting.dates, pk=int(chosen)).starts_at if chosen else None
    told = _("The invitations go out within minutes, with the date for the calendar.")
    return do(request, sitting, lambda: invite(sitting=sitting, starts_at=date, actor=request.user), told)


@login_required
@require_POST
def sitting_tell(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Send the invitation anew, with the agenda as it is now."""
    sitting = led(request, slug, public_id)
    told = _("Everybody gets the agenda as it is now within minutes.")
    return do(request, sitting, lambda: tell_anew(sitting=sitting, actor=request.user), told)


@login_required
@require_POST
def sitting_cancel(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """It does not take place."""
    sitting = led(request, slug, public_id)
    told = _("Cancelled. Whoever was invited gets a mail that takes it out of the calendar.")
    return do(request, sitting, lambda: cancel_sitting(sitting=sitting, actor=request.user), told)


@login_required
@never_cache
@require_safe
def sitting_calendar(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The date for the calendar."""
    sitting = entered(request, slug, public_id)
    if sitting.starts_at is None:
        raise Http404
    answer = HttpResponse(sitting_file(sitting, get_language() or "de"), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sitting-{sitting.public_id}.ics"'
    return answer
