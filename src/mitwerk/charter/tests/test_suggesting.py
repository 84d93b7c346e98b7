"""Suggestions are made, changed, supported, renewed; and refused where they cannot be."""

import pytest

from mitwerk.charter.actions import (
    Moved,
    accept_suggestion,
    end_support,
    open_phase,
    publish_version,
    renew_suggestion,
    suggest_change,
    support,
    take_change,
    withdraw_suggestion,
    write_paragraph,
    write_suggestion,
)
from mitwerk.charter.models import Paragraph, Suggestion
from mitwerk.charter.tests.cast import WE, WORK, Workshop, person_of, published, suggested
from mitwerk.core.changes import Refused

BETTER = "Wir sind die IT-Firmen Mitteldeutschlands."


def written(workshop: Workshop, paragraph: Paragraph, **text: str) -> Paragraph:
    """The editors write another wording into the text."""
    found = Paragraph.objects.select_related("section__charter").get(pk=paragraph.pk)
    return write_paragraph(
        paragraph=found, revision=found.revision, values={"text": {**found.text, **text}}, actor=workshop.keeper
    )


def test_a_suggestion_is_made_for_the_wording_of_the_newest_version(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    assert (made.number, made.base, made.version, made.state) == (1, WE["de"], 1, "open")


def test_before_the_phase_nobody_suggests(workshop: Workshop) -> None:
    with pytest.raises(Refused) as refused:
        suggested(workshop, workshop.we, BETTER)
    told = "Diese Phase ist vorbei oder hat noch nicht begonnen: Das Leitbild ist jetzt in der Phase „sammeln“."
    assert str(refused.value) == told


def test_nothing_changed_is_no_suggestion(workshop: Workshop) -> None:
    published(workshop)
    with pytest.raises(Refused):
        suggested(workshop, workshop.we, f"  {WE['de']} ")


def test_a_new_version_carries_a_suggestion_to_the_new_wording(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.work, WORK["de"].replace("kleinen", "offenen"))
    written(workshop, workshop.work, de=WORK["de"].replace("festen Tag", "vereinbarten Tag"))
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    made.refresh_from_db()
    assert (made.state, made.version, made.text) == (
        "open", 2, "Wir arbeiten in offenen Gruppen und berichten zu einem vereinbarten Tag.",
    )  # fmt: skip


def test_a_suggestion_whose_words_were_changed_says_so_and_is_renewed(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    written(workshop, workshop.we, de="Wir sind die IT-Firmen von Leipzig bis Jena.")
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    made.refresh_from_db()
    assert (made.state, made.unfit) == ("unfit", "changed")
    again = renew_suggestion(suggestion=made, text=BETTER, reason="", seen=2, person=person_of(workshop.firm))
    assert (again.state, again.unfit, again.version, again.base) == (
        "open", "", 2, "Wir sind die IT-Firmen von Leipzig bis Jena.",
    )  # fmt: skip


def test_somebody_who_read_an_older_version_gets_the_text_back(workshop: Workshop) -> None:
    published(workshop)
    written(workshop, workshop.we, de="Wir sind die IT-Firmen von Leipzig bis Jena.")
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    with pytest.raises(Moved) as moved:
        suggested(workshop, workshop.we, BETTER, version=1)
    assert moved.value.now == "Wir sind die IT-Firmen von Leipzig bis Jena."
    assert Suggestion.objects.count() == 0


def test_a_change_elsewhere_in_the_paragraph_is_carried_while_it_is_typed(workshop: Workshop) -> None:
    published(workshop)
    written(workshop, workshop.work, de=WORK["de"].replace("festen Tag", "vereinbarten Tag"))
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    made = suggested(workshop, workshop.work, WORK["de"].replace("kleinen", "offenen"), version=1)
    assert made.text == "Wir arbeiten in offenen Gruppen und berichten zu einem vereinbarten Tag."


def test_a_change_of_a_suggestion_is_taken_over_by_who_made_it(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    change = suggest_change(
        parent=made, organisation=workshop.cast.institute, person=person_of(workshop.institute),
        text="Wir sind die IT-Firmen und Institute Mitteldeutschlands.", reason="Wir auch", seen=BETTER,
    )  # fmt: skip
    taken = take_change(change=change, person=person_of(workshop.firm))
    change.refresh_from_db()
    assert (taken.text, taken.earlier, change.state) == (
        "Wir sind die IT-Firmen und Institute Mitteldeutschlands.", [BETTER], "accepted",
    )  # fmt: skip


def test_a_suggestion_that_says_something_else_leaves_its_changes_behind(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    change = suggest_change(
        parent=made, organisation=workshop.cast.institute, person=person_of(workshop.institute),
        text=BETTER.replace("Mitteldeutschlands", "Sachsens"), reason="", seen=BETTER,
    )  # fmt: skip
    write_suggestion(
        suggestion=made, text="Wir sind die Firmen der IT.", reason="", seen=BETTER, person=person_of(workshop.firm)
    )
    change.refresh_from_db()
    assert (change.state, change.unfit) == ("unfit", "parent")


def test_support_counts_once_and_can_end(workshop: Workshop) -> None:
    published(workshop)
    made, person = suggested(workshop, workshop.we, BETTER), person_of(workshop.institute)
    for _twice in range(2):
        support(suggestion=made, organisation=workshop.cast.institute, person=person)
    assert made.supporters.count() == 1
    end_support(suggestion=made, organisation=workshop.cast.institute, person=person)
    assert made.supporters.count() == 0
    with pytest.raises(Refused):
        support(suggestion=made, organisation=workshop.cast.firm, person=person_of(workshop.firm))


def test_what_was_answered_is_neither_withdrawn_nor_worded_anew(workshop: Workshop) -> None:
    published(workshop)
    made, person = suggested(workshop, workshop.we, BETTER), person_of(workshop.firm)
    accept_suggestion(suggestion=made, actor=workshop.keeper)
    with pytest.raises(Refused):
        withdraw_suggestion(suggestion=made, person=person)
    with pytest.raises(Refused):
        write_suggestion(suggestion=made, text="Anders.", reason="", seen=BETTER, person=person)


def test_after_the_phase_nobody_supports(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    open_phase(charter=workshop.now, phase="decide", actor=None)
    with pytest.raises(Refused):
        support(suggestion=made, organisation=workshop.cast.institute, person=person_of(workshop.institute))


def test_sent_twice_it_is_one(workshop: Workshop) -> None:
    published(workshop)
    assert suggested(workshop, workshop.we, BETTER) == suggested(workshop, workshop.we, BETTER)
    assert Suggestion.objects.count() == 1
