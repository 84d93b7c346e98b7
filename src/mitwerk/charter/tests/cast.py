"""A charter of the IT cluster, its text, and who takes part: the firm, the university, the institute, and a guest."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.charter.actions import (
    add_paragraph,
    change_charter,
    open_phase,
    publish_version,
    submit_version,
    suggest,
    take_over_decisions,
)
from mitwerk.charter.models import Adoption, Charter, Guest, Paragraph, Section, Suggestion, Version
from mitwerk.charter.queries.charters import charter_of
from mitwerk.governance.tests.cast import Bodies, count, vote
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People

WE = {"de": "Wir sind die IT-Firmen der Region.", "en": "We are the IT firms of the region."}
WORK = {
    "de": "Wir arbeiten in kleinen Gruppen und berichten zu einem festen Tag.",
    "en": "We work in small groups and report back by a fixed day.",
}
GERMAN = {"de": "Jede Stimme zählt gleich viel."}
GOAL = {"de": "Zehn Projekte mit anderen Clustern.", "en": "Ten projects with other clusters."}


@dataclass
class Workshop:
    """The charter with its paragraphs by what they say, and who does what there."""

    charter: Charter
    we: Paragraph
    work: Paragraph
    german: Paragraph
    goal: Paragraph
    keeper: User
    firm: User
    university: User
    institute: User
    guest: Person
    cast: Cast

    @property
    def now(self) -> Charter:
        """The charter as the database has it."""
        return Charter.objects.select_related("cluster").get(pk=self.charter.pk)


def make_workshop(cast: Cast, people: People, bodies: Bodies) -> Workshop:
    """In the first phase, with a text of four paragraphs that nobody but the editors has read."""
    values = {
        "title": {"de": "Leitbild", "en": "Charter"}, "task": {"de": "Wer wir sind.", "en": "Who we are."},
        "cluster": cast.it,
    }  # fmt: skip
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=cast.it_editor)
    charter = charter_of(cast.it) or charter
    sections = {section.kind: section for section in charter.sections.all()}
    made = {
        "we": _add(sections[Section.Kind.SELF], WE), "work": _add(sections[Section.Kind.WORK], WORK),
        "german": _add(sections[Section.Kind.WORK], GERMAN), "goal": _add(sections[Section.Kind.GOALS], GOAL),
    }  # fmt: skip
    guest = Person.objects.create(name="Guest", email="guest@example.org")
    Guest.objects.create(charter=charter, organisation=cast.town_hall, person=guest)
    return Workshop(
        charter=charter, keeper=cast.it_editor, firm=people.delegate, university=bodies.university,
        institute=bodies.institute, guest=guest, cast=cast, **made,
    )  # fmt: skip


def _add(section: Section, text: dict[str, str]) -> Paragraph:
    return add_paragraph(section=section, values={"text": text}, actor=None)


def published(workshop: Workshop) -> Version:
    """The first version is there, and changes can be suggested."""
    open_phase(charter=workshop.charter, phase="draft", actor=None)
    version = publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    open_phase(charter=workshop.charter, phase="suggest", actor=None)
    workshop.charter = workshop.now
    return version


def person_of(user: User) -> Person:
    return Person.objects.get(user=user)


def suggested(
    workshop: Workshop, paragraph: Paragraph, text: str, *, kind: str = "replace", language: str = "de",
    organisation: Organisation | None = None, user: User | None = None, version: int = 1, place: str = "",
) -> Suggestion:  # fmt: skip
    """Somebody suggests something; the firm, where nobody else is named."""
    values = {"kind": kind, "language": language, "text": text, "reason": "", "place": place, "version": version}
    return suggest(
        charter=workshop.charter, organisation=organisation or workshop.cast.firm,
        person=person_of(user or workshop.firm), anchor=paragraph.public_id, values=values,
    )  # fmt: skip


def adopted(workshop: Workshop, bodies: Bodies) -> Adoption:
    """The board has adopted the first version in writing: two yes, one no, one silent."""
    published(workshop)
    open_phase(charter=workshop.now, phase="decide", actor=None)
    adoption = submit_version(
        charter=workshop.now, body=bodies.board, by_section=False, actor=workshop.keeper,
        closes_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    ballot, cast = adoption.parts.get().ballot, workshop.cast
    vote(ballot, workshop.firm, cast.firm, "yes")
    vote(ballot, bodies.university, cast.university, "yes")
    vote(ballot, bodies.institute, cast.institute, "no")
    count(ballot)
    take_over_decisions()
    workshop.charter = workshop.now
    return Adoption.objects.select_related("charter__cluster", "version", "body").get(pk=adoption.pk)
