"""Changes that wait: what somebody made of a record's content, laid over what the record says by now.

A content is a mapping of field names to plain values (as JSON holds them); a value that is a list of mappings with an
`id` is a list of rows. A row without an id (None) is a new one. `base` is what the writer began from, `mine` what they
made of it, `theirs` what the record says now: what I left alone follows the record, what I changed is as I want it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Content = Mapping[str, Any]
Row = Mapping[str, Any]


class Laid(NamedTuple):
    """The content with my changes in it, and the fields that both sides changed, each otherwise."""

    content: dict[str, Any]
    conflicts: frozenset[str]
    """Names of fields; `contacts/17` for a row."""


def is_rows(value: Any) -> bool:
    """A list of rows, not a list of plain values."""
    return isinstance(value, Sequence) and not isinstance(value, str) and any(_is_row(one) for one in value)


def _is_row(value: Any) -> bool:
    return isinstance(value, Mapping) and "id" in value


def lay_over(base: Content, mine: Content, theirs: Content) -> Laid:
    """My changes over theirs. Fields that `mine` does not name stay theirs."""
    content, conflicts = dict(theirs), set[str]()
    for name, wanted in mine.items():
        was, now = base.get(name), theirs.get(name)
        if wanted == was:
            continue
        if is_rows(wanted) or is_rows(was) or is_rows(now):
            rows, disputed = _lay_rows(was or [], wanted or [], now or [])
            content[name] = rows
            conflicts |= {f"{name}/{pk}" for pk in disputed}
            continue
        content[name] = wanted
        if now not in (was, wanted):
            conflicts.add(name)
    return Laid(content, frozenset(conflicts))


def _lay_rows(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> tuple[list[dict[str, Any]], set[Any]]:
    """Mine in my order, then what came on the other side. What that side removed stays away, unless I changed it."""
    was = {row["id"]: row for row in base}
    now = {row["id"]: row for row in theirs}
    laid: list[dict[str, Any]] = []
    disputed: set[Any] = set()
    for row in mine:
        pk = row["id"]
        if pk is None or (pk not in now and row != was.get(pk)):
            laid.append({**row, "id": None})
        elif pk in now:
            inner = lay_over(was.get(pk, {}), row, now[pk])
            laid.append(inner.content)
            disputed |= {pk} if inner.conflicts else set()
    kept = {row["id"] for row in mine}
    for row in theirs:
        if row["id"] in kept:
            continue
        if row["id"] not in was:
            laid.append(dict(row))
        elif row != was[row["id"]]:
            disputed.add(row["id"])  # I removed what they changed: gone, and said
    return laid, disputed


def changed_names(before: Content, after: Content) -> list[str]:
    """Names of the fields that differ, in the order of `after`."""
    return [name for name in after if before.get(name) != after[name]]
