"""Suggestions: who sees them, what touches the same words, and the text as it would be with some of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.algorithms.textdiff import groups, merge_all
from mitwerk.charter.models import Charter, Suggestion
from mitwerk.charter.queries.charters import acting_organisations
from mitwerk.charter.queries.texts import Text
from mitwerk.core.translated import Translated
from mitwerk.core.wording import codes
from mitwerk.governance.models import Ballot

Kind, State = Suggestion.Kind, Suggestion.State
WAITING = (State.OPEN, State.BALLOT)


def seen_suggestions(charter: Charter, organisations: Sequence[Organisation], *, keeps: bool) -> QuerySet[Suggestion]:
    """Those that somebody sees who takes part for these organisations, or keeps the text: all that were made, in the
    order of their numbers. While nobody may read the text, the others see their own organisations' alone."""
    found = charter.suggestions.select_related(
        "organisation", "parent__organisation", "charter__cluster", "ballot__body"
    )
    found = found.annotate(support=Count("supporters", distinct=True)).order_by("number")
    if keeps or workshop.reads(charter.phase, workshop.SUGGESTIONS):
        return found
    return found.filter(organisation__in=organisations)


def public_suggestions(charter: Charter) -> QuerySet[Suggestion]:
    """What everybody reads of an open workshop: suggestions that were not withdrawn."""
    found = charter.suggestions.exclude(state=State.WITHDRAWN).select_related("organisation")
    return found.annotate(support=Count("supporters", distinct=True)).order_by("number")


def own_suggestions(user: Any, charter: Charter) -> QuerySet[Suggestion]:
    """What the organisations of the user have suggested."""
    found = charter.suggestions.filter(organisation__in=acting_organisations(user, charter))
    return found.select_related("organisation")


def open_for_text(charter: Charter) -> list[Suggestion]:
    """Suggestions for the text that nobody has answered, in the order of their numbers."""
    found = charter.suggestions.filter(state=State.OPEN, parent=None).select_related("organisation", "person__user")
    return list(found.order_by("number"))


def open_changes(suggestions: Iterable[Suggestion]) -> QuerySet[Suggestion]:
    """Changes of these suggestions that are still open."""
    keys = [one.pk for one in suggestions]
    found = Suggestion.objects.filter(parent__in=keys, state=State.OPEN)
    return found.select_related("parent", "charter__cluster", "organisation", "person__user").order_by("number")


def suggestions_on_ballots() -> QuerySet[Suggestion]:
    """Those whose ballot is over, or was called off, or is gone."""
    over = Q(ballot=None) | Q(
        ballot__state__in=(Ballot.State.CLOSED, Ballot.State.CALLED_OFF, Ballot.State.INTERRUPTED)
    )
    return Suggestion.objects.filter(over, state=State.BALLOT).order_by("pk")


def count_by_paragraph(charter: Charter) -> dict[str, int]:
    """How many suggestions wait for an answer, by paragraph."""
    rows = charter.suggestions.filter(state__in=WAITING, parent=None).order_by()
    return dict(rows.values_list("anchor").annotate(number=Count("pk")))


LIST_STATES: Mapping[str, Sequence[str]] = {
    "waiting": WAITING,
    "answered": (State.ACCEPTED, State.CHANGED, State.DECLINED),
    "unfit": (State.UNFIT,),
}


def narrowed(
    suggestions: QuerySet[Suggestion], values: Mapping[str, Sequence[str]], query: str = ""
) -> QuerySet[Suggestion]:
    """`values` as the address gives them: ``state``, ``kind``, ``organisation`` (slug), ``language``; `query` is a
    number, or words of the suggestion, its reason or the paragraph."""
    found = suggestions
    if query.isdecimal() and len(query) < 9:
        found = found.filter(number=int(query))
    elif query:
        words = Q(text__icontains=query) | Q(reason__icontains=query) | Q(base__icontains=query)
        found = found.filter(words | Q(organisation__name__icontains=query))
    if states := [state for name in values.get("state", ()) for state in LIST_STATES[name]]:
        found = found.filter(state__in=states)
    if kinds := values.get("kind"):
        found = found.filter(kind__in=kinds)
    if slugs := values.get("organisation"):
        found = found.filter(organisation__slug__in=slugs)
    if languages := values.get("language"):
        found = found.filter(language__in=languages)
    return found


@dataclass(frozen=True)
class Bundle:
    """Suggestions of one paragraph that the editors look at together: they touch the same words, or speak of the whole
    paragraph. `is_conflict`: not all of them can be accepted."""

    anchor: str
    suggestions: tuple[Suggestion, ...]
    is_conflict: bool


def bundles(suggestions: Iterable[Suggestion], order: Sequence[str]) -> list[Bundle]:
    """In the order of the paragraphs; `order` holds their ids, what is gone from it comes last."""
    by_anchor: dict[str, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        by_anchor[one.anchor].append(one)
    place = {anchor: number for number, anchor in enumerate(order)}
    anchors = sorted(by_anchor, key=lambda anchor: place.get(anchor, len(place)))
    return [bundle for anchor in anchors for bundle in _bundled(anchor, by_anchor[anchor])]


def _bundled(anchor: str, suggestions: list[Suggestion]) -> list[Bundle]:
    """Other wordings by the words they touch; taking out collides with every other wording; the rest each alone."""
    by_number = {str(one.number): one for one in suggestions}
    wordings: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    found: list[tuple[str, ...]] = []
    for number, one in by_number.items():
        if one.kind in {Kind.REPLACE, Kind.DELETE}:
            wordings[one.language, one.base][number] = one.text
        else:
            found.append((number,))
    is_taken_out = any(one.kind == Kind.DELETE for one in suggestions)
    for (_language, base), texts in wordings.items():
        found += [tuple(texts)] if is_taken_out and len(texts) > 1 else groups(base, texts)
    found.sort(key=lambda numbers: int(numbers[0]))
    rows = [tuple(by_number[number] for number in numbers) for numbers in found]
    return [Bundle(anchor, row, len({one.text for one in row}) > 1) for row in rows]


@dataclass
class Preview:
    """A paragraph as it would be. `left_out`: chosen suggestions that do not
    go together with an earlier one, and that one."""

    id: str
    before: Translated
    after: Translated
    is_new: bool = False
    is_out: bool = False
    is_moved: bool = False
    numbers: tuple[int, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()

    @property
    def changed(self) -> list[str]:
        """Languages in which it says something else."""
        return [code for code in codes() if self.before.get(code, "") != self.after.get(code, "")]

    @property
    def is_changed(self) -> bool:
        return bool(self.is_new or self.is_out or self.is_moved or self.changed)


def preview(texts: Mapping[str, Text], chosen: Iterable[Suggestion]) -> list[Preview]:
    """The paragraphs of a text with a chosen set of suggestions, in their new order. Nothing is written."""
    by_anchor: dict[str, list[Suggestion]] = defaultdict(list)
    for one in chosen:
        by_anchor[one.anchor].append(one)
    rows: list[Preview] = []
    for anchor, text in texts.items():
        rows += _around(anchor, text, by_anchor.get(anchor, []))
    for one in chosen_moves(by_anchor):
        _move(rows, one)
    return rows


def chosen_moves(by_anchor: Mapping[str, list[Suggestion]]) -> list[Suggestion]:
    found = [one for many in by_anchor.values() for one in many if one.kind == Kind.MOVE]
    return sorted(found, key=lambda one: one.number)


def _around(anchor: str, text: Text, chosen: list[Suggestion]) -> list[Preview]:
    """A paragraph between what is put before and after it."""
    new = {
        kind: [
            Preview(
                f"{anchor}-{one.number}",
                Translated(),
                Translated({one.language: one.text}),
                True,
                numbers=(one.number,),
            )
            for one in chosen
            if one.kind == kind
        ]
        for kind in (Kind.BEFORE, Kind.AFTER)
    }
    return [*new[Kind.BEFORE], _within(anchor, text, chosen), *new[Kind.AFTER]]


def _within(anchor: str, text: Text, chosen: list[Suggestion]) -> Preview:
    after, numbers, left = Translated(text.text), [], []
    out = [one for one in chosen if one.kind == Kind.DELETE]
    for language in {one.language for one in chosen if one.kind == Kind.REPLACE}:
        wordings = {str(one.number): one.text for one in chosen if (one.kind, one.language) == (Kind.REPLACE, language)}
        base = next(one.base for one in chosen if (one.kind, one.language) == (Kind.REPLACE, language))
        merged, refused = merge_all(base, wordings)
        lost = {late: early for early, late in refused}
        after[language] = merged
        numbers += [int(number) for number in wordings if number not in lost]
        left += [(int(late), int(early)) for late, early in lost.items()]
    for one in chosen:
        if one.kind == Kind.TRANSLATE:
            after[one.language] = one.text
            numbers.append(one.number)
    numbers += [one.number for one in chosen if one.kind in {Kind.DELETE, Kind.MOVE}]
    return Preview(
        anchor, text.text, after, is_out=bool(out), numbers=tuple(sorted(numbers)), left_out=tuple(sorted(left))
    )


def _move(rows: list[Preview], one: Suggestion) -> None:
    at = next((n for n, row in enumerate(rows) if row.id == one.anchor), None)
    if at is None or (one.place and all(row.id != one.place for row in rows)):
        return
    row = rows.pop(at)
    row.is_moved = True
    to = next((n + 1 for n, other in enumerate(rows) if other.id == one.place), 0) if one.place else 0
    rows.insert(to, row)
