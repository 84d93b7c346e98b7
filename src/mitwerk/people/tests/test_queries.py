"""Who finds which invitations, representatives and accounts, by name."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.clusters.models import Role
from mitwerk.people.models import Invitation, Person, Representative
from mitwerk.people.queries import (
    deserted_organisations,
    desk_rows,
    editable_invitations,
    editable_representatives,
    known_account,
    person_of,
    represented_organisations,
    waiting_invitations,
)
from mitwerk.people.tests.cast import People, represent

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def found(cast: Cast, query: Any, column: str) -> dict[str, set[Any]]:
    """What everybody of the office finds: a column of the rows."""
    rows: dict[str, QuerySet[Any]] = {name: query(getattr(cast, name)) for name in OFFICE}
    return {name: set(one.values_list(column, flat=True)) for name, one in rows.items()}


def invite(name: str, **values: Any) -> Invitation:
    soon = timezone.now() + timedelta(days=7)
    given = {"email": f"{name}@example.org", "token_hash": name, "expires_at": soon}
    return Invitation.objects.create(**{**given, **values})


@pytest.fixture
def invited(cast: Cast, people: People) -> set[str]:
    """Addresses of invitations to organisations and to offices of both clusters, and of the region."""
    for name, organisation in (("firm", cast.firm), ("bakery", cast.bakery), ("former", cast.former)):
        invite(name, organisation=organisation, represents_as="editor")
    for name, cluster in (("it", cast.it), ("food", cast.food), ("region", None)):
        kind = Role.Kind.EDITOR if cluster else Role.Kind.UMBRELLA_EDITOR
        invite(name, role=kind, cluster=cluster)
    return {"firm@example.org", "bakery@example.org", "former@example.org", "it@example.org", "food@example.org",
            "region@example.org"}  # fmt: skip


def test_the_office_sees_whom_it_or_its_organisations_have_invited(cast: Cast, invited: set[str]) -> None:
    assert found(cast, editable_invitations, "email") == {
        "it_editor": {"firm@example.org", "it@example.org"},
        "food_editor": {"bakery@example.org", "food@example.org"},
        "umbrella_editor": invited,
        "administrator": invited,
    }


def test_the_office_sees_who_acts_for_its_organisations_now(cast: Cast, people: People) -> None:
    """Of one that was merged since, the umbrella body does."""
    represent(people.stranger, cast.former, "delegate")
    Organisation.objects.filter(pk=cast.former.pk).update(merged_into=cast.firm, visibility="hidden")
    of_firm = {people.delegate.pk, people.substitute.pk, people.editor.pk}
    everything = {*of_firm, people.stranger.pk}
    assert found(cast, editable_representatives, "person__user") == {
        "it_editor": of_firm, "food_editor": set(), "umbrella_editor": everything, "administrator": everything,
    }  # fmt: skip


def test_whom_nobody_acts_for_any_more(cast: Cast, people: People) -> None:
    """The firm has people; of the bakery the last one went, of the institute the last one is switched off."""
    for organisation in (cast.bakery, cast.institute, cast.former):
        organisation.claimed_at = timezone.now()
        organisation.save()
    gone = represent(people.stranger, cast.bakery, "delegate")
    Representative.objects.filter(pk=gone.pk).update(until=gone.since)
    represent(people.former, cast.institute, "delegate")
    User.objects.filter(pk=people.former.pk).update(is_active=False)
    assert found(cast, deserted_organisations, "slug") == {
        "it_editor": {"institut"},
        "food_editor": {"backhaus", "institut"},
        "umbrella_editor": {"backhaus", "institut", "vormals"},
        "administrator": {"backhaus", "institut", "vormals"},
    }
    since = {row.text: row.due for row in desk_rows(cast.food_editor)}
    assert since == {cast.bakery.name: timezone.localdate(gone.since), cast.institute.name: None}


def test_an_office_knows_the_accounts_of_its_own_lists(cast: Cast, people: People) -> None:
    represent(people.stranger, cast.bakery, "delegate")
    new = User.objects.create_user("new@example.org", "muster-passwort-1", name="new")
    gone = User.objects.create_user("gone@example.org", "muster-passwort-1", name="gone")
    represent(gone, cast.institute, "delegate")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    asked = {
        "delegate": people.delegate, "stranger": people.stranger, "it_editor": cast.it_editor,
        "food_editor": cast.food_editor, "new": new, "gone": gone,
    }  # fmt: skip
    known = {
        name: {one for one, user in asked.items() if known_account(getattr(cast, name), user.email.upper()) == user}
        for name in OFFICE
    }
    assert known == {
        "it_editor": {"delegate", "it_editor"},
        "food_editor": {"stranger", "food_editor"},
        "umbrella_editor": {"delegate", "stranger", "it_editor", "food_editor"},
        "administrator": {"delegate", "stranger", "it_editor", "food_editor", "new"},
    }


def test_only_open_invitations_to_ones_own_address_wait(cast: Cast, people: People) -> None:
    now = timezone.now()
    answers: dict[str, dict[str, Any]] = {
        "open": {"email": people.stranger.email.upper()}, "elsewhere": {}, "accepted": {"accepted_at": now},
        "revoked": {"revoked_at": now}, "over": {"expires_at": now - timedelta(minutes=1)},
    }  # fmt: skip
    for name, values in answers.items():
        home = make_organisation(name, name)
        email = people.editor.email if name == "elsewhere" else people.stranger.email
        invite(name, **{"organisation": home, "represents_as": "editor", "email": email, **values})
    assert [one.token_hash for one in waiting_invitations(people.stranger)] == ["open"]
    assert [row.text for row in desk_rows(people.stranger)] == [Invitation.objects.get(token_hash="open").offer]


def test_claims_and_deserted_entries_wait_on_the_desk_of_their_office(cast: Cast, people: People) -> None:
    for organisation in (cast.firm, cast.bakery, cast.former):
        for state in (Claim.State.OPEN, Claim.State.DECLINED):
            Claim.objects.create(organisation=organisation, name="Muster", email="m@example.org", state=state)
    cast.bakery.claimed_at = timezone.now()
    cast.bakery.save()
    users = {**{name: getattr(cast, name) for name in OFFICE}, "delegate": people.delegate}
    firm, bakery, former = (("Übernahme eines Eintrags", one.name) for one in (cast.firm, cast.bakery, cast.former))
    deserted = ("Niemand vertritt diese Organisation mehr", cast.bakery.name)
    assert {name: [(str(row.title), row.text) for row in desk_rows(user)] for name, user in users.items()} == {
        "it_editor": [firm],
        "food_editor": [bakery, deserted],
        "umbrella_editor": [firm, bakery, former, deserted],
        "administrator": [firm, bakery, former, deserted],
        "delegate": [],
    }
    today = timezone.localdate()
    assert [row.due for row in desk_rows(cast.food_editor)] == [today, None], "nobody ever acted for the bakery"


def test_a_switched_off_account_is_nobody_and_acts_for_nobody(cast: Cast, people: People) -> None:
    represent(people.substitute, cast.hidden, "delegate")
    represent(people.stranger, cast.bakery, "delegate")
    slugs = set(represented_organisations(people.substitute).values_list("slug", flat=True))
    own = Person.objects.get(user=people.substitute)
    assert (person_of(people.substitute), slugs) == (own, {"aehrenwerk", "verborgen"})
    people.substitute.is_active = False
    assert (person_of(people.substitute), list(represented_organisations(people.substitute))) == (None, [])


def test_whoever_has_no_account_is_not_the_person_without_one(cast: Cast) -> None:
    somebody = Person.objects.create(name="Without an account")
    Representative.objects.create(organisation=cast.firm, person=somebody, role="delegate")
    nobody = User(email="nobody@example.org")
    assert (person_of(nobody), list(represented_organisations(nobody))) == (None, [])
