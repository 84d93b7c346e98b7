"""Reads of the outbox."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.outbox.models import Mail

MAILS_KEPT = timedelta(days=30)
FORGOTTEN = "…"


def due_mails(now: datetime | None = None) -> QuerySet[Mail]:
    """Those whose next try has come, the longest waiting first."""
    return Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=now or timezone.now()).order_by("due_at", "pk")


def all_mails() -> QuerySet[Mail]:
    """Every mail, the newest first: the umbrella body's, and the demo's mailbox."""
    return Mail.objects.all()


def is_queued(key: str) -> bool:
    """Whether a mail with this key was written, whatever became of it."""
    return Mail.objects.filter(key=key).exists()


def given_up(keys: Iterable[str]) -> int:
    """How many of the mails with these keys could not be delivered."""
    return Mail.objects.filter(key__in=list(keys), state=Mail.State.GIVEN_UP).count()


def old_mails() -> QuerySet[Mail]:
    """Those sent or given up so long ago that nobody will ask for them again, and not yet forgotten."""
    over = Mail.objects.exclude(state=Mail.State.WAITING).filter(created_at__lt=timezone.now() - MAILS_KEPT)
    return over.exclude(key__isnull=False, text=FORGOTTEN, to="")
