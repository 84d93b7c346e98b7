"""Pages of projects: what everybody reads, ideas, the room of a project, and the board."""

from mitwerk.projects.views.agendas import decision_word
from mitwerk.projects.views.boards import project_board, project_board_export, project_decide
from mitwerk.projects.views.endings import project_end, proof_answer, proof_link
from mitwerk.projects.views.group_rooms import (
    file_add,
    file_drop,
    file_get,
    group_room,
    note_add,
    note_drop,
    report_write,
)
from mitwerk.projects.views.groups import (
    group_add,
    group_ask,
    group_edit,
    group_mine,
    group_plan,
    group_volunteer,
    member_end,
    volunteer_link,
)
from mitwerk.projects.views.ideas import idea_add, idea_drop, idea_edit, project_mine
from mitwerk.projects.views.joining import (
    joining_accept,
    joining_answer,
    joining_decline,
    joining_link,
    project_invite,
    project_join,
)
from mitwerk.projects.views.milestones import milestone_add, milestone_drop, milestone_reach
from mitwerk.projects.views.public import project_detail, project_list
from mitwerk.projects.views.rooms import project_room, project_step
from mitwerk.projects.views.stories import (
    release_accept,
    release_answer,
    release_link,
    release_omit,
    release_refuse,
    story_ask,
    story_publish,
    story_write,
)

__all__ = [
    "decision_word",
    "file_add",
    "file_drop",
    "file_get",
    "group_add",
    "group_ask",
    "group_edit",
    "group_mine",
    "group_plan",
    "group_room",
    "group_volunteer",
    "idea_add",
    "idea_drop",
    "idea_edit",
    "joining_accept",
    "joining_answer",
    "joining_decline",
    "joining_link",
    "member_end",
    "milestone_add",
    "milestone_drop",
    "milestone_reach",
    "note_add",
    "note_drop",
    "project_board",
    "project_board_export",
    "project_decide",
    "project_detail",
    "project_end",
    "project_invite",
    "project_join",
    "project_list",
    "project_mine",
    "project_room",
    "project_step",
    "proof_answer",
    "proof_link",
    "release_accept",
    "release_answer",
    "release_link",
    "release_omit",
    "release_refuse",
    "report_write",
    "story_ask",
    "story_publish",
    "story_write",
    "volunteer_link",
]
