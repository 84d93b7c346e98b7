"""Texts compared word by word: what changed, changes of several people put together, suggestions that move along."""

from mitwerk.algorithms.textdiff.carrying import Carried, carry
from mitwerk.algorithms.textdiff.comparing import MOST_WORDS, Edit, apply, edits
from mitwerk.algorithms.textdiff.merging import Conflict, Merged, collide, groups, merge, merge_all
from mitwerk.algorithms.textdiff.reading import Part, diff
from mitwerk.algorithms.textdiff.tokens import words

__all__ = [
    "MOST_WORDS",
    "Carried",
    "Conflict",
    "Edit",
    "Merged",
    "Part",
    "apply",
    "carry",
    "collide",
    "diff",
    "edits",
    "groups",
    "merge",
    "merge_all",
    "words",
]
