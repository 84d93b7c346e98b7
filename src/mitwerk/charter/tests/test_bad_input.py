"""Whatever is typed, pasted or sent too late gets a clear answer, and nobody's text is lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Membership
from mitwerk.charter.actions import drop_paragraph, open_phase, publish_version
from mitwerk.charter.models import Contribution, Manuscript, Paragraph, Question, Suggestion, Theme
from mitwerk.charter.tests.cast import WE, Workshop, published

As = Callable[[User | None], Client]
TYPED = "Das habe ich eine Stunde lang geschrieben."


def page_of(workshop: Workshop) -> str:
    return reverse("charter:suggestion_add", args=[workshop.charter.public_id, workshop.we.public_id, "replace", "de"])


def sent(workshop: Workshop, text: str) -> dict[str, str]:
    return {
        "organisation": workshop.cast.firm.slug, "language": "de", "text": text, "reason": "", "version": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>alert(1)</script> & <b>fett</b>", "<script>alert(1)</script> & <b>fett</b>"),
        ("Wir 👩‍👩‍👧‍👦 sind 🏳️‍🌈 viele", "Wir 👩‍👩‍👧‍👦 sind 🏳️‍🌈 viele"),
        ("אנחנו חברות ה-IT", "אנחנו חברות ה-IT"),
        ("Wir\u200b sind\u202e vie\u00adle\x00", "Wir sind viele"),
        ("Wir\u00a0sind\r\nviele", "Wir sind\nviele"),
    ],
)
def test_every_sign_is_kept_but_those_that_nobody_sees(workshop: Workshop, as_user: As, text: str, kept: str) -> None:
    published(workshop)
    firm = as_user(workshop.firm)
    assert firm.post(page_of(workshop), sent(workshop, text)).status_code == 302
    assert Suggestion.objects.get().text == kept
    assert (
        "<script>alert"
        not in firm.get(reverse("charter:suggestion_detail", args=[workshop.charter.public_id, 1])).content.decode()
    )


def test_two_megabytes_are_too_much_and_come_back(workshop: Workshop, as_user: As) -> None:
    published(workshop)
    text = "Sehr viel Text. " * 125_000
    answer = as_user(workshop.firm).post(page_of(workshop), sent(workshop, text))
    html = answer.content.decode()
    assert (answer.status_code, text.strip() in html, Suggestion.objects.count()) == (200, True, 0)


def test_two_megabytes_from_word_are_read_as_a_manuscript(workshop: Workshop, as_user: As) -> None:
    page = reverse("charter:manuscript_add", args=[workshop.charter.public_id])
    row = "<p class=MsoNormal style='mso-x:1'><b>Wir</b> sind viele.<o:p></o:p></p>"
    pasted = f"<html><body>{row * 900}<!--{'x' * 1_900_000}--></body></html>"
    answer = as_user(workshop.keeper).post(page, {"text": pasted, "language": "de"})
    assert (answer.status_code, len(Manuscript.objects.get().blocks)) == (302, 900)


def test_what_cannot_be_read_says_why(workshop: Workshop, as_user: As) -> None:
    page = reverse("charter:manuscript_add", args=[workshop.charter.public_id])
    answer = as_user(workshop.keeper).post(page, {"text": "   ", "language": "de"})
    assert (answer.status_code, Manuscript.objects.count()) == (200, 0)


def test_a_paragraph_that_went_a_second_ago(workshop: Workshop, as_user: As) -> None:
    published(workshop)
    drop_paragraph(paragraph=workshop.we, actor=workshop.keeper)
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    answer = as_user(workshop.firm).post(page_of(workshop), sent(workshop, TYPED))
    assert (answer.status_code, TYPED in answer.content.decode(), Suggestion.objects.count()) == (200, True, 0)


def test_a_phase_that_was_closed_meanwhile(workshop: Workshop, as_user: As) -> None:
    published(workshop)
    open_phase(charter=workshop.now, phase="decide", actor=None)
    answer = as_user(workshop.firm).post(page_of(workshop), sent(workshop, TYPED))
    assert (answer.status_code, TYPED in answer.content.decode(), Suggestion.objects.count()) == (200, True, 0)


def test_a_version_that_came_meanwhile_shows_both_and_takes_the_second_try(workshop: Workshop, as_user: As) -> None:
    published(workshop)
    Paragraph.objects.filter(pk=workshop.we.pk).update(text={**WE, "de": "Wir sind neu."})
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    firm = as_user(workshop.firm)
    answer = firm.post(page_of(workshop), sent(workshop, TYPED))
    html = answer.content.decode()
    assert (answer.status_code, TYPED in html, "Wir sind neu." in html, 'value="2"' in html) == (200, True, True, True)
    assert firm.post(page_of(workshop), {**sent(workshop, TYPED), "version": "2"}).status_code == 302


def test_an_organisation_that_left_gets_its_text_back(workshop: Workshop, as_user: As) -> None:
    published(workshop)
    Membership.objects.filter(organisation=workshop.cast.firm).update(until=timezone.localdate().replace(year=2020))
    firm = as_user(workshop.firm)
    answer = firm.post(page_of(workshop), sent(workshop, TYPED))
    assert (answer.status_code, TYPED in answer.content.decode(), Suggestion.objects.count()) == (404, True, 0)
    page = reverse("charter:contribution_list", args=[workshop.charter.public_id])
    answer = firm.post(page, {"text": TYPED})
    assert (answer.status_code, TYPED in answer.content.decode(), Contribution.objects.count()) == (404, True, 0)


def test_what_belongs_to_another_charter_is_not_there(workshop: Workshop, as_user: As) -> None:
    """A3: every id of an address is looked for in its own charter."""
    from mitwerk.charter.actions import add_paragraph, change_charter
    from mitwerk.charter.models import Charter

    values = {"title": {"de": "Anderes"}, "cluster": workshop.cast.food}
    other = change_charter(charter=Charter(), values=values, rows={}, actor=None)
    section = other.sections.all()[0]
    foreign = add_paragraph(section=section, values={"text": WE}, actor=None)
    question = Question.objects.create(charter=other, text={"de": "F"})
    theme = Theme.objects.create(charter=other, title={"de": "T"})
    manuscript = Manuscript.objects.create(charter=other, language="de")
    published(workshop)
    places = {
        "paragraph": foreign, "paragraph_edit": foreign, "paragraph_history": foreign, "section_edit": section,
        "paragraph_add": section, "question_edit": question, "theme_edit": theme, "manuscript_show": manuscript,
    }  # fmt: skip
    keeper, own = as_user(workshop.keeper), workshop.charter.public_id
    pages = [reverse(f"charter:{name}", args=[own, record.public_id]) for name, record in places.items()]
    assert [(page, keeper.get(page).status_code) for page in pages] == [(page, 404) for page in pages]
