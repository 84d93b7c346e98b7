"""Writes of cooperation projects."""

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
from mitwerk.projects.actions.steps import bring_in_idea, decide, drop_idea, take_step, write_idea

__all__ = [
    "JOIN",
    "PartnerRow",
    "ProjectFields",
    "accept_joining",
    "add_milestone",
    "bring_in_idea",
    "change_project",
    "decide",
    "decline_joining",
    "drop_idea",
    "drop_milestone",
    "invite_organisation",
    "offer_to_join",
    "reach_milestone",
    "remove_project",
    "save_project",
    "take_step",
    "write_idea",
]
