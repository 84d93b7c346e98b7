"""What became different between two released programmes, for their readers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mitwerk.algorithms.programme.model import Item, Span, Speaker, Texts, said

NEW, TIME, ROOM, TITLE, TEXT, SPEAKERS, CANCELLED = KINDS = (
    "new", "time", "room", "title", "text", "speakers", "cancelled",
)  # fmt: skip

Value = Item | Span | Texts | tuple[Speaker, ...] | str | None


@dataclass(frozen=True)
class Change:
    """One thing that became different about the item `key`. `old` and `new` are what the item's field held and holds:
    `span`, `room`, `titles`, `abstracts` or `speakers`; of a new item `new` is the item, of a cancelled one `old`."""

    kind: str
    key: str
    old: Value
    new: Value


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """In the order of the items and of `KINDS`, cancelled items last. An item that is marked as cancelled and one that
    is not there are the same. Not compared: blank texts, the order of speakers, and fields that no kind is for."""
    was, now = ({item.key: item for item in items if not item.is_cancelled} for items in (before, after))
    found: list[Change] = []
    for key, item in now.items():
        found += _differences(was[key], item) if key in was else [Change(NEW, key, None, item)]
    return found + [Change(CANCELLED, key, item, None) for key, item in was.items() if key not in now]


def touched(changes: Iterable[Change]) -> frozenset[str]:
    """The keys of the items that changed."""
    return frozenset(change.key for change in changes)


def _differences(was: Item, now: Item) -> Iterator[Change]:
    if was.span != now.span:
        yield Change(TIME, now.key, was.span, now.span)
    if was.room != now.room:
        yield Change(ROOM, now.key, was.room, now.room)
    if said(was.titles) != said(now.titles):
        yield Change(TITLE, now.key, was.titles, now.titles)
    if said(was.abstracts) != said(now.abstracts):
        yield Change(TEXT, now.key, was.abstracts, now.abstracts)
    if set(was.speakers) != set(now.speakers):
        yield Change(SPEAKERS, now.key, was.speakers, now.speakers)
