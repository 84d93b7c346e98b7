"""TRUST A15: nobody collects people in bulk: no list or search gives them away, and no id leads to the next one."""

import secrets
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.trust.addresses import public_addresses

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Contact, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.ids import ALPHABET, LENGTH, new_public_id
from mitwerk.core.visitors import reader
from mitwerk.imports.mails import contact_token
from mitwerk.pages.actions import ensure_page_tree
from mitwerk.people.tests.cast import People, represent
from mitwerk.portal.views import directory as views
from mitwerk.profiles.actions import looking
from mitwerk.profiles.queries import contacts_for

pytestmark = pytest.mark.django_db
WORDS = {"name": "Canarina Musterfrau", "email": "canarina@example.org", "phone": "+49 341 7777777"}
TRACES = ("Canarina", "canarina", "7777777")


@pytest.fixture
def member(people: People, cast: Cast) -> User:
    """Acts for the bakery, and for nobody whose contacts are looked at here."""
    represent(people.stranger, cast.bakery, "delegate")
    return people.stranger


def give_contact(organisation: Organisation, seen_by: str) -> Contact:
    seen = {f"{name}_visibility": seen_by for name in WORDS}
    return Contact.objects.create(organisation=organisation, **WORDS, **seen)


def firms(count: int) -> list[Organisation]:
    """Organisations of which members see a contact."""
    made = [
        Organisation.objects.create(slug=f"firm-{n}", name=f"Firm {n}", sort_name=f"firm {n}") for n in range(count)
    ]
    for one in made:
        give_contact(one, "members")
    return made


def shows(client: Client, organisation: Organisation) -> list[str]:
    page = client.get(organisation.get_absolute_url())
    assert page.status_code == 200
    return [trace for trace in TRACES if trace in page.content.decode()]


# Ids --------------------------------------------------------------------------------------------------------------


def number_of(public_id: str) -> int:
    number = 0
    for character in public_id:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def is_guessable(ids: list[str]) -> bool:
    """They grow, or one lies near the one before it, or one comes twice."""
    numbers = [number_of(one) for one in ids]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    grown = sum(step > 0 for step in steps) / len(steps)
    return not 0.4 < grown < 0.6 or min(map(abs, steps)) < 10_000 or len(set(ids)) < len(ids)


def test_a15_no_id_tells_the_next(cast: Cast) -> None:
    """A15: 31 characters, ten places: over 10^14 ids, and the next one is anywhere among them."""
    assert is_guessable([new_public_id() for _ in range(2000)]) is False
    assert is_guessable([one.public_id for one in firms(300)]) is False
    assert len(ALPHABET) ** LENGTH > 10**14


@pytest.mark.parametrize("step", [1, 7])
def test_a15_control_ids_in_sequence_are_found(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = iter(range(0, 10**9, step))

    def digit(_alphabet: str) -> str:
        return ALPHABET[0]

    monkeypatch.setattr(secrets, "choice", digit)
    ids = [new_public_id()[:-4] + _in_letters(next(counter)) for _ in range(2000)]
    assert is_guessable(ids)


def _in_letters(number: int) -> str:
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters


def test_a15_no_public_address_counts_records(db: None) -> None:
    """A15: a number in an address is a row's; only files and one's own things have one, and ask for more than it."""
    numbered = {one.name for one in public_addresses() if any(kind == "int" for kind, _name in one.places)}
    assert numbered == OWN_THINGS | NUMBERED_IN_THE_OPEN


OWN_THINGS = {
    "mfa_edit_webauthn", "mfa_remove_webauthn", "accounts:session_end",
    "wagtailcore_authenticate_with_password", "wagtaildocs_authenticate_with_password",
}  # fmt: skip

_OF_A_SUGGESTION = (
    *(f"suggestion_{act}" for act in ("detail", "edit", "renew", "change", "withdraw")), "change_take", "support_add",
    "support_end",
)  # fmt: skip
NUMBERED_IN_THE_OPEN = {
    "charter:version", "charter:version_read", "charter:suggestion_answer", "charter:suggestion_vote",
    *(f"charter:{door}{act}" for door in ("", "link_") for act in _OF_A_SUGGESTION), "congress:review_edit",
    "rooms:minutes_read",
}  # fmt: skip
"""Versions and suggestions of one charter are counted from 1, as minutes would: who may open one may open them all.
So are contributions to one congress, before its jury; and versions of the minutes of a meeting, in its room."""

# Lists and searches -------------------------------------------------------------------------------------------------

QUERIES = ("Canarina", "canarina@example.org", "7777777")


def pages_that_tell(client: Client) -> dict[str, list[str]]:
    """Every list, feed, map and export of the site, and the region's once more with each query; what they tell."""
    told: dict[str, list[str]] = {}
    for address in public_addresses():
        if {kind for kind, _name in address.places} <= {"cluster"}:
            path = address.filled(*["it"] * len(address.places))
            for query in ("",) if address.places else ("", *QUERIES):
                told[f"{path}?q={query}"] = _traces(client, path, query)
    return told


def _traces(client: Client, path: str, query: str) -> list[str]:
    """What is in an answer, but for the words of the query, which come back in its box."""
    answer = client.get(path, {"q": query} if query else {})
    content = b"".join(answer) if answer.streaming else answer.content
    text = content.decode(errors="replace")
    return [trace for trace in TRACES if trace not in query and trace in text]


@pytest.mark.parametrize("who", ["nobody", "member"])
def test_a15_no_list_and_no_search_gives_a_contact_away(cast: Cast, member: User, as_user: Any, who: str) -> None:
    """A15: whatever is asked for, contacts stand on the page of their organisation alone, even public ones."""
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    for seen_by in ("office", "members", "public"):
        give_contact(cast.firm, seen_by)
    client = as_user(member if who == "member" else None)
    client.raise_request_exception = False
    told = pages_that_tell(client)
    assert len(told) > 200
    assert {path: traces for path, traces in told.items() if traces} == {}
    assert shows(client, cast.firm) == list(TRACES), "control: what is public stands there"


def test_a15_control_a_list_that_tells_would_be_found(cast: Cast, client: Client) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(name="Canarina GmbH")
    assert (_traces(client, "/de/akteure/", ""), _traces(client, "/de/akteure/", "Canarina")) == (["Canarina"], [])


def test_a15_what_is_for_members_or_the_office_is_shown_to_no_other(
    cast: Cast, people: People, member: User, as_user: Any
) -> None:
    readers = {"nobody": None, "former": people.former, "foreign": cast.food_editor, "member": member}
    readers |= {"own": people.editor, "office": cast.it_editor}
    seeing = {}
    for seen_by in ("members", "office"):
        contact = give_contact(cast.firm, seen_by)
        seeing[seen_by] = [who for who, user in readers.items() if shows(as_user(user), cast.firm)]
        contact.delete()
    assert seeing == {"members": ["member", "own", "office"], "office": ["own", "office"]}


def test_a15_whoever_opted_out_is_shown_to_nobody(cast: Cast, people: People, member: User, as_user: Any) -> None:
    """A15: one click on the link in the mail, whatever the office had set."""
    contact = give_contact(cast.firm, "public")
    browsers = [as_user(user) for user in (None, member, people.editor, cast.it_editor)]
    assert [len(shows(one, cast.firm)) for one in browsers] == [3] * 4
    answer = Client().post(f"/de/kontaktdaten/{contact_token([contact])}/")
    assert answer.status_code == 302
    assert [shows(one, cast.firm) for one in browsers] == [[]] * 4
    assert _traces(Client(), "/de/suche/", "Canarina") == []


# The brake ----------------------------------------------------------------------------------------------------------


def notes() -> list[tuple[Any, ...]]:
    return list(AuditEntry.objects.filter(verb="user.many_contacts").values_list("actor", "target_id", "details"))


def test_a15_a_member_sees_the_contacts_of_so_many_organisations_an_hour(
    cast: Cast, people: People, member: User, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A15: then a sentence instead; the log has one line; what is public, one's own and the next hour stay open."""
    monkeypatch.setattr(looking, "ORGANISATIONS_AN_HOUR", 5)
    browser, made = as_user(member), firms(8)
    assert [len(shows(browser, one)) for one in [*made[:5], *made[:5]]] == [3] * 10, "a second look is free"
    assert [shows(browser, one) for one in made[5:]] == [[]] * 3
    page = browser.get(made[5].get_absolute_url())
    assert (page.context["contacts_held_back"], page.content.decode().count('class="notice warning"')) == (True, 1)
    assert notes() == [(member.pk, member.public_id, {"organisations_an_hour": 5})]
    assert len(shows(as_user(member), made[0])) == 3, "counted by person, not by browser"
    give_contact(made[6], "public")
    give_contact(cast.bakery, "members")
    assert [len(shows(browser, one)) for one in (made[6], cast.bakery)] == [3, 3]
    represent(people.former, cast.university, "editor")
    assert len(shows(as_user(people.former), made[7])) == 3, "nobody else is braked"
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert len(shows(browser, made[5])) == 3


def test_a15_the_log_tells_it_once_a_day(
    member: User, as_user: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setattr(looking, "ORGANISATIONS_AN_HOUR", 1)
    browser, made = as_user(member), firms(4)
    for one in made:
        shows(browser, one)
    assert len(notes()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        shows(browser, made[2])
        shows(browser, made[3])
        assert len(notes()) == 2


def test_a15_control_at_the_real_number_nobody_who_reads_is_braked(cast: Cast, member: User, as_user: Any) -> None:
    """The same way over the page without a small number: sixty are shown, the next is not."""
    browser, made = as_user(member), firms(looking.ORGANISATIONS_AN_HOUR + 1)
    assert [len(shows(browser, one)) for one in made] == [3] * looking.ORGANISATIONS_AN_HOUR + [0]


def test_a15_control_without_the_brake_all_are_shown(
    member: User, as_user: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setattr(looking, "ORGANISATIONS_AN_HOUR", 1)
    monkeypatch.setattr(looking, "_may_see_one_more", lambda *given: True)
    browser = as_user(member)
    assert [len(shows(browser, one)) for one in firms(4)] == [3] * 4


def test_a15_the_brake_costs_a_visitor_nothing(
    cast: Cast, client: Client, member: User, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A15: signed out, the page asks what it asked before, and neither cache nor limiter. A member is the control."""
    for seen_by in ("public", "members", "office"):
        give_contact(cast.firm, seen_by)
    monkeypatch.setattr(looking, "cache", None)
    counts = [queries_of(client, cast.firm) for _time in range(2)]
    monkeypatch.setattr(
        views, "show_contacts", lambda request, organisation: (contacts_for(reader(request), organisation), False)
    )
    assert counts[1] == queries_of(client, cast.firm)
    monkeypatch.undo()
    monkeypatch.setattr(looking, "cache", None)
    with pytest.raises(AttributeError):
        queries_of(as_user(member), cast.firm)


def queries_of(client: Client, organisation: Organisation) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(organisation.get_absolute_url())
    return len(queries)
