"""What firms hand in, in the office: read, decided, put right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import review_contribution
from mitwerk.congress.models import Contribution
from mitwerk.congress.tests.cast import TODAY, handed_in, make_congress, make_jury
from mitwerk.outbox.models import Mail
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]


@pytest.fixture
def talk(cast: Cast, people: People, time_machine: Any) -> Contribution:
    time_machine.move_to(TODAY, tick=False)
    return handed_in(make_congress(cast), cast, people.delegate)


def page(contribution: Contribution, name: str = "inspect", *more: str) -> str:
    return reverse(f"office_contributions:{name}", args=[contribution.pk, *more])


def test_read_with_the_jurys_words_and_decided(as_user: As, cast: Cast, people: People, talk: Contribution) -> None:
    jury = make_jury(talk.congress, cast)
    points = {one.pk: 4 for one in talk.congress.criteria.all()}
    review_contribution(
        contribution=talk, points=points, comment="Gut gezeigt.", is_biased=False, actor=jury.university
    )
    browser = as_user(cast.it_editor)
    assert "4,0 (1)" in browser.get(reverse("office_contributions:index")).content.decode()
    read = browser.get(page(talk)).content.decode()
    assert ("Gut gezeigt." in read, page(talk, "act", "accept") in read) == (True, True)
    browser.post(page(talk, "act", "accept"), {"text": "Wir freuen uns."})
    talk.refresh_from_db()
    [mail] = Mail.objects.filter(template="congress/step_mail.txt")
    assert (talk.state, mail.to, "Wir freuen uns." in mail.text) == ("accepted", people.delegate.email, True)
    assert browser.post(page(talk, "act", "accept"), {"text": ""}).status_code == 404


def test_declining_needs_a_reason(as_user: As, cast: Cast, talk: Contribution) -> None:
    browser = as_user(cast.it_editor)
    told = browser.post(page(talk, "act", "decline"), {"text": "  "}, follow=True).content.decode()
    talk.refresh_from_db()
    assert ("Sagen Sie denen, die ihn eingereicht haben, warum." in told, talk.state) == (True, "submitted")
    browser.post(page(talk, "act", "decline"), {"text": "Kein Platz."})
    talk.refresh_from_db()
    assert talk.state == "declined"


def test_a_text_is_put_right(as_user: As, cast: Cast, talk: Contribution) -> None:
    browser = as_user(cast.it_editor)
    form = browser.get(page(talk, "edit")).context["form"]
    assert list(form.fields["track"].queryset) == list(talk.congress.tracks.all())
    track = talk.congress.tracks.get()
    browser.post(page(talk, "edit"), {**form_data(form), "title_en": "Recipes, mastered", "track": track.pk})
    talk.refresh_from_db()
    assert (talk.title["en"], talk.track, talk.state) == ("Recipes, mastered", track, "submitted")


def test_drafts_and_other_offices_contributions_are_missing(as_user: As, cast: Cast, talk: Contribution) -> None:
    for user, code in ((cast.food_editor, 404), (cast.it_editor, 200), (cast.umbrella_editor, 200)):
        assert as_user(user).get(page(talk)).status_code == code
        found = as_user(user).get(reverse("office_contributions:index"), {"congress": talk.congress_id})
        assert ("Rezepturen" in found.content.decode()) == (code == 200)
    Contribution.objects.update(state="draft")
    assert as_user(cast.it_editor).get(page(talk)).status_code == 404
