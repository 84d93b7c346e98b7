"""The released programme as everybody reads it: by day, room, track, topic and sector, and what runs now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.programme.frozen import thaw
from mitwerk.algorithms.programme.model import Item, Programme, Span
from mitwerk.congress.models import Congress, Contribution, Format, Pick, Release, Session, Speaker
from mitwerk.congress.queries.congresses import congress_of
from mitwerk.core.translated import Translated
from mitwerk.events.queries import published_events, with_details
from mitwerk.people.queries import represented_organisations
from mitwerk.vocabularies.models import Concept

KINDS: dict[str, Any] = {**dict(Format.Kind.choices), **dict(Session.Kind.choices)}


@dataclass(frozen=True)
class Entry:
    """An item as a page shows it. `span` is in the congress's zone."""

    item: Item
    span: Span
    start: dt.datetime
    end: dt.datetime
    day: dt.date
    room: Translated
    track: Translated
    topics: tuple[str, ...]
    sectors: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def title(self) -> Translated:
        return Translated(self.item.titles)

    @property
    def abstract(self) -> Translated:
        return Translated(self.item.abstracts)

    @property
    def kind(self) -> str:
        return str(KINDS.get(self.item.kind, ""))

    @property
    def is_pause(self) -> bool:
        """Nothing that one chooses: a break, something for everybody."""
        return self.item.kind in {Session.Kind.BREAK, Session.Kind.PLENARY, Session.Kind.SOCIAL}

    @property
    def who(self) -> str:
        """Who speaks and where they come from, in one line."""
        names = [one.name for one in self.item.speakers]
        return ", ".join([*names, *self.item.organisations])


@dataclass(frozen=True)
class Released:
    """The programme in force. `entries` are sorted by time, then by room; what is struck out is not among them."""

    congress: Congress
    release: Release
    programme: Programme
    entries: tuple[Entry, ...]

    @property
    def days(self) -> list[dt.date]:
        """On which something is."""
        return sorted({entry.day for entry in self.entries})

    @property
    def labels(self) -> dict[str, Translated]:
        """Slug of a topic or sector → what it is called."""
        return {slug: Translated(names) for slug, names in self.release.content["about"]["labels"].items()}

    def entry(self, key: str) -> Entry | None:
        return next((one for one in self.entries if one.key == key), None)


def programme_at(slug: str) -> Released | None:
    """Of the published congress with this address, in the cluster (or region) that is in scope."""
    event = with_details(published_events()).filter(slug=slug).first()
    congress = congress_of(event) if event and event.page else None
    return released_programme(congress) if congress else None


def latest_release(congress: Congress) -> Release | None:
    return congress.releases.order_by("-number").first()


def newest_releases() -> QuerySet[Release]:
    """Of every congress the one in force."""
    newest = Release.objects.filter(congress=OuterRef("congress")).order_by("-number").values("pk")
    return Release.objects.filter(pk=Subquery(newest[:1]))


def words_of(release: Release, language: str) -> str:
    """What its items are called and are about, and who presents them; no names of people."""
    items = [item for item in release.content.get("items", ()) if not item["is_cancelled"]]
    texts = [Translated(item[part]).best(language).text for item in items for part in ("titles", "abstracts")]
    return "\n".join([*filter(None, texts), *(name for item in items for name in item["organisations"])])


def released_programme(congress: Congress) -> Released | None:
    """None before the first release."""
    release = latest_release(congress)
    if release is None:
        return None
    programme = thaw(release.content, names_of(congress))
    return Released(congress, release, programme, tuple(_entries(release, programme)))


def names_of(congress: Congress) -> dict[tuple[str, str], str]:
    """Those who agreed to be named, by contribution and person. Asked each time, because they can change their mind."""
    agreed = Speaker.objects.filter(contribution__congress=congress, agreed_at__isnull=False)
    found = agreed.select_related("person", "contribution")
    return {(one.contribution.public_id, one.person.public_id): str(one) for one in found}


def _entries(release: Release, programme: Programme) -> Iterable[Entry]:
    rooms = {room.key: Translated(room.names) for room in programme.rooms}
    tracks = {key: Translated(names) for key, names in programme.tracks.items()}
    order = {key: place for place, key in enumerate(rooms, 1)}
    about = release.content["about"]
    timed = [(item.span, item) for item in programme.items if item.span and not item.is_cancelled]
    for span, item in sorted(timed, key=lambda one: (one[0].start, order.get(one[1].room or "", 0), one[1].key)):
        start, end = span.start.astimezone(programme.zone), span.end.astimezone(programme.zone)
        yield Entry(
            item, span, start, end, programme.day_of(span.start), rooms.get(item.room or "", Translated()),
            tracks.get(item.track or "", Translated()), tuple(about["topics"].get(item.key, ())),
            tuple(about["sectors"].get(item.key, ())),
        )  # fmt: skip


def by_day(entries: Iterable[Entry]) -> list[tuple[dt.date, list[tuple[dt.datetime, list[Entry]]]]]:
    """Days, and in each the times at which something begins."""
    return [
        (day, [(start, list(same)) for start, same in groupby(group, key=lambda one: one.start)])
        for day, group in groupby(entries, key=lambda one: one.day)
    ]


def chosen_entries(entries: Iterable[Entry], values: Mapping[str, Iterable[str]], query: str) -> list[Entry]:
    """Those that match one value of every filter; what is for everybody stays where only a day, track, topic or sector
    is chosen, so that the day keeps its shape."""
    words = query.casefold().split()
    return [one for one in entries if _matches(one, values) and all(word in _said(one) for word in words)]


def _matches(one: Entry, values: Mapping[str, Iterable[str]]) -> bool:
    given: dict[str, set[str]] = {
        "day": {one.day.isoformat()}, "room": {one.item.room or ""}, "track": {one.item.track or ""},
        "topic": set(one.topics), "sector": set(one.sectors),
    }  # fmt: skip
    return all(given[name] & set(wanted) for name, wanted in values.items() if not (one.is_pause and name in ABOUT))


ABOUT = frozenset({"track", "topic", "sector"})
"""Filters that a break has no answer to."""


def _said(one: Entry) -> str:
    texts = [*one.item.titles.values(), *one.item.abstracts.values(), one.who]
    return "\n".join(texts).casefold()


def releases_of(congress: Congress) -> QuerySet[Release]:
    """The latest first, without what they hold."""
    return congress.releases.defer("content").order_by("-number")


def contribution_shown(congress: Congress, key: str) -> Contribution | None:
    """What is behind an item of the programme, for the links of its page."""
    found = congress.contributions.filter(public_id=key).select_related("organisation", "project")
    return found.prefetch_related("competences__labels").first()


def profile_of(organisation: Organisation) -> Organisation | None:
    """The organisation whose profile may be linked to."""
    return organisation if organisation.visibility == Organisation.Visibility.PUBLISHED else None


def own_sectors(user: Any) -> list[str]:
    """Slugs of the sectors of the organisations that somebody acts for."""
    firms = represented_organisations(user).order_by().values("pk")
    through = Organisation.sectors.through.objects.filter(organisation__in=firms).values("concept")
    return list(Concept.objects.filter(pk__in=through).order_by("position", "pk").values_list("slug", flat=True))


def picks_of(user: Any, congress: Congress) -> list[str]:
    """Keys of what somebody signed in wants to hear."""
    return list(Pick.objects.filter(user=user.pk, congress=congress).order_by("pk").values_list("key", flat=True))
