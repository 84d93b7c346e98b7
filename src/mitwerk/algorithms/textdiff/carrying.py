"""Suggestions that were made for an older wording, moved over to the new one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from mitwerk.algorithms.textdiff.comparing import Edit, compare
from mitwerk.algorithms.textdiff.merging import combine, text_of
from mitwerk.algorithms.textdiff.tokens import says_something, words


class Carried(NamedTuple):
    """`text`: the new wording with the suggestion, where `reason` is empty. Otherwise why it was not moved: the words
    it was made for were ``changed``, or what it says is ``there`` already. `lost`: which words of the old wording are
    no longer there as they were."""

    text: str
    reason: Literal["", "changed", "there"]
    lost: str = ""


def carry(base: str, suggested: str, now: str) -> Carried:
    """What `suggested` changes in `base`, done to `now`; all of it or nothing, but for edits that `now` has already.

    An edit is moved only where the words that it replaces, and the nearest word on each side with all signs between,
    stand in `now` as they stood in `base`: side by side, at the place to which comparing the two leads. Where there is
    no word on a side, nothing may have been put before or after the text.
    """
    before = words(base)
    wanted, done = compare(before, words(suggested)), compare(before, words(now))
    both, disputed = combine(before, done, wanted)
    missing = sorted(set(both.edits) - set(done.edits)) + [edit for one in disputed for edit in one.theirs]
    if not missing:
        return Carried("", "there")
    lost = list(_lost(before, missing, done.edits))
    return Carried("", "changed", _quoted(before, lost)) if lost else Carried(text_of(before, both), "")


def _lost(before: Sequence[str], wanted: Iterable[Edit], done: Sequence[Edit]) -> Iterator[range]:
    """For each edit that cannot be moved, the tokens it needs that `done` changed. All that it needs, where `done`
    only put something between them."""
    said = [at for at, token in enumerate(before) if says_something(token)]
    ends = [edit.end for edit in done]
    for edit in wanted:
        left, right = bisect_left(said, edit.start) - 1, bisect_left(said, edit.end)
        start = said[left] if left >= 0 else -1
        end = said[right] + 1 if right < len(said) else len(before) + 1
        needed = range(max(start, 0), min(end, len(before)))
        # What ends with the word on the left, or begins after the one on the right, is beside what is needed.
        near = done[bisect_left(ends, start + 1) :]
        near = near[: bisect_left([one.start for one in near], end)]
        changed = [range(max(one.start, needed.start), min(one.end, needed.stop)) for one in near]
        yield from ([part for part in changed if part] or [needed]) if near else []


def _quoted(before: Sequence[str], places: Iterable[range]) -> str:
    """The words there, in order, with a mark where some between are left out."""
    quoted, following = "", 0
    for at in sorted({at for part in places for at in part}):
        if quoted and at != following:
            quoted = f"{quoted.rstrip()} … "
        quoted += before[at]
        following = at + 1
    return quoted.strip()
