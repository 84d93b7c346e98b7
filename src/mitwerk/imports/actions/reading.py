"""The file becomes rows. They are staged in small pieces, and count only when all of them are there."""

from collections.abc import Iterator
from itertools import chain, islice

from django.db import transaction
from django.utils import timezone

from mitwerk.algorithms.sheets.columns import Layout, guess, layout, signature
from mitwerk.algorithms.sheets.process import read
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.imports.actions.pieces import parts
from mitwerk.imports.models import Import, Mapping, Row

SAMPLES = 3


def read_file(job: Import) -> None:
    """Read the file in its own process and stage its rows; one that was begun before is begun anew."""
    job.rows.all().delete()
    found = enumerate(read(bytes(job.content), job.kind), 1)
    first = list(islice(found, 30))
    shape = layout([row if isinstance(row, list) else [] for _number, row in first])
    total = 0
    staged = (one for number, row in chain(first[shape.start :], found) for one in _row(job, number, row))
    for part in parts(staged):
        with transaction.atomic():
            total += len(Row.objects.bulk_create(part))
            Import.objects.filter(pk=job.pk).update(total=total)
    if not total:
        raise Unreadable("nothing")
    _describe(job, shape)


def _row(job: Import, number: int, row: list[str] | str) -> Iterator[Row]:
    if isinstance(row, str):
        yield Row(job=job, number=number, reason=row)
    elif any(cell.strip() for cell in row):
        yield Row(job=job, number=number, cells=[cell.replace("\0", "") for cell in row])


def _describe(job: Import, shape: Layout) -> None:
    """What the columns are called and may hold: as the office said last time, else guessed."""
    some = [row.cells for row in job.rows.exclude(cells=[]).order_by("number")[:40]]
    width = max((len(cells) for cells in some), default=0)
    heads = [*shape.heads[:width], *[""] * (width - len(shape.heads))]
    known = Mapping.objects.filter(signature=signature(heads)).first() if shape.is_named else None
    columns = known.columns if known and len(known.columns) == len(heads) else guess(heads, some)
    samples = [[cells[at][:60] for cells in some if at < len(cells) and cells[at].strip()][:SAMPLES]
               for at in range(len(heads))]  # fmt: skip
    Import.objects.filter(pk=job.pk, state=Import.State.READING).update(
        state=Import.State.MAPPING, heads=heads, samples=samples, columns=columns, is_named=shape.is_named,
        is_remembered=bool(known), content=b"", updated_at=timezone.now(),
    )  # fmt: skip
