"""Texts on their way to a translator and back: what a file holds of them, whatever its format."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_NO_FILE_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
CODE = re.compile(r"\{(/?)(\d+)(/?)\}")
"""A mark inside a text: `{1}` opens, `{/1}` closes, `{2/}` stands alone."""
_PLACEHOLDER = re.compile(r"\{/?\w*/?\}|%\(\w+\)[sd]|%[sd]|</?[A-Za-z][^<>]*>")
MOST_UNITS = 20_000


class TextUnit(NamedTuple):
    """One text. `state` is missing, behind or current; `note` tells the translator where it stands."""

    id: str
    source: str
    target: str = ""
    state: str = ""
    note: str = ""
    has_codes: bool = False


class Bundle(NamedTuple):
    """What a file holds."""

    source_language: str
    target_language: str
    units: Sequence[TextUnit]


class Unreadable(ValueError):
    """A file that cannot be used; the argument is a code: empty, big, kind, broken, bomb, languages, many, nothing."""


def holdable(text: str) -> str:
    """The text without the characters that neither XML nor a workbook can hold."""
    return _NO_FILE_HOLDS.sub("", text)


def is_same_text(one: str, other: str) -> bool:
    """Files and browsers change line ends and spaces at the edges; that is no change of a text."""
    return holdable(one).split() == holdable(other).split()


def placeholders(text: str) -> Counter[str]:
    """What a translation must take over unchanged."""
    return Counter(_PLACEHOLDER.findall(text))


def nests(text: str) -> bool:
    """Whether the codes of a text open and close in order, as marks must."""
    opened: list[str] = []
    for closes, number, alone in CODE.findall(text):
        if alone:
            continue
        if not closes:
            opened.append(number)
        elif not opened or opened.pop() != number:
            return False
    return not opened
