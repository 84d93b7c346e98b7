"""Writes of congresses and of what is handed in for them."""

from mitwerk.congress.actions.congresses import announce_congress, change_congress, copy_congress, remove_congress
from mitwerk.congress.actions.contributions import (
    add_speaker,
    answer_as_speaker,
    change_contribution,
    drop_speaker,
    take_step,
    write_contribution,
)
from mitwerk.congress.actions.reviews import ask_juries, ask_jury, review_contribution

__all__ = [
    "add_speaker",
    "announce_congress",
    "answer_as_speaker",
    "ask_juries",
    "ask_jury",
    "change_congress",
    "change_contribution",
    "copy_congress",
    "drop_speaker",
    "remove_congress",
    "review_contribution",
    "take_step",
    "write_contribution",
]
