"""Writes of cooperation projects."""

from mitwerk.projects.actions.group_rooms import add_file, add_note, drop_file, drop_note, forget_lost_files
from mitwerk.projects.actions.groups import (
    ask_for_volunteers,
    change_group,
    leave_group,
    open_group,
    plan_group,
    volunteer,
)
from mitwerk.projects.actions.joining import (
    JOIN,
    accept_joining,
    decline_joining,
    invite_organisation,
    offer_to_join,
)
from mitwerk.projects.actions.keeping import (
    PartnerRow,
    ProjectFields,
    change_project,
    remove_project,
    save_project,
)
from mitwerk.projects.actions.milestones import add_milestone, drop_milestone, reach_milestone
from mitwerk.projects.actions.reporting import give_report, remind_of_reports
from mitwerk.projects.actions.steps import bring_in_idea, decide, drop_idea, take_step, write_idea

__all__ = [
    "JOIN",
    "PartnerRow",
    "ProjectFields",
    "accept_joining",
    "add_file",
    "add_milestone",
    "add_note",
    "ask_for_volunteers",
    "bring_in_idea",
    "change_group",
    "change_project",
    "decide",
    "decline_joining",
    "drop_file",
    "drop_idea",
    "drop_milestone",
    "drop_note",
    "forget_lost_files",
    "give_report",
    "invite_organisation",
    "leave_group",
    "offer_to_join",
    "open_group",
    "plan_group",
    "reach_milestone",
    "remind_of_reports",
    "remove_project",
    "save_project",
    "take_step",
    "volunteer",
    "write_idea",
]
