"""Organisations answer questions and say what they want; the editors ask, and group what came."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.charter.actions.charters import lock, lock_for, record
from mitwerk.charter.models import Charter, Contribution, Question, Theme
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.people.models import Person

MOST_EACH = 50
"""Contributions of one organisation."""


@transaction.atomic
def contribute(
    *, charter: Charter, organisation: Organisation, person: Person, values: Mapping[str, Any]
) -> Contribution:
    """`values`: ``question`` (or None), ``language``, ``text``. Sent twice in the same words it is one."""
    locked = lock_for(charter, workshop.CONTRIBUTE)
    mine = locked.contributions.filter(organisation=organisation)
    again = mine.filter(question=values["question"], text=values["text"]).first()
    if again:
        return again
    if mine.count() >= MOST_EACH:
        raise Refused(_("Your organisation has given %(number)s contributions already.") % {"number": MOST_EACH})
    made = Contribution.objects.create(charter=locked, organisation=organisation, person=person, **values)
    record("charter.contribute", locked, person.user, organisation=organisation.public_id)
    return made


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, person: Person) -> None:
    """Take it back, for as long as contributions are collected."""
    charter = lock_for(contribution.charter, workshop.CONTRIBUTE)
    contribution.delete()
    record("charter.withdraw-contribution", charter, person.user, organisation=contribution.organisation.public_id)


@transaction.atomic
def write_question(*, question: Question, values: Mapping[str, Any], actor: User) -> Question:
    """A new question at the end, or another wording of one."""
    charter = lock(question.charter)
    if question.pk is None:
        question.position = (charter.questions.aggregate(last=Max("position"))["last"] or 0) + 1
    question.text = values["text"]
    note_writing(question, ["text"])
    question.save()
    record("charter.ask", charter, actor, question=question.public_id)
    return question


@transaction.atomic
def drop_question(*, question: Question, actor: User) -> None:
    """Nobody is asked any more; the answers stay as free contributions."""
    charter = lock(question.charter)
    record("charter.drop-question", charter, actor, question=question.public_id)
    question.delete()


@transaction.atomic
def write_theme(*, theme: Theme, values: Mapping[str, Any], actor: User) -> Theme:
    """A new theme at the end, or another title or section of one."""
    charter = lock(theme.charter)
    if theme.pk is None:
        theme.position = (charter.themes.aggregate(last=Max("position"))["last"] or 0) + 1
    theme.title, theme.section = values["title"], values.get("section")
    note_writing(theme, ["title"])
    theme.save()
    record("charter.write-theme", charter, actor, theme=theme.public_id)
    return theme


@transaction.atomic
def drop_theme(*, theme: Theme, actor: User) -> None:
    """Its contributions stand alone again."""
    charter = lock(theme.charter)
    record("charter.drop-theme", charter, actor, theme=theme.public_id)
    theme.delete()


@transaction.atomic
def group_contributions(*, charter: Charter, ids: list[str], theme: Theme | None, actor: User) -> int:
    """Put contributions into a theme, or (None) out of theirs; how many."""
    lock(charter)
    moved = charter.contributions.filter(public_id__in=ids).update(theme=theme)
    record("charter.group", charter, actor, number=moved, theme=theme.public_id if theme else "")
    return moved
