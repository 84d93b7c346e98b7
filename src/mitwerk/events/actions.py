"""Writes of events."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.saving import Change, Saved, by_source, link, replace_rows, together, write
from mitwerk.events.models import Event


class EventFields(TypedDict, total=False):
    """What may be said of an event; what is left out stays as it is."""

    title: dict[str, str]
    description: dict[str, str]
    starts_on: date
    ends_on: date | None
    is_month_only: bool
    place: str
    website: str
    is_congress: bool
    sources: list[dict[str, Any]]
    as_of: int | None


class OrganiserRow(TypedDict):
    organisation: Organisation | None
    name: str


@transaction.atomic
def save_event(
    *,
    source_id: str,
    clusters: Sequence[Cluster] = (),
    organisers: Sequence[OrganiserRow] = (),
    topics: Sequence[dict[str, str]] = (),
    actor: User | None = None,
    **fields: Unpack[EventFields],
) -> Saved[Event]:
    """Make or change the event of a source row, with exactly these organisers; what the office has changed stays."""
    event = by_source(Event, source_id, fields.get("title", {}).get("de", ""))
    if event.is_the_offices:
        return Saved(event, Change.UNCHANGED)
    change = together(
        write(event, fields),
        link(event.clusters, clusters),
        replace_rows(event.organisers, organisers),
        replace_rows(event.topics, [{"name": topic} for topic in topics]),
    )
    if change is not Change.UNCHANGED:
        record_audit(verb="event.save", target=event, actor=actor)
    return Saved(event, change)


@transaction.atomic
def change_event(*, event: Event, values: Values, rows: Rows, actor: User) -> Event:
    """What the office enters: a new event or changes of one, with its organisers and topics."""
    if not event.slug:
        event.slug = free_slug_for(event, values["title"].best("de").text)
    write_record(record=event, values=values, rows=rows, actor=actor)
    return event


def remove_event(*, event: Event, actor: User) -> None:
    """Delete a event with what stands below it."""
    remove_record(record=event, actor=actor)
