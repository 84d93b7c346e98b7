"""What several people changed in the same wording, put together: a three-way merge by words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mitwerk.algorithms.textdiff.comparing import Compared, Edit, compare, written
from mitwerk.algorithms.textdiff.tokens import word, words


class Conflict(NamedTuple):
    """A stretch of the base that two texts changed differently, as it reads in each."""

    base: str
    ours: str
    theirs: str


class Merged(NamedTuple):
    """`text` is complete only without conflicts; where there is one it says what ours says."""

    text: str
    conflicts: tuple[Conflict, ...]


class Stretch(NamedTuple):
    """base[start:end) with the edits of both sides in it that touch, directly or through each other."""

    start: int
    end: int
    ours: list[Edit]
    theirs: list[Edit]


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Both changes of `base`. Edits that share a word, or have no kept one between them, are a conflict unless both
    sides come to the same words. White space never is one: where both changed it, ours stays."""
    before = words(base)
    mine, other = compare(before, words(ours)), compare(before, words(theirs))
    both, disputed = combine(before, mine, other)
    conflicts = tuple(
        Conflict(
            "".join(before[one.start : one.end]),
            "".join(written(before, one.ours, mine.spaces, one.start, one.end)),
            "".join(written(before, one.theirs, other.spaces, one.start, one.end)),
        )
        for one in disputed
    )
    return Merged(text_of(before, both), conflicts)


def collide(base: str, one: str, other: str) -> bool:
    """Whether two suggestions for the same wording touch the same words and do not come to the same."""
    before = words(base)
    return bool(combine(before, compare(before, words(one)), compare(before, words(other)))[1])


def merge_all(base: str, suggested: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """`base` with the suggestions (id → wording) in their order. One that collides with those before it is left out:
    the pairs are (id of the earlier one, id of the one left out)."""
    before = words(base)
    taken = Compared([], {})
    makers: dict[Edit, str] = {}
    refused: dict[tuple[str, str], None] = {}
    for name, text in suggested.items():
        wanted = compare(before, words(text))
        both, disputed = combine(before, taken, wanted)
        if disputed:
            refused |= {(makers[edit], name): None for stretch in disputed for edit in stretch.ours}
            continue
        taken = both
        for edit in both.edits:
            makers.setdefault(edit, name)
    return text_of(before, taken), tuple(refused)


def groups(base: str, suggested: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Suggestions (id → wording) that touch the same words, directly or through others, equal ones among them. Groups
    and their ids stand in the order given; who touches nobody is a group of one."""
    before = words(base)
    ranges: list[tuple[int, int, str]] = []
    for name, text in suggested.items():
        # Those that change no word are equal, and lie beside nothing else.
        changed = compare(before, words(text)).edits or [Edit(-2, -2, (), ())]
        ranges += [(edit.start, edit.end, name) for edit in changed]
    leads = {name: name for name in suggested}
    reach, last = -3, ""
    for start, end, name in sorted(ranges):
        if start <= reach:
            leads[_lead(leads, name)] = _lead(leads, last)
        reach, last = max(reach, end), name
    found: dict[str, list[str]] = {}
    for name in suggested:
        found.setdefault(_lead(leads, name), []).append(name)
    return [tuple(names) for names in found.values()]


def combine(before: Sequence[str], ours: Compared, theirs: Compared) -> tuple[Compared, list[Stretch]]:
    """The edits of both; where they dispute a stretch, ours, and that stretch. The white space around the words of a
    side is that side's."""
    edits: list[Edit] = []
    disputed: list[Stretch] = []
    spaces, others = dict(ours.spaces), dict(theirs.spaces)
    for stretch in _stretches(ours.edits, theirs.edits):
        edits += stretch.ours or stretch.theirs
        for at in range(stretch.start - 1, stretch.end):
            (others if stretch.ours else spaces).pop(at, None)
        if stretch.ours and stretch.theirs and not _agree(before, stretch):
            disputed.append(stretch)
    return Compared(edits, others | spaces), disputed


def text_of(before: Sequence[str], change: Compared) -> str:
    return "".join(written(before, change.edits, change.spaces, 0, len(before)))


def _stretches(ours: Sequence[Edit], theirs: Sequence[Edit]) -> Iterator[Stretch]:
    sides = sorted([*((edit, True) for edit in ours), *((edit, False) for edit in theirs)])
    open_one: Stretch | None = None
    for edit, is_ours in sides:
        if open_one is not None and edit.start > open_one.end:
            yield open_one
            open_one = None
        if open_one is None:
            open_one = Stretch(edit.start, edit.end, [], [])
        open_one = open_one._replace(end=max(open_one.end, edit.end))
        (open_one.ours if is_ours else open_one.theirs).append(edit)
    if open_one is not None:
        yield open_one


def _agree(before: Sequence[str], stretch: Stretch) -> bool:
    """Whether both sides come to the same words there."""
    one, other = (
        [word(token) for token in written(before, side, {}, stretch.start, stretch.end)]
        for side in (stretch.ours, stretch.theirs)
    )
    return one == other


def _lead(leads: dict[str, str], name: str) -> str:
    """Who stands for the group of `name`; the way there is cut short for the next time."""
    while leads[name] != name:
        leads[name] = leads[leads[name]]
        name = leads[name]
    return name
