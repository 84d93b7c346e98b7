"""A text that exists already is taken over: what was understood of it is kept and shown, then it is written in."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mitwerk.accounts.models import User
from mitwerk.algorithms.manuscripts import Manuscript as Read
from mitwerk.charter.actions.charters import lock, record
from mitwerk.charter.actions.texts import MOST_PARAGRAPHS, add_paragraph
from mitwerk.charter.models import Charter, Manuscript, Paragraph, Section
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated, in_both_languages

Kind = Section.Kind
WITHOUT_HEADING = pgettext_lazy("section of a charter", "Text")
WORDS = {
    Kind.PREAMBLE: ("präambel", "preamble", "vorwort", "einleitung"),
    Kind.SELF: ("selbstverständnis", "self-understanding", "wer wir sind", "who we are"),
    Kind.WORK: ("arbeitsweise", "way of working", "wie wir arbeiten", "how we work", "zusammenarbeit"),
    Kind.GOALS: ("ziel", "goal", "aim"),
}
"""What a heading speaks of, by words it holds."""


@transaction.atomic
def keep_manuscript(*, charter: Charter, read: Read, language: str, name: str, actor: User) -> Manuscript:
    """What was understood, until the editors take it over or drop it. Nothing of the charter changes yet."""
    title = [{"code": "title", "count": 1, "sample": read.title}] if read.title else []
    made = Manuscript.objects.create(
        charter=charter, language=language, name=name[:150], by=actor,
        blocks=[block._asdict() for block in read.blocks], notes=[*title, *(note._asdict() for note in read.notes)],
    )  # fmt: skip
    record("charter.read-file", charter, actor, blocks=len(read.blocks))
    return made


@transaction.atomic
def drop_manuscript(*, manuscript: Manuscript, actor: User) -> None:
    record("charter.drop-file", manuscript.charter, actor)
    manuscript.delete()


@transaction.atomic
def take_manuscript(*, manuscript: Manuscript, actor: User) -> int:
    """Write it in behind what is there: into the section of the same kind where that is empty, else as a new one. How
    many paragraphs. Raises `Refused` where somebody has done so already, or the text would be too long."""
    charter = lock(manuscript.charter)
    if not Manuscript.objects.filter(pk=manuscript.pk).exists():
        raise Refused(_("This text has been taken over already."))
    there = Paragraph.objects.filter(section__charter=charter, is_gone=False).count()
    if there + len(manuscript.blocks) > MOST_PARAGRAPHS:
        raise Refused(_("The text would have more than %(number)s paragraphs.") % {"number": MOST_PARAGRAPHS})
    number, section = 0, None
    for block in manuscript.blocks:
        if block["kind"] == "heading":
            section = _section(charter, block["text"], manuscript.language)
        else:
            section = section or _section(charter, "", manuscript.language)
            _add(section, block, manuscript.language, actor)
            number += 1
    manuscript.delete()
    record("charter.take-file", charter, actor, paragraphs=number)
    return number


def _add(section: Section, block: dict[str, Any], language: str, actor: User) -> None:
    values = {"text": Translated({language: block["text"]}), "is_goal": block["kind"] == "goal"}
    add_paragraph(section=section, values=values, actor=actor, way="file")


def kind_of(heading: str) -> str:
    """Which of the sections of the founding task a heading speaks of."""
    words = heading.casefold()
    return next((kind for kind, parts in WORDS.items() if any(part in words for part in parts)), Kind.OTHER)


def _section(charter: Charter, heading: str, language: str) -> Section:
    kind = kind_of(heading)
    empty: Sequence[Section] = [
        one for one in charter.sections.filter(is_gone=False, kind=kind) if not one.paragraphs.filter(is_gone=False)
    ]
    if empty and kind != Kind.OTHER:
        section = empty[0]
        section.title = Translated({**section.title, language: heading})
        section.save(update_fields=["title", "updated_at"])
        return section
    title = Translated({language: heading}) if heading else in_both_languages(WITHOUT_HEADING)
    last = charter.sections.aggregate(last=Max("position"))["last"] or 0
    return Section.objects.create(charter=charter, kind=kind, title=title, position=last + 1)
