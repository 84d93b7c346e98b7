"""The text as the editors have it, and the versions as everybody reads them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from mitwerk.charter.models import Attempt, Charter, Paragraph, Section, Version, Wording
from mitwerk.core.translated import Translated
from mitwerk.core.wording import codes


@dataclass(frozen=True)
class Text:
    """A paragraph of a version. `measure` and `target_year` where it is a goal."""

    id: str
    text: Translated
    is_goal: bool = False
    measure: Translated = field(default_factory=Translated)
    target_year: int | None = None


@dataclass(frozen=True)
class Part:
    """A section of a version with its paragraphs."""

    id: str
    kind: str
    title: Translated
    paragraphs: tuple[Text, ...]


def twin_of(language: str) -> str:
    """The other language of the house."""
    return next(code for code in codes() if code != language)


def outline(charter: Charter) -> list[Section]:
    """The sections as the editors have them now, each with its paragraphs (`there`)."""
    there = Paragraph.objects.filter(is_gone=False).order_by("position", "pk")
    sections = charter.sections.filter(is_gone=False).order_by("position", "pk")
    return list(sections.prefetch_related(Prefetch("paragraphs", there, to_attr="there")))


def content_of(charter: Charter) -> dict[str, Any]:
    """What a version made now would hold."""
    sections: Iterable[Any] = outline(charter)
    return {
        "title": dict(charter.title),
        "sections": [
            {
                "id": section.public_id,
                "kind": section.kind,
                "title": dict(section.title),
                "paragraphs": [_plain(paragraph) for paragraph in section.there],
            }
            for section in sections
        ],
    }


def _plain(paragraph: Paragraph) -> dict[str, Any]:
    found: dict[str, Any] = {"id": paragraph.public_id, "text": dict(paragraph.text)}
    if paragraph.is_goal:
        found["goal"] = {"measure": dict(paragraph.measure), "target_year": paragraph.target_year}
    return found


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """The sections of a version, ready to be shown."""
    return [
        Part(one["id"], one["kind"], Translated(one["title"]), tuple(_text(row) for row in one["paragraphs"]))
        for one in content["sections"]
    ]


def _text(row: Mapping[str, Any]) -> Text:
    goal = row.get("goal")
    if goal is None:
        return Text(row["id"], Translated(row["text"]))
    return Text(row["id"], Translated(row["text"]), True, Translated(goal["measure"]), goal["target_year"])


def texts_of(content: Mapping[str, Any]) -> dict[str, Text]:
    """The paragraphs of a version by their ids, in reading order."""
    return {row["id"]: _text(row) for section in content["sections"] for row in section["paragraphs"]}


def sections_by_paragraph(content: Mapping[str, Any]) -> dict[str, Part]:
    return {text.id: part for part in parts_of(content) for text in part.paragraphs}


def latest_version(charter: Charter) -> Version | None:
    """What those who take part read and suggest changes for."""
    return charter.versions.order_by("-number").first()


def version_page(charter: Charter, number: int) -> Version | None:
    return charter.versions.filter(number=number).first()


def is_ahead(charter: Charter, version: Version | None) -> bool:
    """Whether the editors have written something that is in no version yet."""
    return version is None or version.content != content_of(charter)


def paragraphs_of(charter: Charter) -> QuerySet[Paragraph]:
    """Those that are in the text now."""
    return Paragraph.objects.filter(section__charter=charter, section__is_gone=False, is_gone=False).select_related(
        "section__charter"
    )


def paragraph_by_id(charter: Charter, anchor: str) -> Paragraph | None:
    return paragraphs_of(charter).filter(public_id=anchor).first()


def section_by_id(charter: Charter, public_id: str) -> Section | None:
    return charter.sections.filter(is_gone=False, public_id=public_id).first()


def wordings_of(charter: Charter, anchor: str) -> QuerySet[Wording]:
    """What a paragraph ever said, the latest first."""
    return charter.wordings.filter(anchor=anchor).select_related("by").order_by("-revision", "-pk")


def wording_at(charter: Charter, anchor: str, revision: int) -> Wording | None:
    return charter.wordings.filter(anchor=anchor, revision=revision).first()


def own_attempts(user: Any, charter: Charter) -> QuerySet[Attempt]:
    """What the user wrote and did not get saved."""
    return charter.attempts.filter(by=user.pk).order_by("-at", "-pk")


def languages_behind(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Paragraphs with a language that is missing, or behind the other."""
    for paragraph in paragraphs:
        for code in paragraph.text.missing:
            yield paragraph, code
        for code in paragraph.behind.get("text", {}):
            yield paragraph, code


def goals_of(charter: Charter) -> QuerySet[Paragraph]:
    """The goals in the text now, in reading order: what projects can serve."""
    found = paragraphs_of(charter).filter(is_goal=True)
    return found.order_by("section__position", "section__pk", "position", "pk")


def gone_paragraphs(charter: Charter) -> QuerySet[Paragraph]:
    """What was taken out and can be put back, the latest first."""
    found = Paragraph.objects.filter(section__charter=charter, section__is_gone=False, is_gone=True)
    return found.select_related("section__charter").order_by("-updated_at", "-pk")


def sections_by_id(content: Mapping[str, Any]) -> dict[str, Part]:
    return {part.id: part for part in parts_of(content)}
