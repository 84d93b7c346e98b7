"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_WORDS = 2000
"""Longer texts are compared as a whole: the time it takes grows with the square of their length."""


class Part(NamedTuple):
    """A stretch of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(before: str, after: str) -> list[Part]:
    """`before` with what went and what came, in reading order. Joining all but the new gives `before` again."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [part for part in (Part("gone", before), Part("new", after)) if part.text]
    parts: list[Part] = []
    # Without their spaces: the space after a word is no change of it.
    was, now = [word.strip() for word in old], [word.strip() for word in new]
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(old[a:b])))
            continue
        if b > a:
            parts.append(Part("gone", "".join(old[a:b])))
        if d > c:
            parts.append(Part("new", "".join(new[c:d])))
    return parts


def _words(text: str) -> list[str]:
    """Words with the space that follows them, so that nothing is lost."""
    return re.findall(r"\S+\s*|\s+", text)
