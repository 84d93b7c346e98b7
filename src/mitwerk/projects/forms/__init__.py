"""What the lists can be asked for, and what is typed into ideas, decisions, joinings and working groups."""

from mitwerk.projects.forms.endings import EndForm, ProofForm, StoryForm
from mitwerk.projects.forms.goals import GoalsField, offer_goals
from mitwerk.projects.forms.groups import AskForm, GroupFileForm, GroupForm, NoteForm, PlanForm, ReportForm
from mitwerk.projects.forms.projects import (
    DecisionForm,
    IdeaForm,
    InviteForm,
    JoinForm,
    MilestoneForm,
    WordingForm,
    board_filters,
    project_filters,
    read_board_choice,
    read_projects_choice,
    sort_options,
)

__all__ = [
    "AskForm",
    "DecisionForm",
    "EndForm",
    "GoalsField",
    "GroupFileForm",
    "GroupForm",
    "IdeaForm",
    "InviteForm",
    "JoinForm",
    "MilestoneForm",
    "NoteForm",
    "PlanForm",
    "ProofForm",
    "ReportForm",
    "StoryForm",
    "WordingForm",
    "board_filters",
    "offer_goals",
    "project_filters",
    "read_board_choice",
    "read_projects_choice",
    "sort_options",
]
