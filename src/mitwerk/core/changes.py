"""Writing a record and the rows below it, as the verbs of the office do.

The form says what changed; a verb hands it on as `values` and `rows`, so that a verb never sees a form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F

from mitwerk.core.wording import note_writing


class Refused(Exception):
    """A verb cannot do now what it was asked for; the text says why, in the reader's language."""


Values = Mapping[str, Any]
"""Field name to new value; a many-to-many field takes all its records."""


@dataclass(frozen=True)
class Row:
    """A row below a record: an unsaved or saved one, what it is to hold, and whether it goes."""

    record: models.Model
    values: Values
    is_removed: bool = False


Rows = Mapping[str, Sequence[Row]]
"""Relation name to its rows in their order; rows that are not named stay as they are."""


def save_values(record: models.Model, values: Values) -> None:
    """Assign and save; many-to-many values after the record has its key. A language left behind is noted."""
    many = {field.name for field in record._meta.many_to_many}
    for name, value in values.items():
        if name not in many:
            setattr(record, name, value)
    note_writing(record, values)
    record.save()
    for name in many & set(values):
        getattr(record, name).set(values[name])


def save_rows(parent: models.Model, relation: str, rows: Sequence[Row]) -> None:
    """Write the rows of one relation; a `position` column, where there is one, follows the order given."""
    manager = getattr(parent, relation)
    ordered = any(field.name == "position" for field in manager.model._meta.fields)
    for row in rows:
        if row.is_removed and row.record.pk:
            row.record.delete()
    kept = [row for row in rows if not row.is_removed]
    if ordered:
        # Out of the way first: a unique constraint on the position would refuse two rows that change places.
        manager.filter(pk__in=[row.record.pk for row in kept if row.record.pk]).update(position=F("position") + 10_000)
    for position, row in enumerate(kept):
        setattr(row.record, manager.field.name, parent)
        save_values(row.record, {**row.values, **({"position": position} if ordered else {})})
