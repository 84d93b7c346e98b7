"""The editors write; of two at once nobody's words are lost; phases, guests, files."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.algorithms.manuscripts import read
from mitwerk.charter.actions import (
    Overtaken,
    accept_suggestion,
    drop_section,
    end_guest,
    invite_guest,
    keep_manuscript,
    move_paragraph,
    name_editor,
    open_phase,
    publish_version,
    set_periods,
    take_manuscript,
    tell_phases,
    turn_phases,
    write_paragraph,
)
from mitwerk.charter.models import Attempt, Paragraph, Wording
from mitwerk.charter.queries.texts import outline
from mitwerk.charter.tests.cast import GERMAN, WE, WORK, Workshop, person_of, published, suggested
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail

As = Callable[[User | None], Client]


def test_of_two_editors_one_wins_and_the_other_keeps_the_words(workshop: Workshop) -> None:
    values = {"text": {**WE, "de": "Wir sind viele."}}
    write_paragraph(paragraph=workshop.we, revision=1, values=values, actor=workshop.keeper)
    other = {"text": {**WE, "de": "Wir sind wenige."}}
    with pytest.raises(Overtaken) as overtaken:
        write_paragraph(paragraph=workshop.we, revision=1, values=other, actor=workshop.cast.umbrella_editor)
    assert overtaken.value.paragraph.text["de"] == "Wir sind viele."
    assert Attempt.objects.get().text["text"]["de"] == "Wir sind wenige."
    said = [one.text["text"]["de"] for one in Wording.objects.filter(anchor=workshop.we.public_id)]
    assert said == ["Wir sind viele.", WE["de"]]


def test_the_page_of_who_came_second_shows_both_and_merges(workshop: Workshop, as_user: As) -> None:
    page = reverse("charter:paragraph_edit", args=[workshop.charter.public_id, workshop.work.public_id])
    first, second = as_user(workshop.keeper), as_user(workshop.cast.umbrella_editor)
    mine = WORK["de"].replace("kleinen", "offenen")
    theirs = WORK["de"].replace("festen Tag", "vereinbarten Tag")
    assert first.post(page, {"text_de": theirs, "text_en": WORK["en"], "revision": "1"}).status_code == 302
    answer = second.post(page, {"text_de": mine, "text_en": WORK["en"], "revision": "1"})
    html = answer.content.decode()
    both = "Wir arbeiten in offenen Gruppen und berichten zu einem vereinbarten Tag."
    assert (answer.status_code, both in html, mine in html, theirs in html) == (409, True, True, True)
    assert second.post(page, {"text_de": both, "text_en": WORK["en"], "revision": "2"}).status_code == 302
    assert Paragraph.objects.get(pk=workshop.work.pk).text["de"] == both
    assert Attempt.objects.count() == 0


def test_a_paragraph_goes_over_the_edge_of_its_section(workshop: Workshop) -> None:
    paragraph = Paragraph.objects.select_related("section__charter").get(pk=workshop.work.pk)
    move_paragraph(paragraph=paragraph, by=-1, actor=workshop.keeper)
    said = [[one.text["de"] for one in section.there] for section in outline(workshop.charter)]
    assert said == [[], [WE["de"], WORK["de"]], [GERMAN["de"]], ["Zehn Projekte mit anderen Clustern."]]


def test_a_section_with_paragraphs_is_not_dropped(workshop: Workshop) -> None:
    with pytest.raises(Refused):
        drop_section(section=workshop.we.section, actor=workshop.keeper)


def test_nothing_new_is_no_version(workshop: Workshop) -> None:
    published(workshop)
    with pytest.raises(Refused):
        publish_version(charter=workshop.now, note={}, actor=workshop.keeper)


def test_phases_open_by_themselves_and_are_announced_once(workshop: Workshop) -> None:
    now = timezone.now()
    days = {
        "collect": (now - timedelta(hours=2), now + timedelta(days=7)),
        "draft": (now + timedelta(days=7), now + timedelta(days=14)),
        "suggest": (now + timedelta(days=14), now + timedelta(days=28)),
    }
    set_periods(charter=workshop.charter, periods=days, actor=workshop.keeper)
    assert (turn_phases(), turn_phases()) == (1, 0)
    assert (tell_phases(), tell_phases()) == (1, 0)
    mails = Mail.objects.filter(template="charter/phase_mail.txt")
    told = ["delegate@example.org", "guest@example.org", "institute-delegate@example.org", "substitute@example.org"]
    assert sorted(mails.values_list("to", flat=True)) == told
    assert workshop.now.phase == "collect"


def test_a_phase_is_prolonged_and_none_overlaps_the_next(workshop: Workshop) -> None:
    now = timezone.now()
    days = {"collect": (now, now + timedelta(days=7)), "draft": (now + timedelta(days=6), now + timedelta(days=9))}
    with pytest.raises(Refused):
        set_periods(charter=workshop.charter, periods=days, actor=workshop.keeper)
    days = {"collect": (now - timedelta(hours=1), now + timedelta(days=7))}
    set_periods(charter=workshop.charter, periods=days, actor=workshop.keeper)
    turn_phases()
    longer = {"collect": (now, now + timedelta(days=21))}
    set_periods(charter=workshop.charter, periods=longer, actor=workshop.keeper)
    period = workshop.charter.periods.get()
    assert (period.starts_at, period.ends_at) == (now - timedelta(hours=1), now + timedelta(days=21))


def test_there_is_nothing_to_suggest_before_there_is_a_version(workshop: Workshop) -> None:
    open_phase(charter=workshop.charter, phase="draft", actor=None)
    with pytest.raises(Refused):
        open_phase(charter=workshop.charter, phase="suggest", actor=None)
    with pytest.raises(Refused):
        open_phase(charter=workshop.charter, phase="adopted", actor=None)


def test_a_guest_is_invited_once_and_loses_the_link(workshop: Workshop) -> None:
    values = {"organisation": workshop.cast.university, "name": "Somebody", "email": "somebody@example.org"}
    guest = invite_guest(charter=workshop.charter, actor=workshop.keeper, **values)
    with pytest.raises(Refused):
        invite_guest(charter=workshop.charter, actor=workshop.keeper, **values)
    tell_phases()
    assert Mail.objects.filter(template="charter/guest_mail.txt", to="somebody@example.org").count() == 1
    end_guest(guest=guest, actor=workshop.keeper)
    assert guest.person.act_links.get().is_open is False


def test_a_named_editor_keeps_the_text(workshop: Workshop, as_user: As) -> None:
    page = reverse("charter:text_edit", args=[workshop.charter.public_id])
    assert as_user(workshop.firm).get(page).status_code == 404
    name_editor(charter=workshop.charter, person=person_of(workshop.firm), actor=workshop.keeper)
    assert as_user(workshop.firm).get(page).status_code == 200


def test_a_file_is_looked_at_and_taken_over_into_its_sections(workshop: Workshop) -> None:
    text = "# Präambel\n\nWir fangen an.\n\n# Ziele\n\n- Mehr Projekte\n\n# Anhang\n\nNoch etwas."
    manuscript = keep_manuscript(
        charter=workshop.charter, read=read(text.encode(), "markdown"), language="de", name="leitbild.md",
        actor=workshop.keeper,
    )  # fmt: skip
    assert take_manuscript(manuscript=manuscript, actor=workshop.keeper) == 3
    said = [
        (section.kind, [(one.text["de"], one.is_goal) for one in section.there])
        for section in outline(workshop.charter)
    ]
    assert said == [
        ("preamble", [("Wir fangen an.", False)]),
        ("self", [(WE["de"], False)]),
        ("work", [(WORK["de"], False), (GERMAN["de"], False)]),
        ("goals", [("Zehn Projekte mit anderen Clustern.", True)]),
        ("goals", [("Mehr Projekte", True)]),
        ("other", [("Noch etwas.", False)]),
    ]
    with pytest.raises(Refused):
        take_manuscript(manuscript=manuscript, actor=workshop.keeper)


def test_the_calendar_never_goes_back(workshop: Workshop) -> None:
    """The office went on by hand before the first days came."""
    now = timezone.now()
    days = {"collect": (now - timedelta(hours=2), now + timedelta(days=7))}
    set_periods(charter=workshop.charter, periods=days, actor=workshop.keeper)
    open_phase(charter=workshop.charter, phase="draft", actor=None)
    assert (turn_phases(), workshop.now.phase) == (0, "draft")
    assert (turn_phases(), tell_phases()) == (0, 0)


def test_when_its_days_are_over_nobody_contributes_or_suggests_although_the_next_phase_waits(
    workshop: Workshop,
) -> None:
    published(workshop)
    firm, made = workshop.charter, suggested(workshop, workshop.we, "Anders.")
    firm.periods.filter(phase="suggest").update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(Refused):
        suggested(workshop, workshop.work, "Zu spät.")
    assert accept_suggestion(suggestion=made, actor=workshop.keeper).state == "accepted"
    firm.periods.filter(phase="suggest").update(ends_at=timezone.now() + timedelta(days=1))
    assert suggested(workshop, workshop.work, "Verlängert.").number == 2
