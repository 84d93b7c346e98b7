"""The released programme: all of it, one item, now and next, what somebody chose, what is new, and files."""

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.algorithms.programme.now_next import now_next
from mitwerk.clusters.exports import inside, way_to
from mitwerk.congress.actions import keep_picks
from mitwerk.congress.exports import KINDS, programme_copy, programme_file, programme_thing, session_thing
from mitwerk.congress.forms.programme import day_name, programme_filters, read_programme_choice
from mitwerk.congress.models import Contribution, Proceeding
from mitwerk.congress.queries.after import shown_by_contribution
from mitwerk.congress.queries.bulletins import bulletins_of
from mitwerk.congress.queries.programme import (
    Entry,
    Released,
    by_day,
    chosen_entries,
    contribution_shown,
    own_sectors,
    picks_of,
    profile_of,
    programme_at,
    releases_of,
)
from mitwerk.congress.queries.told import told_changes
from mitwerk.core.forms import language_label
from mitwerk.core.jsonld import absolute, breadcrumbs
from mitwerk.core.listing import notice
from mitwerk.core.records import or_in_region
from mitwerk.core.translated import Translated
from mitwerk.core.visitors import reader
from mitwerk.events.queries import published_events

WORKER = Path(__file__).parent.parent / "static" / "congress" / "worker.js"
MOST = 400
"""Items that an address may name."""


def _programme_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With the programme in force; in a cluster that it does not belong to, the region's page of the same name."""

    @or_in_region(published_events)
    @wraps(view)
    def page(request: HttpRequest, slug: str, **named: str) -> HttpResponse:
        found = programme_at(slug)
        if found is None:
            raise Http404("no programme that everybody may read")
        return view(request, found, **named)

    return page


def _address(request: HttpRequest, found: Released, name: str, **more: str) -> str:
    slug = found.congress.event.slug
    return reverse(f"congress:{name}", kwargs={"slug": slug, **more, **inside(request.cluster)})


def _webcal(request: HttpRequest, found: Released) -> str:
    """To subscribe to: the same address gives what a later release moves."""
    address = absolute(_address(request, found, "programme_download", kind="ics"))
    return "webcal" + address[address.index(":") :]


def _context(request: HttpRequest, found: Released, title: Any, *way: tuple[str, str]) -> dict[str, Any]:
    """What each of these pages has."""
    event = found.congress.event
    place = request.cluster.slug if request.cluster else None
    whole = (_("Programme"), _address(request, found, "programme") if way or title != _("Programme") else "")
    rest = [*way, (str(title), "")] if whole[1] else []
    crumbs = way_to(request.region, request.cluster, (str(event), event.address(place)), whole, *rest)
    return {
        "title": title, "congress": found.congress, "event": event, "found": found, "crumbs": crumbs,
        "jsonld": [breadcrumbs(crumbs)], "opengraph_key": event.public_id, "webcal_url": _webcal(request, found),
    }  # fmt: skip


def _keys(request: HttpRequest, found: Released) -> list[str]:
    """What the address names, of what there is."""
    known = {one.key for one in found.entries}
    return [key for key in dict.fromkeys(request.GET.getlist("s")[:MOST]) if key in known]


@require_safe
@_programme_page
def programme(request: HttpRequest, found: Released) -> HttpResponse:
    """By day and time, narrowed down by room, track, topic and sector."""
    choice = read_programme_choice(request.GET, found)
    entries = chosen_entries(found.entries, choice.values, choice.query)
    user = reader(request)
    sectors = [slug for slug in own_sectors(user) if slug in found.labels] if user.is_authenticated else []
    picked = picks_of(user, found.congress) if user.is_authenticated else _keys(request, found)
    context = {
        **_context(request, found, _("Programme")), "choice": choice, "notice": notice(choice),
        "filters": programme_filters(choice, found), "days": by_day(entries), "count": len(entries),
        "tabs": [(day.isoformat(), day_name(day)) for day in found.days], "picked": set(picked),
        "my_sectors": [(urlencode({"sector": slug}), found.labels[slug]) for slug in sectors],
        "shown": ".".join(one.key for one in entries if not one.is_pause), "is_signed_in": user.is_authenticated,
    }  # fmt: skip
    if not choice.values and not choice.query:
        context["jsonld"] = [*context["jsonld"], programme_thing(found, entries, get_language() or "de")]
    return render(request, "congress/programme.html", context)


@require_safe
@_programme_page
def session_detail(request: HttpRequest, found: Released, key: str) -> HttpResponse:
    """One item: what it is about, who speaks, when and where."""
    one = found.entry(key)
    if one is None:
        raise Http404
    behind = contribution_shown(found.congress, key)
    firm, user = profile_of(behind.organisation) if behind else None, reader(request)
    context = {
        **_context(request, found, one.title), "one": one, "firm": firm,
        "proceeding": _proceeding(found, one, behind),
        "facts": _facts(found, one), "competences": list(behind.competences.all()) if behind else [],
        "project": behind.project if behind and behind.project and behind.project.state == "published" else None,
        "description": str(one.abstract), "day": day_name(one.day), "is_signed_in": user.is_authenticated,
        "is_picked": user.is_authenticated and key in picks_of(user, found.congress),
    }  # fmt: skip
    context["jsonld"] = [*context["jsonld"], session_thing(found, one, get_language() or "de")]
    return render(request, "congress/session_detail.html", context)


def _proceeding(found: Released, one: Entry, behind: Contribution | None) -> Proceeding | None:
    """Slides and recording, once its time is over."""
    if behind is None or one.end > timezone.now():
        return None
    return shown_by_contribution(found.congress, [behind]).get(behind.pk)


def _facts(found: Released, one: Entry) -> list[tuple[str, object, str]]:
    """Label, value and address; the page leaves out what is empty."""
    return [
        (_("When"), f"{day_name(one.day)}, {one.start:%H:%M}–{one.end:%H:%M}", ""),
        (_("Room"), one.room, ""),
        (_("Track"), one.track, ""),
        (_("Language"), language_label(one.item.language) if one.item.language else "", ""),
        (_("Topics"), ", ".join(str(found.labels[slug]) for slug in one.topics if slug in found.labels), ""),
    ]


@require_safe
@_programme_page
def programme_now(request: HttpRequest, found: Released) -> HttpResponse:
    """For the screens of the hall: what runs in each room, and what comes next. It keeps up by itself."""
    now = timezone.now()
    entries = {one.key: one for one in found.entries}
    rows = [
        (Translated(row.room.names), entries.get(row.now.key) if row.now else None,
         entries.get(row.next.key) if row.next else None)
        for row in now_next(found.programme, now)
    ]  # fmt: skip
    everywhere = [one for one in found.entries if not one.item.room and one.span.start <= now < one.span.end]
    context = {
        **_context(request, found, _("Now and next")), "rows": rows, "everywhere": everywhere, "now": now,
        "bulletins": bulletins_of(found.congress),
        "is_quiet": not everywhere and not any(one or following for _room, one, following in rows),
    }  # fmt: skip
    return render(request, "congress/programme_now.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_programme_page
def programme_mine(request: HttpRequest, found: Released) -> HttpResponse:
    """What somebody chose: named in the address, or kept in their account."""
    user = reader(request)
    if request.method == "POST":
        return _keep(request, found, user)
    named = _keys(request, found)
    is_account = user.is_authenticated and "s" not in request.GET
    keys = set(picks_of(user, found.congress)) if is_account else set(named)
    entries = [one for one in found.entries if one.key in keys]
    query = urlencode([("s", one.key) for one in entries])
    context = {
        **_context(request, found, _("My programme")), "days": by_day(entries), "count": len(entries),
        "query": query, "is_account": is_account, "shown": ".".join(one.key for one in entries),
        "rows": _rows(entries), "is_signed_in": user.is_authenticated, "meets": _meeting(entries),
    }  # fmt: skip
    return render(request, "congress/programme_mine.html", context)


def _rows(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Each with the address without it."""
    found = list(entries)
    return [(one, urlencode([("s", other.key) for other in found if other.key != one.key])) for one in found]


def _meeting(entries: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Those that one cannot hear both."""
    return [
        (one, other)
        for place, one in enumerate(entries) for other in entries[place + 1 :] if other.span.start < one.span.end
    ]  # fmt: skip


def _keep(request: HttpRequest, found: Released, user: Any) -> HttpResponse:
    """Into the account. Whoever is not signed in any more gets the same by its address."""
    known = {one.key for one in found.entries}
    sent = [key for key in request.POST.getlist("s")[:MOST] if key in known]
    page = _address(request, found, "programme_mine")
    if not user.is_authenticated:
        return redirect(f"{page}?{urlencode([('s', key) for key in sent])}")
    among = [key for key in request.POST.get("shown", "").split(".")[:MOST] if key in known]
    count = keep_picks(user=user, congress=found.congress, keys=sent, among=among)
    told = ngettext("Kept in your account: %(n)s item.", "Kept in your account: %(n)s items.", count)
    messages.success(request, told % {"n": count})
    return redirect(page)


@require_safe
@_programme_page
def programme_changes(request: HttpRequest, found: Released) -> HttpResponse:
    """What each release brought; the first one was all new."""
    there = {one.key for one in found.entries}
    rows = [
        (release, told_changes(found.release.content, release.changes) if release.number > 1 else [])
        for release in releases_of(found.congress)
    ]
    context = {**_context(request, found, _("What is new")), "rows": rows, "there": there}
    return render(request, "congress/programme_changes.html", context)


@require_safe
@_programme_page
def programme_download(request: HttpRequest, found: Released, kind: str) -> HttpResponse:
    """For calendars and apps; `?day=` and `?s=` narrow it down."""
    if kind not in KINDS:
        raise Http404
    day = next((one for one in found.days if one.isoformat() == request.GET.get("day")), None)
    keys = set(request.GET.getlist("s")[:MOST]) if "s" in request.GET else None
    content = programme_file(found, kind, get_language() or "de", day, keys)
    name = f"{found.congress.event.slug}-{day.isoformat()}" if day else found.congress.event.slug
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=KINDS[kind][0], headers=headers)


@require_safe
@_programme_page
def programme_offline(request: HttpRequest, found: Released) -> HttpResponse:
    """Everything in both languages in one page, which needs no network; `?save` gives it as a file."""
    is_file = "save" in request.GET
    text = programme_copy(found, get_language() or "de", "" if is_file else str(request.csp_nonce))
    answer = HttpResponse(text, headers={"X-Robots-Tag": "noindex"})
    if is_file:
        answer["Content-Disposition"] = f'attachment; filename="{found.congress.event.slug}.html"'
    return answer


@require_safe
@_programme_page
def programme_worker(request: HttpRequest, found: Released) -> HttpResponse:
    """The script that opens kept pages without a network. Its address gives it the programme's pages and no others."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def _worker() -> str:
    return WORKER.read_text()
