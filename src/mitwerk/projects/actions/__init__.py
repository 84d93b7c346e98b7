"""Writes of cooperation projects."""

from mitwerk.projects.actions.agendas import fill_agendas, take_over_decisions, word_decision
from mitwerk.projects.actions.endings import Outcome, answer_proofs, end_project
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
from mitwerk.projects.actions.stories import (
    answer_release,
    ask_for_release,
    leave_name_out,
    publish_story,
    write_story,
)

__all__ = [
    "JOIN",
    "Outcome",
    "PartnerRow",
    "ProjectFields",
    "accept_joining",
    "add_file",
    "add_milestone",
    "add_note",
    "answer_proofs",
    "answer_release",
    "ask_for_release",
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
    "end_project",
    "fill_agendas",
    "forget_lost_files",
    "give_report",
    "invite_organisation",
    "leave_group",
    "leave_name_out",
    "offer_to_join",
    "open_group",
    "plan_group",
    "publish_story",
    "reach_milestone",
    "remind_of_reports",
    "remove_project",
    "save_project",
    "take_over_decisions",
    "take_step",
    "volunteer",
    "word_decision",
    "write_idea",
    "write_story",
]
