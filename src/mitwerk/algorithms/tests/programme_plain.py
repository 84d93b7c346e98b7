"""The slow way to say what two items have in common: every pair is looked at."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from mitwerk.algorithms.programme.model import Item
from mitwerk.algorithms.programme.warnings import NO_BREAK, SAME_ROOM, SAME_SPEAKER, SAME_TRACK, Warning


def plain_between(items: Sequence[Item]) -> Iterator[Warning]:
    for pair in combinations(items, 2):
        first, second = sorted(pair, key=lambda item: item.span.start) if all(item.span for item in pair) else pair
        if not first.span or not second.span:
            continue
        people = {one.key for one in first.speakers} & {one.key for one in second.speakers}
        if second.span.start < first.span.end:
            yield from (Warning(SAME_SPEAKER, first.key, second.key, key) for key in people)
            if first.room and first.room == second.room:
                yield Warning(SAME_ROOM, first.key, second.key, first.room)
            if first.track and first.track == second.track:
                yield Warning(SAME_TRACK, first.key, second.key, first.track)
        elif second.span.start == first.span.end and first.room and second.room and first.room != second.room:
            yield from (Warning(NO_BREAK, first.key, second.key, key) for key in people)
