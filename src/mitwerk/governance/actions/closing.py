"""Count a ballot, once, after its time; or say that it was interrupted."""

import secrets
from fractions import Fraction

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.algorithms.ballot_file import FEW, hash_of, plain_result
from mitwerk.algorithms.sealed_box import Broken, open_ballots
from mitwerk.algorithms.tally import Choice, Majority, Outcome, Result, Rule, count_ballots, decide
from mitwerk.core.changes import Refused
from mitwerk.governance.actions.boxes import is_whole
from mitwerk.governance.actions.deciding import settle_motion
from mitwerk.governance.actions.drafting import end_links, record, throw_away
from mitwerk.governance.actions.marks import is_behind_its_mark
from mitwerk.governance.actions.resolutions import enter_resolution
from mitwerk.governance.mails import mail_result
from mitwerk.governance.models import Ballot, Box, Roll
from mitwerk.governance.queries import final_file


def close_due_ballots() -> int:
    """Count every ballot whose time is over; how many. Two workers at once count each of them once."""
    due = Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__lte=timezone.now()).order_by("closes_at", "pk")
    with scope(cluster=None):  # of all clusters
        return sum(close_ballot(ballot=ballot) for ballot in due.select_related("body__cluster"))


@transaction.atomic
def close_ballot(*, ballot: Ballot, is_early: bool = False) -> bool:
    """Count it and tell the result; False where somebody has done so meanwhile. Raises `Refused` before its time.

    `is_early`: the chair ends a vote of a sitting, where its time is cut short under the lock.

    Votes and the count lock the same row: what was accepted is counted, and after the count nothing is accepted.
    """
    roll = Roll.objects.select_for_update().get(ballot=ballot)
    ballot.refresh_from_db()
    if ballot.state != Ballot.State.OPEN:
        return False
    if is_early and ballot.is_running:
        ballot.closes_at = timezone.now()
        ballot.save(update_fields=["closes_at"])
    if ballot.is_running:
        raise Refused(_("The ballot is still running."))
    problem = _count(ballot, roll)
    if problem:
        ballot.state, ballot.problem = Ballot.State.INTERRUPTED, problem
        ballot.save(update_fields=["state", "problem", "updated_at"])
        throw_away(ballot)
        settle_motion(ballot=ballot)
        record("ballot.interrupt", ballot, None, problem=problem)
    else:
        end_links(ballot)
        if not settle_motion(ballot=ballot) and ballot.result["outcome"] == Outcome.CARRIED:
            enter_resolution(ballot=ballot)
        record("ballot.close", ballot, None, outcome=ballot.result["outcome"], closing=ballot.closing_hash)
    mail_result(ballot)
    return True


def _count(ballot: Ballot, roll: Roll) -> str:
    """Write the result into the ballot; a code of `Ballot.Problem` instead where it cannot be relied on."""
    if is_behind_its_mark(ballot, roll):
        return Ballot.Problem.RESTORED
    if (hash_of(ballot.paper), hash_of(roll.entries)) != (ballot.wording_hash, ballot.roll_hash):
        return Ballot.Problem.CHANGED
    try:
        choices = _open_box(ballot, roll) if ballot.is_secret else _open_votes(ballot, roll)
    except Broken:
        return Ballot.Problem.CHANGED
    result = _decide(ballot, roll, choices)
    few = ballot.is_secret and len(choices) < FEW
    ballot.result, ballot.state = plain_result(result, outcome_only=few), Ballot.State.CLOSED
    ballot.closing_hash = final_file(ballot)["closing_hash"]
    ballot.save(update_fields=["result", "state", "closing_hash", "updated_at"])
    return ""


def _open_box(ballot: Ballot, roll: Roll) -> list[str]:
    """The choices, sorted; from here on the sealed ballots and their key are gone."""
    box = Box.objects.select_for_update().select_related("ballot").get(ballot=ballot)
    if not is_whole(box, roll):
        raise Broken("The box is not as the platform left it.")
    box.opened = open_ballots(box.locked_key, settings.BALLOT_KEY, box.sealed)
    box.sealed, box.locked_key, box.salt = [], "", secrets.token_hex(16)
    box.save(update_fields=["opened", "sealed", "locked_key", "salt"])
    ballot.box = box
    return list(box.opened)


def _open_votes(ballot: Ballot, roll: Roll) -> list[str]:
    votes = dict(ballot.votes.values_list("organisation_id", "choice"))
    if sorted(votes) != roll.voted:
        raise Broken("The votes are not those of the roll.")
    return list(votes.values())


def _decide(ballot: Ballot, roll: Roll, choices: list[str]) -> Result:
    told = ballot.paper["rule"]
    rule = Rule(Majority(told["majority"]), Fraction(*told["quorum"]), bool(told["casting_vote"]))
    return decide(count_ballots(choices, entitled=roll.entitled), rule, chair=_chair_says(ballot, roll))


def _chair_says(ballot: Ballot, roll: Roll) -> Choice | None:
    """How the chair voted in an open ballot; where several hold the chair, nobody's vote weighs more."""
    chairs = [entry["id"] for entry in roll.entries if entry["chair"]]
    if ballot.is_secret or len(chairs) != 1:
        return None
    vote = ballot.votes.filter(organisation_id=chairs[0]).first()
    return Choice(vote.choice) if vote else None
