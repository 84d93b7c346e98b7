"""The programme in the hands of the office: a plan of rooms and times, forms for each item, and the release."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.congress.actions import add_break, move_session, place_session, release_programme, unplace_session
from mitwerk.congress.actions.programme import changelog
from mitwerk.congress.forms import BreakForm, ReleaseForm, SessionForm
from mitwerk.congress.forms.programme import day_name
from mitwerk.congress.models import Congress, Day, Session
from mitwerk.congress.queries.congresses import run_congress
from mitwerk.congress.queries.draft import digest, draft_changes, draft_of, draft_warnings, fingerprint, freeze_draft
from mitwerk.congress.queries.plan import length_of, lengths_of, local, plan_of, waiting_of
from mitwerk.congress.queries.programme import latest_release
from mitwerk.congress.queries.told import told_changes, told_warnings
from mitwerk.core.changes import Refused


def _congress(request: HttpRequest, public_id: str) -> Congress:
    found = run_congress(request.user, public_id)
    if found is None:
        raise Http404
    prefetch_related_objects([found], "hours", "rooms", "tracks", "formats")
    return found


def _day(request: HttpRequest, congress: Congress) -> Day | None:
    """The one asked for, else the first; None while only the month is known."""
    asked = request.GET.get("day", "")
    days = congress.days
    return next((day for day in days if day.date.isoformat() == asked), days[0] if days else None)


@login_required
@never_cache
@require_safe
def programme_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft of a day, what waits for a time, and what is wrong."""
    congress = _congress(request, public_id)
    draft, day = draft_of(congress), _day(request, congress)
    told = told_warnings(draft, draft_warnings(draft))
    dates = {one.date for one in congress.days}
    waiting = waiting_of(draft)
    strange = [one for one in draft.sessions if local(one.starts_at).date() not in dates]
    context = {
        "title": _("Programme: %(congress)s") % {"congress": congress}, "congress": congress, "day": day,
        "days": [(one.date.isoformat(), day_name(one.date)) for one in congress.days],
        "plan": plan_of(draft, day, told) if day else None, "told": told, "strange": strange,
        "waiting": [row for row in waiting if row.minutes], "all_day": [row for row in waiting if not row.minutes],
        "release": latest_release(congress),
    }  # fmt: skip
    return render(request, "congress/programme_edit.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_place(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """A contribution gets its room and time."""
    congress = _congress(request, public_id)
    found = get_object_or_404(congress.contributions.select_related("congress"), public_id=key)
    minutes = lengths_of(congress).get(found.kind)
    form = _form(SessionForm, request, congress, _free(request, congress, minutes))
    return _save(
        request, congress, form, str(found.title), lambda values: place_session(
            contribution=found, values=values, actor=request.user
        ), lead=found.organisation.name,
    )  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A break, a welcome, an evening."""
    congress = _congress(request, public_id)
    form = _form(BreakForm, request, congress, {"kind": Session.Kind.BREAK, **_free(request, congress, 30), "room": ""})
    return _save(
        request, congress, form, _("Add a break or a welcome"),
        lambda values: add_break(congress=congress, values=values, actor=request.user),
    )  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Another room or time, or other words."""
    congress = _congress(request, public_id)
    rows = congress.sessions.select_related("room", "contribution__organisation", "congress")
    found = rows.filter(public_id=key).first()
    if found is None:
        return _gone(request, congress)
    kind = SessionForm if found.contribution else BreakForm
    form = _form(kind, request, congress, _initial(found))
    seen = form.cleaned_data["version"] or 0 if form.is_bound and form.is_valid() else 0
    return _save(
        request, congress, form, str(found), lambda values: move_session(
            session=found, seen=seen, values=values, actor=request.user
        ), session=found,
    )  # fmt: skip


def _gone(request: HttpRequest, congress: Congress) -> HttpResponse:
    messages.error(request, _("Meanwhile somebody has taken this out of the programme."))
    return redirect("congress:programme_edit", public_id=congress.public_id)


def _form(kind: type[SessionForm], request: HttpRequest, congress: Congress, initial: dict[str, Any]) -> SessionForm:
    return kind(request.POST if request.method == "POST" else None, congress=congress, initial=initial)


def _free(request: HttpRequest, congress: Congress, minutes: int | None) -> dict[str, Any]:
    """The first time of the day at which the first room is free; what stands all day has all of it."""
    day, room = _day(request, congress), congress.rooms.first()
    if day is None:
        return {}
    opens = timezone.make_aware(dt.datetime.combine(day.date, day.opens_at))
    closes = timezone.make_aware(dt.datetime.combine(day.date, day.closes_at))
    length = minutes or (closes - opens) // dt.timedelta(minutes=1)
    taken = congress.sessions.filter(starts_at__gte=opens, starts_at__lt=closes, room=room).order_by("-ends_at").first()
    start = local(taken.ends_at) if taken and minutes and taken.ends_at < closes else opens
    return {
        "room": room.public_id if room else "", "day": day.date.isoformat(), "start": start.time(), "minutes": length
    }  # fmt: skip


def _initial(session: Session) -> dict[str, Any]:
    start = local(session.starts_at)
    return {
        "room": session.room.public_id if session.room else "", "day": start.date().isoformat(), "start": start.time(),
        "minutes": length_of(session), "seats": session.seats, "version": session.version, "kind": session.kind,
        "title": session.title,
    }  # fmt: skip


def _save(
    request: HttpRequest, congress: Congress, form: SessionForm, title: str, verb: Any, lead: str = "",
    session: Session | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form, or write and go back to the plan. Dragged items come here as well, and hear in the plan of what
    was refused."""
    if request.method == "POST" and form.is_valid():
        back = f"{reverse('congress:programme_edit', args=[congress.public_id])}?day={form.cleaned_data['day']}"
        try:
            verb(form.values())
        except Refused as refused:
            if "dragged" not in request.POST:
                form.add_error(None, str(refused))
                return _show(request, congress, form, title, lead, session)
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Kept in the draft. Readers see it with the next release."))
        return redirect(back)
    return _show(request, congress, form, title, lead, session)


def _show(
    request: HttpRequest, congress: Congress, form: SessionForm, title: str, lead: str, session: Session | None
) -> HttpResponse:
    """After a refusal the form holds the version of now, so that who sends it again means it."""
    if session is not None and form.is_bound and form.errors:
        now = Session.objects.filter(pk=session.pk).values_list("version", flat=True).first() or 0
        form.data = {**request.POST.dict(), "version": str(now)}
    context = {"title": title, "form": form, "lead": lead, "congress": congress, "session": session}
    return render(request, "congress/session_form.html", context)


@login_required
@require_POST
def session_unplace(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Out of the draft."""
    congress = _congress(request, public_id)
    found = congress.sessions.select_related("congress", "contribution").filter(public_id=key).first()
    if found is None:
        return _gone(request, congress)
    sent = request.POST.get("version", "")
    day = local(found.starts_at).date().isoformat()
    try:
        unplace_session(session=found, seen=int(sent) if sent.isdecimal() and len(sent) < 9 else 0, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken out of the draft. Readers see it until the next release."))
    return redirect(f"{reverse('congress:programme_edit', args=[public_id])}?day={day}")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme_release(request: HttpRequest, public_id: str) -> HttpResponse:
    """What readers will find new, and the button that shows it to them."""
    congress = _congress(request, public_id)
    draft, before = draft_of(congress), latest_release(congress)
    seen = fingerprint(draft, before)
    form = ReleaseForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            done = release_programme(congress=congress, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.data = {**request.POST.dict(), "seen": seen}
        else:
            told = _("Released. Version %(number)s is what everybody reads now.")
            messages.success(request, told % {"number": done.number})
            return redirect("congress:programme_edit", public_id=public_id)
    content = freeze_draft(draft, before)
    changes = changelog(draft_changes(draft, before), content)
    context = {
        "title": _("Release the programme"), "congress": congress, "form": form, "before": before,
        "items": told_changes(content, changes), "told": told_warnings(draft, draft_warnings(draft)),
        "is_new": before is None or digest(before.content) != digest(content),
        "count": len([one for one in draft.items if one.span and not one.is_cancelled]),
    }  # fmt: skip
    return render(request, "congress/programme_release.html", context)
