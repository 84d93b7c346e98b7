"""Writes of bodies and ballots."""

from mitwerk.governance.actions.bodies import change_body, remove_body
from mitwerk.governance.actions.closing import close_ballot, close_due_ballots
from mitwerk.governance.actions.drafting import (
    call_off_ballot,
    drop_ballot,
    repeat_ballot,
    start_ballot,
    write_ballot,
)
from mitwerk.governance.actions.resolutions import change_resolution
from mitwerk.governance.actions.sending import send_ballot_mails
from mitwerk.governance.actions.voting import cast_vote, forget_voters, withdraw_vote

__all__ = [
    "call_off_ballot",
    "cast_vote",
    "change_body",
    "change_resolution",
    "close_ballot",
    "close_due_ballots",
    "drop_ballot",
    "forget_voters",
    "remove_body",
    "repeat_ballot",
    "send_ballot_mails",
    "start_ballot",
    "withdraw_vote",
    "write_ballot",
]
