"""What a vote in a sitting brings about, whether hands or devices were counted."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.algorithms.tally import Outcome
from mitwerk.governance.actions.agenda import record_item
from mitwerk.governance.actions.minutes import approve_minutes
from mitwerk.governance.actions.resolutions import enter_resolution
from mitwerk.governance.models import Ballot, Motion


@transaction.atomic
def decide_motion(*, motion: Motion, result: dict[str, Any], actor: User | None) -> None:
    """Write the result down; what is carried goes into the register, and minutes are approved by it at once."""
    motion.state, motion.result, motion.decided_at = Motion.State.DECIDED, result, timezone.now()
    motion.save()
    record_item("motion.decide", motion.item, actor, motion=motion.public_id, outcome=result["outcome"])
    if result["outcome"] == Outcome.CARRIED:
        enter_resolution(motion=motion, ballot=motion.ballot)
        approve_minutes(motion=motion)


@transaction.atomic
def settle_motion(*, ballot: Ballot) -> bool:
    """A vote by device is over: its result is the motion's, or it is discussed again. False for other ballots."""
    motion = Motion.objects.select_related("item__sitting__body__cluster").filter(ballot=ballot).first()
    if motion is None:
        return False
    if ballot.state == Ballot.State.CLOSED:
        motion.ballot = ballot
        decide_motion(motion=motion, result=ballot.result, actor=None)
    else:
        motion.state, motion.ballot, motion.method = Motion.State.DRAFT, None, ""
        motion.save()
    return True
