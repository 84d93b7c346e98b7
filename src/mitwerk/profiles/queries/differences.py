"""What would change if a draft were cleared now, line by line, as the office and its writers read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mitwerk.algorithms.staging import Laid, changed_names, lay_over
from mitwerk.algorithms.textdiff import Part, diff
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries.content import PLAIN, ROWS, SECTIONS, Content, Reader, content_of, is_translated, label_of


@dataclass(frozen=True)
class Difference:
    """One thing that changes: before, after, and the words in between. `language` where it is one of two texts."""

    section: str
    label: str
    before: str
    after: str
    language: str = ""
    is_disputed: bool = False
    """The office changed the same thing after the draft was begun."""

    @property
    def parts(self) -> list[Part]:
        return diff(self.before, self.after)


SECTION_OF = {name: section.code for section in SECTIONS.values() for name in section.fields}


def laid_over(draft: Draft, now: Content | None = None) -> Laid:
    """The profile as it would be: the draft's changes over what stands now."""
    return lay_over(draft.base, draft.content, content_of(draft.organisation) if now is None else now)


def differences(draft: Draft) -> list[Difference]:
    """Everything the draft changes in the profile as it stands now, in the order of the editor's pages.

    Of one that was answered: what its writers changed at the time.
    """
    now = content_of(draft.organisation) if draft.is_open else draft.base
    laid = laid_over(draft, now)
    reader = Reader(now, laid.content)
    found = [*_plain(now, laid, reader)]
    for relation in ROWS:
        if laid.content.get(relation) != now[relation]:
            found += _rows(relation, now[relation], laid, reader)
    order = list(SECTIONS)
    return sorted(found, key=lambda one: order.index(one.section))


def _plain(now: Content, laid: Laid, reader: Reader) -> Iterator[Difference]:
    for name in changed_names(now, laid.content):
        if name in PLAIN:
            yield from _field("", name, now[name], laid.content[name], reader, name in laid.conflicts)


def _field(
    relation: str, name: str, before: Any, after: Any, reader: Reader, is_disputed: bool, prefix: str = ""
) -> Iterator[Difference]:
    """A value that changed; a text in two languages is one line a language."""
    section, label = SECTION_OF[relation or name], prefix + label_of(relation, name)
    if not is_translated(relation, name):
        was, now = reader.text(relation, name, before), reader.text(relation, name, after)
        yield Difference(section, label, was, now, is_disputed=is_disputed)
        return
    for code, _language in settings.LANGUAGES:
        was, now = (before or {}).get(code, ""), (after or {}).get(code, "")
        if was != now:
            yield Difference(section, label, was, now, code, is_disputed)


def _rows(relation: str, before: list[dict[str, Any]], laid: Laid, reader: Reader) -> Iterator[Difference]:
    after = laid.content[relation]
    was = {row["id"]: row for row in before}
    for row in after:
        title = reader.row_title(relation, row)
        if row["id"] not in was:
            label = _("New: %(what)s") % {"what": title}
            yield Difference(SECTION_OF[relation], label, "", _told(relation, row, reader))
            continue
        disputed = f"{relation}/{row['id']}" in laid.conflicts
        for name in changed_names(was[row["id"]], row):
            yield from _field(relation, name, was[row["id"]][name], row[name], reader, disputed, f"{title}: ")
    kept = {row["id"] for row in after}
    for row in before:
        if row["id"] not in kept:
            disputed = f"{relation}/{row['id']}" in laid.conflicts
            words = reader.row_title(relation, row)
            yield Difference(SECTION_OF[relation], _("Removed"), words, "", is_disputed=disputed)
    if _order(before, kept) != _order(after, was.keys()):
        was_told, told = (", ".join(reader.row_title(relation, row) for row in rows) for rows in (before, after))
        yield Difference(SECTION_OF[relation], _("Order"), was_told, told)


def _told(relation: str, row: dict[str, Any], reader: Reader) -> str:
    """A whole row in words, a line a field; what is empty is left out."""
    lines = []
    for name in ROWS[relation][1]:
        if is_translated(relation, name):
            texts = [f"{text} ({code})" for code, text in row[name].items() if text]
        else:
            texts = [reader.text(relation, name, row[name])]
        lines += [f"{label_of(relation, name)}: {text}" for text in texts if text]
    return "\n".join(lines)


def _order(rows: list[dict[str, Any]], among: Any) -> list[Any]:
    return [row["id"] for row in rows if row["id"] in among]

