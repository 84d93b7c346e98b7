"""A congress is announced, copied for the next year, changed and removed."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster
from mitwerk.congress.models import Congress, Criterion, Format, Hours, Room, Track
from mitwerk.congress.queries.congresses import twin_congress
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.translated import Translated, in_both_languages
from mitwerk.events.models import Event, EventTopic, Organiser

Kind = Format.Kind
PAGE = "congress:congress_detail"
FORMATS = (
    (Kind.TALK, 30), (Kind.DEMONSTRATION, 20), (Kind.PANEL, 60), (Kind.WORKSHOP, 90), (Kind.POSTER, None),
    (Kind.STAND, None),
)  # fmt: skip
CRITERIA = (
    gettext_lazy("How much do firms of other clusters gain by it?"),
    gettext_lazy("Is it shown by something that was really done?"),
    gettext_lazy("Is it said so that guests of other trades understand it?"),
)
HALL, SEATS = gettext_lazy("Large hall"), 200
BEFORE, AT = dt.timedelta(weeks=8), dt.time(18, 0)
"""So long before the first day the call closes, where nothing else is said; in the evening, because everybody takes
midnight for another day."""


def slug_of(congress: Congress) -> str:
    return congress.cluster.slug if congress.cluster else ""


@transaction.atomic
def announce_congress(*, values: Mapping[str, Any], actor: User | None) -> Congress:
    """Everything that a congress needs, with sensible defaults: an event, a hall, every kind of contribution, a call.

    `values`: title, starts_on, ends_on, place, cluster (None is the region), is_public. Sent twice it is one.
    """
    title, cluster, starts_on = values["title"], values["cluster"], values["starts_on"]
    _wait_for_others(cluster)
    again = twin_congress(cluster.pk if cluster else None, title, starts_on)
    if again is not None:
        return again
    event = Event(is_congress=True, page=PAGE, slug="")
    given = {name: values[name] for name in ("title", "starts_on", "ends_on", "place")}
    state = Event.State.PUBLISHED if values["is_public"] else Event.State.DRAFT
    event.slug = free_slug_for(event, title.best("de").text)
    write_record(
        record=event, actor=actor, rows={}, values={**given, "state": state, "clusters": [cluster] if cluster else []}
    )
    congress = Congress.objects.create(event=event, cluster=cluster, **_call_before(starts_on))
    Room.objects.create(congress=congress, name=in_both_languages(HALL), seats=SEATS)
    Format.objects.bulk_create(
        Format(congress=congress, kind=kind, minutes=minutes, position=place)
        for place, (kind, minutes) in enumerate(FORMATS)
    )
    Criterion.objects.bulk_create(
        Criterion(congress=congress, name=in_both_languages(question), position=place)
        for place, question in enumerate(CRITERIA)
    )
    record_audit(verb="congress.announce", target=congress, actor=actor, cluster_slug=slug_of(congress))
    return congress


def _wait_for_others(cluster: Cluster | None) -> None:
    """Two who announce the same at once come one after the other."""
    rows = Cluster.objects.filter(pk=cluster.pk) if cluster else Cluster.objects.all()
    list(rows.select_for_update().values_list("pk", flat=True))


def _call_before(starts_on: dt.date) -> dict[str, dt.datetime]:
    """Open from now on, where there is time enough; else no call is set."""
    now = timezone.now()
    until = timezone.make_aware(dt.datetime.combine(starts_on - BEFORE, AT))
    return {"call_from": now, "call_until": until} if until > now else {}


@transaction.atomic
def copy_congress(*, congress: Congress, starts_on: dt.date, actor: User | None) -> Congress:
    """The same for another time, as a draft: days and deadlines keep their distance to the first day, and a year in the
    title becomes the new one. Sent twice it is one."""
    source = Congress.objects.select_for_update(of=("self",)).select_related("event", "cluster").get(pk=congress.pk)
    title = _of_year(source.event.title, source.event.starts_on.year, starts_on.year)
    again = twin_congress(source.cluster_id, title, starts_on)
    if again is not None:
        return again
    shift = starts_on - source.event.starts_on
    event = _copied_event(source.event, title, shift, actor)
    copied = Congress.objects.create(
        event=event, cluster=source.cluster, opens_at=source.opens_at, closes_at=source.closes_at,
        languages=source.languages, call=source.call, call_from=_later(source.call_from, shift),
        call_until=_later(source.call_until, shift), jury=source.jury, is_blind=source.is_blind,
    )  # fmt: skip
    _copy_rows(source, copied, shift)
    record_audit(
        verb="congress.copy", target=copied, actor=actor, cluster_slug=slug_of(copied),
        details={"from": source.public_id},
    )  # fmt: skip
    return copied


def _of_year(title: Translated, old: int, new: int) -> Translated:
    return Translated({code: re.sub(rf"\b{old}\b", str(new), text) for code, text in title.items()})


def _later(moment: dt.datetime | None, shift: dt.timedelta) -> dt.datetime | None:
    """The same time of day on another day, summer time or not."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + shift)


def _copied_event(source: Event, title: Translated, shift: dt.timedelta, actor: User | None) -> Event:
    event = Event(is_congress=True, page=PAGE, slug="")
    event.slug = free_slug_for(event, title.best("de").text)
    same = ("description", "place", "website", "starts_at", "ends_at", "picture")
    values = {
        **{name: getattr(source, name) for name in same}, "title": title, "starts_on": source.starts_on + shift,
        "ends_on": source.ends_on + shift if source.ends_on else None, "state": Event.State.DRAFT,
        "clusters": list(source.clusters.all()),
    }  # fmt: skip
    write_record(record=event, values=values, rows={}, actor=actor)
    for one in source.organisers.all():
        Organiser.objects.create(event=event, organisation=one.organisation, name=one.name, position=one.position)
    for topic in source.topics.all():
        EventTopic.objects.create(event=event, name=topic.name, position=topic.position)
    return event


def _copy_rows(source: Congress, copied: Congress, shift: dt.timedelta) -> None:
    for room in source.rooms.all():
        Room.objects.create(
            congress=copied, name=room.name, seats=room.seats, place=room.place, position=room.position,
            width=room.width, depth=room.depth,
        )  # fmt: skip
    for track in source.tracks.all():
        Track.objects.create(congress=copied, name=track.name, position=track.position)
    for one in source.formats.all():
        Format.objects.create(congress=copied, kind=one.kind, minutes=one.minutes, position=one.position)
    for asked in source.criteria.all():
        Criterion.objects.create(congress=copied, name=asked.name, weight=asked.weight, position=asked.position)
    for hours in source.hours.all():
        Hours.objects.create(congress=copied, day=hours.day + shift, opens_at=hours.opens_at, closes_at=hours.closes_at)


@transaction.atomic
def change_congress(*, congress: Congress, values: Values, rows: Rows, actor: User) -> Congress:
    """What the office enters: hours, rooms, tracks, kinds of contributions and the call. A new one takes over the page
    of its event."""
    event = values.get("event") or congress.event
    write_record(record=congress, values=values, rows=rows, actor=actor, cluster_slug=slug_of(congress))
    if event.page != PAGE:
        event.page = PAGE
        event.save(update_fields=["page", "updated_at"])
    return congress


def remove_congress(*, congress: Congress, actor: User) -> None:
    """Delete what is a congress's own. The event stays, and its page says what it says itself."""
    remove_record(record=congress, actor=actor, cluster_slug=slug_of(congress))
