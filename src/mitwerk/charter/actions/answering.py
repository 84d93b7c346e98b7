"""The editors answer suggestions: accept, accept in other words, decline, put to the vote. Who made one hears of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scope

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms import workshop
from mitwerk.algorithms.tally import Outcome
from mitwerk.algorithms.textdiff import merge
from mitwerk.charter.actions.charters import lock_for, slug_of, token_for
from mitwerk.charter.actions.suggesting import make_unfit
from mitwerk.charter.actions.texts import add_paragraph, drop_paragraph, overwrite, place
from mitwerk.charter.mails import mail_answer
from mitwerk.charter.models import Paragraph, Suggestion
from mitwerk.charter.queries.suggestions import open_changes, suggestions_on_ballots
from mitwerk.charter.queries.texts import paragraph_by_id, twin_of
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated, in_both_languages
from mitwerk.core.wording import is_same
from mitwerk.governance.actions import start_ballot, write_ballot
from mitwerk.governance.models import Ballot, Body

Kind, State = Suggestion.Kind, Suggestion.State
CHANGE_NUMBER = gettext_lazy("Suggestion %(number)s for the charter")
WORDINGS = {
    Kind.REPLACE: gettext_lazy("A paragraph of the charter gets this wording: “%(text)s” So far it says: “%(base)s”"),
    Kind.BEFORE: gettext_lazy("The charter gets a new paragraph: “%(text)s” It stands before: “%(base)s”"),
    Kind.AFTER: gettext_lazy("The charter gets a new paragraph: “%(text)s” It stands after: “%(base)s”"),
    Kind.DELETE: gettext_lazy("This paragraph of the charter is taken out: “%(base)s”"),
}
"""Kinds that can be put to the vote, and what is voted on."""


class Collides(Refused):
    """The text was changed at the same words since. `now` is what it says; accepting in other words is possible."""

    def __init__(self, text: str, now: str) -> None:
        super().__init__(text)
        self.now = now


def _record(verb: str, suggestion: Suggestion, actor: User | None) -> None:
    record_audit(
        verb=verb, target=suggestion, actor=actor, cluster_slug=slug_of(suggestion.charter),
        details={"number": suggestion.number},
    )  # fmt: skip


@transaction.atomic
def accept_suggestion(
    *, suggestion: Suggestion, actor: User | None, answer: str = "", text: str | None = None
) -> Suggestion:
    """Write it into the text. With `text`: in these words instead.

    Raises `Collides` where the text was changed at the same words since, `Refused` where it is no longer open, its
    paragraph was taken out, or nothing would change.
    """
    lock_for(suggestion.charter, workshop.ANSWER)
    found = _answerable(suggestion)
    if found.kind == Kind.COMMENT and text is None:
        _answer(found, State.ACCEPTED, answer, actor)
        return found
    paragraph = _paragraph(found)
    wording = found.text if text is None else text.strip()
    if found.kind == Kind.COMMENT:
        _write_in(paragraph, found, {found.language: wording}, actor)
    else:
        APPLY[Suggestion.Kind(found.kind)](paragraph, found, wording, text is not None, actor)
    is_other = text is not None and not is_same(wording, found.text)
    _answer(found, State.CHANGED if is_other else State.ACCEPTED, answer, actor)
    return found


def _answerable(suggestion: Suggestion) -> Suggestion:
    found = Suggestion.objects.select_for_update(of=("self",)).select_related(
        "charter__cluster", "organisation", "person__user", "parent"
    )
    one = found.get(pk=suggestion.pk)
    if one.state not in {State.OPEN, State.BALLOT}:
        raise Refused(_("It has been answered already: “%(state)s”.") % {"state": one.get_state_display()})
    if one.parent_id:
        raise Refused(
            _("This changes another suggestion; who made that one takes it over, or you accept in its words.")
        )
    return one


def _paragraph(suggestion: Suggestion) -> Paragraph:
    found = paragraph_by_id(suggestion.charter, suggestion.anchor)
    if found is None:
        raise Refused(_("You have taken this paragraph out. Put it back first, or decline the suggestion."))
    return found


def _way(suggestion: Suggestion) -> str:
    return f"suggestion:{suggestion.number}"


def _write_in(paragraph: Paragraph, suggestion: Suggestion, texts: Mapping[str, str], actor: User | None) -> None:
    overwrite(paragraph, {"text": Translated({**paragraph.text, **texts})}, actor, _way(suggestion))


def _replace(paragraph: Paragraph, suggestion: Suggestion, wording: str, is_given: bool, actor: User | None) -> None:
    """Merged with what the editors wrote since; in words that were given, as they are."""
    now = paragraph.text.get(suggestion.language, "")
    if not is_given:
        merged = merge(suggestion.base, wording, now)
        if merged.conflicts:
            raise Collides(_("The text was changed at the same words since. Word it yourself, or decline."), now)
        wording = merged.text
    if not wording:
        raise Refused(_("Write what it should say."))
    if not is_same(wording, now):
        _write_in(paragraph, suggestion, {suggestion.language: wording}, actor)


def _translate(paragraph: Paragraph, suggestion: Suggestion, wording: str, is_given: bool, actor: User | None) -> None:
    source = paragraph.text.get(twin_of(suggestion.language), "")
    if not is_given and not is_same(source, suggestion.base):
        raise Collides(_("The text that it translates was changed since. Word it yourself, or decline."), source)
    if not wording:
        raise Refused(_("Write what it should say."))
    _write_in(paragraph, suggestion, {suggestion.language: wording}, actor)


def _insert(paragraph: Paragraph, suggestion: Suggestion, wording: str, is_given: bool, actor: User | None) -> None:
    if not wording:
        raise Refused(_("Write what it should say."))
    section = paragraph.section
    new = add_paragraph(
        section=section, values={"text": Translated({suggestion.language: wording})}, actor=actor, after=paragraph,
        way=_way(suggestion),
    )  # fmt: skip
    if suggestion.kind == Kind.BEFORE:
        there = list(section.paragraphs.filter(is_gone=False).values_list("pk", flat=True))
        place(new, section, there.index(paragraph.pk))


def _delete(paragraph: Paragraph, suggestion: Suggestion, wording: str, is_given: bool, actor: User | None) -> None:
    now = paragraph.text.get(suggestion.language, "")
    if not is_same(now, suggestion.base):
        raise Collides(_("The paragraph was changed since; take it out yourself, or decline."), now)
    drop_paragraph(paragraph=paragraph, actor=actor, way=_way(suggestion))


def _move(paragraph: Paragraph, suggestion: Suggestion, wording: str, is_given: bool, actor: User | None) -> None:
    if not suggestion.place:
        first = suggestion.charter.sections.filter(is_gone=False).first()
        if first is not None:
            place(paragraph, first, 0)
        return
    after = paragraph_by_id(suggestion.charter, suggestion.place)
    if after is None:
        raise Refused(_("The paragraph behind which it should stand was taken out."))
    there = list(after.section.paragraphs.filter(is_gone=False).exclude(pk=paragraph.pk).values_list("pk", flat=True))
    place(paragraph, after.section, there.index(after.pk) + 1)


APPLY = {
    Kind.REPLACE: _replace, Kind.TRANSLATE: _translate, Kind.BEFORE: _insert, Kind.AFTER: _insert,
    Kind.DELETE: _delete, Kind.MOVE: _move,
}  # fmt: skip


@transaction.atomic
def decline_suggestion(*, suggestion: Suggestion, answer: str, actor: User) -> None:
    """No, and why. Raises `Refused` without a reason."""
    lock_for(suggestion.charter, workshop.ANSWER)
    found = _answerable(suggestion)
    if not answer.strip():
        raise Refused(_("Say why, in a sentence: who made the suggestion reads it."))
    _answer(found, State.DECLINED, answer.strip(), actor)


def _answer(suggestion: Suggestion, state: str, answer: str, actor: User | None) -> None:
    suggestion.state, suggestion.answer = state, answer
    suggestion.answered_at, suggestion.answered_by = timezone.now(), actor
    suggestion.save(update_fields=["state", "answer", "answered_at", "answered_by", "updated_at"])
    for change in open_changes([suggestion]):
        make_unfit(change, Suggestion.Unfit.PARENT)
    _record(f"charter.{state}-suggestion", suggestion, actor)
    mail_answer(suggestion, token_for(suggestion))


def accept_all(
    *, suggestions: Iterable[Suggestion], actor: User
) -> tuple[list[Suggestion], list[tuple[Suggestion, str]]]:
    """Each for itself, in the order given: those that went in, and those that did not with the reason why."""
    done, left = [], []
    for suggestion in suggestions:
        try:
            done.append(accept_suggestion(suggestion=suggestion, actor=actor))
        except Refused as refused:
            left.append((suggestion, str(refused)))
    return done, left


@transaction.atomic
def put_to_vote(*, suggestion: Suggestion, body: Body, closes_at: datetime, actor: User) -> Ballot:
    """A body decides in writing. What it carries is written into the text when the votes are counted."""
    lock_for(suggestion.charter, workshop.ANSWER)
    found = _answerable(suggestion)
    if found.state == State.BALLOT:
        raise Refused(_("It is being voted on already."))
    if found.kind not in WORDINGS:
        raise Refused(_("This kind of suggestion is not voted on; answer it yourself."))
    title = in_both_languages(CHANGE_NUMBER, number=found.number)
    motion = in_both_languages(WORDINGS[Suggestion.Kind(found.kind)], text=found.text, base=found.base)
    reason = Translated({found.language: found.reason}) if found.reason else Translated()
    ballot = write_ballot(
        ballot=Ballot(body=body), values={"title": title, "motion": motion, "reason": reason}, actor=actor
    )
    start_ballot(ballot=ballot, closes_at=closes_at, actor=actor)
    found.state, found.ballot = State.BALLOT, ballot
    found.save(update_fields=["state", "ballot", "updated_at"])
    _record("charter.put-to-vote", found, actor)
    return ballot


def take_over_votes() -> int:
    """Do what bodies have decided about suggestions, each once; how many. A part of the timed work."""
    with scope(cluster=None):
        return sum(_take_over(suggestion) for suggestion in suggestions_on_ballots())


@transaction.atomic
def _take_over(suggestion: Suggestion) -> bool:
    """Where it can no longer be written in, or the vote was called off, the editors answer it as before."""
    found = Suggestion.objects.select_for_update(of=("self",)).select_related("charter__cluster", "ballot")
    one = found.get(pk=suggestion.pk)
    ballot = one.ballot
    if one.state != State.BALLOT:
        return False
    if ballot is not None and ballot.state == Ballot.State.CLOSED and ballot.result["outcome"] != Outcome.NO_QUORUM:
        told = _("Decided by vote: %(outcome)s") % {"outcome": ballot.outcome}
        if ballot.result["outcome"] == Outcome.LOST:
            _answer(one, State.DECLINED, told, None)
            return True
        try:
            with transaction.atomic():
                accept_suggestion(suggestion=one, actor=None, answer=told)
        except Refused:
            pass
        else:
            return True
    Suggestion.objects.filter(pk=one.pk).update(state=State.OPEN)
    return True
