"""What the office does with an import. The work itself is left to a worker."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.sheets.columns import signature
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Refused
from mitwerk.imports import tasks
from mitwerk.imports.models import Import, Row
from mitwerk.imports.models import Mapping as Remembered

State, Outcome = Import.State, Row.Outcome


def _slug(job: Import) -> str:
    return job.cluster.slug if job.cluster else ""


def _move(job: Import, start: Sequence[str], end: str, **values: object) -> None:
    """From one state to the next, and on with the work. Of two who press a button at once, one moves it."""
    values |= {"problem": "", "progress": 0, "lease_until": timezone.now(), "updated_at": timezone.now()}
    if not Import.objects.filter(pk=job.pk, state__in=start).update(state=end, **values):
        raise Refused(_("This import has moved on meanwhile. Look at it again."))
    job.refresh_from_db()
    transaction.on_commit(partial(tasks.go_on.enqueue, job.pk))


@transaction.atomic
def take_file(*, user: User, cluster: Cluster | None, file_name: str, kind: str, content: bytes) -> Import:
    """Keep a file until it is read. Nothing is written to the directory."""
    job = Import.objects.create(
        by=user, cluster=cluster, file_name=file_name[:200], kind=kind, content=content,
        **({} if cluster else {"membership": ""}),
    )  # fmt: skip
    record_audit(verb="import.upload", target=job, actor=user, cluster_slug=_slug(job), details={"kind": kind})
    transaction.on_commit(partial(tasks.go_on.enqueue, job.pk))
    return job


@transaction.atomic
def set_columns(
    *, job: Import, columns: Sequence[str], membership: str, legal_basis: str, legal_note: str, actor: User
) -> None:
    """Say what the columns hold, remember it for the next file with these heads, and compare the rows."""
    _move(job, [State.MAPPING, State.READY], State.CHECKING, columns=list(columns), membership=membership, by=actor,
          legal_basis=legal_basis, legal_note=legal_note)  # fmt: skip
    if job.is_named:
        Remembered.objects.update_or_create(
            signature=signature(job.heads), defaults={"columns": list(columns), "used_at": timezone.now()}
        )


@transaction.atomic
def decide(*, job: Import, decisions: Mapping[int, str], actor: User) -> int:
    """For some rows that may be there already: the same one, another one, or left out. How many were decided."""
    held = Import.objects.select_for_update().get(pk=job.pk)
    if held.state != State.READY:
        raise Refused(_("This import has moved on meanwhile. Look at it again."))
    rows = list(held.rows.filter(outcome=Outcome.DUPLICATE, number__in=decisions))
    for row in rows:
        answer, _colon, key = decisions[row.number].partition(":")
        known = {twin[0] for twin in row.twins}
        row.decision = answer if answer in Row.Decision.values else ""
        row.chosen = int(key) if key.isdecimal() and int(key) in known else None
    Row.objects.bulk_update(rows, ["decision", "chosen"], batch_size=200)
    return len(rows)


@transaction.atomic
def decide_all(*, job: Import, decision: str, actor: User) -> int:
    """The same answer for all that nobody has decided yet. How many that were."""
    if job.state != State.READY or decision not in Row.Decision.values:
        raise Refused(_("This import has moved on meanwhile. Look at it again."))
    return job.rows.filter(outcome=Outcome.DUPLICATE, decision="").update(decision=decision)


@transaction.atomic
def start(*, job: Import, actor: User) -> None:
    """Write it, all at once, in the background."""
    _move(job, [State.READY], State.RUNNING, by=actor)


@transaction.atomic
def undo(*, job: Import, actor: User) -> None:
    """Take it back, in the background."""
    if not job.can_be_undone:
        raise Refused(_("This import cannot be undone any more."))
    _move(job, [State.DONE], State.UNDOING, by=actor)


@transaction.atomic
def discard(*, job: Import, actor: User) -> None:
    """Forget a file that was not imported, with everything that was in it."""
    if not Import.objects.filter(pk=job.pk, state__in=[State.MAPPING, State.READY, State.FAILED]).exists():
        raise Refused(_("This import has moved on meanwhile. Look at it again."))
    record_audit(verb="import.discard", target=job, actor=actor, cluster_slug=_slug(job))
    job.delete()


def forget_imports() -> int:
    """Forget what stood in files of more than a month ago; whom they brought in stays known until they are told."""
    over = timezone.now() - Import.UNDOABLE_FOR
    old = Row.objects.filter(job__done_at__lt=over).exclude(cells=[])
    return old.update(cells=[], said={}, done={}, changes=[], notes=[], twins=[], name="")
