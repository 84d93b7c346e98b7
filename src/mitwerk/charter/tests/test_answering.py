"""The editors answer: what is accepted stands in the text, who made it hears of it, nothing else is changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mitwerk.charter.actions import (
    Collides,
    accept_all,
    accept_suggestion,
    decline_suggestion,
    drop_paragraph,
    put_to_vote,
    restore_paragraph,
    take_over_votes,
    write_paragraph,
)
from mitwerk.charter.models import Paragraph
from mitwerk.charter.queries.suggestions import bundles, narrowed, open_for_text, preview
from mitwerk.charter.queries.texts import latest_version, outline, texts_of
from mitwerk.charter.tests.cast import GERMAN, GOAL, WE, WORK, Workshop, published, suggested
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import call_off_ballot
from mitwerk.governance.tests.cast import Bodies, count, vote
from mitwerk.outbox.models import Mail

BETTER = "Wir sind die IT-Firmen Mitteldeutschlands."


def texts(workshop: Workshop) -> list[str]:
    """The German text as the editors have it."""
    return [paragraph.text.get("de", "") for section in outline(workshop.charter) for paragraph in section.there]


def again(paragraph: Paragraph) -> Paragraph:
    return Paragraph.objects.select_related("section__charter").get(pk=paragraph.pk)


def test_accepted_it_stands_in_the_text_and_the_twin_falls_behind(workshop: Workshop) -> None:
    published(workshop)
    made = accept_suggestion(suggestion=suggested(workshop, workshop.we, BETTER), actor=workshop.keeper)
    paragraph = again(workshop.we)
    assert (made.state, paragraph.text["de"], paragraph.text["en"]) == ("accepted", BETTER, WE["en"])
    assert list(paragraph.behind["text"]) == ["en"]
    assert Mail.objects.filter(template="charter/answer_mail.txt", to="delegate@example.org").count() == 1


def test_it_is_merged_with_what_the_editors_wrote_since(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.work, WORK["de"].replace("kleinen", "offenen"))
    paragraph = again(workshop.work)
    write_paragraph(
        paragraph=paragraph, revision=1, actor=workshop.keeper,
        values={"text": {**paragraph.text, "de": WORK["de"].replace("festen Tag", "vereinbarten Tag")}},
    )  # fmt: skip
    accept_suggestion(suggestion=made, actor=workshop.keeper)
    assert again(workshop.work).text["de"] == "Wir arbeiten in offenen Gruppen und berichten zu einem vereinbarten Tag."


def test_two_that_touch_the_same_words_are_not_both_accepted(workshop: Workshop) -> None:
    published(workshop)
    one = suggested(workshop, workshop.we, BETTER)
    other = suggested(workshop, workshop.we, "Wir sind die IT-Firmen Sachsens.", organisation=workshop.cast.institute)
    [bundle] = bundles(open_for_text(workshop.charter), [workshop.we.public_id])
    assert ([made.number for made in bundle.suggestions], bundle.is_conflict) == ([1, 2], True)
    done, left = accept_all(suggestions=[one, other], actor=workshop.keeper)
    assert ([made.number for made in done], [made.number for made, _why in left]) == ([1], [2])
    with pytest.raises(Collides) as collides:
        accept_suggestion(suggestion=other, actor=workshop.keeper)
    assert collides.value.now == BETTER
    changed = accept_suggestion(suggestion=other, actor=workshop.keeper, text="Wir sind die IT-Firmen von hier.")
    assert (changed.state, again(workshop.we).text["de"]) == ("changed", "Wir sind die IT-Firmen von hier.")


def test_new_paragraphs_stand_where_they_were_wanted(workshop: Workshop) -> None:
    published(workshop)
    before = suggested(workshop, workshop.work, "Davor.", kind="before")
    after = suggested(workshop, workshop.work, "Danach.", kind="after")
    for made in (before, after):
        accept_suggestion(suggestion=made, actor=workshop.keeper)
    assert texts(workshop) == [WE["de"], "Davor.", WORK["de"], "Danach.", GERMAN["de"], GOAL["de"]]


def test_taken_out_and_moved(workshop: Workshop) -> None:
    published(workshop)
    accept_suggestion(suggestion=suggested(workshop, workshop.german, "", kind="delete"), actor=workshop.keeper)
    move = suggested(workshop, workshop.work, "", kind="move", place="")
    accept_suggestion(suggestion=move, actor=workshop.keeper)
    assert texts(workshop) == [WORK["de"], WE["de"], GOAL["de"]]


def test_what_was_changed_since_is_not_taken_out(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.german, "", kind="delete")
    write_paragraph(
        paragraph=again(workshop.german), revision=1, values={"text": {"de": "Anders."}}, actor=workshop.keeper
    )
    with pytest.raises(Collides):
        accept_suggestion(suggestion=made, actor=workshop.keeper)
    assert again(workshop.german).is_gone is False


def test_a_paragraph_that_was_taken_out_takes_nothing_before_it_is_back(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    drop_paragraph(paragraph=workshop.we, actor=workshop.keeper)
    with pytest.raises(Refused):
        accept_suggestion(suggestion=made, actor=workshop.keeper)
    restore_paragraph(paragraph=again(workshop.we), actor=workshop.keeper)
    assert accept_suggestion(suggestion=made, actor=workshop.keeper).state == "accepted"


def test_a_translation_catches_up(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.german, "Every vote counts the same.", kind="translate", language="en")
    accept_suggestion(suggestion=made, actor=workshop.keeper)
    assert dict(again(workshop.german).text) == {**GERMAN, "en": "Every vote counts the same."}


def test_declined_without_a_reason_is_refused(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    with pytest.raises(Refused):
        decline_suggestion(suggestion=made, answer="  ", actor=workshop.keeper)
    decline_suggestion(suggestion=made, answer="Zu eng.", actor=workshop.keeper)
    made.refresh_from_db()
    assert (made.state, made.answer) == ("declined", "Zu eng.")


@pytest.mark.parametrize(
    ("choices", "state", "text"),
    [(("yes", "yes", "yes"), "accepted", BETTER), (("no", "no", "yes"), "declined", WE["de"])],
)
def test_what_a_body_decides_about_a_suggestion_is_done(
    workshop: Workshop, bodies: Bodies, choices: tuple[str, ...], state: str, text: str
) -> None:
    published(workshop)
    made, cast = suggested(workshop, workshop.we, BETTER), workshop.cast
    closes_at = timezone.now() + timedelta(days=7)
    ballot = put_to_vote(suggestion=made, body=bodies.board, closes_at=closes_at, actor=workshop.keeper)
    assert take_over_votes() == 0
    who = ((workshop.firm, cast.firm), (bodies.university, cast.university), (bodies.institute, cast.institute))
    for (user, organisation), choice in zip(who, choices, strict=True):
        vote(ballot, user, organisation, choice)
    count(ballot)
    assert (take_over_votes(), take_over_votes()) == (1, 0)
    made.refresh_from_db()
    assert (made.state, again(workshop.we).text["de"]) == (state, text)


def test_a_vote_that_is_called_off_gives_the_suggestion_back(workshop: Workshop, bodies: Bodies) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, BETTER)
    closes_at = timezone.now() + timedelta(days=7)
    ballot = put_to_vote(suggestion=made, body=bodies.board, closes_at=closes_at, actor=workshop.keeper)
    call_off_ballot(ballot=ballot, actor=workshop.keeper)
    take_over_votes()
    made.refresh_from_db()
    assert made.state == "open"


def test_the_preview_shows_any_set_and_writes_nothing(workshop: Workshop) -> None:
    published(workshop)
    suggested(workshop, workshop.we, BETTER)
    suggested(workshop, workshop.we, "Wir sind die IT-Firmen Sachsens.", organisation=workshop.cast.institute)
    suggested(workshop, workshop.work, "Davor.", kind="before")
    suggested(workshop, workshop.german, "", kind="delete")
    version = latest_version(workshop.charter)
    rows = preview(texts_of(version.content), open_for_text(workshop.charter))
    assert [(row.after.get("de"), row.is_new, row.is_out, row.numbers) for row in rows] == [
        (BETTER, False, False, (1,)), ("Davor.", True, False, (3,)), (WORK["de"], False, False, ()),
        (GERMAN["de"], False, True, (4,)), (GOAL["de"], False, False, ()),
    ]  # fmt: skip
    assert [number for number, _why in rows[0].left_out] == [2]
    assert texts(workshop) == [WE["de"], WORK["de"], GERMAN["de"], GOAL["de"]]


def test_the_list_is_narrowed_by_words_numbers_and_filters(workshop: Workshop) -> None:
    published(workshop)
    suggested(workshop, workshop.we, BETTER)
    suggested(workshop, workshop.german, "", kind="delete", organisation=workshop.cast.institute)
    found = workshop.charter.suggestions
    asked = (
        ({}, "2"),
        ({}, "mitteldeutsch"),
        ({}, "stimme zählt"),
        ({"kind": ["delete"]}, ""),
        ({"state": ["unfit"]}, ""),
    )
    assert [[one.number for one in narrowed(found.all(), values, query)] for values, query in asked] == [
        [2], [1], [2], [2], [],
    ]  # fmt: skip
