"""The draft of a programme: what has a time, what waits for one, what is wrong, and what a release would change."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import override

from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.algorithms.programme.changes import Change, changes
from mitwerk.algorithms.programme.frozen import Frozen, freeze, thaw
from mitwerk.algorithms.programme.model import Item, Programme, Room, Span, Speaker
from mitwerk.algorithms.programme.warnings import Warning, warnings
from mitwerk.congress.models import Congress, Contribution, Release, Session
from mitwerk.congress.models import Speaker as Named
from mitwerk.congress.queries.topics import About, about_contributions
from mitwerk.core.addresses import address_of
from mitwerk.core.jsonld import absolute
from mitwerk.core.translated import Translated
from mitwerk.core.wording import codes

NOON, MIDNIGHT = dt.time(13), dt.time()
"""Half days meet at one o'clock."""


@dataclass(frozen=True)
class Draft:
    """`items` are those with a time, then those that wait for one (`waiting`)."""

    congress: Congress
    sessions: list[Session]
    waiting: list[Contribution]
    items: tuple[Item, ...]

    @property
    def titles(self) -> dict[str, Translated]:
        """By key of the item."""
        return {item.key: Translated(item.titles) for item in self.items}


def draft_of(congress: Congress) -> Draft:
    """`congress` comes with its event. Seven queries, however many there are."""
    speakers = Named.objects.filter(refused_at=None).select_related("person").order_by("position", "pk")
    shown = Contribution.objects.select_related("organisation", "track").prefetch_related(
        Prefetch("speakers", speakers, to_attr="planned")
    )
    sessions = list(
        congress.sessions.select_related("room").prefetch_related(Prefetch("contribution", shown)).order_by(
            "starts_at", "room__position", "pk"
        )
    )  # fmt: skip
    waiting: list[Any] = list(shown.filter(congress=congress, state__in=ON_STAGE, session=None).order_by("number"))
    days = [day.date for day in congress.days]
    items = [_item(one, days) for one in sessions] + [_of_contribution(one, days) for one in waiting]
    return Draft(congress, sessions, waiting, tuple(items))


def _item(session: Session, days: Sequence[dt.date]) -> Item:
    span, room = Span(session.starts_at, session.ends_at), session.room.public_id if session.room else None
    if session.contribution:
        return _of_contribution(session.contribution, days, room=room, span=span, seats=session.seats)
    return Item(key=session.key, kind=session.kind, titles=dict(session.title), room=room, span=span)


def _of_contribution(one: Contribution, days: Sequence[dt.date], **place: Any) -> Item:
    planned: list[Named] = getattr(one, "planned", [])
    return Item(
        key=one.public_id, kind=one.kind, titles=dict(one.title), abstracts=dict(one.abstract),
        track=one.track.public_id if one.track else None, organisations=(one.organisation.name,),
        speakers=tuple(Speaker(speaker.person.public_id, str(speaker)) for speaker in planned),
        language=one.language, available=available(one.away, days), is_cancelled=one.state not in ON_STAGE, **place,
    )  # fmt: skip


def available(away: Sequence[Sequence[str]], days: Sequence[dt.date]) -> tuple[Span, ...]:
    """The half days that are left; none is named where all are. Where none is left it is a minute before it all."""
    gone = {tuple(half) for half in away}
    if not gone or not days:
        return ()
    left = []
    for day in days:
        halves = {"am": (_at(day, MIDNIGHT), _at(day, NOON)), "pm": (_at(day, NOON), _at(day, MIDNIGHT, 1))}
        left += [Span(*times) for half, times in halves.items() if (day.isoformat(), half) not in gone]
    before = _at(days[0], MIDNIGHT, -1)
    return tuple(left) or (Span(before, before + dt.timedelta(minutes=1)),)


def _at(day: dt.date, time: dt.time, later: int = 0) -> dt.datetime:
    """On the clocks of the house."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=later), time))


def opening(congress: Congress) -> list[Span]:
    return [Span(_at(day.date, day.opens_at), _at(day.date, day.closes_at)) for day in congress.days]


def rooms_of(congress: Congress) -> tuple[Room, ...]:
    return tuple(Room(room.public_id, dict(room.name), room.seats) for room in congress.rooms.all())


def draft_warnings(draft: Draft) -> list[Warning]:
    """What the office should look at, whether it has a time or waits for one."""
    congress = draft.congress
    return warnings(draft.items, rooms_of(congress), opening(congress), codes())


def draft_programme(draft: Draft, before: Release | None) -> Programme:
    """As a release made now would hold it: what fell out since the one before is still there, struck out."""
    congress, event = draft.congress, draft.congress.event
    old = thaw(before.content) if before else None
    live = [replace(item, available=()) for item in draft.items if item.span and not item.is_cancelled]
    gone = _struck_out(old, {item.key for item in live}) if old else []
    number = before.number + 1 if before else 1
    return Programme(
        slug=event.slug, titles=dict(event.title), url=old.url if old else _address(congress),
        zone=ZoneInfo(settings.TIME_ZONE), first=event.starts_on, last=event.last_day, rooms=rooms_of(congress),
        tracks={track.public_id: dict(track.name) for track in congress.tracks.all()}, items=(*live, *gone),
        version=str(number), released=timezone.now(), sequence=number - 1,
    )  # fmt: skip


def _struck_out(old: Programme, live: set[str]) -> list[Item]:
    return [replace(item, is_cancelled=True) for item in old.items if item.key not in live and item.span]


def _address(congress: Congress) -> str:
    """One address for all languages; the first release's stays, because the ids in calendars are made of it."""
    with override("en"):
        return absolute(address_of("congress:programme", slug=congress.event.slug))


def draft_changes(draft: Draft, before: Release | None) -> list[Change]:
    """What a release made now would change."""
    was = thaw(before.content).items if before else ()
    return changes(was, thaw(freeze(draft_programme(draft, before))).items)


def freeze_draft(draft: Draft, before: Release | None) -> Frozen:
    """What a release made now would hold, with topics and sectors."""
    live = [one.contribution for one in draft.sessions if one.contribution]
    about = about_contributions(live)
    frozen = freeze(draft_programme(draft, before))
    return {**frozen, "place": draft.congress.event.place, "about": _plain(about, before)}


def _plain(about: About, before: Release | None) -> dict[str, Any]:
    """With what was known of those that are struck out."""
    old = before.content["about"] if before else {"topics": {}, "sectors": {}, "labels": {}}
    return {name: {**old[name], **getattr(about, name)} for name in ("topics", "sectors", "labels")}


def fingerprint(draft: Draft, before: Release | None) -> str:
    """Of what a release made now would say; another one where somebody has changed the draft since."""
    return digest(freeze(draft_programme(draft, before)))


def digest(frozen: Frozen) -> str:
    """Of what readers see; not of its number and time."""
    told = {name: frozen[name] for name in ("titles", "first", "last", "rooms", "tracks", "items")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]
