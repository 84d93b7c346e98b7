"""Minutes: publish what happened, approve it at a later sitting."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.algorithms.ballot_file import hash_of
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.agenda import APPROVE, fill_next_agenda
from mitwerk.governance.actions.sittings import record
from mitwerk.governance.models import Minutes, Motion, Resolution, Sitting
from mitwerk.governance.queries import minutes_paper


def _lock(minutes: Minutes) -> Minutes:
    """Nobody else writes them. Raises `Refused` once they are approved."""
    found = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if found.state == Minutes.State.APPROVED:
        raise Refused(_("The minutes are approved and cannot be changed any more."))
    found.sitting = minutes.sitting
    return found


@transaction.atomic
def publish_minutes(*, minutes: Minutes, values: Mapping[str, Any], actor: User) -> Minutes:
    """Show what happened to the body's own people and, where wanted, a short version to everybody.

    Published again, the new words take the place of the old ones, until they are approved. What was carried under a
    public item stands in the public register from then on. Raises `Refused` while the sitting runs.
    """
    minutes = _lock(minutes)
    if minutes.sitting.state != Sitting.State.ENDED:
        raise Refused(_("The sitting is not over yet."))
    for name, value in values.items():
        setattr(minutes, name, value)
    note_writing(minutes, [name for name in values if name == "preface"])
    minutes.state, minutes.published_at = Minutes.State.PUBLISHED, timezone.now()
    minutes.paper = minutes_paper(minutes)
    minutes.save()
    if minutes.is_public:
        public = Motion.objects.filter(item__sitting=minutes.sitting, item__is_public=True)
        Resolution.objects.filter(motion__in=public).update(is_public=True)
    record("minutes.publish", minutes.sitting, actor)
    fill_next_agenda(body=minutes.sitting.body)
    return minutes


def approve_minutes(*, motion: Motion) -> None:
    """Where a carried motion approves minutes, they stand from now on as they were published, under their mark."""
    if motion.effect.get("verb") != APPROVE:
        return
    body = motion.item.sitting.body
    found = Minutes.objects.select_for_update().filter(
        sitting__public_id=motion.effect["sitting"], sitting__body=body, state=Minutes.State.PUBLISHED
    )
    for minutes in found:
        minutes.state, minutes.approved_at = Minutes.State.APPROVED, timezone.now()
        minutes.mark = hash_of(minutes.paper)
        minutes.save(update_fields=["state", "approved_at", "mark", "updated_at"])
        record("minutes.approve", minutes.sitting, None, mark=minutes.mark)
    Motion.objects.filter(pk=motion.pk).update(taken_over_at=timezone.now())


@transaction.atomic
def take_over(*, motion: Motion) -> bool:
    """Say that another subject has done what the motion brings about; False where it was done already."""
    done = Motion.objects.filter(pk=motion.pk, taken_over_at=None).update(taken_over_at=timezone.now())
    return bool(done)
