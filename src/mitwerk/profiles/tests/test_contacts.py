"""Each detail of a contact is seen by whom its organisation said (A8)."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from mitwerk.actors.models import Contact
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People, represent
from mitwerk.profiles.queries import contacts_for

pytestmark = pytest.mark.django_db
DETAILS = ("name", "email", "phone")
TEXTS = {"name": "Vertrieb Beispiel", "email": "vertrieb@example.org", "phone": "+49 341 123"}
WHO_SEES = {
    "public": {"nobody", "stranger", "former", "colleague of another firm", "own editor", "office", "foreign office"},
    "members": {"colleague of another firm", "own editor", "office"},
    "office": {"own editor", "office"},
}


def readers(cast: Cast, people: People) -> dict[str, Any]:
    represent(people.manager, cast.bakery, "editor")  # somebody who acts for another firm and edits the firm's cluster
    represent(people.stranger, cast.university, "editor").delete()
    other = people.substitute
    other.person.representations.all().delete()
    represent(other, cast.bakery, "delegate")
    return {
        "nobody": AnonymousUser(), "stranger": people.stranger, "former": people.former,
        "colleague of another firm": other, "own editor": people.editor, "office": cast.it_editor,
        "foreign office": cast.food_editor,
    }  # fmt: skip


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("visibility", list(WHO_SEES))
def test_matrix_of_details(cast: Cast, people: People, detail: str, visibility: str) -> None:
    values = TEXTS | {f"{name}_visibility": "office" for name in DETAILS} | {f"{detail}_visibility": visibility}
    Contact.objects.create(organisation=cast.firm, **values)
    seeing = {
        who for who, user in readers(cast, people).items()
        if any(getattr(one, detail) for one in contacts_for(user, cast.firm))
    }  # fmt: skip
    assert seeing == WHO_SEES[visibility]


def test_unless_said_otherwise_nobody_but_the_office_sees_a_person(cast: Cast, client: Client) -> None:
    Contact.objects.create(organisation=cast.firm, **TEXTS)
    page = client.get(cast.firm.get_absolute_url())
    assert [text for text in TEXTS.values() if text in page.content.decode()] == []


def test_what_is_public_stands_on_the_page(cast: Cast, client: Client) -> None:
    Contact.objects.create(organisation=cast.firm, **TEXTS, name_visibility="public", phone_visibility="public")
    page = client.get(cast.firm.get_absolute_url()).content.decode()
    assert [text for text in TEXTS.values() if text in page] == [TEXTS["name"], TEXTS["phone"]]
    assert 'href="tel:+49341123"' in page


def test_a_page_with_contacts_sets_no_cookie_and_may_be_cached(cast: Cast, client: Client) -> None:
    Contact.objects.create(organisation=cast.firm, **TEXTS, name_visibility="public")
    page = client.get(cast.firm.get_absolute_url())
    assert (dict(page.cookies), "Cookie" in page.get("Vary", "")) == ({}, False)
