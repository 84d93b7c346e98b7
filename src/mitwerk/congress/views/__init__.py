"""Pages of congresses and of what is handed in for them."""

from mitwerk.congress.views.after import proceeding_edit, proceeding_list, proceeding_slides
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
from mitwerk.congress.views.editor import (
    programme_edit,
    programme_release,
    session_add,
    session_edit,
    session_place,
    session_unplace,
)
from mitwerk.congress.views.own_stands import stand_edit, stand_mine, stand_own, stand_talk_add, stand_talk_drop
from mitwerk.congress.views.programme import (
    programme,
    programme_changes,
    programme_download,
    programme_mine,
    programme_now,
    programme_offline,
    programme_worker,
    session_detail,
)
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
    "proceeding_edit",
    "proceeding_list",
    "proceeding_slides",
    "programme",
    "programme_changes",
    "programme_download",
    "programme_edit",
    "programme_mine",
    "programme_now",
    "programme_offline",
    "programme_release",
    "programme_worker",
    "review_edit",
    "review_list",
    "session_add",
    "session_detail",
    "session_edit",
    "session_place",
    "session_unplace",
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
