"""TRUST N7: passkeys. What was made for another page, used before, or comes from a copy of a key opens nothing."""

import json
from dataclasses import replace
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.trust.signing_in import PASSWORD, People, is_in, make_people, messages_of, sign_in

from mitwerk.accounts.adapter import SecondFactor
from mitwerk.accounts.forms import Counted
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.tests.passkeys import FLAG, SITE, Key
from mitwerk.actors.tests.cast import Cast

pytestmark = pytest.mark.usefixtures("commits_at_once")

COPIED = str(SecondFactor.error_messages["passkey_cloned"])
REFUSED = str(SecondFactor.error_messages["passkey_refused"])
WRONG = str(SecondFactor.error_messages["incorrect_code"])


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


def browser() -> Client:
    return Client(HTTP_HOST=SITE)


def new_key(user: User, **more: Any) -> Key:
    return Key(user_handle=user_pk_to_url_str(user).encode(), **more)


def add(client: Client, key: Key, made_by: Key | None = None) -> Any:
    """The page of one's own account on which a passkey is made; `made_by` answers in the place of the key."""
    page = client.get(reverse("mfa_add_webauthn"))
    credential = (made_by or key).register(page.context["js_data"]["creation_options"])
    return client.post(
        reverse("mfa_add_webauthn"), {"name": "Key", "passwordless": "on", "credential": json.dumps(credential)}
    )


def registered(user: User, **more: Any) -> Key:
    """A key that this user has set up in a browser of their own."""
    key = new_key(user, **more)
    client, _answer = sign_in(user.email, client=browser())
    assert add(client, key).status_code == 302
    return key


def asked(client: Client) -> dict[str, Any]:
    """What the sign-in page asks a passkey."""
    found: dict[str, Any] = client.get(
        reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}
    ).json()["request_options"]  # fmt: skip
    return found


def present(client: Client, credential: dict[str, Any]) -> list[str]:
    """Send an answer to the sign-in; what it says of it."""
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(credential)}, follow=True)
    return [str(one) for one in answer.context["messages"]] if answer.context else []


def opens(key: Key, client: Client | None = None) -> bool:
    client = client or browser()
    present(client, key.answer(asked(client)))
    return is_in(client)


def test_n7_a_passkey_is_made_and_opens_alone_each_time(people: People) -> None:
    """N7: the honest way, with a key that counts and one that does not."""
    key, quiet = registered(people.member), registered(with_password(people.mailbox), step=0)
    assert [opens(key), opens(key)] == [True, True]
    assert [opens(quiet), opens(quiet), quiet.counter] == [True, True, 0]


FORGED = {
    "rp id": {"rp_id": "evil.example"},
    "origin": {"origin": "http://evil.example"},
    "origin below": {"origin": "http://localhost.evil.example"},
    "nobody present": {"flags": FLAG(0)},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_n7_a_key_made_for_another_page_is_not_taken(people: People, forged: dict[str, Any]) -> None:
    client, _answer = sign_in(people.member.email, client=browser())
    key = new_key(people.member)
    answer = add(client, key, made_by=replace(key, **forged))
    assert (answer.status_code, messages_of(answer), Authenticator.objects.count()) == (200, [WRONG], held_by_cast())
    assert add(client, key).status_code == 302, "control: the same key, honestly"


def held_by_cast() -> int:
    return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).count()


@pytest.mark.parametrize("forged", [*FORGED.values(), {"flags": FLAG.UP}], ids=[*FORGED, "not verified"])
def test_n7_an_answer_for_another_page_opens_nothing(people: People, forged: dict[str, Any]) -> None:
    """N7: what a false page got out of the key; and a key without finger or PIN is not enough alone."""
    key = registered(people.member)
    assert opens(replace(key, **forged)) is False
    assert opens(key) is True


def test_n7_an_answer_used_before_opens_nothing(people: People) -> None:
    """N7: in another browser, and in the same one after signing out, with its own question or a new one."""
    key, first = registered(people.member), browser()
    answer = key.answer(asked(first))
    present(first, answer)
    assert is_in(first)
    first.get(first.post(reverse("account_logout")).url, follow=True)
    told = [present(first, answer)[-1:]]
    for client in (first, browser()):
        asked(client)
        told.append(present(client, answer))
    assert (told, is_in(first), is_in(client)) == ([[REFUSED]] * 3, False, False)
    assert opens(key, client)


def test_n7_a_changed_answer_opens_nothing(people: People) -> None:
    """N7: each signed part, one bit changed."""
    key = registered(people.member)
    for part in ("authenticatorData", "clientDataJSON", "signature"):
        client = browser()
        answer = key.answer(asked(client))
        text = answer["response"][part]
        answer["response"][part] = text[:40] + ("B" if text[40] == "A" else "A") + text[41:]
        present(client, answer)
        assert (part, is_in(client)) == (part, False)
    assert opens(key)


def test_n7_somebody_elses_key_opens_nobody(people: People) -> None:
    """N7: not with the other's name written over it, nor as the second step of the other's account."""
    victim, own = registered(people.member), registered(with_password(people.mailbox))
    assert opens(replace(own, user_handle=victim.user_handle)) is False
    assert opens(replace(victim, private=own.private)) is False
    assert [second_step(people.member, own), second_step(people.member, victim)] == [False, True]


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def second_step(user: User, key: Key) -> bool:
    """Password, and then this key."""
    client, _answer = sign_in(user.email, client=browser())
    page = client.get(reverse("mfa_authenticate"))
    credential = key.answer(page.context["js_data"]["request_options"])
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(credential)})
    return is_in(client)


def test_n7_a_copy_of_a_key_is_found_by_its_count(people: People) -> None:
    """N7: whoever of the two comes second is refused and told; the log and the owner's mailbox tell, too."""
    key = registered(people.member)
    copy, client = replace(key), browser()
    assert [opens(key), opens(key)] == [True, True]
    mail.outbox.clear()
    assert (present(client, copy.answer(asked(client))), is_in(client)) == ([COPIED], False)
    lines = AuditEntry.objects.filter(verb="user.passkey_cloned")
    assert list(lines.values_list("target_id", "details")) == [(people.member.public_id, {"counter": 1, "last": 2})]
    assert [one.to for one in mail.outbox] == [[people.member.email]]
    assert second_step(people.member, copy) is False, "a count that stands still is no better"
    assert opens(key) is True


def test_n7_a_copy_does_not_pass_as_one_that_never_counts(people: People) -> None:
    key = registered(people.member)
    copy = replace(key, step=0)
    assert (opens(key), opens(copy)) == (True, False)


def test_n7_a_copy_does_not_prove_the_account_anew(people: People) -> None:
    """N7: asked again before the settings of the account, the same count is asked for."""
    key = registered(people.member, counter=8)
    client = browser()
    assert opens(key, client)
    told = [again(client, replace(key, counter=3)), again(client, key)]
    assert [one == reverse("account_login") for one in told] == [True, False]
    assert AuditEntry.objects.filter(verb="user.passkey_cloned").count() == 1


def again(client: Client, key: Key) -> str:
    """Where the answer to the question leads: the sign-in where it was not taken."""
    page = client.get(reverse("mfa_reauthenticate_webauthn"))
    credential = key.answer(page.context["js_data"]["request_options"])
    answer = client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": json.dumps(credential)})
    return str(answer.url)


def test_n7_control_without_our_form_a_copy_opens(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Counted, "clean_credential")
    with pytest.raises(AssertionError):
        test_n7_a_copy_of_a_key_is_found_by_its_count(people)


@pytest.mark.parametrize(
    "junk", ["", "{}", "[]", "null", '"x"', '{"response": null}', '{"response": {"userHandle": 1}}']
)
def test_n7_junk_is_refused_in_words(people: People, junk: str) -> None:
    client = browser()
    asked(client)
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": junk})
    assert answer.status_code == 302
