"""Files that only some may have: a folder that no web server hands out, and what is left in it without a row."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import Storage, storages
from django.db.models import Model
from django.utils import timezone

LOST_AFTER = timedelta(days=35)
"""Longer than what the office removed can be restored."""


def private_storage() -> Storage:
    """A folder that no web server hands out: every file goes through a view that asks who wants it."""
    return storages["private"]


def forget_lost(model: type[Model], column: str = "file") -> int:
    """Delete what no row of `model` names any more, because what it lay in was removed. How many."""
    field: Any = model._meta.get_field(column)
    storage, folder = field.storage, str(field.upload_to)
    if not storage.exists(folder):
        return 0
    before, lost = timezone.now() - LOST_AFTER, 0
    for name in storage.listdir(folder)[1]:
        path = f"{folder}/{name}"
        is_old = storage.get_created_time(path) < before
        if is_old and not model._default_manager.filter(**{column: path}).exists():
            storage.delete(path)
            lost += 1
    return lost
