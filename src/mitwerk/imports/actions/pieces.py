"""Long work in small pieces, with a sign of life after each."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from django.utils import timezone

from mitwerk.imports.models import Import, Row

T = TypeVar("T")
PART = 500
LEASE = timedelta(minutes=10)
"""Longer than any single piece between two signs of life."""


def parts(items: Iterable[T], size: int = PART) -> Iterator[list[T]]:
    """Some at a time."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def row_parts(job: Import, start: int = 0) -> Iterator[list[Row]]:
    """The rows in their order, some at a time, each piece by a query of its own."""
    last = start
    while rows := list(job.rows.filter(number__gt=last).order_by("number")[:PART]):
        yield rows
        last = rows[-1].number


def is_alive(job: Import, progress: int) -> None:
    """A sign of life, for the next reader of the page and for those who would take over."""
    Import.objects.filter(pk=job.pk).update(progress=progress, lease_until=timezone.now() + LEASE)


def save_rows(rows: list[Row], names: list[str]) -> None:
    """Write some columns of many rows at once."""
    Row.objects.bulk_create(rows, update_conflicts=True, unique_fields=["job", "number"], update_fields=names)
