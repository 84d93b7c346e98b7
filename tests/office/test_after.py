"""What the office does for the time after a congress: words of thanks, next steps, questions, slides of others."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import forget_lost_slides
from mitwerk.congress.models import Congress, NextStep
from mitwerk.congress.tests.cast import LAST, TODAY, make_congress
from mitwerk.congress.tests.programme_cast import make_contribution
from mitwerk.operations.tasks import TIMED
from mitwerk.registrations.actions.feedback import give_feedback
from mitwerk.registrations.actions.thanking import send_thanks
from mitwerk.registrations.models import Admission
from mitwerk.registrations.tests.cast import come, make_admission, one

As = Callable[[User | None], Client]
OVER = dt.datetime.combine(LAST + dt.timedelta(days=1), dt.time(8, 0), dt.UTC)


@pytest.fixture
def congress(cast: Cast, time_machine: Any) -> Congress:
    time_machine.move_to(TODAY, tick=False)
    return make_congress(cast)


def test_it_is_done_by_the_timed_work() -> None:
    assert TIMED["thank guests"] is send_thanks
    assert TIMED["forget lost slides of congresses"] is forget_lost_slides


def test_thanks_and_next_steps_are_written_in_the_congresss_form(as_user: As, cast: Cast, congress: Congress) -> None:
    browser, page = as_user(cast.it_editor), reverse("office_congresses:edit", args=[congress.pk])
    row = {"text_de": "Arbeitsgruppe", "text_en": "Working group", "who": "Cluster IT", "until": "2007-12-01"}
    sent = {
        **form_data(browser.get(page).context["form"]), "thanks_de": "Danke!", "next_steps-TOTAL_FORMS": "1",
        **{f"next_steps-0-{name}": value for name, value in {**row, "ORDER": "1"}.items()},
    }  # fmt: skip
    answer = browser.post(page, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    step = NextStep.objects.get()
    expected = ({"de": "Arbeitsgruppe", "en": "Working group"}, "Cluster IT", dt.date(2007, 12, 1))
    assert (step.text, step.who, step.until) == expected
    assert Congress.objects.get().thanks == {"de": "Danke!"}


def test_questions_are_changed_until_somebody_has_answered(
    as_user: As, cast: Cast, congress: Congress, time_machine: Any
) -> None:
    admission = make_admission(congress)
    come(admission, "ada")
    page = reverse("office_admissions:edit", args=[admission.pk])
    browser = as_user(cast.it_editor)
    sent = form_data(browser.get(page).context["form"])
    assert browser.post(page, {**sent, "first_question_de": "War es warm?"}).status_code == 302
    assert Admission.objects.get().asked_afterwards[0] == "War es warm?"
    time_machine.move_to(OVER, tick=False)
    browser = as_user(cast.it_editor)
    give_feedback(registration=one("Ada"), marks=(1, 2, 3), words="")
    shown = browser.get(page)
    assert reverse("registrations:results_office", args=[congress.public_id]) in shown.content.decode()
    sent = form_data(shown.context["form"])
    assert browser.post(page, {**sent, "first_question_de": "War es kalt?"}).status_code == 200
    assert Admission.objects.get().asked_afterwards[0] == "War es warm?"
    assert browser.post(page, {**sent, "shows_feedback": "on"}).status_code == 302, "control: the rest is saved"
    assert Admission.objects.get().shows_feedback is True


def test_a_contribution_leads_to_the_form_for_its_slides_once_it_was_on_stage(
    as_user: As, cast: Cast, congress: Congress, time_machine: Any
) -> None:
    talk = make_contribution(congress, cast.firm, 1)
    page = reverse("office_contributions:inspect", args=[talk.pk])
    link = reverse("congress:proceeding_edit", args=[talk.public_id])
    seen = [link in as_user(cast.it_editor).get(page).content.decode()]
    time_machine.move_to(OVER, tick=False)
    seen.append(link in as_user(cast.it_editor).get(page).content.decode())
    assert seen == [False, True]
