"""Writes of organisations and memberships."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Membership, Organisation
from mitwerk.algorithms.collation import sort_key
from mitwerk.algorithms.text import normalise_name
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.saving import Change, Saved, by_source, link, together, write
from mitwerk.places.models import District, State
from mitwerk.vocabularies.models import Concept

NAME_LENGTH = 250


class OrganisationFields(TypedDict, total=False):
    """What may be said of an organisation; what is left out stays as it is."""

    name: str
    alternative_names: list[str]
    legal_form: str
    kind: str
    description: dict[str, str]
    town: str
    postal_code: str
    state: State | None
    district: District | None
    latitude: float | None
    longitude: float | None
    founded: int | None
    size: str
    employees: int | None
    employees_year: int | None
    website: str
    register_number: str
    ror_id: str | None
    visibility: str
    sources: list[dict[str, Any]]
    as_of: int | None


@transaction.atomic
def save_organisation(
    *,
    source_id: str,
    sectors: Sequence[Concept] | None = None,
    actor: User | None = None,
    **fields: Unpack[OrganisationFields],
) -> Saved[Organisation]:
    """Make an unclaimed organisation, or change the one loaded from the same source row.

    An organisation that somebody has claimed is theirs, one that the office has changed is the office's: both are left
    as they are. The row of one that was merged leads to the one that stands for it, which is the office's.
    """
    organisation = by_source(Organisation, source_id, fields.get("name", ""))
    return _save(organisation, sectors, actor, fields)


@transaction.atomic
def add_to_organisation(
    *, organisation: Organisation, actor: User | None = None, **fields: Unpack[OrganisationFields]
) -> Saved[Organisation]:
    """Add what a second source says to an organisation that is there already; the others' stay as they are."""
    return _save(organisation, None, actor, fields)


def _save(
    organisation: Organisation,
    sectors: Sequence[Concept] | None,
    actor: User | None,
    fields: OrganisationFields,
) -> Saved[Organisation]:
    if organisation.merged_into_id:
        return Saved(organisation.standing, Change.UNCHANGED)
    if organisation.is_claimed or organisation.is_the_offices:
        return Saved(organisation, Change.UNCHANGED)
    values: dict[str, Any] = {**fields}
    if name := fields.get("name"):
        values["sort_name"] = sort_key(name)[:NAME_LENGTH]
        values["normalised_name"] = normalise_name(name)[:NAME_LENGTH]
    change = write(organisation, values)
    if sectors is not None:
        change = together(change, link(organisation.sectors, sectors))
    if change is not Change.UNCHANGED:
        record_audit(verb="organisation.save", target=organisation, actor=actor)
    return Saved(organisation, change)


@transaction.atomic
def save_memberships(
    *,
    organisation: Organisation,
    clusters: Sequence[Cluster | None],
    sources: list[dict[str, Any]],
    as_of: int | None,
) -> bool:
    """Make the memberships that come from the organisation's source row hold `clusters` (None: the umbrella body).

    Memberships that the office entered have no source id and are left alone. True when anything changed.
    """
    loaded = Membership.objects.filter(organisation=organisation, source_id__isnull=False)
    there = {m.cluster_id: m for m in loaded}
    by_hand = set(
        Membership.objects.filter(organisation=organisation, source_id=None).values_list("cluster_id", flat=True)
    )
    changed = False
    for cluster in clusters:
        pk = cluster.pk if cluster else None
        if pk in by_hand:
            continue
        source_id = f"{organisation.source_id}@{cluster.source_id if cluster else 'region'}"
        membership = there.pop(pk, None) or Membership(organisation=organisation, cluster=cluster, source_id=source_id)
        changed |= write(membership, {"sources": sources, "as_of": as_of}) is not Change.UNCHANGED
    for surplus in there.values():
        surplus.delete()
        changed = True
    if changed:
        record_audit(verb="organisation.memberships", target=organisation)
    return changed


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, values: Values, rows: Rows, actor: User | None
) -> Organisation:
    """What the office enters: a new organisation or changes of one, with its memberships and what stands below it."""
    name = values.get("name", organisation.name)
    derived = {"sort_name": sort_key(name)[:NAME_LENGTH], "normalised_name": normalise_name(name)[:NAME_LENGTH]}
    if not organisation.slug:
        derived["slug"] = free_slug_for(organisation, name)
    for field, value in derived.items():
        setattr(organisation, field, value)
    write_record(record=organisation, values=values, rows=rows, actor=actor)
    return organisation


def remove_organisation(*, organisation: Organisation, actor: User) -> None:
    """Delete an organisation with its memberships, competences and references; no load brings it back.

    What was merged into it goes with it.
    """
    merged = Organisation.objects.filter(merged_into=organisation).values_list("source_id", "ror_id")
    known = [organisation.ror_id, *(one for pair in merged for one in pair)]
    remove_record(record=organisation, actor=actor, source_ids=known)


@transaction.atomic
def take_over(*, organisation: Organisation, actor: User | None) -> bool:
    """The organisation is in its own people's hands from now on; False where it was already.

    Of two who try at once only one gets it: whoever sets the date.
    """
    now = timezone.now()
    if not Organisation.objects.filter(pk=organisation.pk, claimed_at=None).update(claimed_at=now, updated_at=now):
        return False
    organisation.claimed_at = now
    record_audit(verb="organisation.take_over", target=organisation, actor=actor)
    return True
