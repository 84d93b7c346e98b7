"""TRUST N5, N10, N12 and N9: sessions, their cookies, passwords, and sign-ins at other servers."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.trust.signing_in import PASSWORD, People, is_in, make_people, sign_in

from mitwerk.accounts import adapter
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.config import checks

pytestmark = pytest.mark.usefixtures("commits_at_once")

NOW = "2026-11-26 12:00:05+00:00"
DAY = 60 * 60 * 24


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


def test_n5_the_session_has_a_new_key_after_the_sign_in(people: People) -> None:
    """N5: a key that somebody else knew before is worth nothing."""
    client = Client()
    before = client.session.session_key  # asking for it makes one
    sign_in(people.member.email, client=client)
    assert before
    assert client.session.session_key != before
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert (is_in(client), is_in(thief)) == (True, False)


@pytest.mark.parametrize("change", ["deactivate", "delete", "sign out", "new password"])
def test_n5_an_old_cookie_is_dead_at_once(people: People, change: str) -> None:
    """N5: replayed in another browser, too."""
    client, _answer = sign_in(people.member.email)
    replay = Client()
    replay.cookies[django_settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert is_in(replay)
    if change == "deactivate":
        User.objects.filter(pk=people.member.pk).update(is_active=False)
    elif change == "delete":
        people.member.delete()
    elif change == "sign out":
        client.post(reverse("account_logout"))
    else:
        people.member.set_password("ein ganz anderer Satz")
        people.member.save()
    assert is_in(replay) is False


def test_n5_a_new_password_signs_out_all_other_devices(people: People) -> None:
    """N5: the device it was changed on stays."""
    here, _answer = sign_in(people.member.email)
    there, _answer = sign_in(people.member.email)
    new = "ein ganz anderer Satz"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), data).url == reverse("accounts:account_show")
    assert (is_in(here), is_in(there)) == (True, False)


def test_n5_sessions_are_listed_and_end_one_by_one(people: People) -> None:
    """N5: one's own, and nobody else's."""
    here, _answer = sign_in(people.member.email)
    there, _answer = sign_in(people.member.email, headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    listed = here.get(reverse("usersessions_list")).context["sessions"]
    assert [one.user for one in listed] == [people.member, people.member]
    other = next(one for one in listed if one.user_agent)
    ends = reverse("accounts:session_end", kwargs={"number": other.pk})
    assert (Client().post(ends).status_code, here.get(ends).status_code) == (302, 405)
    stranger = Client()
    stranger.force_login(people.mailbox)
    assert (stranger.post(ends).status_code, is_in(there)) == (404, True)
    assert (here.post(ends).url, is_in(there), is_in(here)) == (reverse("usersessions_list"), False, True)


def test_n5_all_other_sessions_end_together(people: People) -> None:
    """N5."""
    here, *others = [sign_in(people.member.email)[0] for _n in range(3)]
    here.post(reverse("usersessions_list"))
    assert [is_in(one) for one in (here, *others)] == [True, False, False]


def days_until_over(people: People, user: User, step: int) -> float:
    """Comes back every `step` seconds until the door is shut; days since the sign-in."""
    with time_machine.travel(NOW, tick=False) as clock:
        client = Client()
        client.force_login(user)
        assert is_in(client)
        for number in range(1, 400):
            clock.shift(step)
            if not is_in(client):
                return number * step / DAY
    raise AssertionError("the session never ends")


@pytest.mark.parametrize(
    ("who", "step", "days"),
    [
        ("member", 14 * DAY + 60, 14),
        ("member", 13 * DAY, 65),
        ("it_editor", DAY // 2 + 60, 0.5),
        ("it_editor", DAY // 4, 7.25),
    ],
    ids=["idle", "longest", "office idle", "office longest"],
)
def test_n10_sessions_end(people: People, who: str, step: int, days: float) -> None:
    """N10: 14 days idle and 60 in all; in the office 12 hours and 7 days. As the handbook says."""
    user = people.member if who == "member" else getattr(people.cast, who)
    assert round(days_until_over(people, user, step), 2) == days


def test_n10_control_without_the_middleware_only_the_idle_time_counts(people: People, settings: Any) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != "mitwerk.config.door.end_old_sessions"]
    with time_machine.travel(NOW, tick=False) as clock:
        client = Client()
        client.force_login(people.editor)
        clock.shift(2 * DAY)
        assert is_in(client)


@pytest.mark.parametrize("base_url", ["https://www.example.org", "http://127.0.0.1:8000"])
def test_n10_cookies_are_named_and_sent_as_strictly_as_the_address_allows(base_url: str) -> None:
    """N10: `__Host-` and Secure behind https; HttpOnly and SameSite=Lax always."""
    script = (
        "import django; from django.conf import settings as s; import json;"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN]))"
    )
    root = Path(__file__).resolve().parents[2]
    surroundings = {
        **os.environ,
        "BASE_URL": base_url,
        "PYTHONPATH": str(root / "src"),
        "DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.production",
    }
    done = subprocess.run([sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True)
    secure = base_url.startswith("https")
    prefix = "__Host-" if secure else ""
    assert json.loads(done.stdout) == [f"{prefix}session", f"{prefix}csrf", secure, secure, True, "Lax", "Lax", None]


def test_n10_a_cookie_is_small_and_goes_with_the_browser(people: People) -> None:
    _client, answer = sign_in(people.member.email)
    cookie = answer.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Lax", "", "/")
    assert len(cookie.OutputString()) < 4096


def test_pages_of_the_account_are_kept_by_no_cache(people: People) -> None:
    client, _answer = sign_in(people.member.email)
    for name in ("accounts:account_show", "mfa_index", "usersessions_list"):
        kept = client.get(reverse(name)).headers["Cache-Control"]
        assert ("private" in kept, "no-store" in kept) == (True, True)


def test_a_visitor_without_a_cookie_is_the_same_to_every_cache(people: People) -> None:
    answer = Client().get("/de/akteure/")
    assert (answer.headers["Vary"], dict(answer.cookies)) == ("Accept-Encoding", {})


# N12 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    ["äöü ß und ein Satz", "nur kleine buchstaben", "  mit Rändern  ", "x" * 11 + "é", "zwölf Esel " * 11],
)
def test_n12_long_passwords_with_spaces_and_umlauts_are_taken_whole(people: People, password: str) -> None:
    """N12: up to 128 characters, no rule about kinds of characters, nothing cut off."""
    client, _answer = sign_in(people.member.email)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post(reverse("account_change_password"), data).status_code == 302
    assert [is_in(sign_in(people.member.email, given)[0]) for given in (password, password[:-1])] == [True, False]


@pytest.mark.parametrize(
    "password",
    [
        "zu kurz",
        "x1" * 65,
        "telechargement",
        "Musterregion 2026",
        "it-cluster 2026!",
        "ERNÄHRUNGSCLUSTER",
        "mitwerkmitwerk",
        "member@example.org",
    ],
)
def test_n12_what_others_try_first_is_refused(people: People, password: str) -> None:
    """N12: the list of common passwords, the names of region and clusters, one's own address."""
    with pytest.raises(ValidationError):
        validate_password(password, people.member)


def test_n12_pasting_is_allowed(people: People) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert ("onpaste" in page, 'autocomplete="current-password"' in page) == (False, True)


# N9 --------------------------------------------------------------------------------------------------------------

SERVER = "https://login.example.org"
APP = {
    "provider_id": "town",
    "name": "Town hall",
    "client_id": "mitwerk",
    "secret": "s",
    "settings": {"server_url": SERVER, "verified_email": False},
}


class Answer:
    """What the other server says."""

    status_code, headers = 200, {"content-type": "application/json"}

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def json(self) -> dict[str, Any]:
        return self.data

    def raise_for_status(self) -> None: ...


class Server:
    """An OpenID Connect server that says about its user what the test wants."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = about

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *args: object) -> None: ...

    def get(self, url: str, **kwargs: Any) -> Answer:
        if "well-known" not in url:
            return Answer(self.about)
        ends = {name: f"{SERVER}/{name}" for name in ("token_endpoint", "authorization_endpoint", "userinfo_endpoint")}
        return Answer({**ends, "issuer": SERVER, "jwks_uri": f"{SERVER}/keys"})

    def request(self, method: str, url: str, **kwargs: Any) -> Answer:
        return Answer({"access_token": "t", "token_type": "bearer"})


def come_from_elsewhere(monkeypatch: pytest.MonkeyPatch, settings: Any, about: dict[str, Any]) -> tuple[Client, Any]:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP], "OAUTH_PKCE_ENABLED": True}}
    monkeypatch.setattr(adapter.KnownAddressOnly, "get_requests_session", lambda self: Server({"sub": "1", **about}))
    client = Client()
    away = client.get(reverse("openid_connect_login", kwargs={"provider_id": "town"})).url
    assert away[: len(SERVER)] == SERVER
    state = parse_qs(urlsplit(away).query)["state"][0]
    back = reverse("openid_connect_callback", kwargs={"provider_id": "town"})
    return client, client.get(back, {"state": state, "code": "c"})


@pytest.mark.parametrize(
    ("about", "opens"),
    [
        ({"email": "member@example.org", "email_verified": True}, True),
        ({"email": "Member@Example.org", "email_verified": True}, True),
        ({"email": "member@example.org", "email_verified": False}, False),
        ({"email": "member@example.org"}, False),
        ({"email": "nobody@example.org", "email_verified": True}, False),
        ({"email": "food_editor@example.org", "email_verified": True}, False),  # here, the address is not confirmed
        ({}, False),
    ],
)
def test_n9_another_server_lets_in_who_has_an_account_with_that_address(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any, about: dict[str, Any], opens: bool
) -> None:
    """N9: both sides have confirmed the address; nobody signs up through it."""
    before = User.objects.count()
    client, answer = come_from_elsewhere(monkeypatch, settings, about)
    assert (is_in(client), User.objects.count() - before, answer.status_code) == (opens, 0, 302 if opens else 403)


def test_n9_the_second_step_is_asked_for_all_the_same(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    about = {"email": people.editor.email, "email_verified": True}
    client, answer = come_from_elsewhere(monkeypatch, settings, about)
    assert (answer.url, is_in(client)) == (reverse("mfa_authenticate"), False)


def test_n9_control_without_our_adapter_an_unconfirmed_address_here_gets_further(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(adapter, "_is_known", lambda sociallogin: True)
    about = {"email": "food_editor@example.org", "email_verified": True}
    _client, answer = come_from_elsewhere(monkeypatch, settings, about)
    assert answer.url == reverse("account_email_verification_sent")


@pytest.mark.parametrize("name", ["account_signup", "socialaccount_signup"])
def test_n9_no_page_makes_a_user(people: People, name: str) -> None:
    """N9: every public address that could."""
    before = User.objects.count()
    data = {"email": "new@example.org", "password1": "ein ganz anderer Satz"}
    statuses = {Client().get(reverse(name)).status_code, Client().post(reverse(name), data).status_code}
    assert (statuses <= {200, 302}, User.objects.count() - before) == (True, 0)


def test_a_public_server_is_told_when_the_second_step_is_off(settings: Any) -> None:
    settings.OFFICE_NEEDS_SECOND_FACTOR = False
    assert [one.id for one in checks.office_asks_for_a_second_factor(None)] == ["mitwerk.W001"]
    settings.OFFICE_NEEDS_SECOND_FACTOR = True
    assert checks.office_asks_for_a_second_factor(None) == []
