"""The piece of a text that shows best why it was found, as fragments; a template makes ``<mark>`` of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import islice

from mitwerk.algorithms.text.analysis import Exceptions, prepared, stopword_terms, terms_of
from mitwerk.algorithms.text.stemming import Language
from mitwerk.algorithms.text.words import Word, words

ELLIPSIS = "…"
_MAX_WORDS = 20_000  # of a longer text only the beginning is looked through
_NEW_TERM = 10  # a term not yet in the snippet counts this much more than a repetition


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of the snippet; ``marked`` where it is a hit. The texts joined are the snippet."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    terms: frozenset[str]


def _word_hits(word: Word, terms: frozenset[str], find: Callable[[Word], frozenset[str]]) -> list[_Hit]:
    """The word as a hit, or of a hyphenated word the pieces that are, where not all of them are."""
    met = find(word) & terms
    if not met:
        return []
    own = [(piece, find(Word(piece, ())) & terms) for piece in word.pieces]
    some = [_Hit(piece.start, piece.end, found) for piece, found in own if found]
    if some and len(some) < len(own):
        return some
    return [_Hit(word.whole.start, word.whole.end, met)]


def _hits(text: str, terms: frozenset[str], language: Language, exceptions: Exceptions | None) -> list[_Hit]:
    """Words that meet the terms; stop words (*sich* has the stem of *sicher*) only where nothing else does."""
    table = prepared(exceptions, language)
    found = list(islice(words(text), _MAX_WORDS))
    for stop in (False, True) if terms & stopword_terms(language) else (False,):
        find = partial(terms_of, language=language, table=table, with_stopwords=stop)
        hits = [hit for word in found for hit in _word_hits(word, terms, find)]
        if hits:
            return hits
    return []


def _best(hits: list[_Hit], length: int) -> tuple[int, int]:
    """Start and end of the run of hits that fits ``length`` and has the most different terms, then the most hits."""
    best, best_score = (hits[0].start, hits[0].end), -1
    counts: dict[str, int] = {}
    first = 0
    for last, hit in enumerate(hits):
        for term in hit.terms:
            counts[term] = counts.get(term, 0) + 1
        while first < last and hit.end - hits[first].start > length:
            for term in hits[first].terms:
                counts[term] -= 1
                if not counts[term]:
                    del counts[term]
            first += 1
        score = len(counts) * _NEW_TERM + last - first
        if score > best_score:
            best, best_score = (hits[first].start, hit.end), score
    return best


def _window(text: str, start: int, end: int, length: int) -> tuple[int, int]:
    """``length`` characters around ``start:end``, moved inwards to white space, never into ``start:end``."""
    spare = max(length - (end - start), 0)
    left = max(min(start - spare // 3, len(text) - length), 0)
    right = min(left + length, len(text))
    keep = min(end, right)
    if left > 0 and not text[left - 1].isspace():
        left = next((at + 1 for at in range(left, start) if text[at].isspace()), start if keep > start else left)
    if right < len(text) and not text[right].isspace():
        right = next((at for at in range(right - 1, keep, -1) if text[at].isspace()), max(keep, left))
        if right == left:
            right = min(left + length, len(text))
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return left, right


def _fragments(text: str, left: int, right: int, hits: list[_Hit]) -> list[Fragment]:
    pieces: list[Fragment] = [Fragment(ELLIPSIS, False)] if text[:left].strip() else []
    position = left
    for hit in hits:
        start, end = max(hit.start, position), min(hit.end, right)
        if start >= end:
            continue
        pieces += [Fragment(text[position:start], False), Fragment(text[start:end], True)]
        position = end
    pieces.append(Fragment(text[position:right], False))
    if text[right:].strip():
        pieces.append(Fragment(ELLIPSIS, False))
    return [piece for piece in pieces if piece.text]


def highlight(
    text: str,
    terms: Collection[str],
    language: Language,
    *,
    length: int = 220,
    exceptions: Exceptions | None = None,
) -> list[Fragment]:
    """The best snippet of at most ``length`` characters (ellipses not counted), with the hits marked.

    ``terms`` come from :func:`~mitwerk.algorithms.text.analysis.query_terms` in the same language with the same
    exceptions. A word is a hit where its analysis shares a term with them: other inflections, spellings and compounds
    are. Without a hit the snippet is the beginning. The texts, without a first and last ``…``, are a substring of
    ``text``: nothing is escaped or cleaned here. An empty text gives no fragment.
    Raises ``ValueError`` for ``length < 1``.
    """
    if length < 1:
        raise ValueError("length must be at least 1")
    hits = _hits(text, frozenset(terms), language, exceptions) if terms else []
    start, end = _best(hits, length) if hits else (0, 0)
    left, right = _window(text, start, end, length)
    return _fragments(text, left, right, hits)
