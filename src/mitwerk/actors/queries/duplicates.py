"""Which organisations may be one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Merge, NotDuplicate, Organisation
from mitwerk.actors.queries.organisations import (
    choosable_organisations,
    editable_organisations,
    removable_organisations,
)
from mitwerk.algorithms.duplicates import Entry, Pair, Reason, Register, entry
from mitwerk.clusters.rules import is_umbrella_editor

COLUMNS = ("pk", "name", "alternative_names", "website", "register_number", "postal_code", "town", "kind")


@dataclass(frozen=True)
class TwinPair:
    """Two organisations that may be one, how sure it is, and why."""

    one: Organisation
    other: Organisation
    score: int
    reasons: tuple[Reason, ...]


class _Known:
    """The register as it was at `mark`, in this process; one aggregate tells whether it still holds."""

    mark: Any = None
    register = Register([])
    pairs: list[Pair] | None = None


def _standing() -> Any:
    return Organisation.objects.filter(merged_into=None)


def standing_register() -> Register:
    """All organisations that stand for themselves, ready to be compared."""
    rows = _standing().order_by()
    mark = tuple(rows.aggregate(Count("pk"), Max("pk"), Max("updated_at")).values())
    if _Known.mark != mark:
        _Known.register = Register(_entry(dict(zip(COLUMNS, row, strict=True))) for row in rows.values_list(*COLUMNS))
        _Known.mark, _Known.pairs = mark, None
    return _Known.register


def entry_of(organisation: Organisation) -> Entry:
    """What is compared of an organisation, a new one too."""
    return _entry({name: getattr(organisation, name) for name in COLUMNS})


def _entry(row: dict[str, Any]) -> Entry:
    names = {name: row[name] for name in COLUMNS[3:]}
    return entry(row["pk"] or 0, row["name"], row["alternative_names"], **names)


def _told_apart() -> set[frozenset[int]]:
    """Pairs that the office said are different; an answer about a merged one holds for the one that stands for it."""
    columns = ("one_id", "one__merged_into_id", "other_id", "other__merged_into_id")
    rows = NotDuplicate.objects.values_list(*columns)
    return {frozenset({after or one, later or other}) for one, after, other, later in rows}


def likely_duplicates(organisation: Organisation, user: Any = None) -> list[TwinPair]:
    """Organisations that this one may be, the surest first; with `user`, only those that the user may know of."""
    return _read(_apart(standing_register().twins_of(entry_of(organisation))), user, organisation)


def duplicate_pairs(user: Any) -> list[TwinPair]:
    """All pairs of which the user edits one and may know the other, the surest first."""
    register = standing_register()
    if _Known.pairs is None:
        _Known.pairs = register.pairs()
    mine = set(editable_organisations(user).order_by().values_list("pk", flat=True))
    return _read(_apart(pair for pair in _Known.pairs if mine & {pair.one, pair.other}), user)


def _apart(pairs: Iterable[Pair]) -> list[Pair]:
    found = list(pairs)
    answered = _told_apart() if found else set()
    return [pair for pair in found if frozenset(pair[:2]) not in answered]


def _read(pairs: list[Pair], user: Any, new: Organisation | None = None) -> list[TwinPair]:
    keys = {key for pair in pairs for key in pair[:2]}
    if not keys:
        return []
    known = choosable_organisations(user) if user is not None else _standing()
    found = {one.pk: one for one in known.filter(pk__in=keys, merged_into=None)}
    if new is not None:
        found[new.pk or 0] = new
    return [
        TwinPair(found[pair.one], found[pair.other], pair.score, pair.reasons)
        for pair in pairs
        if pair.one in found and pair.other in found
    ]


def undoable_merges(user: Any) -> QuerySet[Merge]:
    """Merges into organisations that the user could remove: who may merge may also part."""
    merges = Merge.objects.select_related("winner", "loser", "by")
    return merges if is_umbrella_editor(user) else merges.filter(winner__in=removable_organisations(user))


def old_merges() -> QuerySet[Merge]:
    """Merges that cannot be undone any more and still remember what that would need."""
    return Merge.objects.filter(created_at__lt=timezone.now() - Merge.UNDOABLE_FOR).exclude(done={})
