"""Projects on their way, and the groups that work for them."""

from mitwerk.projects.models.endings import Proof, Release, Story
from mitwerk.projects.models.groups import GroupFile, GroupMember, GroupNote, GroupReport, WorkingGroup
from mitwerk.projects.models.projects import (
    Involvement,
    Joining,
    Joins,
    Milestone,
    Partner,
    Project,
    ProjectFigure,
    Step,
)

__all__ = [
    "GroupFile",
    "GroupMember",
    "GroupNote",
    "GroupReport",
    "Involvement",
    "Joining",
    "Joins",
    "Milestone",
    "Partner",
    "Project",
    "ProjectFigure",
    "Proof",
    "Release",
    "Step",
    "Story",
    "WorkingGroup",
]
