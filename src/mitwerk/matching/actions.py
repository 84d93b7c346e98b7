"""Writes of needs."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.saving import Change, Saved, by_source, link, together, write
from mitwerk.matching.mails import mail_need
from mitwerk.matching.models import Need, NeedContact
from mitwerk.vocabularies.models import Concept


class NeedFields(TypedDict, total=False):
    """What may be said of a need; what is left out stays as it is."""

    title: dict[str, str]
    text: dict[str, str]
    sector: Concept | None
    origin: str
    sources: list[dict[str, Any]]
    as_of: int | None


@transaction.atomic
def save_need(
    *,
    source_id: str,
    concepts: Sequence[Concept] = (),
    clusters: Sequence[Cluster] = (),
    actor: User | None = None,
    **fields: Unpack[NeedFields],
) -> Saved[Need]:
    """Make or change the documented need of a source row; what the office has changed stays.

    It is public from the start: no firm waits behind it.
    """
    need = by_source(Need, source_id, fields.get("title", {}).get("de", ""))
    if need.is_the_offices:
        return Saved(need, Change.UNCHANGED)
    first: dict[str, Any] = {"state": Need.State.PUBLISHED} if need._state.adding else {}
    change = together(write(need, {**fields, **first}), link(need.concepts, concepts), link(need.clusters, clusters))
    if change is not Change.UNCHANGED:
        record_audit(verb="need.save", target=need, actor=actor)
    return Saved(need, change)


@transaction.atomic
def change_need(*, need: Need, values: Values, rows: Rows, actor: User) -> Need:
    """What the office enters: a new need or changes of one, with its the competences that answer it."""
    if not need.slug:
        need.slug = free_slug_for(need, values["title"].best("de").text)
    write_record(record=need, values=values, rows=rows, actor=actor)
    return need


def remove_need(*, need: Need, actor: User) -> None:
    """Delete a need with what stands below it."""
    remove_record(record=need, actor=actor)


@transaction.atomic
def publish_need(*, need: Need, actor: User) -> None:
    """The office clears a reported need: from now on everybody reads it, without the contact."""
    _move(need, Need.State.PUBLISHED, "need.publish", actor)


@transaction.atomic
def close_need(*, need: Need, actor: User) -> None:
    """The need is met or withdrawn; it leaves the lists."""
    _move(need, Need.State.CLOSED, "need.close", actor)


def _move(need: Need, state: Need.State, verb: str, actor: User) -> None:
    need.state = state
    need.save(update_fields=["state", "updated_at"])
    record_audit(verb=verb, target=need, actor=actor)


@transaction.atomic
def report_need(
    *,
    cluster: Cluster | None,
    language: str,
    title: str,
    text: str,
    organisation_name: str,
    name: str,
    email: str,
    sector: Concept | None = None,
) -> Need:
    """Store a need for the office to clear, who reported it apart from it, and mail the office."""
    need = Need(
        title={language: title},
        text={language: text},
        sector=sector,
        origin=Need.Origin.REPORTED,
        state=Need.State.REPORTED,
        as_of=timezone.localdate().year,
    )
    need.slug = free_slug_for(need, title)
    need.save(force_insert=True)
    if cluster:
        need.clusters.add(cluster)
    contact = NeedContact.objects.create(need=need, organisation_name=organisation_name, name=name, email=email)
    record_audit(verb="need.report", target=need, cluster_slug=cluster.slug if cluster else "")
    mail_need(contact, cluster)
    return need
