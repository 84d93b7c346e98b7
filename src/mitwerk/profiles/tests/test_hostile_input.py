"""TRUST B9, B10: only declared fields change, whatever is sent; odd values get a sentence, never an error of ours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.models import User
from mitwerk.actors.models import Contact, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import clear_draft
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import SECTIONS, open_draft
from mitwerk.profiles.queries.content import PLAIN

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
MOVED_BY_CLEARING = {"confirmed_at", "updated_at", "office_changed_at", "behind"}
HELD = {"district_id", "state_id", "latitude", "longitude", "sort_name", "normalised_name"}
"""What follows from a declared field."""


def columns(organisation: Organisation) -> dict[str, Any]:
    return Organisation.objects.filter(pk=organisation.pk).values()[0]


def url(cast: Cast, section: str) -> str:
    return reverse(f"profiles:profile_{section}", args=[cast.firm.slug])


def cleared(cast: Cast, people: People, own: Client) -> None:
    own.post(url(cast, "hand_in"))
    draft = open_draft(cast.firm)
    assert draft is not None
    clear_draft(draft=draft, version=draft.version, actor=people.manager)


def test_no_other_column_of_the_organisation_can_be_sent(cast: Cast, people: People, as_user: SignIn) -> None:
    before, own = columns(cast.firm), as_user(people.editor)
    names = {field.name for field in Organisation._meta.get_fields()} | {f.attname for f in Organisation._meta.fields}
    declared = {"name": cast.firm.name, "legal_form": "eG", "town": cast.firm.town}
    more = {"is_staff": "1", "is_superuser": "on", "state": "cleared"}
    foreign = dict.fromkeys(names - set(PLAIN), "1") | more
    for section in ("about", "places"):
        assert own.post(url(cast, section), foreign | declared).status_code == 302
    cleared(cast, people, own)
    after = columns(cast.firm)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - MOVED_BY_CLEARING - HELD <= {"legal_form", *PLAIN}
    assert (after["is_trusted"], after["visibility"], after["slug"], after["claimed_at"]) == (
        before["is_trusted"], before["visibility"], before["slug"], before["claimed_at"],
    )  # fmt: skip
    assert User.objects.get(pk=people.editor.pk).is_staff is False


def test_no_other_column_of_a_contact_can_be_sent(cast: Cast, people: People, as_user: SignIn) -> None:
    own = as_user(people.editor)
    names = {field.name for field in Contact._meta.fields} - {"name", "id"}
    sent = {f"contacts-0-{name}": "1" for name in names} | {"contacts-0-name": "Empfang", "contacts-0-email": ""}
    sent |= {f"contacts-0-{name}_visibility": "office" for name in ("name", "email", "phone")}
    sent |= {"contacts-0-phone": "", "contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0"}
    assert own.post(url(cast, "contacts"), sent).status_code == 302
    cleared(cast, people, own)
    made = Contact.objects.get(organisation=cast.firm)
    assert (made.name, made.source, made.source_id, made.legal_basis, made.legal_note, made.informed_at) == (
        "Empfang", "", None, "", "", None,
    )  # fmt: skip


ODD = [
    "NaN", "1e400", "[]", "{}", "-1", "９９９９", "9" * 400, "9" * 25, "0x10", "\x00", "null", "\u202e1998",
    "2026-02-30",
]  # fmt: skip


@pytest.mark.parametrize("section", list(SECTIONS))
def test_odd_values_get_a_sentence(cast: Cast, people: People, as_user: SignIn, section: str) -> None:
    own = as_user(people.editor)
    names = ("founded", "employees", "employees_year", "size", "sectors", "languages", "website", "postal_code", "seen")
    row = ("id", "concept", "concepts", "valid_until", "ORDER", "DELETE", "name_visibility")
    for odd in ODD:
        sent = QueryDict(mutable=True)
        sent.update({f"{section}-TOTAL_FORMS": "1", f"{section}-INITIAL_FORMS": odd, "name": "Muster"})
        for name in [*names, *(f"{section}-0-{one}" for one in row)]:
            sent.setlist(name, [odd, odd])
        answer = own.post(url(cast, section), sent.urlencode(), content_type="application/x-www-form-urlencoded")
        assert (odd, answer.status_code in (200, 302, 400)) == (odd, True)
    assert Draft.objects.filter(state=Draft.State.WAITING).count() == 0
