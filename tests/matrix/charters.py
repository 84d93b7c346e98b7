"""A charter of cluster A with something behind every address of its workshop: in review, one version in force, the
next one with a body."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.manuscripts import read
from mitwerk.charter.actions import (
    SIGN,
    TAKE_PART,
    add_paragraph,
    change_charter,
    contribute,
    drop_paragraph,
    invite_guest,
    keep_manuscript,
    name_editor,
    suggest,
    suggest_change,
)
from mitwerk.charter.actions.charters import target_of
from mitwerk.charter.actions.signing import signing_target
from mitwerk.charter.actions.texts import keep_attempt
from mitwerk.charter.actions.versions import publish_version
from mitwerk.charter.models import Adoption, Charter, Question, Signature, Suggestion, Theme
from mitwerk.governance.models import Body
from mitwerk.people.models import ActLink, Person
from mitwerk.people.queries import token_hash
from mitwerk.people.tests.cast import People

TAKE_PART_TOKEN, SIGN_TOKEN = "a-token-of-a-charter", "a-token-that-signs"


NUMBERS = {"change_take": 2, "suggestion_renew": 3, "suggestion_change": 4, "support_add": 4, "support_end": 4}
"""Which suggestion has what a page is about; the others are about the first one."""


def charter_records(cast: Cast, people: People, board: Body) -> dict[str, Model]:
    """The firm made the first suggestion and the guest's organisation a change of it; the firm's second no longer
    fits; the third is the institute's."""
    keeper, firm = cast.it_editor, people.delegate.person
    values = {"title": {"de": "Leitbild", "en": "Charter"}, "cluster": cast.it, "is_open": True}
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=keeper)
    Charter.objects.filter(pk=charter.pk).update(phase="review", review_on=date(2007, 9, 1))
    charter = Charter.objects.select_related("cluster").get(pk=charter.pk)
    preamble, work, *_more = charter.sections.all()
    goals = charter.sections.get(kind="goals")
    said = {"text": {"de": "Wir sind die Firmen.", "en": "We are the firms."}}
    paragraph = add_paragraph(section=work, values=said, actor=keeper)
    goal = add_paragraph(section=goals, values={"text": {"de": "Zehn Projekte."}}, actor=keeper)
    gone = add_paragraph(section=work, values=said, actor=keeper)
    drop_paragraph(paragraph=gone, actor=keeper)
    version = publish_version(charter=charter, note={}, actor=keeper)
    in_force = Adoption.objects.create(
        charter=charter, version=version, body=board, state="adopted", number=1, adopted_on=date(2006, 9, 1)
    )
    next_one = Adoption.objects.create(charter=charter, version=version, body=board, in_sitting=True)
    Signature.objects.create(adoption=in_force, organisation=cast.firm, name=cast.firm.name, person=firm)
    question = Question.objects.create(charter=charter, text={"de": "Was eint uns?"})
    theme = Theme.objects.create(charter=charter, title={"de": "Vertrauen"})
    given = {"question": question, "language": "de", "text": "Vertrauen"}
    contribution = contribute(charter=charter, organisation=cast.firm, person=firm, values=given)
    guest = invite_guest(
        charter=charter, organisation=cast.university, name="Guest", email="guest@example.org", actor=keeper
    )
    _suggestions(cast, charter, paragraph.public_id, firm, guest.person)
    editor = Person.objects.get(user=people.substitute)
    name_editor(charter=charter, person=editor, actor=keeper)
    _links(charter, in_force, cast, firm)
    _of_the_region(board)
    return {
        "charters": charter, "paragraph": paragraph, "goal": goal, "gone paragraph": gone, "section": preamble,
        "question": question, "theme": theme, "contribution": contribution, "guest": guest, "editor": editor,
        "attempt": keep_attempt(paragraph=paragraph, revision=1, values=said, actor=keeper),
        "manuscript": keep_manuscript(
            charter=charter, read=read(b"One.\n\nTwo.", "text"), language="en", name="", actor=keeper
        ),
        "adoption": next_one,
    }  # fmt: skip


def _of_the_region(board: Body) -> None:
    """The region has one in force as well: the public pages stand there too."""
    values = {"title": {"de": "Leitbild der Region", "en": "Charter of the region"}, "is_open": True}
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=None)
    add_paragraph(section=charter.sections.all()[0], values={"text": {"de": "Wir sind alle."}}, actor=None)
    Charter.objects.filter(pk=charter.pk).update(phase="review")
    version = publish_version(charter=charter, note={}, actor=None)
    Adoption.objects.create(
        charter=charter, version=version, body=board, state="adopted", number=1, adopted_on=date(2006, 9, 1)
    )


def _suggestions(cast: Cast, charter: Charter, anchor: str, firm: Person, guest: Person) -> None:
    values = {"kind": "replace", "language": "de", "text": "Wir sind alle Firmen.", "version": 1}
    made = suggest(charter=charter, organisation=cast.firm, person=firm, anchor=anchor, values=values)
    suggest_change(
        parent=made, organisation=cast.university, person=guest, text="Wir sind fast alle Firmen.", reason="",
        seen=made.text,
    )  # fmt: skip
    shorter = {**values, "text": "Wir sind Firmen."}
    unfit = suggest(charter=charter, organisation=cast.firm, person=firm, anchor=anchor, values=shorter)
    Suggestion.objects.filter(pk=unfit.pk).update(state="unfit", unfit="changed")
    suggest(charter=charter, organisation=cast.institute, person=firm, anchor=anchor, values=values)


def _links(charter: Charter, in_force: Adoption, cast: Cast, firm: Person) -> None:
    ends = timezone.now() + timedelta(days=7)
    targets = (
        (TAKE_PART, target_of(charter, cast.firm), TAKE_PART_TOKEN),
        (SIGN, signing_target(in_force, cast.firm), SIGN_TOKEN),
    )
    for act, target, token in targets:
        ActLink.objects.create(person=firm, act=act, target=target, token_hash=token_hash(token), expires_at=ends)


def places_of_charters(records: dict[str, Any], firm_slug: str) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    ids = {
        "question_id": "question", "theme_id": "theme", "contribution_id": "contribution", "section_id": "section",
        "attempt_id": "attempt", "manuscript_id": "manuscript", "person_id": "editor", "guest_id": "guest",
    }  # fmt: skip
    return {
        ("charter", "public_id"): records["charters"].public_id,
        ("charter", "anchor"): records["paragraph"].public_id,
        ("charter:paragraph_restore", "anchor"): records["gone paragraph"].public_id,
        ("charter:figure_edit", "anchor"): records["goal"].public_id,
        **{("charter", place): records[name].public_id for place, name in ids.items()},
        ("charter", "number"): 1,
        **{(f"charter:{door}{act}", "number"): number for door in ("", "link_") for act, number in NUMBERS.items()},
        ("charter", "kind"): "replace",
        ("charter:file", "kind"): "html",
        ("charter", "language"): "de",
        ("charter", "way"): "up",
        ("charter", "phase"): "suggest",
        ("charter", "slug"): firm_slug,
        ("charter", "token"): TAKE_PART_TOKEN,
        ("charter:sign_link", "token"): SIGN_TOKEN,
    }
