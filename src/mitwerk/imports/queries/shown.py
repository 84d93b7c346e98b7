"""Rows of a preview as the office reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from mitwerk.actors.models import Membership, Organisation
from mitwerk.imports.models import Row
from mitwerk.imports.queries.words import REASONS, TARGETS, TWIN_REASONS
from mitwerk.places.models import State
from mitwerk.vocabularies.models import Concept

Text = str | Promise


@dataclass(frozen=True)
class Twin:
    """An organisation that a row may be, and why."""

    organisation: Organisation
    reasons: list[Text]


@dataclass(frozen=True)
class Shown:
    """A row with everything in words."""

    row: Row
    reason: Text
    organisation: Organisation | None
    twins: list[Twin]
    changes: list[tuple[Text, str, str]]
    says: list[tuple[Text, str]]
    notes: list[tuple[Text, str]]


def shown_rows(rows: Sequence[Row]) -> list[Shown]:
    """The same few queries for any number of rows."""
    keys = {key for row in rows for key in (row.target, row.organisation, *(twin[0] for twin in row.twins)) if key}
    organisations = Organisation.objects.in_bulk(keys)
    names = _names() if rows else {}
    return [_shown(row, organisations, names) for row in rows]


def _names() -> dict[str, dict[str, str]]:
    """What keys and codes in the columns of a row are called."""
    sectors = Concept.objects.filter(vocabulary__slug="sectors").prefetch_related("labels")
    return {
        "state": {str(one.pk): str(one) for one in State.objects.all()},
        "sectors": {str(one.pk): str(one) for one in sectors},
        "membership": {str(code): str(label) for code, label in Membership.Kind.choices},
        "kind": {str(code): str(label) for code, label in Organisation.Kind.choices},
        "size": {str(code): str(label) for code, label in Organisation.Size.choices},
    }


def _in_words(target: str, value: Any, names: dict[str, dict[str, str]]) -> str:
    if target == "sectors":
        parts = value if isinstance(value, list) else str(value).split()
        return ", ".join(names["sectors"].get(str(part), str(part)) for part in parts)
    return names.get(target, {}).get(str(value), str(value))


def _shown(row: Row, organisations: dict[int, Organisation], names: dict[str, dict[str, str]]) -> Shown:
    is_new = row.outcome in (Row.Outcome.NEW, Row.Outcome.DUPLICATE)
    return Shown(
        row=row,
        reason=REASONS.get(row.kept or row.reason, ""),
        organisation=organisations.get(row.organisation or row.target or 0),
        twins=[
            Twin(organisations[key], [TWIN_REASONS[reason] for reason in reasons])
            for key, _score, reasons in row.twins
            if key in organisations
        ],
        changes=[
            (TARGETS[target], _in_words(target, old, names), _in_words(target, new, names))
            for target, old, new in row.changes
        ],
        says=[(TARGETS[target], _in_words(target, value, names)) for target, value in row.said.items()]
        if is_new
        else [],
        notes=[(TARGETS[target], text) for target, text in row.notes],
    )
