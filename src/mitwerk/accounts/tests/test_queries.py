"""What the overview of one's account tells: one's own and nobody else's."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from mitwerk.accounts.models import User
from mitwerk.accounts.queries import account_of, all_users, proved_addresses, sessions_of
from mitwerk.accounts.tests.factors import give_app

pytestmark = pytest.mark.django_db


def test_an_account_tells_of_its_own_factors_and_sessions() -> None:
    one, other = (User.objects.create_user(f"{name}@example.org", "muster-passwort-1") for name in ("one", "other"))
    give_app(other)
    for user in (one, other):
        session = SessionStore()
        session.create()
        UserSession.objects.create(
            user=user, ip="127.0.0.1", user_agent="test", session_key=session.session_key, data={}
        )
    assert [list(sessions_of(user).values_list("user", flat=True)) for user in (one, other)] == [[one.pk], [other.pk]]
    found = {user.email: (account_of(user).has_app, account_of(user).has_second_factor) for user in (one, other)}
    assert found == {"one@example.org": (False, False), "other@example.org": (True, True)}


def test_only_what_one_has_proved_oneself_counts_as_ones_address() -> None:
    one, other = (User.objects.create_user(f"{name}@example.org", "muster-passwort-1") for name in ("one", "other"))
    EmailAddress.objects.create(user=one, email="Second@example.org", verified=True)
    EmailAddress.objects.create(user=one, email="claimed@example.org", verified=False)
    EmailAddress.objects.create(user=other, email="third@example.org", verified=True)
    assert proved_addresses(one) == ["one@example.org", "second@example.org"]


def test_only_administrators_find_all_users() -> None:
    one = User.objects.create_user("one@example.org", "muster-passwort-1")
    administrator = User.objects.create_superuser("administrator@example.org", "muster-passwort-1")
    assert [set(all_users(user)) for user in (one, administrator)] == [set(), {one, administrator}]
