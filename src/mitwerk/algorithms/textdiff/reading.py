"""What changed between two texts, for readers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from mitwerk.algorithms.textdiff.comparing import Compared, Edit, compare, written
from mitwerk.algorithms.textdiff.tokens import says_something, word, words

SHORT = 4
"""Letters of a word that is no more than a crumb between two changes, such as "und" or "eine"."""
CRUMBS = 2


class Part(NamedTuple):
    """A stretch of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def diff(before: str, after: str) -> list[Part]:
    """What stayed, went and came, in reading order, no part empty.

    All but the new joined is `before`, all but the gone is `after`. White space that changed goes with the change that
    follows it, or is a part of its own. Very long texts are compared as one whole (`MOST_WORDS`).
    """
    base = words(before)
    found = compare(base, words(after))
    paper = _Paper()
    at = 0
    for edit in [*_tidied(base, found), Edit(len(base), len(base), (), ())]:
        for place in range(at, edit.start):
            paper.keep(base[place], found.spaces.get(place, base[place]))
        paper.change(edit.old, edit.new)
        at = edit.end
    return paper.parts()


def _tidied(base: Sequence[str], found: Compared) -> list[Edit]:
    """Edits with the crumbs between them taken in, so that a rewritten sentence is read as one."""
    tidy: list[Edit] = []
    for edit in found.edits:
        if tidy and _is_torn(tidy[-1], edit) and _is_crumb(base[tidy[-1].end : edit.start]):
            last = tidy.pop()
            kept = written(base, [], found.spaces, last.end, edit.start)
            old = tuple(base[last.start : edit.end])
            edit = Edit(last.start, edit.end, old, (*last.new, *kept, *edit.new))
        tidy.append(edit)
    return tidy


def _is_torn(one: Edit, other: Edit) -> bool:
    """Words that are only put in, or only struck out, are easy to read one by one."""
    return bool((one.old or other.old) and (one.new or other.new))


def _is_crumb(kept: Sequence[str]) -> bool:
    """One or two short words, or only signs, on one line."""
    said = [token for token in kept if says_something(token)]
    is_short = len(said) <= CRUMBS and all(len(word(token)) <= SHORT for token in said)
    return is_short and not any("\n" in token for token in kept)


def _differing(old: str, new: str) -> Iterator[int]:
    return (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)


class _Paper:
    """Collects stretches, so that each is written once: what went before what came."""

    def __init__(self) -> None:
        self._stretches: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]

    def keep(self, old: str, new: str) -> None:
        """A word that stayed; where its white space changed, what is left of that."""
        same, gone, came = self._stretches[-1]
        if gone or came:
            same, gone, came = [], [], []
            self._stretches.append((same, gone, came))
        common = len(old) if old == new else next(_differing(old, new), min(len(old), len(new)))
        same.append(old[:common])
        self.change([old[common:]], [new[common:]])

    def change(self, old: Iterable[str], new: Iterable[str]) -> None:
        self._stretches[-1][1].extend(filter(None, old))
        self._stretches[-1][2].extend(filter(None, new))

    def parts(self) -> list[Part]:
        found: list[Part] = []
        for same, gone, came in self._stretches:
            found += [Part("same", "".join(same)), Part("gone", "".join(gone)), Part("new", "".join(came))]
        return [part for part in found if part.text]
