"""What becomes of each row of a file. Asked for the preview, and again before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from mitwerk.algorithms.duplicates import Entry, Pair, Reason, entry
from mitwerk.algorithms.sheets.values import Read, read_row
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.imports.models import Import, Row
from mitwerk.imports.queries.differences import Wanted, contact_key, wanted
from mitwerk.imports.queries.directory import Directory, Held, held

SURE = 90
"""From this score on two entries count as one; below it the office decides."""
ALIKE, MOST_TWINS = 60, 3
Outcome = Row.Outcome


@dataclass
class Judge:
    """Goes through the rows of a file in their order; remembers which organisations and people it has met."""

    job: Import
    directory: Directory
    leads: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """What an organisation of the file goes by, to the row that named it first and the organisation that it is."""
    people: set[tuple[int, str]] = field(default_factory=set)

    def judge(self, rows: Sequence[Row]) -> None:
        """Fill in what becomes of some rows."""
        reads = [read_row(row.cells, self.job.columns, self.directory.words) for row in rows]
        for row, read in zip(rows, reads, strict=True):
            self._identify(row, read)
        keys = {row.target or row.twins[0][0] for row in rows if row.target or row.twins}
        known = held(keys, self.job.cluster)
        for row, read in zip(rows, reads, strict=True):
            if row.outcome != Outcome.REFUSED:
                self._compare(row, read, known)

    def _identify(self, row: Row, read: Read) -> None:
        """Which organisation the row is about."""
        broken = row.reason if row.reason in {"cell", "columns", "card"} else ""
        row.target, row.leader, row.twins, row.changes, row.outcome = None, None, [], [], ""
        row.said, row.notes, row.name = read.values, [list(note) for note in read.notes], _name(read)
        row.reason = broken or read.refused
        if row.reason:
            row.outcome = Outcome.REFUSED
            return
        one = entry_of(read)
        marks = marks_of(read, one)
        lead = next((self.leads[mark] for mark in marks if mark in self.leads), None)
        if lead:
            row.leader, row.target = lead
        else:
            self._look_up(row, read, one)
        for mark in marks if row.outcome != Outcome.REFUSED else []:
            self.leads.setdefault(mark, lead or (row.number, row.target))

    def _look_up(self, row: Row, read: Read, one: Entry) -> None:
        values, there = read.values, self.directory
        by_number = there.by_own_id.get(values.get("own_id", ""))
        row.target = there.by_public_id.get(values.get("public_id", "")) or by_number
        if not values.get("name"):
            if row.target is None:
                row.outcome, row.reason = Outcome.REFUSED, "id"
            return
        if row.target is not None and row.target != by_number:
            return
        if by_number and _is_alike(one, there.register.entries.get(by_number)):
            return
        pairs = [pair for pair in there.register.twins_of(one) if max(pair[:2]) in there.visible]
        twins = [[max(pair[:2]), pair.score, [str(reason) for reason in pair.reasons]] for pair in pairs[:MOST_TWINS]]
        if by_number:
            row.reason, row.target = "number", None
            twins = [[by_number, 0, ["number"]], *(twin for twin in twins if twin[0] != by_number)]
        else:
            row.target = self._sure_one(one, pairs)
        row.twins = [] if row.target else twins

    def _sure_one(self, one: Entry, pairs: Sequence[Pair]) -> int | None:
        """The one it is beyond doubt: the only sure one, or the only one of exactly this name."""
        sure = [max(pair[:2]) for pair in pairs if pair.score >= SURE]
        if len(sure) == 1:
            return sure[0]
        entries = self.directory.register.entries
        named = [max(pair[:2]) for pair in pairs if Reason.NAME in pair.reasons]
        exact = [key for key in named if entries[key].names[0] == one.names[0]]
        return exact[0] if len(exact) == 1 and exact[0] in (sure or exact) else None

    def _compare(self, row: Row, read: Read, known: dict[int, Held]) -> None:
        key = row.target or (row.twins[0][0] if row.twins else None)
        is_again = self._is_again(row, read)
        if key is not None and key in known:
            if key not in self.directory.editable:
                row.outcome, row.reason = (Outcome.DUPLICATE, row.reason) if row.twins else (Outcome.REFUSED, "foreign")
                return
            found = self.wanted(row, read, known[key])
            row.changes = [list(change) for change in found.shown]
            row.reason = row.reason or found.reason
            if row.twins:
                row.outcome = Outcome.DUPLICATE
            else:
                row.outcome = Outcome.UNCHANGED if found.is_empty or is_again else Outcome.CHANGED
        elif row.leader is not None:
            row.outcome = Outcome.UNCHANGED if is_again else Outcome.NEW
        else:
            self._enter(row, read)
        if row.leader is not None and row.outcome == Outcome.UNCHANGED:
            row.reason = row.reason or "again"

    def _enter(self, row: Row, read: Read) -> None:
        """A new organisation; an editor of a cluster needs it to be a member there."""
        row.outcome = Outcome.NEW
        is_refused = any(target == "membership" for target, _text in read.notes)
        if is_refused and not is_umbrella_editor(self.job.by):
            row.outcome, row.reason = Outcome.REFUSED, "membership"

    def _is_again(self, row: Row, read: Read) -> bool:
        """Whether this person of this organisation stood in the file before; a row without one says nothing more."""
        group, person = row.leader or row.number, contact_key(read)
        if not person:
            return row.leader is not None
        is_known = (group, person) in self.people
        self.people.add((group, person))
        return is_known

    def wanted(self, row: Row, read: Read, one: Held) -> Wanted:
        is_named_by_id = one.organisation.pk in (
            self.directory.by_public_id.get(read.values.get("public_id", "")),
            self.directory.by_own_id.get(read.values.get("own_id", "")),
        )
        return wanted(
            self.job, read, one, self.directory, is_leader=row.leader is None, by_id=is_named_by_id and not row.twins
        )


def entry_of(read: Read) -> Entry:
    """What a row can be recognised by. Its key is below all others, so that a pair's other one is the greater."""
    names = ("website", "register_number", "postal_code", "town", "kind")
    return entry(0, read.values.get("name", ""), **{name: read.values.get(name, "") for name in names})


def marks_of(read: Read, one: Entry) -> list[str]:
    """By which of these two rows of one file name the same organisation."""
    joined = one.names[0].replace(" ", "")
    marks = [f"{name} {read.values[name]}" for name in ("public_id", "own_id") if read.values.get(name)]
    marks += [f"register {one.register}"] if one.register else []
    if joined:
        marks += [f"name {joined} {place}" for place in (one.postal_code, *sorted(one.towns), one.domain) if place]
        if not (one.postal_code or one.towns or one.domain):
            marks.append(f"name {joined}")
    return marks


def _is_alike(one: Entry, other: Entry | None) -> bool:
    """Whether a number of a list still speaks of the same organisation, perhaps by a new name."""
    return other is not None and fuzz.token_set_ratio(one.names[0], other.names[0]) >= ALIKE


def _name(read: Read) -> str:
    return str(read.values.get("name") or read.values.get("own_id") or read.values.get("public_id") or "")[:250]
