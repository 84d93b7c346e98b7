"""What a delivered translation would change: each of its texts with what becomes of it, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from mitwerk.algorithms.text_units import Bundle, TextUnit, holdable, is_same_text, nests, placeholders
from mitwerk.languages.queries.texts import Text, kinds_of, texts


class Outcome(models.TextChoices):
    """What becomes of a text."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    CONFLICT = "conflict", _("conflict")
    REFUSED = "refused", _("refused")
    UNCHANGED = "unchanged", _("unchanged")


UNKNOWN = _("There is no such text, or it is not yours to change.")
TWICE = _("It stands in the file twice.")
EMPTY = _("The file has no translation of it.")
LOST = _("A placeholder or mark of the text is missing in the translation, or was added: %(marks)s")
LENGTH = _("Too long: %(length)s characters, %(limit)s are possible.")
LINES = _("This is one line, and the translation has several.")
MOVED = _("The text was changed after the export. The translation belongs to the older one.")
SHAPE = _("The page in the other language has other paragraphs. They would all be replaced.")
DRAFT = _("The page has a draft that is not published. Publish or discard it first.")
RIGHTS = _("You may not write this page in the other language.")
WHOLE = _("The text of a page comes whole, and the file lacks paragraphs of it.")


@dataclass(frozen=True)
class Line:
    """A text of the file, where it belongs, what becomes of it and why."""

    unit: TextUnit
    text: Text | None
    outcome: Outcome
    reason: str | Promise = ""

    @property
    def target(self) -> str:
        return holdable(self.unit.target).strip()

    @property
    def is_applied(self) -> bool:
        return self.outcome in {Outcome.NEW, Outcome.CHANGED}


def plan(user: Any, bundle: Bundle) -> list[Line]:
    """Judged against what is there now; asked again when it is applied."""
    kinds = kinds_of(unit.id for unit in bundle.units)
    known = {text.id: text for text in texts(user, bundle.source_language, bundle.target_language, kinds)}
    judge = _Judge(user, bundle.target_language)
    seen: set[str] = set()
    lines = []
    for unit in bundle.units:
        text = None if unit.id in seen else known.get(unit.id)
        outcome, reason = (Outcome.REFUSED, TWICE) if unit.id in seen else judge.judged(unit, text)
        lines.append(Line(unit, text, outcome, reason))
        seen.add(unit.id)
    torn = torn_bodies(lines, known.values(), {Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT})
    return [Line(line.unit, line.text, Outcome.REFUSED, WHOLE) if line in torn else line for line in lines]


def torn_bodies(lines: Iterable[Line], known: Iterable[Text], outcomes: set[Outcome]) -> list[Line]:
    """Lines of page bodies of which a paragraph is neither among those with these outcomes nor there already."""
    given = {line.unit.id for line in lines if line.outcome in outcomes}
    incomplete = {text.record.pk for text in known if text.has_codes and not text.target and text.id not in given}
    return [
        line
        for line in lines
        if line.text and line.text.has_codes and line.unit.id in given and line.text.record.pk in incomplete
    ]


class _Judge:
    """Says what becomes of one text. Rights to a page are asked once a page."""

    def __init__(self, user: Any, language: str) -> None:
        self.user, self.language = user, language
        self.pages: dict[int, str | Promise] = {}

    def judged(self, unit: TextUnit, text: Text | None) -> tuple[Outcome, str | Promise]:
        if text is None:
            return Outcome.REFUSED, UNKNOWN
        target = holdable(unit.target).strip()
        if not target:
            return Outcome.UNCHANGED, EMPTY
        if is_same_text(target, text.target):  # what stands there stays, also where it is not right
            return Outcome.UNCHANGED, ""
        if refusal := self.refusal(text, target):
            return Outcome.REFUSED, refusal
        if hindrance := self.page_refusal(text):
            return Outcome.REFUSED, hindrance
        if not is_same_text(unit.source, text.source):
            return Outcome.CONFLICT, MOVED
        if not text.fits:
            return Outcome.CONFLICT, SHAPE
        return (Outcome.CHANGED if text.target else Outcome.NEW), ""

    def refusal(self, text: Text, target: str) -> str:
        """What is wrong with the translation itself."""
        wanted, found = placeholders(text.source), placeholders(target)
        if wanted != found or (text.has_codes and not nests(target)):
            marks = " ".join(sorted({*(wanted - found), *(found - wanted)}))
            return str(LOST) % {"marks": marks[:80]}
        if len(target) > text.limit:
            return str(LENGTH) % {"length": len(target), "limit": text.limit}
        return str(LINES) if text.is_line and "\n" in target else ""

    def page_refusal(self, text: Text) -> str | Promise:
        if not isinstance(text.record, Page):
            return ""
        if text.record.pk not in self.pages:
            self.pages[text.record.pk] = self._page(text.record, text.twin)
        return self.pages[text.record.pk]

    def _page(self, page: Page, twin: Page | None) -> str | Promise:
        if twin is None:
            parent = page.get_parent().get_translation_or_none(Locale.objects.get(language_code=self.language))
            allowed = parent is not None and parent.permissions_for_user(self.user).can_add_subpage()
            return "" if allowed else RIGHTS
        rights = twin.permissions_for_user(self.user)
        if not rights.can_edit() or (twin.live and not rights.can_publish()):
            return RIGHTS
        return DRAFT if twin.live and twin.has_unpublished_changes else ""
