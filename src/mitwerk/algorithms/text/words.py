"""Words with their places in the original text.

A run of letters and digits is a piece; pieces joined by one of a few characters are one word that is
given whole and in pieces (*e-commerce*: ``e-commerce``, ``e``, ``commerce``), because people write *e-commerce*,
*eCommerce* and *E Commerce* and look for each of them with the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Inside a word: combining marks (decomposed umlauts), soft hyphen, zero-width characters, joiners.
_INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_PIECE = re.compile(f"[^\\W_][^\\W_{_INNER}]*(?:[{_INNER}]+[^\\W_{_INNER}]+)*[{_INNER}]*")
_SIGNS = re.compile(r"(?:\+\+?|#)(?![\w+#])")  # C++, C#, Google+
_GENDER = re.compile(r"[*:_/]-?(?:innen|in)(?!\w)", re.IGNORECASE)  # Entwickler*innen, Entwickler:in
_HUMP = re.compile(r"(?<=[a-zäöüß]{2})(?=[A-ZÄÖÜ][a-zäöüß])")  # InfraLeuna
_HYPHENS = "-\u2010\u2011_"
_SHORT = 2  # S/4HANA, F&E: '/' and '&' join only next to something this short
_MAX_PIECES = 8  # a longer chain is no word: the rest starts a new one


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a piece of one. ``text == original[start:end]``; offsets count code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A whole word and its pieces (empty where the word is in one piece)."""

    whole: Token
    pieces: tuple[Token, ...]


def _joins(text: str, left: Token, right: Token) -> bool:
    """Whether the single character between two pieces makes one word of them."""
    if right.start - left.end != 1:
        return False
    sign = text[left.end]
    if sign in _HYPHENS or sign in "'’.":
        return True
    if sign == ",":
        return left.text[-1].isdigit() and right.text[0].isdigit()
    return sign in "/&" and min(len(left.text), len(right.text)) <= _SHORT


def _pieces(text: str) -> Iterator[Token]:
    """Runs of letters and digits, with the signs and gender endings that belong to them."""
    position = 0
    while match := _PIECE.search(text, position):
        end = match.end()
        tail = _SIGNS.match(text, end) or _GENDER.match(text, end)
        position = tail.end() if tail else end
        yield Token(text[match.start() : position], match.start(), position)


def _humps(piece: Token) -> list[Token]:
    """*InfraLeuna* in its two halves; anything else as it is."""
    cuts = [0, *(match.start() for match in _HUMP.finditer(piece.text)), len(piece.text)]
    if len(cuts) == 2 or len(cuts) > _MAX_PIECES:
        return [piece]
    return [Token(piece.text[a:b], piece.start + a, piece.start + b) for a, b in pairwise(cuts)]


def _word(text: str, group: list[Token]) -> Word:
    start, end = group[0].start, group[-1].end
    whole = Token(text[start:end], start, end)
    if len(group) == 2 and whole.text.replace(".", "").replace(",", "").isdigit():
        return Word(whole, ())  # 4.0 is not 4 and 0; 14.07.2006 may well be found by 2006
    pieces = [half for piece in group for half in _humps(piece)]
    return Word(whole, tuple(pieces) if len(pieces) > 1 else ())


def words(text: str) -> Iterator[Word]:
    """The words of a text in order. Linear time; lazily, so that a caller can stop early."""
    group: list[Token] = []
    for piece in _pieces(text):
        if group and (len(group) >= _MAX_PIECES or not _joins(text, group[-1], piece)):
            yield _word(text, group)
            group = []
        group.append(piece)
    if group:
        yield _word(text, group)


def tokens(text: str) -> list[Token]:
    """Words and, right after each word that has them, its pieces.

    ``tokens("S/4HANA")`` gives ``S/4HANA``, ``S``, ``4HANA``; ``C++``, ``C#``, ``4.0`` stay whole;
    ``Entwickler:innen`` is one word. White space and punctuation are in no token.
    """
    return [token for word in words(text) for token in (word.whole, *word.pieces)]
