"""Reads of profiles: their content, what would change, what is missing, what waits, and who sees which contact."""

from mitwerk.profiles.queries.contacts import SeenContact, contacts_for, levels_of
from mitwerk.profiles.queries.content import SECTIONS, Content, Section, content_of
from mitwerk.profiles.queries.differences import Difference, differences, laid_over
from mitwerk.profiles.queries.drafts import (
    REMINDED_AFTER,
    YEAR,
    asked_people,
    desk_rows,
    editable_confirmations,
    editable_drafts,
    last_confirmed,
    open_confirmation,
    open_draft,
    seen_mark,
    unanswered,
)
from mitwerk.profiles.queries.steps import Step, next_steps

__all__ = [
    "REMINDED_AFTER",
    "SECTIONS",
    "YEAR",
    "Content",
    "Difference",
    "Section",
    "SeenContact",
    "Step",
    "asked_people",
    "contacts_for",
    "content_of",
    "desk_rows",
    "differences",
    "editable_confirmations",
    "editable_drafts",
    "laid_over",
    "last_confirmed",
    "levels_of",
    "next_steps",
    "open_confirmation",
    "open_draft",
    "seen_mark",
    "unanswered",
]
