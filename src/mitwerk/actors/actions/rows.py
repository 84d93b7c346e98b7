"""Rows as JSON and back, for what a merge must remember to the letter."""

import json
from datetime import date
from typing import Any

from django.core import serializers
from django.db import models

Changed = dict[str, list[Any]]
"""Column to its value before and after."""


def _exact(value: Any) -> str:
    """Django's own encoder cuts microseconds off."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=_exact))


def plain(row: models.Model, column: str) -> Any:
    """The value of a column as JSON holds it."""
    return _as_json(getattr(row, column))


def assign(row: models.Model, values: dict[str, Any]) -> Changed:
    """Write columns past every verb, and tell what they held. No date moves: the row is not edited, it moves."""
    before = {column: plain(row, column) for column in values}
    for column, value in values.items():
        setattr(row, column, value)
    changed = {column: [before[column], plain(row, column)] for column in values}
    changed = {column: both for column, both in changed.items() if both[0] != both[1]}
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**{column: getattr(row, column) for column in changed})
    return changed


def take_back(row: models.Model, changed: Changed) -> list[str]:
    """Give columns their earlier value, where they still hold the later one; the names of those that do not."""
    still = {column for column, both in changed.items() if plain(row, column) == both[1]}
    by_column = {field.attname: field for field in row._meta.concrete_fields}
    assign(row, {column: by_column[column].to_python(changed[column][0]) for column in changed if column in still})
    return [column for column in changed if column not in still]


def packed(row: models.Model) -> dict[str, Any]:
    """A whole row with its many-to-many keys."""
    whole: dict[str, Any] = _as_json(serializers.serialize("python", [row]))[0]
    return whole


def unpack(whole: dict[str, Any]) -> None:
    """Write a packed row again, under its old key."""
    [row] = serializers.deserialize("python", [whole])
    row.save()
