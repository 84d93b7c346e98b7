"""Reads of events."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from mitwerk.core.listing import Choice
from mitwerk.core.words import has_words
from mitwerk.events.models import Event, Organiser


def published_events() -> QuerySet[Event]:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Event.objects.filter(state=Event.State.PUBLISHED)


def with_details(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with all that their pages and calendars say."""
    organisers = Organiser.objects.select_related("organisation")
    return events.select_related("picture").prefetch_related(Prefetch("organisers", organisers), "topics", "clusters")


def past(today: dt.date) -> Q:
    """The last day is over; where only the month is known, the month."""
    month = today.replace(day=1)
    by_day = Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today)
    by_month = Q(ends_on__lt=month) | Q(ends_on=None, starts_on__lt=month)
    return Q(is_month_only=False) & by_day | Q(is_month_only=True) & by_month


def coming_first(events: QuerySet[Event], today: dt.date) -> QuerySet[Event]:
    """What is under way or to come, the nearest first; then what is past, the latest first."""
    is_past = Case(When(past(today), then=True), default=False, output_field=BooleanField())
    nearest = Case(When(~past(today), then=F("starts_on")))
    return events.annotate(is_past=is_past).order_by("is_past", nearest, "-starts_on", "-pk")


def _in_years(events: QuerySet[Event], years: Sequence[str]) -> QuerySet[Event]:
    covered = Q()
    for year in map(int, years):
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        covered |= Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))
    return events.filter(covered)


def narrowed(choice: Choice, but: str = "") -> QuerySet[Event]:
    """Published events that fit the choice; `but` leaves one filter out, to count what it offers."""
    events = published_events().filter(has_words(choice.query, "place", translated=("title",)))
    if but != "year" and (years := choice.values.get("year")):
        events = _in_years(events, years)
    if but != "cluster" and (slugs := choice.values.get("cluster")):
        links = Event.clusters.through.objects.filter(event=OuterRef("pk"), cluster__slug__in=slugs)
        events = events.filter(Exists(links))
    return events


def chosen_events(choice: Choice, today: dt.date) -> QuerySet[Event]:
    """The list itself."""
    listed = coming_first(narrowed(choice), today)
    return listed.prefetch_related("clusters")


def count_years(choice: Choice) -> dict[str, int]:
    """Year to number of events, the latest first; an event over New Year counts in both."""
    rows = narrowed(choice, "year").order_by().values_list("starts_on__year", "ends_on__year")
    counts: dict[str, int] = {}
    for first, last, number in rows.annotate(Count("pk")):
        for year in {first, last or first}:
            counts[str(year)] = counts.get(str(year), 0) + number
    return dict(sorted(counts.items(), reverse=True))


def count_clusters(choice: Choice) -> dict[str, int]:
    links = Event.clusters.through.objects.filter(event__in=narrowed(choice, "cluster").values("pk"))
    return dict(links.values_list("cluster__slug").annotate(Count("pk")))


def by_year(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    """What is to come under an empty heading, then each past year under its number; keeps the order."""
    return [
        (heading, list(group))
        for heading, group in groupby(events, lambda e: str(e.starts_on.year) if e.is_over else "")
    ]
