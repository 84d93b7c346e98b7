"""Saving a record only where it differs, so that loading the same data twice writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import models

from mitwerk.algorithms.slugs import free_slug
from mitwerk.core.ids import public_id_from

M = TypeVar("M", bound=models.Model)


class Change(StrEnum):
    """What saving did to a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class Tally:
    """How many records were new, changed, or left as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, change: Change) -> None:
        setattr(self, change.value, getattr(self, change.value) + 1)


class Saved(NamedTuple, Generic[M]):
    """A record and what saving did to it."""

    record: M
    change: Change


def differing(record: models.Model, fields: Mapping[str, Any]) -> list[str]:
    """Names of the `fields` whose value on the record is another one. Foreign keys are compared without a query."""
    return [name for name, value in fields.items() if _stored(record, name) != _key(value)]


def _stored(record: models.Model, name: str) -> Any:
    field = record._meta.get_field(name)
    return getattr(record, field.attname if isinstance(field, models.ForeignKey) else name)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def write(record: models.Model, fields: Mapping[str, Any]) -> Change:
    """Assign `fields` and save, if the record is new or any of them differs.

    Raises `ValidationError` for a value its field refuses; uniqueness is left to the database.
    """
    is_new = record._state.adding
    changed = differing(record, fields)
    if not is_new and not changed:
        return Change.UNCHANGED
    for name, value in fields.items():
        setattr(record, name, value)
    relations = {f.name for f in record._meta.fields if f.is_relation}
    unwritten = {f.name for f in record._meta.fields} - set(fields) if not is_new else set()
    record.clean_fields(exclude=relations | unwritten)
    if is_new:
        record.save(force_insert=True)
    else:
        moved = [f.name for f in record._meta.fields if getattr(f, "auto_now", False)]
        record.save(update_fields=[*changed, *moved])
    return Change.NEW if is_new else Change.CHANGED


def link(manager: Any, wanted: Iterable[models.Model]) -> bool:
    """Make a many-to-many relation hold exactly `wanted`; True when that changed anything."""
    pks = {record.pk for record in wanted}
    if pks == set(manager.values_list("pk", flat=True)):
        return False
    manager.set(pks)
    return True


def replace_rows(manager: Any, wanted: Sequence[Mapping[str, Any]]) -> bool:
    """Make the child rows hold `wanted`, in order; True when that changed anything.

    Rows that are right stay; the others go before new ones come, so that an exchange of two breaks no constraint.
    """
    there = list(manager.order_by("position", "pk"))
    rows = [{**fields, "position": position} for position, fields in enumerate(wanted)]
    right = {n for n, (row, fields) in enumerate(zip(there, rows, strict=False)) if not differing(row, fields)}
    for n, row in enumerate(there):
        if n not in right:
            row.delete()
    for n, fields in enumerate(rows):
        if n not in right:
            write(manager.model(**{manager.field.name: manager.instance}), fields)
    return len(right) != len(rows) or len(right) != len(there)


def together(own: Change, *others: bool) -> Change:
    """The change of a record whose own row did `own` and whose related rows changed where `others` say so."""
    return Change.CHANGED if own is Change.UNCHANGED and any(others) else own


def upsert(model: type[models.Model], key: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Write many rows at once: those whose `key` fields are unknown are made, those that differ are changed.

    One query to read, one per 500 rows to write, none when nothing differs. No clean, no signals.
    """
    manager = model._default_manager
    known = {tuple(_stored(r, name) for name in key): r for r in manager.all()}
    made: list[models.Model] = []
    changed: list[models.Model] = []
    names: set[str] = set()
    tally = Tally()
    for fields in rows:
        record = known.get(tuple(_key(fields[name]) for name in key))
        if record is None:
            made.append(model(**fields))
            tally.new += 1
        elif different := differing(record, fields):
            for name in different:
                setattr(record, name, fields[name])
            names.update(different)
            changed.append(record)
            tally.changed += 1
        else:
            tally.unchanged += 1
    if made:
        manager.bulk_create(made, batch_size=500)
    if changed:
        manager.bulk_update(changed, sorted(names), batch_size=500)
    return tally


def by_source(model: type[M], source_id: str, name: str, max_length: int = 80) -> M:
    """The record that was loaded from this source row, or a new unsaved one.

    A new one gets the same public id on every installation and an address made of its name; both stay for good.
    """
    manager: Any = model._base_manager
    found: M | None = manager.filter(source_id=source_id).first()
    if found is not None:
        return found
    record = model(source_id=source_id, public_id=public_id_from(source_id))
    if hasattr(record, "slug"):
        taken = lambda slug: bool(manager.filter(slug=slug).exists())  # noqa: E731
        record.slug = free_slug(name, taken, fallback=public_id_from(source_id), max_length=max_length)
    return record
