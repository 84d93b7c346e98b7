"""Whose changes and yearly questions wait on whose desk, by name."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Contact, Organisation, Seen
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People, represent
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.profiles.queries import contacts_for, desk_rows, editable_confirmations, editable_drafts, unanswered
from mitwerk.profiles.queries.contacts import BRAKED, was_braked_today

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")
State = Draft.State


def found(cast: Cast, query: Any) -> dict[str, set[str]]:
    rows: dict[str, QuerySet[Any]] = {name: query(getattr(cast, name)) for name in OFFICE}
    return {name: set(one.values_list("organisation__slug", flat=True)) for name, one in rows.items()}


def asked(organisation: Any, reminded: int | None = None, **values: Any) -> None:
    """A yearly question, with a reminder so many days ago."""
    now = timezone.localtime()
    at = None if reminded is None else now - timedelta(days=reminded)
    Confirmation.objects.create(
        organisation=organisation, due_on=now.date(), asked_at=now - timedelta(days=60), reminded_at=at, **values
    )


@pytest.fixture
def drafts(cast: Cast) -> None:
    now = timezone.now()
    states = {
        "firm": State.WAITING, "institute": State.WRITING, "bakery": State.SENT_BACK, "former": State.WAITING,
        "hidden": State.DROPPED, "umbrella": State.CLEARED,
    }  # fmt: skip
    for name, state in states.items():
        Draft.objects.create(organisation=getattr(cast, name), state=state, submitted_at=now, decided_at=now)


@pytest.fixture
def merged(cast: Cast) -> None:
    """The former member was made one with the firm: nobody edits it any more, its papers are the umbrella body's."""
    Organisation.objects.filter(pk=cast.former.pk).update(merged_into=cast.firm, visibility="hidden")


@pytest.mark.usefixtures("merged")
def test_the_office_reads_what_was_handed_in_by_its_organisations(cast: Cast, drafts: None) -> None:
    everything = {"aehrenwerk", "backhaus", "vormals", "verbund"}
    assert found(cast, editable_drafts) == {
        "it_editor": {"aehrenwerk"}, "food_editor": {"backhaus"}, "umbrella_editor": everything,
        "administrator": everything,
    }  # fmt: skip


@pytest.mark.usefixtures("merged")
def test_the_office_calls_those_who_stay_silent(cast: Cast) -> None:
    """The firm for two weeks after the reminder; the hidden one not as long, the institute has answered."""
    asked(cast.firm, 14)
    asked(cast.hidden, 13)
    asked(cast.institute, 20, answered_at=timezone.now())
    asked(cast.bakery)
    asked(cast.former, 20)
    everything = {"aehrenwerk", "verborgen", "institut", "backhaus", "vormals"}
    assert found(cast, editable_confirmations) == {
        "it_editor": {"aehrenwerk", "verborgen", "institut"}, "food_editor": {"institut", "backhaus"},
        "umbrella_editor": everything, "administrator": everything,
    }  # fmt: skip
    assert found(cast, unanswered) == {
        "it_editor": {"aehrenwerk"}, "food_editor": set(), "umbrella_editor": {"aehrenwerk", "vormals"},
        "administrator": {"aehrenwerk", "vormals"},
    }  # fmt: skip
    told = {name: [row.text for row in desk_rows(getattr(cast, name))] for name in OFFICE}
    assert told == {
        "it_editor": [cast.firm.name], "food_editor": [], "umbrella_editor": [cast.former.name, cast.firm.name],
        "administrator": [cast.former.name, cast.firm.name],
    }  # fmt: skip


def test_what_waits_for_an_organisations_own_people(cast: Cast, people: People, drafts: None) -> None:
    """The stranger acts for the bakery, whose draft came back; what waits at the office waits on no other desk."""
    represent(people.stranger, cast.bakery, "editor")
    represent(people.former, cast.institute, "editor")
    represent(people.manager, cast.university, "editor")
    Draft.objects.create(organisation=cast.university, state=State.SENT_BACK)
    asked(cast.bakery)
    asked(cast.firm, answered_at=timezone.now())
    users = {name: getattr(people, name) for name in ("delegate", "stranger", "former", "manager")}
    today = timezone.localdate()
    assert {name: [(str(row.title), row.text, row.due) for row in desk_rows(user)] for name, user in users.items()} == {
        "delegate": [],
        "stranger": [
            ("Stimmt das Profil noch?", cast.bakery.name, today),
            ("Von der Geschäftsstelle zurückgegeben", cast.bakery.name, today),
        ],
        "former": [("Noch nicht eingereichte Änderungen", cast.institute.name, None)],
        "manager": [
            ("Von der Geschäftsstelle zurückgegeben", cast.university.name, None),
            ("Profiländerung", cast.firm.name, today),
        ],
    }
    office = {name: [(str(row.title), row.text) for row in desk_rows(getattr(cast, name))] for name in OFFICE[:2]}
    assert office == {"it_editor": [("Profiländerung", cast.firm.name)], "food_editor": []}


def test_each_profile_has_its_own_contacts(cast: Cast) -> None:
    for organisation in (cast.firm, cast.bakery):
        Contact.objects.create(organisation=organisation, name=organisation.town, name_visibility=Seen.PUBLIC)
        Contact.objects.create(organisation=organisation, name="Office", name_visibility=Seen.OFFICE)
    Contact.objects.filter(organisation=cast.bakery, name_visibility=Seen.PUBLIC).update(name="Bakery")
    readers = {"nobody": AnonymousUser(), "it_editor": cast.it_editor, "food_editor": cast.food_editor}
    found = {name: [one.name for one in contacts_for(user, cast.bakery)] for name, user in readers.items()}
    assert found == {"nobody": ["Bakery"], "it_editor": ["Bakery"], "food_editor": ["Bakery", "Office"]}


def test_the_brake_is_told_once_a_day_of_each_user(cast: Cast, people: People) -> None:
    record_audit(verb=BRAKED, target=people.delegate, actor=people.delegate)
    record_audit(verb="user.login", target=people.editor, actor=people.editor)
    told = {name: was_braked_today(getattr(people, name)) for name in ("delegate", "editor", "stranger")}
    assert told == {"delegate": True, "editor": False, "stranger": False}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert not was_braked_today(people.delegate)
