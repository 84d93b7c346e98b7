"""How a charter came about, and what differs between two of its versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.timezone import get_default_timezone, localdate

from mitwerk.algorithms.textdiff import Part as Stretch
from mitwerk.algorithms.textdiff import diff
from mitwerk.charter.models import Adoption, Charter, Suggestion, Version
from mitwerk.charter.queries.adoption import Happening
from mitwerk.charter.queries.texts import Part, Text, parts_of
from mitwerk.core.translated import Translated
from mitwerk.governance.models import Body

State = Suggestion.State
LATE = ("adopted", "signed", "review")
"""What comes last on its day: of the adoption only the day is known."""


def history_of(charter: Charter, versions: Sequence[Version]) -> list[Happening]:
    """What happened, the earliest first. Of contributions and suggestions only how many; of versions only the public
    ones (`versions`), and what bodies did with them."""
    found = [*_brought_in(charter), *_decided(charter, {one.number for one in versions})]
    found += [Happening(one.made_at, "version", one.number, text=str(one.note)) for one in versions]
    if charter.phase == Charter.Phase.REVIEW:
        found.append(Happening(charter.phase_since, "review"))
    return sorted(found, key=_place)


def _place(one: Happening) -> tuple[date, int, datetime]:
    return localdate(one.at), LATE.index(one.kind) if one.kind in LATE else -1, one.at


def _brought_in(charter: Charter) -> Iterator[Happening]:
    told = charter.contributions.aggregate(count=Count("pk"), last=Max("at"))
    if told["count"]:
        yield Happening(told["last"], "contributions", told["count"])
    rows = charter.suggestions.exclude(state=State.WITHDRAWN).order_by()
    sums = rows.aggregate(
        count=Count("pk"), last=Max("at"), answered=Max("answered_at"),
        accepted=Count("pk", Q(state__in=(State.ACCEPTED, State.CHANGED))),
        declined=Count("pk", Q(state=State.DECLINED)),
    )  # fmt: skip
    if sums["count"]:
        yield Happening(sums["last"], "suggestions", sums["count"])
    if sums["answered"]:
        yield Happening(sums["answered"], "answers", sums["accepted"], sums["declined"])


def _decided(charter: Charter, public: set[int]) -> Iterator[Happening]:
    """What bodies were asked and said, and who signed; of versions that are not public nothing is told."""
    signed = Count("signatures", Q(signatures__withdrawn_at=None))
    rows = charter.adoptions.select_related("version", "body").annotate(
        signed=signed,
        last=Max("signatures__signed_at"),
        withdrawn=Count("signatures", ~Q(signatures__withdrawn_at=None)),
    )
    for row in rows.order_by("pk"):
        if row.version.number not in public:
            continue
        kind = "sitting" if row.in_sitting else "ballot"
        name = str(row.body.name) if row.body.state == Body.State.PUBLISHED else ""
        yield Happening(row.made_at, kind, row.version.number, text=name)
        if row.state == Adoption.State.ADOPTED and row.adopted_on:
            at = datetime.combine(row.adopted_on, time(12), get_default_timezone())
            yield Happening(at, "adopted", row.number or 0, row.version.number, text=name)
        if row.signed or row.withdrawn:
            yield Happening(row.last, "signed", row.signed, row.withdrawn)


@dataclass(frozen=True)
class Language:
    """One text of a paragraph in both versions: both whole, and as one with what went and came."""

    code: str
    before: str
    after: str
    parts: list[Stretch]


@dataclass(frozen=True)
class Changed:
    """A paragraph that differs. `before` and `after` as the versions have it; None where it is not there."""

    before: Text | None
    after: Text | None
    is_moved: bool
    texts: list[Language]
    measures: list[Language]

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_out(self) -> bool:
        return self.after is None

    @property
    def there(self) -> Text | None:
        """The newer one, else the older."""
        return self.after or self.before

    @property
    def years(self) -> tuple[int | None, int | None] | None:
        """The year of a goal, where another was set."""
        before, after = (one.target_year if one else None for one in (self.before, self.after))
        return (before, after) if self.before and self.after and before != after else None


@dataclass(frozen=True)
class ChangedPart:
    """A section with what differs in it. `part` as the newer version has it, else the older."""

    part: Part
    title: list[Language]
    rows: list[Changed]
    is_new: bool
    is_out: bool


def compare(before: Mapping[str, Any], after: Mapping[str, Any], codes: Sequence[str]) -> list[ChangedPart]:
    """What differs between the contents of two versions in these languages, by section: in the order of the newer one,
    and what went after what is still there."""
    was, now = parts_of(before), parts_of(after)
    old, new = {part.id: part for part in was}, {part.id: part for part in now}
    texts = {text.id: text for part in was for text in part.paragraphs}
    ids = {text.id for part in now for text in part.paragraphs}
    moved = _moved(was, now)
    found = []
    for part in [*now, *(one for one in was if one.id not in new)]:
        here = new[part.id].paragraphs if part.id in new else ()
        gone = [one for one in (old[part.id].paragraphs if part.id in old else ()) if one.id not in ids]
        rows = [_changed(texts.get(one.id), one, one.id in moved, codes) for one in here]
        rows += [_changed(one, None, False, codes) for one in gone]
        title = _languages(old[part.id].title if part.id in old else Translated(), part.title, codes)
        told = [row for row in rows if _differs(row)]
        is_new, is_out = part.id not in old, part.id not in new
        if told or (title and not is_new):
            found.append(ChangedPart(part, [] if is_new or is_out else title, told, is_new, is_out))
    return found


def _changed(before: Text | None, after: Text | None, is_moved: bool, codes: Sequence[str]) -> Changed:
    none = Translated()
    texts = _languages(before.text if before else none, after.text if after else none, codes)
    measures = _languages(before.measure if before else none, after.measure if after else none, codes)
    return Changed(before, after, is_moved, texts, measures if before and after else [])


def _differs(row: Changed) -> bool:
    return bool(row.is_new or row.is_out or row.is_moved or row.texts or row.measures or row.years)


def _languages(before: Mapping[str, str], after: Mapping[str, str], codes: Sequence[str]) -> list[Language]:
    pairs = [(code, before.get(code, ""), after.get(code, "")) for code in codes]
    return [Language(code, was, now, diff(was, now)) for code, was, now in pairs if was != now]


def _moved(was: Sequence[Part], now: Sequence[Part]) -> set[str]:
    """Ids of paragraphs that both have, and that stand in another section or at another place among the others."""
    before, after = _places(was), _places(now)
    one = [text for text in before if text in after]
    other = [text for text in after if text in before]
    kept = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    still = {text for block in kept for text in one[block.a : block.a + block.size]}
    return {text for text in other if text not in still or before[text] != after[text]}


def _places(parts: Sequence[Part]) -> dict[str, str]:
    return {text.id: part.id for part in parts for text in part.paragraphs}
