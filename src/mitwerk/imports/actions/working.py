"""Which piece of work an import waits for, done by one process at a time and taken up where another one died."""

import logging
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from django_scopes import scope

from mitwerk.algorithms.text_units import Unreadable
from mitwerk.imports.actions.comparing import compare_rows
from mitwerk.imports.actions.finding import tell_search
from mitwerk.imports.actions.pieces import LEASE
from mitwerk.imports.actions.reading import read_file
from mitwerk.imports.actions.undoing import undo_rows
from mitwerk.imports.actions.writing import write_rows
from mitwerk.imports.models import Import
from mitwerk.imports.queries.directory import first_language

log = logging.getLogger(__name__)
STEPS: dict[str, Callable[[Import], None]] = {
    Import.State.READING: read_file,
    Import.State.CHECKING: compare_rows,
    Import.State.RUNNING: write_rows,
    Import.State.UNDOING: undo_rows,
}


def waiting() -> Q:
    """Imports with something to do that nobody works on."""
    has_work = Q(state__in=STEPS) | Q(index_from__isnull=False)
    return has_work & Q(lease_until__lte=timezone.now())


def go_on(pk: int) -> bool:
    """Do what an import waits for; False where there is nothing, or somebody else is at it."""
    if not Import.objects.filter(waiting(), pk=pk).update(lease_until=timezone.now() + LEASE):
        return False
    try:
        with scope(cluster=None), override(first_language()):
            _do(Import.objects.select_related("by", "cluster").get(pk=pk))
    finally:
        Import.objects.filter(pk=pk).update(lease_until=timezone.now())
    return True


def _do(job: Import) -> None:
    try:
        if step := STEPS.get(job.state):
            step(job)
        job.refresh_from_db()
        if job.index_from is not None:
            tell_search(job)
    except Unreadable as unreadable:
        _fail(job, str(unreadable))
    except Exception:
        log.exception("An import failed (%s)", job.state)
        _fail(job, "error")


def _fail(job: Import, problem: str) -> None:
    """What can be tried again goes back to where somebody decides."""
    back = {Import.State.CHECKING: Import.State.MAPPING, Import.State.RUNNING: Import.State.READY,
            Import.State.UNDOING: Import.State.DONE}  # fmt: skip
    state = back.get(Import.State(job.state), Import.State.FAILED)
    if job.state in STEPS:
        Import.objects.filter(pk=job.pk, state=job.state).update(state=state, problem=problem, content=b"")


def go_on_everywhere() -> int:
    """For the timed work: whatever a process left behind. How many were taken up."""
    return sum(go_on(pk) for pk in Import.objects.filter(waiting()).values_list("pk", flat=True))
