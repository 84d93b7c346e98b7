"""An import is taken back: what it wrote is as before, as far as nobody touched it since; the rest is named."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, record_audits
from mitwerk.actors.actions.relations import all_relations
from mitwerk.actors.actions.rows import take_back
from mitwerk.actors.models import Contact, Membership, Organisation
from mitwerk.imports.actions.pieces import PART, is_alive, save_rows
from mitwerk.imports.models import Import, OwnId, Row
from mitwerk.search.actions import refresh

OURS = {"membership": Membership, "own_id": OwnId, "contact": Contact}
UNTOLD = {"office_changed_at", "updated_at", "sort_name", "normalised_name", "behind"}
"""Columns that follow others, and dates: no statements of their own."""
Organisations = dict[int, Organisation]


def undo_rows(job: Import) -> None:
    """From the last row to the first, some at a time; one that died goes on where it was."""
    left = job.rows.exclude(done={})
    while rows := list(left.order_by("-number")[:PART]):
        with transaction.atomic():
            _undo_part(job, rows)
            is_alive(job, left.count())
    with transaction.atomic():
        kept = job.rows.exclude(kept="").count()
        if Import.objects.filter(pk=job.pk, state=Import.State.UNDOING).update(
            state=Import.State.UNDONE, undone_at=timezone.now(), problem=""
        ):
            slug = job.cluster.slug if job.cluster else ""
            record_audit(verb="import.undo", target=job, actor=job.by, cluster_slug=slug, details={"kept": kept})


def _undo_part(job: Import, rows: Sequence[Row]) -> None:
    keys = {row.organisation for row in rows if row.organisation}
    organisations: Organisations = Organisation.objects.select_for_update().in_bulk(keys)
    made = {row.done["made"] for row in rows if "made" in row.done}
    gone = _untouched(rows, organisations) - _referred_to(made, rows)
    for row in rows:
        row.kept = _undo_row(row, organisations, made - gone)
        row.done = {}
    Organisation.objects.filter(pk__in=gone).delete()
    save_rows(list(rows), ["done", "kept"])
    touched = [one for one in organisations.values() if one.pk not in made]
    Organisation.objects.filter(pk__in=[one.pk for one in touched]).update(updated_at=timezone.now())
    record_audits(verb="organisation.import_undone", targets=organisations.values(), actor=job.by,
                  details={"import": job.public_id})  # fmt: skip
    refresh(kind="organisation", ids=keys)


def _untouched(rows: Sequence[Row], organisations: Organisations) -> set[int]:
    """Those that were made by the import and not changed since."""
    at = {row.done["made"]: row.done["at"] for row in rows if "made" in row.done}
    return {key for key, moment in at.items() if key in organisations
            and organisations[key].updated_at == datetime.fromisoformat(moment)}  # fmt: skip


def _referred_to(made: set[int], rows: Sequence[Row]) -> set[int]:
    """Those among the new ones to which anything points that the import did not make."""
    found: set[int] = set()
    for relation in all_relations():
        own = [row.done[name] for row in rows for name, model in OURS.items()
               if model is relation.model and name in row.done]  # fmt: skip
        column = relation.field.attname
        others = relation.model._default_manager.filter(**{f"{column}__in": made}).exclude(pk__in=own)
        found |= set(others.values_list(column, flat=True))
    return found


def _undo_row(row: Row, organisations: Organisations, stays: set[int]) -> str:
    """Takes back what one row wrote; the code of what was left as it is."""
    done, one, kept = row.done, organisations.get(row.organisation or 0), ""
    if done.get("made") in stays:
        return "used" if one and one.updated_at == datetime.fromisoformat(done["at"]) else "changed"
    if one is None:
        return "changed" if "made" not in done else ""
    if one.merged_into_id and "made" not in done:
        return "changed"
    if "columns" in done and set(take_back(one, done["columns"])) - UNTOLD:
        kept = "changed"
    if "sectors" in done:
        one.sectors.remove(*done["sectors"])
    for name, model in (("membership_changed", Membership), ("contact_changed", Contact)):
        if name in done:
            record = model.objects.filter(pk=done[name][0]).first()
            if record is None or set(take_back(record, done[name][1])) - UNTOLD:
                kept = "changed"
    return kept if "made" in done else _remove_added(done, kept)


def _remove_added(done: dict[str, Any], kept: str) -> str:
    """What the row added to an organisation that was there before."""
    if "own_id" in done:
        OwnId.objects.filter(pk=done["own_id"]).delete()
    if "membership" in done:
        as_made = Membership.objects.filter(pk=done["membership"], until=None, **done["membership_as"])
        kept = kept if as_made.delete()[0] else "changed"
    if "contact" in done:
        contact = Contact.objects.filter(pk=done["contact"])
        if not contact.filter(updated_at=datetime.fromisoformat(done["contact_at"])).delete()[0] and contact.exists():
            kept = "changed"
    return kept
