"""The editors write: paragraphs, sections, their order. Of two who write the same, nobody's words are lost."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.charter.actions.charters import lock, record
from mitwerk.charter.models import Attempt, Paragraph, Section, Wording
from mitwerk.charter.queries.texts import outline
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.core.wording import forget_notes_of, note_writing

MOST_PARAGRAPHS = 1000
FIELDS = ("text", "measure", "target_year")
"""What a wording keeps. Where a goal stands (`figure`) is no part of it."""


class Overtaken(Exception):
    """Somebody saved the paragraph first. What was written is kept as `attempt`; `paragraph` is as it is now."""

    def __init__(self, attempt: Attempt, paragraph: Paragraph) -> None:
        super().__init__()
        self.attempt, self.paragraph = attempt, paragraph


def write_paragraph(
    *, paragraph: Paragraph, revision: int, values: Mapping[str, Any], actor: User, way: str = ""
) -> Paragraph:
    """Save what an editor wrote on top of `revision`. Raises `Overtaken` where that is no longer the latest one: then
    what they wrote is kept, outside of this transaction. Raises `Refused` where the paragraph was taken out."""
    written = _write(paragraph, revision, values, actor, way)
    if written is not None:
        return written
    attempt = keep_attempt(paragraph=paragraph, revision=revision, values=values, actor=actor)
    now = Paragraph.objects.select_related("section__charter").get(pk=paragraph.pk)
    if now.is_gone:
        raise Refused(_("This paragraph was taken out meanwhile. What you wrote is kept below “Not saved”."))
    raise Overtaken(attempt, now)


@transaction.atomic
def _write(
    paragraph: Paragraph, revision: int, values: Mapping[str, Any], actor: User | None, way: str
) -> Paragraph | None:
    """None where `revision` is not the latest. The update with its condition is the lock: one of many wins."""
    mine = Paragraph.objects.filter(pk=paragraph.pk, revision=revision, is_gone=False)
    if not mine.update(revision=revision + 1):
        return None
    found = Paragraph.objects.select_related("section__charter__cluster").get(pk=paragraph.pk)
    for name, value in values.items():
        setattr(found, name, value)
    note_writing(found, values)
    found.save()
    Attempt.objects.filter(charter=found.section.charter, anchor=found.public_id, by=actor).delete()
    _note(found, actor, way)
    record("charter.write", found.section.charter, actor, paragraph=found.public_id, revision=found.revision)
    return found


def overwrite(paragraph: Paragraph, values: Mapping[str, Any], actor: User | None, way: str) -> Paragraph:
    """Write on top of whatever is there now; for what was merged with it under the lock of the charter."""
    written = _write(paragraph, paragraph.revision, values, actor, way)
    if written is None:
        raise Refused(_("Somebody is writing this paragraph just now. Please do it once more."))
    return written


@transaction.atomic
def keep_attempt(*, paragraph: Paragraph, revision: int, values: Mapping[str, Any], actor: User) -> Attempt:
    """What could not be saved, so that closing the window loses nothing. One for each editor and paragraph."""
    charter = paragraph.section.charter
    Attempt.objects.filter(charter=charter, anchor=paragraph.public_id, by=actor).delete()
    kept = {name: values[name] for name in FIELDS if name in values}
    return Attempt.objects.create(charter=charter, anchor=paragraph.public_id, revision=revision, text=kept, by=actor)


@transaction.atomic
def drop_attempt(*, attempt: Attempt) -> None:
    """Its writer does not need it any more."""
    attempt.delete()


def _note(paragraph: Paragraph, actor: User | None, way: str, *, is_gone: bool = False) -> None:
    """A line of the paragraph's history."""
    text: dict[str, Any] = {"text": dict(paragraph.text)}
    if paragraph.is_goal:
        text |= {"measure": dict(paragraph.measure), "target_year": paragraph.target_year}
    Wording.objects.create(
        charter=paragraph.section.charter, anchor=paragraph.public_id, revision=paragraph.revision, text=text,
        is_gone=is_gone, way=way, by=actor,
    )  # fmt: skip


@transaction.atomic
def add_paragraph(
    *, section: Section, values: Mapping[str, Any], actor: User | None, after: Paragraph | None = None, way: str = ""
) -> Paragraph:
    """A new paragraph at the end of a section, or behind another one. Raises `Refused` where the text is full."""
    charter = lock(section.charter)
    there = Paragraph.objects.filter(section__charter=charter, is_gone=False)
    if there.count() >= MOST_PARAGRAPHS:
        raise Refused(_("The text is full: it has %(number)s paragraphs.") % {"number": MOST_PARAGRAPHS})
    paragraph = Paragraph(section=section, is_goal=section.kind == Section.Kind.GOALS)
    for name, value in values.items():
        setattr(paragraph, name, value)
    paragraph.position = _last(section) + 1
    paragraph.save()
    if after is not None:
        place(paragraph, section, _place_behind(section, after))
    _note(paragraph, actor, way)
    record("charter.add-paragraph", charter, actor, paragraph=paragraph.public_id)
    return paragraph


def _last(section: Section) -> int:
    return section.paragraphs.aggregate(last=Max("position"))["last"] or 0


def _place_behind(section: Section, after: Paragraph) -> int:
    there = list(section.paragraphs.filter(is_gone=False).values_list("pk", flat=True))
    return there.index(after.pk) + 1 if after.pk in there else len(there)


def place(paragraph: Paragraph, section: Section, at: int) -> None:
    """Put it at a place among the paragraphs of a section that are there."""
    others = list(section.paragraphs.filter(is_gone=False).exclude(pk=paragraph.pk))
    paragraph.section = section
    others.insert(min(max(at, 0), len(others)), paragraph)
    for position, one in enumerate(others):
        one.position = position
    Paragraph.objects.bulk_update(others, ["position", "section"])


@transaction.atomic
def drop_paragraph(*, paragraph: Paragraph, actor: User | None, way: str = "") -> None:
    """Take it out of the text. Its wordings stay, and it can be put back."""
    charter = lock(paragraph.section.charter)
    found = Paragraph.objects.select_related("section__charter").get(pk=paragraph.pk)
    if found.is_gone:
        return
    found.is_gone, found.revision = True, found.revision + 1
    found.save(update_fields=["is_gone", "revision", "updated_at"])
    _note(found, actor, way, is_gone=True)
    record("charter.drop-paragraph", charter, actor, paragraph=found.public_id)


@transaction.atomic
def restore_paragraph(*, paragraph: Paragraph, actor: User) -> Paragraph:
    """Put back what was taken out, at the end of its section."""
    charter = lock(paragraph.section.charter)
    found = Paragraph.objects.select_related("section__charter").get(pk=paragraph.pk)
    if not found.is_gone or found.section.is_gone:
        raise Refused(_("This paragraph cannot be put back: it is there, or its section is not."))
    found.is_gone, found.revision, found.position = False, found.revision + 1, _last(found.section) + 1
    found.save(update_fields=["is_gone", "revision", "position", "updated_at"])
    _note(found, actor, "restored")
    record("charter.restore-paragraph", charter, actor, paragraph=found.public_id)
    return found


@transaction.atomic
def move_paragraph(*, paragraph: Paragraph, by: int, actor: User) -> None:
    """One place up (-1) or down (1); past the edge of its section it goes into the next one."""
    charter = lock(paragraph.section.charter)
    sections: list[Any] = outline(charter)
    index = next(n for n, one in enumerate(sections) if one.pk == paragraph.section_id)
    keys = [one.pk for one in sections[index].there]
    at = keys.index(paragraph.pk) + by
    if 0 <= at < len(keys):
        place(paragraph, sections[index], at)
    elif 0 <= index + by < len(sections):
        target = sections[index + by]
        place(paragraph, target, 0 if by > 0 else len(target.there))
    record("charter.move-paragraph", charter, actor, paragraph=paragraph.public_id)


@transaction.atomic
def write_section(*, section: Section, values: Mapping[str, Any], actor: User) -> Section:
    """A new section at the end, or another heading or kind of one."""
    charter = lock(section.charter)
    if section.pk is None:
        section.position = (charter.sections.aggregate(last=Max("position"))["last"] or 0) + 1
    for name, value in values.items():
        setattr(section, name, value)
    note_writing(section, values)
    section.save()
    record("charter.write-section", charter, actor, section=section.public_id)
    return section


@transaction.atomic
def move_section(*, section: Section, by: int, actor: User) -> None:
    """One place up (-1) or down (1); at the edge nothing changes."""
    charter = lock(section.charter)
    sections = list(charter.sections.filter(is_gone=False))
    at = next(n for n, one in enumerate(sections) if one.pk == section.pk)
    sections.insert(min(max(at + by, 0), len(sections) - 1), sections.pop(at))
    for position, one in enumerate(sections):
        one.position = position
    Section.objects.bulk_update(sections, ["position"])
    record("charter.move-section", charter, actor, section=section.public_id)


@transaction.atomic
def drop_section(*, section: Section, actor: User) -> None:
    """Take an empty section out. Raises `Refused` where there are paragraphs in it."""
    charter = lock(section.charter)
    if section.paragraphs.filter(is_gone=False).exists():
        raise Refused(_("There are paragraphs in this section. Move them, or take them out first."))
    Section.objects.filter(pk=section.pk).update(is_gone=True)
    record("charter.drop-section", charter, actor, section=section.public_id)


@transaction.atomic
def confirm_translation(*, paragraph: Paragraph, language: str, actor: User) -> None:
    """Somebody has looked: this language is still right although the other one changed."""
    charter = lock(paragraph.section.charter)
    found = Paragraph.objects.get(pk=paragraph.pk)
    forget_notes_of(found, language, ["text", "measure"])
    record("charter.confirm-translation", charter, actor, paragraph=found.public_id, language=language)


@transaction.atomic
def note_figure(*, paragraph: Paragraph, figure: Mapping[str, str], actor: User) -> None:
    """Where a goal stands. It changes no wording, so it may be noted at any time."""
    charter = lock(paragraph.section.charter)
    found = Paragraph.objects.get(pk=paragraph.pk)
    found.figure, found.figure_on = Translated(figure), timezone.localdate()
    note_writing(found, ["figure"])
    found.save(update_fields=["figure", "figure_on", "behind", "updated_at"])
    record("charter.note-figure", charter, actor, paragraph=found.public_id)
