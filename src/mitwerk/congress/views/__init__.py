"""Pages of congresses and of what is handed in for them."""

from mitwerk.congress.views.congresses import congress_add, congress_copy, congress_detail
from mitwerk.congress.views.contributions import (
    contribution_add,
    contribution_detail,
    contribution_edit,
    contribution_mine,
    contribution_step,
    speaker_add,
    speaker_drop,
    speaker_link,
)
from mitwerk.congress.views.own_stands import stand_edit, stand_mine, stand_own, stand_talk_add, stand_talk_drop
from mitwerk.congress.views.reviews import review_edit, review_list
from mitwerk.congress.views.stands import showcase_detail, showcase_list, stand_detail, stand_list

__all__ = [
    "congress_add",
    "congress_copy",
    "congress_detail",
    "contribution_add",
    "contribution_detail",
    "contribution_edit",
    "contribution_mine",
    "contribution_step",
    "review_edit",
    "review_list",
    "showcase_detail",
    "showcase_list",
    "speaker_add",
    "speaker_drop",
    "speaker_link",
    "stand_detail",
    "stand_edit",
    "stand_list",
    "stand_mine",
    "stand_own",
    "stand_talk_add",
    "stand_talk_drop",
]
