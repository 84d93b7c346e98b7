"""Organisations suggest changes, support and change each other's suggestions, and renew what no longer fits."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.algorithms.textdiff import carry
from mitwerk.charter.actions.charters import lock_for, slug_of, token_for
from mitwerk.charter.mails import mail_change_made, mail_change_taken
from mitwerk.charter.models import Charter, Suggestion, Supporter
from mitwerk.charter.queries.suggestions import open_changes
from mitwerk.charter.queries.texts import Text, latest_version, texts_of, twin_of
from mitwerk.core.changes import Refused
from mitwerk.core.wording import is_same
from mitwerk.people.models import Person

Kind, State = Suggestion.Kind, Suggestion.State
MOST_OPEN = 200
"""Open suggestions of one organisation for one charter: enough for every paragraph, too few to flood the editors."""


class Moved(Refused):
    """The wording was changed since it was read. `now` is what it says; what was typed goes back to the form."""

    def __init__(self, text: str, now: str) -> None:
        super().__init__(text)
        self.now = now


def record_suggestion(verb: str, suggestion: Suggestion, person: Person | None, **details: Any) -> None:
    record_audit(
        verb=verb, target=suggestion, actor=person.user if person else None,
        cluster_slug=slug_of(suggestion.charter), details={"number": suggestion.number, **details},
    )  # fmt: skip


@transaction.atomic
def suggest(
    *, charter: Charter, organisation: Organisation, person: Person, anchor: str, values: Mapping[str, Any]
) -> Suggestion:
    """A change of a paragraph. `values`: ``kind``, ``language``, ``text``, ``reason``, ``place``, and the ``version``
    that was read.

    Raises `Moved` where the paragraph says something else in the newest version and the change cannot be carried
    over, `Refused` where the phase is over, the paragraph is gone, or nothing would change.
    """
    locked = lock_for(charter, workshop.PROPOSE)
    version = latest_version(locked)
    if version is None:
        raise Refused(_("There is no version to suggest changes for yet."))
    texts = texts_of(version.content)
    if anchor not in texts:
        raise Refused(_("This paragraph is no longer in the newest version. Suggest a new paragraph beside another."))
    _check_room(locked, organisation)
    made = Suggestion(
        charter=locked, organisation=organisation, person=person, anchor=anchor, version=version.number,
        kind=values["kind"], language=values["language"], text=str(values.get("text") or ""),
        reason=str(values.get("reason") or ""), place=str(values.get("place") or ""),
    )  # fmt: skip
    made.base = _base_of(made, texts[anchor])
    made.text = _on_the_newest(locked, made, values["version"])
    _check(made, texts)
    return _store(made, person)


def _check_room(charter: Charter, organisation: Organisation) -> None:
    if charter.suggestions.filter(organisation=organisation, state=State.OPEN).count() >= MOST_OPEN:
        raise Refused(
            _("Your organisation has %(number)s open suggestions. Withdraw one first.") % {"number": MOST_OPEN}
        )


def _base_of(suggestion: Suggestion, text: Text) -> str:
    """What it was made for: the paragraph in its language; of a translation the text that it translates."""
    if suggestion.kind == Kind.TRANSLATE:
        return str(text.text.get(twin_of(suggestion.language), ""))
    return str(text.text.get(suggestion.language, ""))


def _on_the_newest(charter: Charter, made: Suggestion, seen: int) -> str:
    """The text for the newest wording, where an older one was read. Raises `Moved`."""
    if made.kind not in {Kind.REPLACE, Kind.TRANSLATE, Kind.DELETE} or seen == made.version:
        return made.text
    read = charter.versions.filter(number=seen).first()
    before = texts_of(read.content).get(made.anchor) if read else None
    was = _base_of(made, before) if before else ""
    if is_same(was, made.base):
        return made.text
    told = _("This paragraph was changed while you wrote. Your text is kept below; please look at both once more.")
    carried = carry(was, made.text, made.base) if made.kind == Kind.REPLACE and was else None
    if carried is None or carried.reason:
        raise Moved(told, made.base)
    return carried.text


def _check(made: Suggestion, texts: Mapping[str, Text]) -> None:
    says_something = made.kind not in {Kind.DELETE, Kind.MOVE}
    if says_something and not made.text.strip():
        raise Refused(_("Write what it should say."))
    if not says_something:
        made.text = ""
    if made.kind == Kind.REPLACE and is_same(made.text, made.base):
        raise Refused(_("This is what the paragraph says already. Change something, or write a comment."))
    if made.kind == Kind.MOVE:
        ids = list(texts)
        before = ids[ids.index(made.anchor) - 1] if ids.index(made.anchor) else ""
        if (made.place and made.place not in texts) or made.place in {made.anchor, before}:
            raise Refused(_("Choose another place: the paragraph stands there already."))
    else:
        made.place = ""


def _store(made: Suggestion, person: Person) -> Suggestion:
    """Sent twice in the same words it is one."""
    same = {
        name: getattr(made, name) for name in ("organisation", "kind", "anchor", "language", "text", "place", "parent")
    }
    again = made.charter.suggestions.filter(**same, state=State.OPEN).first()
    if again:
        return again
    made.number = (made.charter.suggestions.aggregate(last=Max("number"))["last"] or 0) + 1
    made.save()
    record_suggestion("charter.suggest", made, person, paragraph=made.anchor, kind=made.kind)
    return made


@transaction.atomic
def suggest_change(
    *, parent: Suggestion, organisation: Organisation, person: Person, text: str, reason: str, seen: str
) -> Suggestion:
    """A change of a suggestion, for who made it to take over. `seen`: what the suggestion said when it was read."""
    charter = lock_for(parent.charter, workshop.PROPOSE)
    found = _open(parent)
    if found.parent_id or not found.text:
        raise Refused(_("This suggestion cannot be changed; make one of your own."))
    if is_same(text, found.text):
        raise Refused(_("This is what the suggestion says already. Change something."))
    if not is_same(seen, found.text):
        carried = carry(seen, text, found.text)
        if carried.reason:
            raise Moved(_("The suggestion was changed while you wrote. Your text is kept below."), found.text)
        text = carried.text
    _check_room(charter, organisation)
    made = Suggestion(
        charter=charter, organisation=organisation, person=person, anchor=found.anchor, version=found.version,
        kind=Kind.REPLACE, language=found.language, base=found.text, text=text, reason=reason, parent=found,
    )  # fmt: skip
    made = _store(made, person)
    mail_change_made(made, token_for(found))
    return made


def _open(suggestion: Suggestion) -> Suggestion:
    """It as it is now, under a lock. Raises `Refused` where it is no longer open."""
    found = Suggestion.objects.select_for_update(of=("self",)).select_related(
        "charter__cluster", "organisation", "person__user"
    )
    one = found.get(pk=suggestion.pk)
    if not one.is_open:
        raise Refused(
            _("This suggestion is no longer open: it is “%(state)s” now.") % {"state": one.get_state_display()}
        )
    return one


@transaction.atomic
def take_change(*, change: Suggestion, person: Person) -> Suggestion:
    """Who made a suggestion takes over the change somebody wants of it; what it said before is kept."""
    lock_for(change.charter, workshop.PROPOSE)
    found = _open(change)
    if found.parent is None:
        raise Refused(_("This suggestion changes the charter itself; the editors answer it."))
    parent = _open(found.parent)
    carried = carry(found.base, found.text, parent.text)
    if carried.reason:
        raise Refused(_("Your suggestion says something else now, so this change no longer fits."))
    _end(found, State.ACCEPTED)  # first: what is still open follows its parent
    rewrite(parent, carried.text)
    record_suggestion("charter.take-change", found, person, of=parent.number)
    mail_change_taken(found, token_for(found))
    return parent


def rewrite(suggestion: Suggestion, text: str) -> None:
    """It says something else from now on. Changes of it that no longer fit say so."""
    suggestion.earlier = [*suggestion.earlier, suggestion.text]
    suggestion.text = text
    suggestion.save(update_fields=["earlier", "text", "updated_at"])
    for change in open_changes([suggestion]):
        follow_parent(change)


def follow_parent(change: Suggestion) -> None:
    """The suggestion that it changes says something else now: it is carried over, or no longer fits."""
    text = change.parent.text if change.parent else ""
    carried = carry(change.base, change.text, text)
    if carried.reason:
        make_unfit(change, Suggestion.Unfit.PARENT, carried.lost)
    else:
        Suggestion.objects.filter(pk=change.pk).update(base=text, text=carried.text)


def make_unfit(suggestion: Suggestion, why: str, lost: str = "") -> None:
    suggestion.state, suggestion.unfit, suggestion.lost = State.UNFIT, why, lost
    suggestion.save(update_fields=["state", "unfit", "lost", "updated_at"])


def _end(suggestion: Suggestion, state: str) -> None:
    suggestion.state, suggestion.answered_at = state, timezone.now()
    suggestion.save(update_fields=["state", "answered_at", "updated_at"])


@transaction.atomic
def write_suggestion(*, suggestion: Suggestion, text: str, reason: str, seen: str, person: Person) -> Suggestion:
    """Who made it words it anew. Raises `Moved` where a colleague has done so meanwhile."""
    lock_for(suggestion.charter, workshop.PROPOSE)
    found = _open(suggestion)
    if not is_same(seen, found.text):
        raise Moved(_("A colleague has changed the suggestion while you wrote. Your text is kept below."), found.text)
    if found.kind not in {Kind.DELETE, Kind.MOVE} and not is_same(text, found.text):
        if is_same(text, found.base):
            raise Refused(_("This is what the paragraph says already. Withdraw the suggestion instead."))
        rewrite(found, text)
    found.reason = reason
    found.save(update_fields=["reason", "updated_at"])
    record_suggestion("charter.write-suggestion", found, person)
    return found


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, person: Person) -> None:
    """It is not wanted any more; changes of it fall with it. Twice changes nothing."""
    found = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if found.state not in {State.OPEN, State.UNFIT}:
        raise Refused(_("This suggestion has been answered already."))
    Suggestion.objects.filter(pk=found.pk).update(state=State.WITHDRAWN, unfit="", lost="")
    for change in open_changes([found]):
        make_unfit(change, Suggestion.Unfit.PARENT)
    record_suggestion("charter.withdraw-suggestion", suggestion, person)


@transaction.atomic
def renew_suggestion(*, suggestion: Suggestion, text: str, reason: str, seen: int, person: Person) -> Suggestion:
    """One that no longer fitted is made anew, for the newest wording. Raises `Refused` where its paragraph is gone."""
    charter = lock_for(suggestion.charter, workshop.PROPOSE)
    found = Suggestion.objects.select_for_update(of=("self",)).select_related("charter__cluster").get(pk=suggestion.pk)
    version = latest_version(charter)
    texts = texts_of(version.content) if version else {}
    if found.state != State.UNFIT or found.parent_id or version is None:
        raise Refused(_("This suggestion cannot be renewed."))
    if found.anchor not in texts:
        raise Refused(_("The paragraph is no longer there. Suggest a new paragraph beside another."))
    found.version, found.base = version.number, _base_of(found, texts[found.anchor])
    if seen != version.number:
        raise Moved(_("There is a newer version. Your text is kept below; please look at both once more."), found.base)
    found.earlier = [*found.earlier, found.text]
    found.text, found.reason = text, reason
    _check(found, texts)
    found.state, found.unfit, found.lost = State.OPEN, "", ""
    found.save()
    record_suggestion("charter.renew-suggestion", found, person, version=version.number)
    return found


@transaction.atomic
def support(*, suggestion: Suggestion, organisation: Organisation, person: Person) -> None:
    """The organisation wants the same. Twice changes nothing."""
    lock_for(suggestion.charter, workshop.PROPOSE)
    found = _open(suggestion)
    if found.organisation_id == organisation.pk:
        raise Refused(_("It is your own organisation’s suggestion."))
    _one, is_new = Supporter.objects.get_or_create(
        suggestion=found, organisation=organisation, defaults={"person": person}
    )
    if is_new:
        record_suggestion("charter.support", found, person, organisation=organisation.public_id)


@transaction.atomic
def end_support(*, suggestion: Suggestion, organisation: Organisation, person: Person) -> None:
    """No longer. Twice changes nothing."""
    if Supporter.objects.filter(suggestion=suggestion, organisation=organisation).delete()[0]:
        record_suggestion("charter.end-support", suggestion, person, organisation=organisation.public_id)
