"""Writes of bodies, ballots and sittings."""

from mitwerk.governance.actions.agenda import drop_item, fill_agenda, move_item, put_on_agenda, write_item
from mitwerk.governance.actions.bodies import change_body, remove_body
from mitwerk.governance.actions.closing import close_ballot, close_due_ballots
from mitwerk.governance.actions.drafting import (
    call_off_ballot,
    drop_ballot,
    repeat_ballot,
    start_ballot,
    write_ballot,
)
from mitwerk.governance.actions.hall import (
    agree_on_task,
    close_item,
    drop_task,
    end_sitting,
    finish_task,
    note_attendance,
    open_item,
    open_sitting,
    write_record,
)
from mitwerk.governance.actions.inviting import send_sitting_mails
from mitwerk.governance.actions.minutes import publish_minutes, take_over
from mitwerk.governance.actions.motions import (
    count_devices,
    count_hands,
    stop_vote,
    vote_by_device,
    withdraw_motion,
    write_motion,
)
from mitwerk.governance.actions.planning import (
    answer_dates,
    ask_for_dates,
    cancel_sitting,
    invite,
    plan_sitting,
    tell_anew,
)
from mitwerk.governance.actions.resolutions import change_resolution
from mitwerk.governance.actions.sending import send_ballot_mails
from mitwerk.governance.actions.voting import cast_vote, forget_voters, withdraw_vote

__all__ = [
    "agree_on_task",
    "answer_dates",
    "ask_for_dates",
    "call_off_ballot",
    "cancel_sitting",
    "cast_vote",
    "change_body",
    "change_resolution",
    "close_ballot",
    "close_due_ballots",
    "close_item",
    "count_devices",
    "count_hands",
    "drop_ballot",
    "drop_item",
    "drop_task",
    "end_sitting",
    "fill_agenda",
    "finish_task",
    "forget_voters",
    "invite",
    "move_item",
    "note_attendance",
    "open_item",
    "open_sitting",
    "plan_sitting",
    "publish_minutes",
    "put_on_agenda",
    "remove_body",
    "repeat_ballot",
    "send_ballot_mails",
    "send_sitting_mails",
    "start_ballot",
    "stop_vote",
    "take_over",
    "tell_anew",
    "vote_by_device",
    "withdraw_motion",
    "withdraw_vote",
    "write_ballot",
    "write_item",
    "write_motion",
    "write_record",
]
