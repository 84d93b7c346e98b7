"""Pages of bodies and ballots."""

from mitwerk.governance.views.ballots import (
    ballot_call_off,
    ballot_detail,
    ballot_drop,
    ballot_edit,
    ballot_file,
    ballot_new,
    ballot_repeat,
    ballot_start,
)
from mitwerk.governance.views.bodies import body_detail, body_list, body_room, my_body_list
from mitwerk.governance.views.resolutions import resolution_detail, resolution_feed_atom, resolution_list
from mitwerk.governance.views.votes import vote_cast, vote_link, vote_withdraw

__all__ = [
    "ballot_call_off",
    "ballot_detail",
    "ballot_drop",
    "ballot_edit",
    "ballot_file",
    "ballot_new",
    "ballot_repeat",
    "ballot_start",
    "body_detail",
    "body_list",
    "body_room",
    "my_body_list",
    "resolution_detail",
    "resolution_feed_atom",
    "resolution_list",
    "vote_cast",
    "vote_link",
    "vote_withdraw",
]
