"""Motions of a sitting: worded, amended, voted on, decided."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.algorithms.ballot_file import plain_result
from mitwerk.algorithms.tally import Choice, Count, decide
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.agenda import record_item
from mitwerk.governance.actions.closing import close_ballot
from mitwerk.governance.actions.deciding import decide_motion
from mitwerk.governance.actions.drafting import call_off_ballot, start_ballot
from mitwerk.governance.actions.hall import RUNNING, enough_to_decide
from mitwerk.governance.actions.sittings import lock
from mitwerk.governance.models import AgendaItem, Ballot, Motion, Sitting

VOTED_ON_FOR = timedelta(hours=2)
"""A vote by device ends when the chair counts it, and after this time by itself."""
WRITABLE = (Sitting.State.DRAFT, Sitting.State.POLL, Sitting.State.INVITED, Sitting.State.RUNNING)
TALLIED = (Choice.YES, Choice.NO, Choice.ABSTAIN)
"""What can be counted from hands."""


def _locked(motion: Motion, states: tuple[str, ...]) -> Motion:
    """Nobody else changes this motion. Raises `Refused` where it is in another state, or the sitting is over."""
    lock(motion.item.sitting, WRITABLE)
    found = Motion.objects.select_for_update().get(pk=motion.pk)
    if found.state not in states:
        raise Refused(_("This motion has moved on meanwhile. Load the page again."))
    found.item = motion.item
    return found


@transaction.atomic
def write_motion(*, motion: Motion, values: Mapping[str, Any], actor: User | None) -> Motion:
    """A new motion, or another wording of one that is discussed; amended in the sitting, the earlier one is kept."""
    sitting = lock(motion.item.sitting, WRITABLE)
    if motion.pk is not None:
        motion = _locked(motion, (Motion.State.DRAFT,))
        is_amended = "wording" in values and values["wording"] != motion.wording
        if is_amended and sitting.state == Sitting.State.RUNNING:
            motion.earlier = [*motion.earlier, dict(motion.wording)]
    for name, value in values.items():
        setattr(motion, name, value)
    note_writing(motion, [name for name in values if name != "effect"])
    motion.save()
    _record("motion.write", motion, actor)
    return motion


@transaction.atomic
def withdraw_motion(*, motion: Motion, actor: User) -> None:
    """Nobody asks for it any more."""
    motion = _locked(motion, (Motion.State.DRAFT,))
    motion.state = Motion.State.WITHDRAWN
    motion.save(update_fields=["state", "updated_at"])
    _record("motion.withdraw", motion, actor)


@transaction.atomic
def count_hands(
    *, motion: Motion, yes: int, no: int, abstain: int, chair: str = "", actor: User
) -> Motion:
    """What the chair counted in the hall, decided at once. `chair`: how the chair voted, where that decides a tie.

    Raises `Refused` where more hands were raised than organisations are there, too few are there to decide, or it was
    counted already.
    """
    motion = _votable(motion)
    present, entitled = enough_to_decide(motion.item.sitting)
    if yes + no + abstain > present:
        raise Refused(
            _("You counted %(hands)s, but only %(present)s are there. Check attendance and numbers.")
            % {"hands": yes + no + abstain, "present": present}
        )
    rule = motion.item.sitting.body.rule(is_secret=False)
    count = Count(entitled, yes=yes, no=no, abstain=abstain)
    chosen = Choice(chair) if chair in TALLIED else None
    if rule.casting_vote and yes == no > 0 and chosen is None:
        raise Refused(_("It is a tie. Say how the chair voted."))
    result = decide(count, replace(rule, quorum=Fraction(0)), chair=chosen)  # the quorum is that of who is there
    motion.method, motion.present, motion.entitled = Motion.Method.HANDS, present, entitled
    decide_motion(motion=motion, result=plain_result(result, outcome_only=False), actor=actor)
    return motion


@transaction.atomic
def vote_by_device(*, motion: Motion, is_secret: bool, actor: User | None) -> Motion:
    """Start a ballot in which every organisation that is there votes, until the chair has it counted."""
    motion = _votable(motion)
    sitting = motion.item.sitting
    motion.present, motion.entitled = enough_to_decide(sitting)
    ballot = Ballot.objects.create(
        body=sitting.body, title=motion.title, motion=motion.wording, is_secret=is_secret, made_by=actor
    )
    start_ballot(
        ballot=ballot, closes_at=timezone.now() + VOTED_ON_FOR, actor=actor, sitting_id=sitting.public_id
    )
    motion.state, motion.ballot = Motion.State.VOTING, ballot
    motion.method = Motion.Method.SECRET if is_secret else Motion.Method.DEVICE
    motion.save()
    _record("motion.vote", motion, actor, ballot=ballot.public_id)
    return motion


def _votable(motion: Motion) -> Motion:
    motion = _locked(motion, (Motion.State.DRAFT,))
    lock(motion.item.sitting, RUNNING)
    if AgendaItem.objects.get(pk=motion.item_id).state != AgendaItem.State.OPEN:
        raise Refused(_("Open the item first."))
    return motion


@transaction.atomic
def count_devices(*, motion: Motion, actor: User | None) -> None:
    """The chair ends the vote; what was accepted until now is counted. Raises `Refused` where it has been."""
    close_ballot(ballot=_voted_on(motion), is_early=True)
    _record("motion.count", motion, actor)


@transaction.atomic
def stop_vote(*, motion: Motion, actor: User) -> None:
    """The wording was wrong: nothing is counted, and the motion is discussed again."""
    call_off_ballot(ballot=_voted_on(motion), actor=actor)


def _voted_on(motion: Motion) -> Ballot:
    """The running ballot. Only the sitting is locked: the count, also that of the timed work, takes the motion last."""
    lock(motion.item.sitting, RUNNING)
    found = Ballot.objects.filter(moved=motion.pk, moved__state=Motion.State.VOTING)
    ballot = found.select_related("body__cluster", "roll").first()
    if ballot is None:
        raise Refused(_("This motion has moved on meanwhile. Load the page again."))
    return ballot


def _record(verb: str, motion: Motion, actor: User | None, **details: Any) -> None:
    record_item(verb, motion.item, actor, motion=motion.public_id, **details)
