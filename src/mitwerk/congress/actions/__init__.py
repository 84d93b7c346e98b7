"""Writes of congresses and of what is handed in for them."""

from mitwerk.congress.actions.congresses import announce_congress, change_congress, copy_congress, remove_congress
from mitwerk.congress.actions.contributions import (
    add_speaker,
    answer_as_speaker,
    drop_speaker,
    take_step,
    write_contribution,
)

__all__ = [
    "add_speaker",
    "announce_congress",
    "answer_as_speaker",
    "change_congress",
    "copy_congress",
    "drop_speaker",
    "remove_congress",
    "take_step",
    "write_contribution",
]
