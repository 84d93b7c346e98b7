"""The search is told what an import wrote: rows in bulk send no signals."""

from django.db import transaction

from mitwerk.imports.actions.pieces import is_alive, row_parts
from mitwerk.imports.models import Import
from mitwerk.search.actions import refresh


def tell_search(job: Import) -> None:
    """In small pieces; one that died goes on where it was."""
    for rows in row_parts(job, start=job.index_from or 0):
        keys = {row.organisation for row in rows if row.organisation}
        with transaction.atomic():
            refresh(kind="organisation", ids=keys)
            Import.objects.filter(pk=job.pk).update(index_from=rows[-1].number)
            is_alive(job, job.total)
    Import.objects.filter(pk=job.pk).update(index_from=None)
