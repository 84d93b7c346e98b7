"""A text in words, so that no sign of it is lost."""

import re
import unicodedata

_RUN = re.compile(r"\S+\s*|\s+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""An abbreviation without its last point: z.B, e.V, i.e."""
_HYPHENS = "-\u2010\u2011"
_JOINER = "\u200d"
_JOINED = ("Mn", "Mc", "Me", "Cf")
"""Categories of signs that belong to the one before: accents, vowels, joiners, the keycap around a digit."""


def words(text: str) -> list[str]:
    """Words and signs, each with the white space that follows it; joined they are `text` again.

    A word is whatever stands between white space ("IT-Cluster", "24.000", "mitwerk.de", "Bürger:innen"). Punctuation
    at its edges is a token of its own, sign by sign, but for what is part of the spelling: the hyphen of "Forschungs-
    und" and "-entwicklung", the last point of "z.B.", the bracket of "Bürger(innen)" and "(Landes-)Hauptstadt". No sign
    is parted from the accents and joiners that follow it. White space before the first word is a token too.
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if word(run).isalnum():
            found.append(run)  # nearly all words, found fast
        else:
            found += _pieces(run)
    return found


def word(token: str) -> str:
    """A token without its white space, as texts are compared."""
    return token.rstrip()


def says_something(token: str) -> bool:
    """Whether a token holds a letter or digit, and not only signs."""
    return any(map(str.isalnum, token))


def _pieces(run: str) -> list[str]:
    """`run`, which has white space at its end only, cut at the punctuation of its edges."""
    core = run.rstrip()
    first, last = 0, len(core)
    while first < last and _stands_alone(core, first):
        first += 1
    while last > first and _stands_alone(core, last - 1):
        last -= 1
    if first < last:
        first, last = _spelled(core, first, last)
    middle = [core[first:last]] if first < last else []
    pieces = [*core[:first], *middle, *core[last:]] or [""]
    pieces[-1] += run[len(core) :]
    return pieces


def _spelled(core: str, first: int, last: int) -> tuple[int, int]:
    """The edges of a word with the one sign on each side that is part of its spelling."""
    inner, before, after = core[first:last], core[first - 1 : first], core[last : last + 1]
    opened = inner.count("(") - inner.count(")")
    if before and (before in _HYPHENS or (before == "(" and opened < 0)):
        first -= 1
    if after and (after in _HYPHENS or (after == ")" and opened > 0) or (after == "." and _LETTERS.fullmatch(inner))):
        last += 1
    return first, last


def _stands_alone(core: str, at: int) -> bool:
    """Whether the sign there is punctuation, and nothing is joined to it."""
    if unicodedata.category(core[at])[0] != "P" or core[at - 1 : at] == _JOINER:
        return False
    following = core[at + 1 : at + 2]
    return not following or unicodedata.category(following) not in _JOINED
