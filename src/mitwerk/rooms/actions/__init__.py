"""Writes in rooms."""

from mitwerk.rooms.actions.attending import answer_meeting, turn_lines
from mitwerk.rooms.actions.meetings import cancel_meeting, change_meeting, forget_attendances, plan_meeting
from mitwerk.rooms.actions.members import add_systems, change_system, drop_system, renew_feed, save_card
from mitwerk.rooms.actions.minutes import publish_minutes, write_minutes

__all__ = [
    "add_systems",
    "answer_meeting",
    "cancel_meeting",
    "change_meeting",
    "change_system",
    "drop_system",
    "forget_attendances",
    "plan_meeting",
    "publish_minutes",
    "renew_feed",
    "save_card",
    "turn_lines",
    "write_minutes",
]
