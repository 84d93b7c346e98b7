"""The charter: its text and versions, who takes part, what they bring in, and how it was adopted."""

from mitwerk.charter.models.adoption import Adoption, AdoptionPart, Signature
from mitwerk.charter.models.charters import Charter, Editor, Guest, Period
from mitwerk.charter.models.taking_part import Contribution, Question, Suggestion, Supporter, Theme
from mitwerk.charter.models.texts import LONGEST, Attempt, Manuscript, Paragraph, Section, Version, Wording

__all__ = [
    "LONGEST",
    "Adoption",
    "AdoptionPart",
    "Attempt",
    "Charter",
    "Contribution",
    "Editor",
    "Guest",
    "Manuscript",
    "Paragraph",
    "Period",
    "Question",
    "Section",
    "Signature",
    "Suggestion",
    "Supporter",
    "Theme",
    "Version",
    "Wording",
]
