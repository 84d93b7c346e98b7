"""Making a draft public: what differs is written by the same verb as the office's own changes."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.staging import changed_names
from mitwerk.core.changes import Row
from mitwerk.pictures.models import Picture
from mitwerk.places.models import District, State
from mitwerk.places.queries import locate
from mitwerk.profiles.actions.confirming import settle_confirmation
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries.content import PLAIN, ROWS, Content, content_of
from mitwerk.profiles.queries.differences import laid_over
from mitwerk.vocabularies.models import Concept


def apply_draft(draft: Draft, actor: User, verb: str) -> None:
    """Write what the draft changes into the profile, in the caller's transaction, and close it.

    Clearing also says that the profile is right as of today.
    """
    organisation = Organisation.objects.select_for_update().get(pk=draft.organisation_id)
    now = content_of(organisation)
    laid = laid_over(draft, now).content
    names = changed_names(now, laid)
    values = {name: _value(name, laid[name]) for name in names if name in PLAIN}
    if {"postal_code", "town"} & set(values):
        values |= _place(laid["town"], laid["postal_code"])
    rows = {name: _rows(organisation, name, now[name], laid[name]) for name in names if name in ROWS}
    change_organisation(organisation=organisation, values=values, rows=rows, actor=actor)
    draft.state, draft.decided_at, draft.decided_by = Draft.State.CLEARED, timezone.now(), actor
    draft.save()
    record_audit(verb=verb, target=organisation, actor=actor, details={"fields": names, "version": draft.version})
    settle_confirmation(organisation, actor)


def _value(name: str, plain: Any) -> Any:
    """A plain value as the record takes it; what was deleted meanwhile is left out."""
    if name in {"sectors", "concepts"}:
        return list(Concept.objects.filter(pk__in=plain))
    if name == "concept":
        return Concept.objects.get(pk=plain)
    if name == "logo":
        return Picture.objects.filter(pk=plain).first() if plain else None
    if name == "valid_until":
        return parse_date(plain) if plain else None
    return plain


def _place(town: str, postal_code: str) -> dict[str, Any]:
    """District, state and point of a town; all empty where the register of places does not know it."""
    spot = locate(town, postal_code)
    return {
        "district": District.objects.filter(ags=spot.district).first() if spot.district else None,
        "state": State.objects.filter(code=spot.state).first() if spot.state else None,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
    }


def _rows(organisation: Organisation, relation: str, before: list[Content], after: list[Content]) -> list[Row]:
    """The rows of a relation for `change_organisation`: kept and new ones in their order, then those that go."""
    model, columns = ROWS[relation]
    there = {row.pk: row for row in getattr(organisation, relation).all()}
    was = {row["id"]: row for row in before}
    rows = []
    for row in after:
        record: models.Model = there.get(row["id"]) or model()
        old = was.get(row["id"], {})
        rows.append(Row(record, {name: _value(name, row[name]) for name in columns if row[name] != old.get(name)}))
    kept = {row["id"] for row in after}
    return rows + [Row(record, {}, is_removed=True) for pk, record in there.items() if pk not in kept]
