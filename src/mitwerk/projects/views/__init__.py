"""Pages of projects: what everybody reads, ideas, the room of a project, and the board."""

from mitwerk.projects.views.boards import project_board, project_board_export, project_decide
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

__all__ = [
    "idea_add",
    "idea_drop",
    "idea_edit",
    "joining_accept",
    "joining_answer",
    "joining_decline",
    "joining_link",
    "milestone_add",
    "milestone_drop",
    "milestone_reach",
    "project_board",
    "project_board_export",
    "project_decide",
    "project_detail",
    "project_invite",
    "project_join",
    "project_list",
    "project_mine",
    "project_room",
    "project_step",
]
