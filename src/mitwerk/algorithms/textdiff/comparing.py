"""The edits that lead from one text to another, word by word."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from mitwerk.algorithms.textdiff.tokens import word, words

MOST_WORDS = 10_000
"""Where more words than these stand between the common beginning and end of two texts, they are compared as one whole:
the longest common subsequence takes time and memory that grow with the product of the lengths (12 MB at this bound)."""


class Edit(NamedTuple):
    """The tokens [start:end) of `words(base)`, which are `old`, become `new`. Nothing old: `new` is put before `start`.
    A word whose white space changed is replaced by itself."""

    start: int
    end: int
    old: tuple[str, ...]
    new: tuple[str, ...]


class Compared(NamedTuple):
    """What another text changes in a base: `edits` of words, sorted, with at least one kept token between two; and
    `spaces`, position → token for kept ones of which only the white space changed."""

    edits: list[Edit]
    spaces: dict[int, str]


class _Gap(NamedTuple):
    """base[start:end) became text[begin:stop)."""

    start: int
    end: int
    begin: int
    stop: int


def edits(base: str, text: str) -> list[Edit]:
    """The fewest words that must change to make `text` of `base`, sorted, with a kept token between any two edits.
    Applied to `base` they give `text`, white space included."""
    before = words(base)
    found = compare(before, words(text))
    respaced = [Edit(at, at + 1, (before[at],), (token,)) for at, token in found.spaces.items()]
    joined: list[Edit] = []
    for edit in sorted([*found.edits, *respaced]):
        if joined and joined[-1].end == edit.start:
            last = joined.pop()
            edit = Edit(last.start, edit.end, last.old + edit.old, last.new + edit.new)
        joined.append(edit)
    return joined


def apply(base: str, edits: Sequence[Edit]) -> str:
    """`base` with the edits, in any order. ValueError where one does not fit or two overlap; two that only add at the
    same place overlap, because nobody knows which comes first."""
    before = words(base)
    ordered = sorted(edits)
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(before) or tuple(before[edit.start : edit.end]) != edit.old:
            raise ValueError(f"The edit at {edit.start} was made for other words.")
    for one, other in pairwise(ordered):
        if other.start < one.end or one[:2] == other[:2]:
            raise ValueError(f"Two edits overlap at {other.start}.")
    return "".join(written(before, ordered, {}, 0, len(before)))


def compare(base: Sequence[str], text: Sequence[str]) -> Compared:
    """Both as tokens. White space is no part of a word here."""
    gaps = _settled(_gaps(base, text), base, text)
    found = [Edit(a, b, tuple(base[a:b]), tuple(text[c:d])) for a, b, c, d in gaps]
    spaces: dict[int, str] = {}
    at, other = 0, 0
    for gap in [*gaps, _Gap(len(base), len(base), len(text), len(text))]:
        if base[at : gap.start] != text[other : gap.begin]:
            pairs = zip(base[at : gap.start], text[other : gap.begin], strict=True)
            spaces |= {place: new for place, (old, new) in enumerate(pairs, at) if old != new}
        at, other = gap.end, gap.stop
    return Compared(found, spaces)


def written(base: Sequence[str], edits: Iterable[Edit], spaces: Mapping[int, str], start: int, end: int) -> list[str]:
    """The tokens of base[start:end) with sorted edits that lie in it."""
    tokens: list[str] = []
    for edit in [*edits, Edit(end, end, (), ())]:
        tokens += base[start : edit.start]
        if spaces:
            kept = range(start, edit.start)
            tokens[len(tokens) - len(kept) :] = [spaces.get(at, base[at]) for at in kept]
        tokens += edit.new
        start = edit.end
    return tokens


def _gaps(base: Sequence[str], text: Sequence[str]) -> list[_Gap]:
    """Where the longest common subsequence leaves something out."""
    # What is the same to the last space goes first: most suggestions change little, and this is all they cost.
    most = min(len(base), len(text))
    head = next((at for at in range(most) if base[at] != text[at]), most)
    tail = next((at for at in range(most - head) if base[-1 - at] != text[-1 - at]), most - head)
    was = [word(token) for token in base[head : len(base) - tail]]
    now = [word(token) for token in text[head : len(text) - tail]]
    gaps: list[_Gap] = []
    at, there = 0, 0
    for start, begin, size in [*_matches(was, now), (len(was), len(now), 0)]:
        if start > at or begin > there:
            gaps.append(_Gap(head + at, head + start, head + there, head + begin))
        at, there = start + size, begin + size
    return gaps


def _matches(was: list[str], now: list[str]) -> list[tuple[int, int, int]]:
    """What two lists of words have in common, in order: (place in one, place in the other, how many)."""
    if not was or not now:
        return []
    if was == now:
        return [(0, 0, len(was))]
    if max(len(was), len(now)) > MOST_WORDS:
        return []
    numbers: dict[str, int] = {}
    # One letter for each different word: exact, and rapidfuzz is at its fastest with texts.
    one = "".join([chr(numbers.setdefault(each, len(numbers))) for each in was])
    other = "".join([chr(numbers.setdefault(each, len(numbers))) for each in now])
    blocks = LCSseq.editops(one, other).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _settled(gaps: list[_Gap], base: Sequence[str], text: Sequence[str]) -> list[_Gap]:
    """Gaps that only add or only remove, moved right as far as the words allow.

    "A. B." with "C." at its end may be read as ". C" put before the last point. Moved, it is what people mean, and two
    texts that add at the same place agree on where that is. Gaps that meet become one.
    """
    done: list[_Gap] = []
    for gap in reversed(gaps):
        while True:
            if done and done[-1].start == gap.end:
                following = done.pop()
                gap = _Gap(gap.start, following.end, gap.begin, following.stop)
            elif gap.end < len(base) and _may_move(gap, base, text):
                gap = _Gap(*(at + 1 for at in gap))
            else:
                break
        done.append(gap)
    return done[::-1]


def _may_move(gap: _Gap, base: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the first word of the gap is also the one after it."""
    if gap.start == gap.end:
        return word(text[gap.begin]) == word(base[gap.end])
    return gap.begin == gap.stop and word(base[gap.start]) == word(base[gap.end])
