"""The people of an organisation: seen and changed by its own, missing for everybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.actions import send_invitation
from mitwerk.people.models import Invitation, Representative
from mitwerk.people.tests.cast import People, represent

As = Callable[[User | None], Client]
PAGE = "/de/mein/organisationen/aehrenwerk/personen/"
FILLED = {"email": "neu@example.org", "represents_as": "editor", "language": "de"}


def row(role: str) -> Representative:
    return Representative.objects.get(role=role, until=None)


@pytest.fixture
def invited(cast: Cast, people: People) -> Invitation:
    offer = Invitation(email="alt@example.org", organisation=cast.firm, represents_as="substitute")
    return send_invitation(invitation=offer, actor=people.delegate)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("delegate", 200), ("substitute", 200), ("editor", 200), ("former", 404), ("stranger", 404), ("manager", 404),
    ],
)  # fmt: skip
def test_only_its_own_people_read_it(people: People, as_user: As, who: str, status: int) -> None:
    answer = as_user(getattr(people, who)).get(PAGE)
    assert answer.status_code == status
    assert ("substitute@example.org" in answer.content.decode()) is (status == 200)


def test_signed_out_people_are_led_to_the_door(people: People, client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/de/konto/login/?next={PAGE}"


def test_another_organisations_page_is_missing(cast: Cast, people: People, as_user: As) -> None:
    assert as_user(people.delegate).get(PAGE.replace("aehrenwerk", "backhaus")).status_code == 404


def test_an_invitation_is_sent(people: People, as_user: As, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(people.editor).post(PAGE, FILLED)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert [(one.to, one.subject) for one in sent_mail.outbox] == [
        (["neu@example.org"], "Einladung: Redaktion · Ährenwerk Software GmbH")
    ]
    assert "neu@example.org" in as_user(people.delegate).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("who", "changes", "wrong"),
    [
        ("editor", {"represents_as": "delegate"}, "represents_as"),
        ("substitute", {"represents_as": "delegate"}, "represents_as"),
        ("delegate", {"represents_as": "owner"}, "represents_as"),
        ("delegate", {"email": "Substitute@Example.org"}, "email"),
        ("delegate", {"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ("delegate", {"language": "fr"}, "language"),
    ],
)
def test_what_may_not_be_offered_is_told_and_kept(
    people: People, as_user: As, who: str, changes: dict[str, str], wrong: str
) -> None:
    answer = as_user(getattr(people, who)).post(PAGE, {**FILLED, **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [wrong])
    assert Invitation.objects.count() == 0


def test_the_twenty_first_within_an_hour_waits(people: People, as_user: As) -> None:
    browser = as_user(people.delegate)
    found = [browser.post(PAGE, {**FILLED, "email": f"neu{n}@example.org"}).status_code for n in range(21)]
    assert found == [302] * 20 + [429]


def test_an_answer_tells_nothing_of_accounts(people: People, as_user: As) -> None:
    browser = as_user(people.delegate)
    answers = [browser.post(PAGE, {**FILLED, "email": f"{name}@example.org"}) for name in ("stranger", "nobody")]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, PAGE)] * 2


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("delegate", "editor", 302), ("substitute", "delegate", 404), ("editor", "substitute", 404),
        ("editor", "editor", 302), ("stranger", "editor", 404), ("former", "editor", 404),
    ],
)  # fmt: skip
def test_who_ends_whom(people: People, as_user: As, who: str, whom: str, status: int) -> None:
    url = reverse("people:representative_end", args=["aehrenwerk", row(whom).public_id])
    assert as_user(getattr(people, who)).post(url).status_code == status
    assert Representative.objects.filter(role=whom, until=None).exists() is (status != 302)


def test_rights_end_with_the_next_request(people: People, as_user: As) -> None:
    browser, editor = as_user(people.editor), row("editor")
    assert browser.get(PAGE).status_code == 200
    as_user(people.delegate).post(reverse("people:representative_end", args=["aehrenwerk", editor.public_id]))
    assert browser.get(PAGE).status_code == 404


def test_a_foreign_child_under_the_own_parent_is_missing(cast: Cast, people: People, as_user: As) -> None:
    foreign = represent(people.stranger, cast.bakery, "editor")
    offer = Invitation(email="x@example.org", organisation=cast.bakery, represents_as="editor")
    invitation = send_invitation(invitation=offer, actor=people.stranger)
    urls = [
        reverse("people:representative_end", args=["aehrenwerk", foreign.public_id]),
        reverse("people:representative_end", args=["backhaus", foreign.public_id]),
        reverse("people:invitation_revoke", args=["aehrenwerk", invitation.public_id]),
        reverse("people:invitation_revoke", args=["backhaus", invitation.public_id]),
    ]
    assert [as_user(people.delegate).post(url).status_code for url in urls] == [404] * 4
    foreign.refresh_from_db()
    invitation.refresh_from_db()
    assert (foreign.until, invitation.revoked_at) == (None, None)


@pytest.mark.parametrize(
    ("who", "status"), [("delegate", 302), ("substitute", 302), ("editor", 404), ("stranger", 404)]
)
def test_who_takes_an_invitation_back(people: People, as_user: As, invited: Invitation, who: str, status: int) -> None:
    url = reverse("people:invitation_revoke", args=["aehrenwerk", invited.public_id])
    assert as_user(getattr(people, who)).post(url).status_code == status
    invited.refresh_from_db()
    assert (invited.revoked_at is not None) is (status == 302)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many(
    cast: Cast, people: People, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        offer = Invitation(email=f"x{number}@example.org", organisation=cast.firm, represents_as="editor")
        send_invitation(invitation=offer, actor=people.delegate)
        more = create_user(email=f"mehr{number}@example.org", password=None, name=f"Mehr {number}")
        represent(more, cast.firm, "editor")
    browser = as_user(people.delegate)
    browser.get(PAGE)  # notes when the session was used
    with django_assert_num_queries(9):
        browser.get(PAGE)


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_languages(people: People, as_user: As, language: str) -> None:
    with override(language):
        url = reverse("people:people_list", args=["aehrenwerk"])
    page = as_user(people.delegate).get(url).content.decode()
    assert ("Jemanden einladen" in page, "Invite somebody" in page) == (language == "de", language == "en")
