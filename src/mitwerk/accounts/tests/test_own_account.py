"""One's own account: what the overview tells, name and language, the way back in when the phone is lost."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.queries import account_of
from mitwerk.accounts.tests.factors import give_app

pytestmark = pytest.mark.usefixtures("commits_at_once")

OVERVIEW = reverse("accounts:account_show")


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("somebody@example.org", None, name="Somebody")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_nobody_is_sent_to_the_door(db: None) -> None:
    for name in ("accounts:account_show", "accounts:account_edit", "accounts:mail_confirm"):
        url = reverse(name)
        assert Client().get(url).url == f"{reverse('account_login')}?next={url}"


def test_the_overview_tells_what_is_set_up(user: User) -> None:
    bare = account_of(user)
    give_app(user)
    RecoveryCodes.activate(user)
    full = account_of(user)
    told = [
        (one.has_password, one.has_app, one.has_second_factor, one.passkeys, one.recovery_codes) for one in (bare, full)
    ]
    assert told == [(False, False, False, [], 0), (False, True, True, [], 10)]
    page = signed_in(user).get(OVERVIEW).content.decode()
    assert [text in page for text in ("somebody@example.org", "Somebody", "Deutsch", "Eingeschaltet")] == [True] * 4


def test_name_and_language_are_changed_for_the_office_too(user: User) -> None:
    client = signed_in(user)
    answer = client.post(reverse("accounts:account_edit"), {"name": "Else", "language": "en"})
    user.refresh_from_db()
    assert (answer.url, user.name, user.language) == (OVERVIEW, "Else", "en")
    assert UserProfile.objects.get(user=user).preferred_language == "en"
    assert AuditEntry.objects.get().verb == "user.describe"


def test_a_language_that_is_none_is_refused(user: User) -> None:
    answer = signed_in(user).post(reverse("accounts:account_edit"), {"name": "E", "language": "xx"})
    assert (answer.status_code, User.objects.get().language) == (200, "de")


def test_whoever_lost_everything_is_let_in_again_by_who_runs_the_server(user: User) -> None:
    give_app(user)
    RecoveryCodes.activate(user)
    client = signed_in(user)
    client.get(OVERVIEW)
    call_command("reset_second_factor", "Somebody@example.org", stdout=StringIO())
    assert (Authenticator.objects.count(), UserSession.objects.count()) == (0, 0)
    assert client.get(OVERVIEW).status_code == 302
    assert AuditEntry.objects.get().verb == "user.reset_second_factor"
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org")


def test_the_header_offers_the_account_to_who_is_signed_in(user: User) -> None:
    inside, outside = (
        one.get(reverse("account_reset_password")).content.decode() for one in (signed_in(user), Client())
    )
    links = [f'href="{reverse(name)}"' for name in ("accounts:account_show", "account_logout", "wagtailadmin_home")]
    assert [[link in page for link in links] for page in (inside, outside)] == [[True, True, False], [False] * 3]
