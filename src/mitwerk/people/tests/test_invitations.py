"""Invitations: taken once, by whom they were meant for, while they are open."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as sent_mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Role
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people import actions
from mitwerk.people.actions import accept_claim, accept_invitation, decline_claim, revoke_invitation, send_invitation
from mitwerk.people.models import Invitation, Person, Representative
from mitwerk.people.tests.cast import People, represent

As = Callable[[User | None], Client]
Commit = Any


def invite(cast: Cast, commit: Commit, **changes: Any) -> tuple[Invitation, str]:
    """An invitation to the bakery, and the path of its link as the mail has it."""
    given: dict[str, Any] = {
        "email": "Neu@Example.org", "language": "de", "organisation": cast.bakery, "represents_as": "editor",
    }  # fmt: skip
    sent_mail.outbox.clear()
    with commit(execute=True):
        invitation = send_invitation(invitation=Invitation(**{**given, **changes}), actor=cast.food_editor)
    (path,) = set(re.findall(r"http://127.0.0.1:8000(/\w\w/\S*(?:einladung|invitation)/\S+)", sent_mail.outbox[0].body))
    return invitation, path


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    return django_capture_on_commit_callbacks


def test_a_new_person_is_signed_in_by_one_click(cast: Cast, client: Client, commit: Commit) -> None:
    _invitation, path = invite(cast, commit)
    page = client.get(path).content.decode()
    assert "Vertreten Sie Backhaus Muldental AG (Redaktion)." in page
    assert Representative.objects.count() == 0, "opening the link does nothing: mail scanners open every link"
    answer = client.post(path, {"name": "Neue Person"})
    assert (answer.status_code, answer["Location"]) == (302, "/de/mein-schreibtisch/")
    user = User.objects.get(email="Neu@example.org")
    assert (user.name, user.language, user.has_usable_password()) == ("Neue Person", "de", False)
    row = Representative.objects.get()
    assert (row.organisation, row.person.user, row.role, row.until) == (cast.bakery, user, "editor", None)
    cast.bakery.refresh_from_db()
    assert cast.bakery.is_claimed is True
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_database_cannot_open_the_link(cast: Cast, commit: Commit) -> None:
    _invitation, path = invite(cast, commit)
    token = path.rstrip("/").rpartition("/")[2]
    stored = [str(value) for row in (*Invitation.objects.values(), *Mail.objects.values()) for value in row.values()]
    assert [text for text in stored if token in text] == []


def test_it_is_taken_once(cast: Cast, client: Client, commit: Commit) -> None:
    _invitation, path = invite(cast, commit)
    client.post(path, {"name": "Neue Person"})
    again = Client().post(path, {"name": "Andere Person"})
    assert again.status_code == 410
    assert "nicht mehr offen" in again.content.decode()
    assert (User.objects.filter(email__iexact="neu@example.org").count(), Representative.objects.count()) == (1, 1)


def test_control_without_the_condition_it_is_taken_twice(
    cast: Cast, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation, _path = invite(cast, commit)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", lambda self, **values: 1)
    for name in ("Eine", "Andere"):
        accept_invitation(invitation=invitation, user=None, name=name, language="de")
    assert AuditEntry.objects.filter(verb="invitation.accept").count() == 2


@pytest.mark.parametrize("days", [13, 15])
def test_it_runs_out_after_two_weeks(cast: Cast, client: Client, commit: Commit, days: int) -> None:
    _invitation, path = invite(cast, commit)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert client.post(path, {"name": "Neue Person"}).status_code == (302 if days < 14 else 410)


def test_taken_back_it_leads_nowhere(cast: Cast, client: Client, commit: Commit) -> None:
    invitation, path = invite(cast, commit)
    revoke_invitation(invitation=invitation, actor=cast.food_editor)
    assert [client.get(path).status_code, client.post(path, {"name": "X"}).status_code] == [410, 410]


def test_a_second_one_to_the_same_address_takes_the_first_back(cast: Cast, client: Client, commit: Commit) -> None:
    _first, path = invite(cast, commit)
    _second, newer = invite(cast, commit, email="neu@example.org", represents_as="delegate")
    assert [client.get(path).status_code, client.get(newer).status_code] == [410, 200]


def test_control_the_database_refuses_two_open_ones(cast: Cast, commit: Commit) -> None:
    _invitation, _path = invite(cast, commit)
    values = {"organisation": cast.bakery, "represents_as": "editor", "language": "de"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email="NEU@example.org", token_hash="x", expires_at=timezone.now(), invited_by=None, **values
        )


def test_who_had_a_sign_in_keeps_it_with_all_its_factors(
    cast: Cast, client: Client, people: People, commit: Commit
) -> None:
    _invitation, path = invite(cast, commit, email="stranger@example.org")
    answer = client.post(path, {"name": "Ganz anders"})
    assert answer["Location"].startswith("/de/konto/login/")
    assert "_auth_user_id" not in client.session
    assert Representative.objects.get(organisation=cast.bakery).person.user == people.stranger
    people.stranger.refresh_from_db()
    assert people.stranger.name == "stranger"


def test_somebody_else_who_is_signed_in_cannot_take_it(cast: Cast, people: People, as_user: As, commit: Commit) -> None:
    _invitation, path = invite(cast, commit)
    answer = as_user(people.stranger).post(path)
    assert (answer.status_code, Representative.objects.filter(organisation=cast.bakery).count()) == (410, 0)
    assert "andere Adresse" in answer.content.decode()


def test_a_switched_off_sign_in_stays_off(cast: Cast, client: Client, people: People, commit: Commit) -> None:
    User.objects.filter(pk=people.stranger.pk).update(is_active=False)
    _invitation, path = invite(cast, commit, email="stranger@example.org")
    assert client.post(path, {"name": "X"}).status_code == 410
    assert Invitation.objects.get(email="stranger@example.org").accepted_at is None


def test_a_new_delegate_makes_the_old_one_substitute(cast: Cast, people: People, as_user: As, commit: Commit) -> None:
    _invitation, path = invite(
        cast, commit, organisation=cast.firm, email="stranger@example.org", represents_as="delegate"
    )
    as_user(people.stranger).post(path)
    roles = dict(Representative.objects.filter(organisation=cast.firm, until=None).values_list("person__name", "role"))
    assert roles == {"delegate": "substitute", "substitute": "substitute", "editor": "editor", "stranger": "delegate"}


def test_an_office_role_comes_the_same_way(cast: Cast, client: Client, commit: Commit) -> None:
    _invitation, path = invite(cast, commit, organisation=None, represents_as="", role="editor", cluster=cast.it)
    client.post(path, {"name": "Neue Redaktion"})
    role = Role.objects.get(user__email="Neu@example.org")
    assert (role.kind, role.cluster) == ("editor", cast.it)


def test_the_log_names_no_address(cast: Cast, client: Client, commit: Commit) -> None:
    for offer in ({}, {"organisation": None, "represents_as": "", "role": "umbrella_editor"}):
        _invitation, path = invite(cast, commit, **offer)
        client.post(path, {"name": "Neue Person"})
        client.logout()
    told = [
        f"{entry.target_name} {entry.details}" for entry in AuditEntry.objects.filter(verb__startswith="invitation")
    ]
    assert (len(told), [text for text in told if "example.org" in text.lower()]) == (4, [])


def test_unknown_links_are_missing(client: Client, cast: Cast) -> None:
    assert [client.get(f"/de/einladung/{junk}/").status_code for junk in ("x", "%00", "a" * 4000)] == [404] * 3


# Claims

FILLED = {"name": "Muster Person", "email": "person@backhaus.example", "function": "", "text": ""}


@pytest.fixture
def own_domain(cast: Cast) -> Organisation:
    cast.bakery.website = "https://www.backhaus.example"
    cast.bakery.save()
    return cast.bakery


def links() -> list[str]:
    mails = [one for one in sent_mail.outbox if one.to == [FILLED["email"]]]
    return [re.search(r"http://127.0.0.1:8000(/\S+/(?:invitation|einladung)/\S+)", one.body)[1] for one in mails]  # type: ignore[index]


def claim(client: Client, commit: Commit, **changes: str) -> None:
    with commit(execute=True):
        client.post("/en/organisations/backhaus/claim/", {**FILLED, **changes})


def test_an_address_at_the_own_domain_proves_itself(own_domain: Organisation, client: Client, commit: Commit) -> None:
    claim(client, commit)
    (path,) = links()
    client.post(path, {"name": "Muster Person"})
    own_domain.refresh_from_db()
    assert (own_domain.is_claimed, Claim.objects.get().state) == (True, "accepted")
    assert Representative.objects.get(organisation=own_domain).role == "delegate"


def test_any_other_address_gets_no_mail(own_domain: Organisation, client: Client, commit: Commit) -> None:
    claim(client, commit, email="opfer@example.net")
    assert [one.to for one in sent_mail.outbox] == [["region@example.org"]]


def test_of_two_claims_only_one_wins(own_domain: Organisation, client: Client, commit: Commit) -> None:
    claim(client, commit)
    claim(client, commit, email="kollegin@backhaus.example")
    first = links()[0]
    second = re.search(r"http://127.0.0.1:8000(/\S+/(?:invitation|einladung)/\S+)", sent_mail.outbox[2].body)[1]  # type: ignore[index]
    answers = [Client().post(path, {"name": "Jemand"}) for path in (first, second)]
    assert [answer.status_code for answer in answers] == [302, 410]
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["accepted", "open"]
    assert Representative.objects.count() == 1


def test_control_without_the_condition_both_would_win(
    own_domain: Organisation, client: Client, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "take_over", lambda **given: True)
    claim(client, commit)
    claim(client, commit, email="kollegin@backhaus.example")
    for one in Invitation.objects.all():
        accept_invitation(invitation=one, user=None, name="Jemand", language="de")
    assert Claim.objects.filter(state="accepted").count() == 2


def test_the_office_answers_the_others(cast: Cast, client: Client, commit: Commit) -> None:
    claim(client, commit)
    assert links() == []
    with commit(execute=True):
        accept_claim(claim=Claim.objects.get(), actor=cast.food_editor)
    client.post(links()[0], {"name": "Muster Person"})
    assert Representative.objects.get(organisation=cast.bakery).role == "delegate"
    late = Claim.objects.create(organisation=cast.bakery, name="Zu spät", email="spaet@example.org")
    with pytest.raises(Refused):
        accept_claim(claim=late, actor=cast.food_editor)


def test_a_declined_claims_link_leads_nowhere(
    own_domain: Organisation, cast: Cast, client: Client, commit: Commit
) -> None:
    claim(client, commit)
    decline_claim(claim=Claim.objects.get(), actor=cast.food_editor)
    assert client.post(links()[0], {"name": "Muster Person"}).status_code == 410
    assert Person.objects.count() == 0


# The database


def test_the_database_holds_one_delegate_and_each_person_once(cast: Cast, people: People) -> None:
    for user, role in ((people.stranger, "delegate"), (people.editor, "editor")):
        with pytest.raises(IntegrityError), transaction.atomic():
            represent(user, cast.firm, role)


@pytest.mark.parametrize(
    "offer",
    [
        {},
        {"represents_as": "editor"},
        {"organisation": "bakery"},
        {"organisation": "bakery", "represents_as": "editor", "role": "editor"},
        {"role": "", "cluster": "it"},
    ],
)
def test_an_invitation_offers_one_thing(cast: Cast, offer: dict[str, str]) -> None:
    values = {name: getattr(cast, value, value) for name, value in offer.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(email="a@example.org", token_hash="x", expires_at=timezone.now(), **values)
