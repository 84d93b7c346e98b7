"""Every page of the workshop opens for who it is for, in both languages, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mitwerk.accounts.models import User
from mitwerk.algorithms.manuscripts import read
from mitwerk.charter.actions import (
    TAKE_PART,
    contribute,
    decline_suggestion,
    drop_paragraph,
    keep_manuscript,
    open_phase,
    submit_version,
    suggest,
    suggest_change,
)
from mitwerk.charter.actions.charters import target_of
from mitwerk.charter.tests.cast import Workshop, person_of, published, suggested
from mitwerk.governance.tests.cast import Bodies
from mitwerk.outbox.models import Mail
from mitwerk.people.actions import make_act_link

As = Callable[[User | None], Client]


def pages_of_all(workshop: Workshop) -> list[str]:
    """Pages that everybody who takes part opens."""
    id, anchor = workshop.charter.public_id, workshop.we.public_id
    kinds = ("replace", "before", "after", "delete", "move", "comment", "translate")
    return [
        reverse("charter:charter_mine"),
        reverse("charter:workshop", args=[id]),
        reverse("charter:contribution_list", args=[id]),
        reverse("charter:paragraph", args=[id, anchor]),
        *(reverse("charter:suggestion_add", args=[id, anchor, kind, "en"]) for kind in kinds),
        reverse("charter:suggestion_list", args=[id]),
        reverse("charter:suggestion_detail", args=[id, 1]),
        reverse("charter:suggestion_detail", args=[id, 2]),
        reverse("charter:version_read", args=[id, 1]),
    ]


def pages_of_editors(workshop: Workshop, manuscript: str) -> list[str]:
    id, anchor, goal = workshop.charter.public_id, workshop.we.public_id, workshop.goal.public_id
    section = workshop.we.section.public_id
    names = (
        "question_add", "theme_add", "merge_preview", "text_edit", "section_add", "manuscript_add", "version_publish",
        "phase_plan", "guest_list", "adoption",
    )  # fmt: skip
    return [
        *(reverse(f"charter:{name}", args=[id]) for name in names),
        reverse("charter:paragraph_edit", args=[id, anchor]),
        reverse("charter:paragraph_edit", args=[id, goal]),
        reverse("charter:paragraph_history", args=[id, anchor]),
        reverse("charter:figure_edit", args=[id, goal]),
        reverse("charter:section_edit", args=[id, section]),
        reverse("charter:paragraph_add", args=[id, section]),
        reverse("charter:manuscript_show", args=[id, manuscript]),
        reverse("charter:suggestion_answer", args=[id, 1]),
        reverse("charter:suggestion_vote", args=[id, 1]),
    ]


@pytest.fixture
def busy(workshop: Workshop) -> Workshop:
    """With a contribution, a version, a suggestion, and a change of it."""
    values = {"question": None, "language": "de", "text": "Verlässlichkeit"}
    contribute(
        charter=workshop.charter, organisation=workshop.cast.firm, person=person_of(workshop.firm), values=values
    )
    published(workshop)
    made = suggested(workshop, workshop.we, "Wir sind die IT-Firmen Mitteldeutschlands.")
    suggest_change(
        parent=made, organisation=workshop.cast.institute, person=person_of(workshop.institute),
        text="Wir sind die IT-Firmen und Institute Mitteldeutschlands.", reason="", seen=made.text,
    )  # fmt: skip
    return workshop


@pytest.mark.parametrize("language", ["de", "en"])
def test_who_takes_part_opens_the_workshop(busy: Workshop, as_user: As, language: str) -> None:
    with translation.override(language):
        pages = pages_of_all(busy)
    firm, stranger = as_user(busy.firm), as_user(busy.cast.food_editor)
    assert [(page, firm.get(page).status_code) for page in pages] == [(page, 200) for page in pages]
    assert [stranger.get(page).status_code for page in pages[1:]] == [404] * (len(pages) - 1)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_editors_pages_are_for_the_editors(busy: Workshop, as_user: As, language: str) -> None:
    drop_paragraph(paragraph=busy.german, actor=busy.keeper)
    manuscript = keep_manuscript(
        charter=busy.charter, read=read(b"# Ziele\n\n- Mehr Projekte", "markdown"), language="de", name="",
        actor=busy.keeper,
    )  # fmt: skip
    with translation.override(language):
        pages = [*pages_of_editors(busy, manuscript.public_id), *pages_of_all(busy)[:3]]
    keeper, firm = as_user(busy.keeper), as_user(busy.firm)
    assert [(page, keeper.get(page).status_code) for page in pages] == [(page, 200) for page in pages]
    assert [firm.get(page).status_code for page in pages[:-3]] == [404] * (len(pages) - 3)


def test_by_the_link_of_a_mail_a_guest_reads_and_suggests(busy: Workshop) -> None:
    token = make_act_link(
        person=busy.guest, act=TAKE_PART, target=target_of(busy.charter, busy.cast.town_hall), lasts=timedelta(days=1)
    )
    client, anchor = Client(), busy.work.public_id
    assert client.get(reverse("charter:link_home", args=[token])).status_code == 200
    page = reverse("charter:link_suggestion_add", args=[token, anchor, "replace", "de"])
    assert client.get(page).status_code == 200
    data = {
        "organisation": busy.cast.town_hall.slug, "language": "de", "text": "Wir arbeiten gern.", "reason": "",
        "version": "1",
    }  # fmt: skip
    assert client.post(page, data).status_code == 302
    made = busy.charter.suggestions.get(number=3)
    assert (made.organisation, made.person, made.text) == (busy.cast.town_hall, busy.guest, "Wir arbeiten gern.")
    pages = [
        reverse("charter:link_contribution_list", args=[token]),
        reverse("charter:link_paragraph", args=[token, anchor]),
        *(reverse(f"charter:link_suggestion_{name}", args=[token, 3]) for name in ("detail", "edit")),
        reverse("charter:link_suggestion_change", args=[token, 1]),
    ]
    assert [(one, client.get(one).status_code) for one in pages] == [(one, 200) for one in pages]
    busy.charter.guests.update(until=timezone.now())
    gone = client.post(page, {**data, "text": "Noch etwas."})
    assert (gone.status_code, "Noch etwas." in gone.content.decode()) == (410, True)


def test_the_page_of_the_adoption_shows_what_is_decided(busy: Workshop, bodies: Bodies, as_user: As) -> None:
    open_phase(charter=busy.now, phase="decide", actor=None)
    page = reverse("charter:adoption", args=[busy.charter.public_id])
    keeper = as_user(busy.keeper)
    assert keeper.get(page).status_code == 200
    submit_version(
        charter=busy.now, body=bodies.board, by_section=True, closes_at=timezone.now() + timedelta(days=7),
        actor=busy.keeper,
    )  # fmt: skip
    assert keeper.get(page).status_code == 200


def test_by_the_link_a_guest_supports_changes_and_takes_back(busy: Workshop) -> None:
    target = target_of(busy.charter, busy.cast.town_hall)
    token = make_act_link(person=busy.guest, act=TAKE_PART, target=target, lasts=timedelta(days=1))
    client, slug = Client(), busy.cast.town_hall.slug
    first = busy.charter.suggestions.get(number=1)
    assert client.post(reverse("charter:link_support_add", args=[token, 1, slug])).status_code == 302
    assert first.supporters.get().organisation == busy.cast.town_hall
    client.post(reverse("charter:link_support_end", args=[token, 1, slug]))
    assert first.supporters.count() == 0
    words = {"organisation": slug, "text": "Wir sind alle IT-Firmen.", "reason": "", "seen": first.text}
    assert client.post(reverse("charter:link_suggestion_change", args=[token, 1]), words).status_code == 302
    made = busy.charter.suggestions.get(number=3)
    assert (made.parent, made.person, made.organisation) == (first, busy.guest, busy.cast.town_hall)
    assert client.post(reverse("charter:link_suggestion_withdraw", args=[token, 3])).status_code == 302
    made.refresh_from_db()
    assert made.state == "withdrawn"
    for name in ("edit", "withdraw"):
        page = reverse(f"charter:link_suggestion_{name}", args=[token, 1])
        assert client.post(page, {}).status_code == 404  # the firm's, not theirs
    assert client.get(reverse("charter:suggestion_answer", args=[busy.charter.public_id, 1])).status_code == 302


def test_a_guest_hears_of_the_answer_with_a_link_of_their_own(busy: Workshop) -> None:
    values = {"kind": "comment", "language": "de", "text": "Gut so.", "reason": "", "place": "", "version": 1}
    made = suggest(
        charter=busy.charter, organisation=busy.cast.town_hall, person=busy.guest, anchor=busy.we.public_id,
        values=values,
    )  # fmt: skip
    decline_suggestion(suggestion=made, answer="Danke.", actor=busy.keeper)
    mail = Mail.objects.get(to=busy.guest.email, template="charter/answer_mail.txt")
    link = next(word for word in mail.text.split() if "/dabei-sein/leitbild/" in word)
    answer = Client().get(urlsplit(link).path)
    assert (answer.status_code, "Danke." in answer.content.decode()) == (200, True)
