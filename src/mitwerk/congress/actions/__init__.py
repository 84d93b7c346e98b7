"""Writes of congresses and of what is handed in for them."""

from mitwerk.congress.actions.after import forget_lost_slides, keep_proceeding
from mitwerk.congress.actions.bulletins import post_bulletin
from mitwerk.congress.actions.congresses import (
    announce_congress,
    change_congress,
    copy_congress,
    remove_congress,
    slug_of,
)
from mitwerk.congress.actions.contributions import (
    add_speaker,
    answer_as_speaker,
    change_contribution,
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
from mitwerk.congress.actions.reviews import ask_juries, ask_jury, review_contribution
from mitwerk.congress.actions.stands import (
    add_stand_talk,
    change_stand,
    drop_stand_talk,
    make_stands,
    remove_stand,
    tell_of_stand,
)

__all__ = [
    "add_break",
    "add_speaker",
    "add_stand_talk",
    "announce_congress",
    "answer_as_speaker",
    "ask_juries",
    "ask_jury",
    "change_congress",
    "change_contribution",
    "change_stand",
    "copy_congress",
    "drop_speaker",
    "drop_stand_talk",
    "forget_lost_slides",
    "keep_picks",
    "keep_proceeding",
    "make_stands",
    "move_session",
    "place_session",
    "post_bulletin",
    "release_programme",
    "remove_congress",
    "remove_stand",
    "review_contribution",
    "slug_of",
    "take_step",
    "tell_of_stand",
    "unplace_session",
    "write_contribution",
]
