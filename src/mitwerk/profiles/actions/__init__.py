"""Writes of profiles: drafts, the office's answers, and the yearly question."""

from mitwerk.profiles.actions.clearing import clear_draft, send_back_draft
from mitwerk.profiles.actions.confirming import ACT, answer_by_office, ask_still_right, confirm_profile
from mitwerk.profiles.actions.drafting import begin_draft, drop_draft, hand_in_draft, write_draft
from mitwerk.profiles.actions.looking import show_contacts

__all__ = [
    "ACT",
    "answer_by_office",
    "ask_still_right",
    "begin_draft",
    "clear_draft",
    "confirm_profile",
    "drop_draft",
    "hand_in_draft",
    "send_back_draft",
    "show_contacts",
    "write_draft",
]
