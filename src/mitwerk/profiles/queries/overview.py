"""The sections of a profile with what stands in each, in a line."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from mitwerk.profiles.queries.content import SECTIONS, Content, Reader, Section

SHOWN = 3
LINE = 160


@dataclass(frozen=True)
class Summary:
    """A section, what it says at present, and whether it says anything."""

    section: Section
    url_name: str
    text: str


def summaries(content: Content) -> list[Summary]:
    """All sections in the order of the editor."""
    reader = Reader(content)
    return [Summary(one, f"profiles:profile_{one.code}", _text(one, content, reader)) for one in SECTIONS.values()]


def _text(section: Section, content: Content, reader: Reader) -> str:
    if section.is_rows:
        rows = content[section.code]
        names = [reader.row_title(section.code, row) for row in rows]
        more = len(names) - SHOWN
        told = ", ".join(names[:SHOWN])
        return told + (ngettext(" and %d more", " and %d more", more) % more if more > 0 else "")
    if section.code == "about":
        texts = content["description"]
        return (" · ".join([content["name"], *texts.values()]))[:LINE]
    return " ".join(text for name in section.fields if (text := reader.text("", name, content.get(name))))
