"""Which language of a text fell behind the other: noted when a record is saved, told wherever texts are edited.

A record remembers, per field and language, what the other language said when this one was last right (`Worded.behind`).
Nothing noted means current. Whoever writes the language that is behind catches up; that sets nobody else back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from mitwerk.core.models import Standing, Worded
from mitwerk.core.translated import TranslatedField

Note = dict[str, str]
Notes = dict[str, dict[str, Note]]


@dataclass(frozen=True)
class Lack:
    """What one language of a field lacks: nothing is there, or the other language moved on from `was` to `now`."""

    language: str
    other: str
    standing: Standing
    was: str = ""
    now: str = ""
    since: datetime | None = None


def codes() -> list[str]:
    """The languages of the house, the first one first."""
    return [code for code, _name in settings.LANGUAGES]


def is_same(one: str | None, other: str | None) -> bool:
    """Browsers send other line ends than a file has; that is no change of a text."""
    return (one or "").split() == (other or "").split()


@cache
def translated_names(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, TranslatedField)]


def after_writing(before: Mapping[str, str], after: Mapping[str, str], noted: dict[str, Note]) -> dict[str, Note]:
    """The notes of one field after its texts went from `before` to `after`."""
    changed = {code for code in codes() if not is_same(before.get(code), after.get(code))}
    moved = [code for code in codes() if code in changed - set(noted) and before.get(code) and after.get(code)]
    kept = {code: note for code, note in noted.items() if code not in changed}
    for code in codes():
        if moved and code not in changed:
            kept.setdefault(code, {"of": moved[0], "was": before[moved[0]], "since": timezone.now().isoformat()})
    return {code: note for code, note in kept.items() if _still_holds(code, note, after)}


def _still_holds(code: str, note: Note, texts: Mapping[str, str]) -> bool:
    """Not where a text is gone, or where the other one says again what it said."""
    now = texts.get(note["of"])
    return bool(texts.get(code) and now and not is_same(now, note["was"]))


def note_writing(record: models.Model, names: Iterable[str]) -> None:
    """Note on `record`, about to be saved with new texts in `names`, which languages fall behind by it."""
    if not isinstance(record, Worded) or record.pk is None:
        return
    written = [name for name in translated_names(type(record)) if name in set(names)]
    if not written:
        return
    # Asked of the row: a form has put the new texts on the record already.
    before = type(record)._base_manager.filter(pk=record.pk).values("behind", *written).first()
    if before is None:
        return
    notes: Notes = dict(before["behind"])
    for name in written:
        notes[name] = after_writing(before[name], getattr(record, name), notes.get(name, {}))
    record.behind = {name: by_code for name, by_code in notes.items() if by_code}


def lacks(texts: Mapping[str, str], noted: Mapping[str, Note]) -> Iterator[Lack]:
    """What each language of one field lacks."""
    there = [code for code in codes() if texts.get(code)]
    for code in codes():
        if there and code not in there:
            yield Lack(code, there[0], Standing.MISSING, now=texts[there[0]])
        elif (note := noted.get(code)) and _still_holds(code, note, texts):
            since = datetime.fromisoformat(note["since"])
            yield Lack(code, note["of"], Standing.BEHIND, note["was"], texts[note["of"]], since)


def lacks_of(record: Worded, name: str) -> list[Lack]:
    return list(lacks(getattr(record, name) or {}, record.behind.get(name, {})))


@cache
def rows_below(model: type[models.Model]) -> list[str]:
    """Names of the relations whose rows belong to a record and have texts of their own."""
    return [
        str(relation.get_accessor_name())
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.on_delete is models.CASCADE and _is_row(relation.related_model)
    ]


def _is_row(model: Any) -> bool:
    return issubclass(model, Worded) and model.is_row


def with_rows(record: Worded) -> Iterator[Worded]:
    """The record and the rows below it that have texts."""
    yield record
    for name in rows_below(type(record)):
        yield from getattr(record, name).all()


def is_behind(record: Worded, language: str) -> bool:
    """Whether any text of the record, or of a row below it, is behind in this language."""
    return any(
        lack.language == language and lack.standing is Standing.BEHIND
        for part in with_rows(record)
        for name in part.behind
        for lack in lacks_of(part, name)
    )


def forget_notes_of(part: Worded, language: str, names: Iterable[str]) -> None:
    """These fields were written from this language, so it is right in them."""
    wanted, kept = set(names), dict[str, Any]()
    for name, by_code in part.behind.items():
        if left := {code: note for code, note in by_code.items() if code != language or name not in wanted}:
            kept[name] = left
    if kept != part.behind:
        part.behind = kept
        part.save(update_fields=["behind"])


def forget_notes(record: Worded, language: str) -> list[str]:
    """Somebody says that this language is still right; the fields for which it was not, by name."""
    settled = []
    for part in with_rows(record):
        names = [name for name, by_code in part.behind.items() if language in by_code]
        forget_notes_of(part, language, names)
        settled += names
    return settled
