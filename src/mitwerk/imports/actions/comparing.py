"""The rows are compared with the directory, in small pieces; what becomes of each stands on it then."""

from collections import Counter

from django.db import transaction

from mitwerk.imports.actions.pieces import is_alive, row_parts, save_rows
from mitwerk.imports.models import Import
from mitwerk.imports.queries.directory import directory_for, mark
from mitwerk.imports.queries.judging import Judge

JUDGED = ["said", "name", "outcome", "reason", "notes", "changes", "target", "leader", "twins"]


def compare_rows(job: Import) -> None:
    """Judge all rows for the preview."""
    judge_rows(job)
    Import.objects.filter(pk=job.pk, state=Import.State.CHECKING).update(state=Import.State.READY)


def judge_rows(job: Import) -> Judge:
    """Say of each row what becomes of it, and remember how the directory stood."""
    seen = mark()
    judge, counts, done = Judge(job, directory_for(job)), Counter[str](), 0
    for rows in row_parts(job):
        judge.judge(rows)
        counts.update(row.outcome for row in rows)
        done += len(rows)
        with transaction.atomic():
            save_rows(rows, JUDGED)
            is_alive(job, done)
    job.mark, job.counts = seen, dict(counts)
    Import.objects.filter(pk=job.pk).update(mark=seen, counts=job.counts)
    return judge
