"""The states of a sitting as a table, its lock, and its lines in the log. What the other verbs of sittings stand on."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.governance.models import Sitting

State = Sitting.State
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "poll": ((State.DRAFT, State.POLL), State.POLL),
    "invite": ((State.DRAFT, State.POLL), State.INVITED),
    "open": ((State.INVITED,), State.RUNNING),
    "end": ((State.RUNNING,), State.ENDED),
    "cancel": ((State.DRAFT, State.POLL, State.INVITED), State.CANCELLED),
}
"""Step → (from which states, to which)."""


def record(verb: str, sitting: Sitting, actor: User | None, **details: Any) -> None:
    """In the log a sitting stands with its body's cluster."""
    cluster = sitting.body.cluster
    record_audit(
        verb=verb, target=sitting, actor=actor, cluster_slug=cluster.slug if cluster else "", details=details
    )


def lock(sitting: Sitting, states: Iterable[str], refusal: str = "") -> Sitting:
    """Nobody else changes this sitting until the transaction ends. Raises `Refused` where it is in another state."""
    found = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if found.state not in states:
        moved_on = _("This is no longer possible: the sitting has moved on meanwhile. Load the page again.")
        raise Refused(refusal or moved_on)
    found.body = sitting.body
    return found


def step(sitting: Sitting, verb: str, actor: User | None, **values: Any) -> Sitting:
    """Take a step of the table and write it down."""
    sources, target = STEPS[verb]
    found = lock(sitting, sources)
    found.state = target
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    record(f"sitting.{verb}", found, actor)
    return found
