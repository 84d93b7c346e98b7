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
    speaker_refuse,
)
from mitwerk.congress.views.editor import (
    programme_edit,
    programme_release,
    session_add,
    session_edit,
    session_place,
    session_unplace,
)
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

__all__ = [
    "congress_add",
    "congress_copy",
    "congress_detail",
    "contribution_add",
    "contribution_detail",
    "contribution_edit",
    "contribution_mine",
    "contribution_step",
    "programme",
    "programme_changes",
    "programme_download",
    "programme_edit",
    "programme_mine",
    "programme_now",
    "programme_offline",
    "programme_release",
    "programme_worker",
    "session_add",
    "session_detail",
    "session_edit",
    "session_place",
    "session_unplace",
    "speaker_add",
    "speaker_drop",
    "speaker_link",
    "speaker_refuse",
]
