"""A record with everything that goes when it is deleted, as JSON, and back again."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector

Packed = dict[str, Any]


def pack(record: models.Model) -> Packed:
    """`rows`, the record first; `links`, columns of rows that stay and will forget it: table, key, column, value.

    Raises `ProtectedError`, as deleting does, where something that stays holds on to it.
    """
    collector = Collector(using=router.db_for_write(type(record), instance=record), origin=record)
    collector.collect([record])
    rows = [row for instances in collector.data.values() for row in instances]
    rows += [row for query in collector.fast_deletes for row in query]
    rows.sort(key=lambda row: (row._meta.label, row.pk) != (record._meta.label, record.pk))
    return {"rows": [_as_json(row) for row in rows], "links": list(_links(collector))}


def _as_json(row: models.Model) -> dict[str, Any]:
    """Without many-to-many lists: their rows go on their own."""
    names = [field.name for field in row._meta.concrete_fields]
    [whole] = serializers.serialize("python", [row], fields=names)
    return {"model": whole["model"], "pk": whole["pk"], "fields": {k: _plain(v) for k, v in whole["fields"].items()}}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def _links(collector: Collector) -> Iterable[list[Any]]:
    for (field, _value), groups in collector.field_updates.items():
        for group in groups:
            for row in group if isinstance(group, models.QuerySet | list | tuple | set) else [group]:
                yield [row._meta.label_lower, row.pk, field.attname, getattr(row, field.attname)]


def unpack(packed: Packed) -> tuple[models.Model | None, int]:
    """Put it back under its old keys: the record, and how many of its rows found no place any more.

    None where the record itself finds none, because something else has its address or what it needs is gone.
    """
    first, *others = packed["rows"]
    if not _put(first):
        return None, 0
    waiting, lost = others, 0
    while waiting:  # a row may need another one that comes later
        left = [row for row in waiting if not _put(row)]
        if len(left) == len(waiting):
            lost = len(left)
            break
        waiting = left
    for label, key, column, value in packed["links"]:
        if _leads_somewhere(apps.get_model(label), column, value):
            apps.get_model(label)._default_manager.filter(pk=key, **{column: None}).update(**{column: value})
    return apps.get_model(first["model"])._default_manager.get(pk=first["pk"]), lost


def _put(row: dict[str, Any]) -> bool:
    model = apps.get_model(row["model"])
    fields = dict(row["fields"])
    for field in model._meta.concrete_fields:
        value = fields.get(field.name)
        if field.is_relation and value is not None and not _is_there(field.related_model, value, row):
            if not field.null:
                return False
            fields[field.name] = None
    [made] = serializers.deserialize("python", [{**row, "fields": fields}])
    try:
        with transaction.atomic():
            made.object.save_base(raw=True, force_insert=True)
    except IntegrityError:
        return False
    return True


def _leads_somewhere(model: Any, column: str, key: Any) -> bool:
    """Whoever wrote something may have been erased since."""
    [field] = [field for field in model._meta.concrete_fields if field.attname == column]
    return bool(field.related_model._default_manager.filter(pk=key).exists())


def _is_there(model: Any, key: Any, row: dict[str, Any]) -> bool:
    is_itself = model._meta.label_lower == row["model"] and key == row["pk"]
    return is_itself or bool(model._default_manager.filter(pk=key).exists())
