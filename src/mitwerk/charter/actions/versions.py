"""A version is published: the text is frozen as it is, and every open suggestion is carried over to it or told why it
no longer fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.algorithms import workshop
from mitwerk.algorithms.ballot_file import hash_of
from mitwerk.algorithms.textdiff import carry
from mitwerk.charter.actions.charters import lock_for, record, token_for
from mitwerk.charter.actions.suggesting import follow_parent, make_unfit
from mitwerk.charter.mails import mail_unfit
from mitwerk.charter.models import Charter, Suggestion, Version
from mitwerk.charter.queries.suggestions import open_changes, open_for_text
from mitwerk.charter.queries.texts import Text, content_of, latest_version, texts_of, twin_of
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.core.wording import is_same

Kind, Unfit = Suggestion.Kind, Suggestion.Unfit
KEEPS = frozenset({Kind.COMMENT, Kind.BEFORE, Kind.AFTER})
"""Kinds that speak of a paragraph, whatever it says."""


@dataclass(frozen=True)
class Fate:
    """What becomes of a suggestion in a new version: the wording it stands on and its text, or why it does not fit."""

    suggestion: Suggestion
    base: str = ""
    text: str = ""
    unfit: str = ""
    lost: str = ""


def fate_of(suggestion: Suggestion, texts: Mapping[str, Text]) -> Fate:
    """Nothing is written. The rule: a change is carried to the words it was made for, and to no others."""
    now = texts.get(suggestion.anchor)
    if now is None:
        return Fate(suggestion, unfit=Unfit.GONE)
    if suggestion.kind == Kind.MOVE and suggestion.place and suggestion.place not in texts:
        return Fate(suggestion, unfit=Unfit.PLACE)
    language = twin_of(suggestion.language) if suggestion.kind == Kind.TRANSLATE else suggestion.language
    says = now.text.get(language, "")
    if suggestion.kind in KEEPS or suggestion.kind == Kind.MOVE or is_same(says, suggestion.base):
        return Fate(suggestion, base=says, text=suggestion.text)
    if suggestion.kind == Kind.TRANSLATE:
        return Fate(suggestion, unfit=Unfit.SOURCE)
    if suggestion.kind == Kind.DELETE:
        return Fate(suggestion, unfit=Unfit.CHANGED, lost=suggestion.base)
    carried = carry(suggestion.base, suggestion.text, says)
    if carried.reason:
        return Fate(suggestion, unfit=carried.reason, lost=carried.lost)
    return Fate(suggestion, base=says, text=carried.text)


def fates(charter: Charter, texts: Mapping[str, Text]) -> list[Fate]:
    """Of all suggestions that are still to be answered; changes of suggestions go with those."""
    return [fate_of(suggestion, texts) for suggestion in open_for_text(charter)]


@transaction.atomic
def publish_version(*, charter: Charter, note: Mapping[str, str], actor: User | None) -> Version:
    """Raises `Refused` where nothing is written, or nothing has changed since the last version."""
    locked = lock_for(charter, workshop.PUBLISH)
    content = content_of(locked)
    if not any(section["paragraphs"] for section in content["sections"]):
        raise Refused(_("Nothing is written yet."))
    last = latest_version(locked)
    if last is not None and last.content == content:
        raise Refused(_("Nothing has changed since version %(number)s.") % {"number": last.number})
    version = Version.objects.create(
        charter=locked, number=last.number + 1 if last else 1, content=content, digest=hash_of(content),
        note=Translated(note), made_by=actor,
    )  # fmt: skip
    left = carry_over(locked, version)
    record("charter.publish-version", locked, actor, version=version.number, digest=version.digest, unfit=left)
    return version


def carry_over(charter: Charter, version: Version) -> int:
    """Move every open suggestion to a new version; how many no longer fit."""
    found = fates(charter, texts_of(version.content))
    unfit = [fate for fate in found if fate.unfit]
    _write(charter, found, version)
    for fate in unfit:
        mail_unfit(fate.suggestion, token_for(fate.suggestion))
    return len(unfit)


def _write(charter: Charter, found: Iterable[Fate], version: Version) -> None:
    """Most suggestions only get the number of the new version, all at once; the others are written one by one."""
    charter.suggestions.filter(state=Suggestion.State.OPEN, parent=None).update(version=version.number)
    rows, changed, unfit = [], [], []
    for fate in found:
        one = fate.suggestion
        if fate.unfit:
            one.state, one.unfit, one.lost = Suggestion.State.UNFIT, fate.unfit, fate.lost
            unfit.append(one)
        elif (fate.base, fate.text) == (one.base, one.text):
            continue
        else:
            one.base, one.version = fate.base, version.number
            if fate.text != one.text:
                one.earlier, one.text = [*one.earlier, one.text], fate.text
                changed.append(one)
        rows.append(one)
    Suggestion.objects.bulk_update(rows, ["state", "unfit", "lost", "base", "version", "earlier", "text"], 200)
    for change in open_changes(changed):
        follow_parent(change)
    for change in open_changes(unfit):
        make_unfit(change, Unfit.PARENT)
