"""Writes of congresses and of what is handed in for them."""

from mitwerk.congress.actions.congresses import announce_congress, change_congress, copy_congress, remove_congress
from mitwerk.congress.actions.contributions import (
    add_speaker,
    answer_as_speaker,
    drop_speaker,
    take_step,
    write_contribution,
)
from mitwerk.congress.actions.programme import (
    add_break,
    keep_picks,
    move_session,
    place_session,
    release_programme,
    unplace_session,
)

__all__ = [
    "add_break",
    "add_speaker",
    "announce_congress",
    "answer_as_speaker",
    "change_congress",
    "copy_congress",
    "drop_speaker",
    "keep_picks",
    "move_session",
    "place_session",
    "release_programme",
    "remove_congress",
    "take_step",
    "unplace_session",
    "write_contribution",
]
