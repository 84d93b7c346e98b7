"""TRUST N6 and N11: no office with a password alone; what protects an account is asked for anew."""

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.trust.addresses import all_addresses
from tests.trust.signing_in import PASSWORD, People, is_in, mailed_code, make_people, sign_in

from mitwerk.accounts import adapter
from mitwerk.accounts.tests.factors import app_code
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role

pytestmark = pytest.mark.usefixtures("commits_at_once")

NOW = "2026-11-26 12:00:05+00:00"


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


def office_paths() -> list[str]:
    """Every address under the office, Wagtail's secondary ones too, with something in each place."""
    routes = {one.route: one for one in all_addresses() if one.route.startswith("/office/")}
    values = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}
    return sorted(one.filled(*(values.get(kind, "1") for kind, _name in one.places)) for one in routes.values())


def way(client: Client, path: str) -> str:
    answer = client.get(path)
    return str(answer.get("Location", answer.status_code))


@pytest.mark.parametrize("who", ["it_editor", "umbrella_editor", "administrator"])
def test_n6_no_address_of_the_office_opens_without_a_second_factor(people: People, who: str) -> None:
    """N6: editors and administrators must have an app or a passkey; each address leads to the set-up."""
    user = getattr(people.cast, who)
    Authenticator.objects.filter(user=user).delete()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    paths = office_paths()
    assert len(paths) > 200
    assert {path for path in paths if way(client, path) != reverse("mfa_index")} == set()
    assert {client.post(path).url for path in paths[:20]} == {reverse("mfa_index")}


def test_n6_recovery_codes_alone_are_no_second_factor(people: People) -> None:
    Authenticator.objects.filter(user=people.editor).delete()
    RecoveryCodes.activate(people.editor)
    client = Client()
    client.force_login(people.editor)
    assert way(client, "/office/") == reverse("mfa_index")


@pytest.mark.parametrize("loosen", ["setting", "factor"])
def test_control_the_office_opens_with_a_factor_or_with_the_guard_off(
    people: People, settings: Any, loosen: str
) -> None:
    if loosen == "setting":
        Authenticator.objects.filter(user=people.editor).delete()
        settings.OFFICE_NEEDS_SECOND_FACTOR = False
    client = Client()
    client.force_login(people.editor)
    assert client.get("/office/").status_code == 200


def test_n6_nothing_but_the_demo_switches_it_off() -> None:
    root = Path(__file__).resolve().parents[2]
    places = [
        root / "Makefile",
        *(f for name in ("src", "tools", "deploy", "bench") for f in (root / name).rglob("*.*")),
    ]
    texts = {
        str(f.relative_to(root)): f.read_text(errors="ignore")
        for f in places
        if "vendor" not in f.parts and f.is_file()
    }
    switched = re.compile(r"OFFICE_NEEDS_SECOND_FACTOR\W{1,3}(?:no|false|0)\b", re.I)
    assert [name for name, text in texts.items() if switched.search(text)] == ["tools/demo.py"]


def test_n6_a_group_of_wagtails_without_a_role_is_asked_as_well(people: People) -> None:
    """N6: who may enter is asked, whatever the right comes from."""
    from mitwerk.accounts.actions import join_group

    join_group(user=people.member, name="helpers")
    client = Client()
    client.force_login(people.member)
    assert way(client, "/office/") == reverse("mfa_index")


def test_n6_a_half_finished_sign_in_reaches_no_page_of_the_office(people: People) -> None:
    """N6: after the password and before the code, the visitor is nobody."""
    client, answer = sign_in(people.editor.email)
    assert answer.url == reverse("mfa_authenticate")
    door = reverse("account_login")
    assert {path for path in office_paths() if not way(client, path).startswith((door, "/office/login/", "404"))} <= {
        path for path in office_paths() if way(Client(), path) == way(client, path)
    }
    assert (way(client, "/office/").partition("?")[0], is_in(client)) == (door, False)


def code_opens(people: People, code: str) -> bool:
    client, _answer = sign_in(people.editor.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_in(client)


def test_n6_a_code_of_the_app_opens_once(people: People) -> None:
    """N6: who looks over a shoulder cannot use the code again."""
    with time_machine.travel(NOW, tick=False):
        assert [code_opens(people, app_code()) for _n in range(2)] == [True, False]


def test_n6_the_code_of_the_set_up_is_used_as_well(people: People) -> None:
    """N6: the code that switched the app on does not sign in after it."""
    with time_machine.travel(NOW, tick=False):
        client, _answer = sign_in(people.member.email)
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
        other, _answer = sign_in(people.member.email)
        other.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
        assert is_in(other) is False


def test_n6_a_recovery_code_opens_once(people: People) -> None:
    """N6."""
    code = RecoveryCodes.activate(people.editor).get_unused_codes()[0]
    assert [code_opens(people, code) for _n in range(2)] == [True, False]


def mailed_link(email: str, **more: Any) -> str:
    """The link of the mail for a new password."""
    Client().post(reverse("account_reset_password"), {"email": email}, **more)
    return next(word for word in mail.outbox[-1].body.split() if "://" in word and "key" in word)


def link_opens(link: str) -> bool:
    client = Client()
    answer = client.get(link.removeprefix(settings.BASE_URL), follow=True)
    return "password1" in answer.content.decode()


def reset_password(people: People, new: str) -> None:
    client, path = Client(), mailed_link(people.editor.email).removeprefix(settings.BASE_URL)
    client.post(client.get(path).url, {"password1": new, "password2": new})


def test_n8_the_link_for_a_new_password_is_ours_and_works_once_and_for_an_hour(people: People) -> None:
    """N8: from the configured address; dead once it was used, is old, or the address changed."""
    with time_machine.travel(NOW, tick=False) as clock:
        link = mailed_link(people.editor.email, headers={"host": "localhost", "x-forwarded-host": "evil.example"})
        assert (link[: len(settings.BASE_URL)], link_opens(link)) == (settings.BASE_URL, True)
        clock.shift(3599)
        fresh = link_opens(link)
        clock.shift(2)
        old = link_opens(link)
        reset_password(people, "ein ganz neuer Satz")
        used = link_opens(next(word for word in mail.outbox[-2].body.split() if "key" in word and "://" in word))
        moved = mailed_link(people.member.email)
        people.member.emailaddress_set.update(email="new@example.org")
        assert (fresh, old, used, link_opens(moved)) == (True, False, False, False)


def test_n6_a_new_password_by_mail_leaves_the_second_step(people: People) -> None:
    """N6: whoever reads the mailbox has still not the phone; and is not signed in by it."""
    reset_password(people, "ein ganz neuer Satz")
    client, answer = sign_in(people.editor.email, "ein ganz neuer Satz")
    assert (answer.url, is_in(client)) == (reverse("mfa_authenticate"), False)
    assert Authenticator.objects.filter(user=people.editor, type="totp").count() == 1


def test_n6_a_code_by_mail_is_followed_by_the_second_step(people: People) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": people.editor.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert (answer.url, is_in(client)) == (reverse("mfa_authenticate"), False)


def test_n6_a_new_factor_shuts_out_sessions_that_never_showed_it(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    """N6: somebody with the stolen password was in before; setting up the app must not let them into the office."""
    grant_role(user=people.member, kind=Role.Kind.EDITOR, cluster=people.cast.it)
    thief, _answer = sign_in(people.member.email)
    owner, _answer = sign_in(people.member.email)
    assert (is_in(thief), UserSession.objects.filter(user=people.member).count()) == (True, 2)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(owner)
    assert (is_in(owner), is_in(thief)) == (True, False)


def set_up_app(client: Client) -> Any:
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    return client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})


def test_after_the_set_up_they_land_where_they_wanted_to_go(people: People) -> None:
    grant_role(user=people.member, kind=Role.Kind.EDITOR, cluster=people.cast.it)
    client, _answer = sign_in(people.member.email)
    asked = client.get("/office/projects/?q=x", follow=True).content.decode()
    assert "deshalb öffnet ein Passwort allein sie nicht" in asked
    page = client.get(set_up_app(client).url).content.decode()
    assert '<a class="button" href="/office/projects/?q=x">Weiter in die Geschäftsstelle</a>' in page
    assert client.get("/office/projects/?q=x").status_code == 200
    assert "wanted_after_set_up" not in client.session


# N11 -------------------------------------------------------------------------------------------------------------

SENSITIVE = [
    ("account_email", {"email": "new@example.org", "action_add": "1"}),
    ("mfa_activate_totp", {"code": "123456"}),
    ("mfa_add_webauthn", {"credential": "{}"}),
    ("mfa_generate_recovery_codes", {}),
]


@pytest.mark.parametrize(("name", "data"), SENSITIVE)
@pytest.mark.parametrize(
    ("who", "asked_by"), [("member", "account_reauthenticate"), ("mailbox", "accounts:mail_confirm")]
)
def test_n11_what_protects_the_account_is_asked_for_anew(
    people: People, name: str, data: dict[str, str], who: str, asked_by: str
) -> None:
    """N11: a direct POST five minutes after the sign-in leads to the question; by mail where nothing else is."""
    user = getattr(people, who)
    with time_machine.travel(NOW, tick=False) as clock:
        client = in_by_code(user.email)
        clock.shift(299)
        fresh = client.post(reverse(name), data).get("Location", "")
        clock.shift(2)
        stale = client.post(reverse(name), data).get("Location", "")
    assert (fresh.partition("?")[0] == reverse(asked_by), stale.partition("?")[0]) == (False, reverse(asked_by))


def in_by_code(email: str) -> Client:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert is_in(client)
    return client


def test_n11_control_allauth_alone_does_not_ask_an_account_without_password(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "confirms_by_mail", lambda user: False)
    with time_machine.travel(NOW, tick=False) as clock:
        client = in_by_code(people.mailbox.email)
        clock.shift(301)
        assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_n11_the_mailbox_answers_and_the_way_goes_on(people: People) -> None:
    """N11: the code from the mail, five wrong tries at most, and then the page that was asked for."""
    with time_machine.travel(NOW, tick=False) as clock:
        client = in_by_code(people.mailbox.email)
        clock.shift(3600)
        page = client.get(reverse("mfa_activate_totp"), follow=True)
        here, back = page.request["PATH_INFO"], reverse("mfa_activate_totp")
        client.post(here, {"next": back})
        assert mail.outbox[-1].to == [people.mailbox.email]
        assert client.post(here, {"next": back, "code": "WRONG"}).status_code == 200
        assert client.post(here, {"next": back, "code": mailed_code()}).url == back
        assert client.get(back).status_code == 200


def test_n11_a_changed_address_needs_the_code_sent_to_it(people: People) -> None:
    client, _answer = sign_in(people.member.email, PASSWORD)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})
    people.member.refresh_from_db()
    assert (people.member.email, mail.outbox[-1].to) == ("member@example.org", ["new@example.org"])
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    people.member.refresh_from_db()
    assert people.member.email == "new@example.org"
    assert [one.to for one in mail.outbox if one.subject == "Ihre Adresse wurde geändert"] == [["member@example.org"]]
