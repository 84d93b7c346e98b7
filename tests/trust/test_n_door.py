"""TRUST N1 to N4: guessing, forged addresses, locking others out, and asking who has an account."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.trust.signing_in import (
    PASSWORD,
    People,
    ask_for_code,
    is_in,
    mailed_code,
    make_people,
    messages_of,
    sign_in,
)

from mitwerk.accounts.adapter import TOO_MANY
from mitwerk.accounts.forms import ConfirmCodeForm
from mitwerk.accounts.tests.factors import app_code
from mitwerk.actors.tests.cast import Cast

pytestmark = pytest.mark.usefixtures("commits_at_once")

NOBODY = "nobody@example.org"


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


def guesses(count: int, email: str, **more: Any) -> list[bool]:
    """For each guess, each from a browser of its own, whether the limit refused it."""
    return [messages_of(sign_in(email, f"wrong {n}", **more)[1]) == [str(TOO_MANY)] for n in range(count)]


def from_ip(ip: str) -> dict[str, Any]:
    return {"REMOTE_ADDR": ip}


def test_n1_five_wrong_passwords_per_account_whoever_sends_them(people: People) -> None:
    """N1: counted per account, over browsers and addresses, in the cache that all workers share."""
    refused = [guesses(1, people.member.email, **from_ip(f"192.0.2.{n}"))[0] for n in range(7)]
    assert refused == [False] * 5 + [True] * 2
    client, _answer = sign_in(people.member.email, **from_ip("192.0.2.99"))
    assert is_in(client) is False


def test_n1_control_without_the_limit_the_sixth_guess_is_looked_at(people: People, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    assert guesses(7, people.member.email) == [False] * 7


def test_n1_ten_wrong_passwords_per_address_whomever_they_are_for(people: People) -> None:
    """N1: an address may be wrong ten times a minute, whichever accounts it tries."""
    assert [guesses(1, f"user{n}@example.org")[0] for n in range(12)] == [False] * 10 + [True] * 2


def test_n2_a_forged_header_is_no_new_address(people: People) -> None:
    """N2: no proxy is trusted unless the settings name one."""
    headers = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
    refused = [
        guesses(1, f"user{n}@example.org", headers=dict.fromkeys(headers, f"198.51.100.{n}"))[0] for n in range(12)
    ]
    assert refused == [False] * 10 + [True] * 2


def test_n2_behind_a_proxy_only_what_the_proxy_wrote_counts(people: People, settings: Any) -> None:
    """N2: the last entry is the proxy's, what stands before it was sent by the visitor."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    refused = [
        guesses(1, f"user{n}@example.org", headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"})[0]
        for n in range(12)
    ]
    assert refused == [False] * 10 + [True] * 2


def test_n2_control_with_one_proxy_too_many_the_forgery_counts(people: People, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    refused = [
        guesses(1, f"user{n}@example.org", headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"})[0]
        for n in range(12)
    ]
    assert refused == [False] * 12


def test_n2_a_whole_ipv6_network_is_one_address(people: People) -> None:
    """N2: one household has 2^64 addresses."""
    refused = [guesses(1, f"user{n}@example.org", **from_ip(f"2001:db8:0:1::{n:x}"))[0] for n in range(12)]
    assert refused == [False] * 10 + [True] * 2
    assert guesses(1, "other@example.org", **from_ip("2001:db8:0:2::1")) == [False]


def test_n1_wrong_codes_are_counted_per_account_over_several_mails(people: People) -> None:
    """N1: three tries per mail and five per account in five minutes, the right code among the refused."""
    told: list[list[str]] = []
    for n in range(3):
        client, _answer = ask_for_code(people.member.email, **from_ip(f"192.0.2.{n}"))
        for _try in range(2):
            told.append(messages_of(confirm(client, "WRONG")))
    assert [one == [str(TOO_MANY)] for one in told] == [False] * 5 + [True]


def test_n1_control_without_our_form_each_mail_starts_anew(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ConfirmCodeForm, "clean_code")
    test = test_n1_wrong_codes_are_counted_per_account_over_several_mails
    with pytest.raises(AssertionError):
        test(people)


def confirm(client: Client, code: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def test_n1_three_mails_per_account_in_five_minutes(people: People) -> None:
    """N1: nobody's mailbox is flooded, known or not."""
    for address in (people.member.email, NOBODY):
        mail.outbox.clear()
        for n in range(5):
            ask_for_code(address, **from_ip(f"192.0.2.{n}"))
        assert len(mail.outbox) == 3


def test_n1_five_wrong_codes_of_the_app(people: People) -> None:
    """N1: a guessed second step is counted per account as well."""
    told = []
    for n in range(7):
        client, _answer = sign_in(people.editor.email, **from_ip(f"192.0.2.{n}"))
        told.append(messages_of(client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"})) == [str(TOO_MANY)])
    assert told == [False] * 5 + [True] * 2


def test_n1_too_many_sign_ins_from_one_address_are_a_429_in_our_words(people: People) -> None:
    answers = [sign_in(people.member.email, "wrong")[1] for _n in range(31)]
    assert (answers[-2].status_code, answers[-1].status_code) == (200, 429)
    assert "<h1>Zu viele Versuche</h1>" in answers[-1].content.decode()


def test_n1_there_is_one_door(people: People) -> None:
    """N1: Wagtail's own sign-in and its ways of changing a password lead to the one door, or nowhere."""
    client = Client()
    assert client.get("/office/login/").url == reverse("account_login")
    assert [client.get(f"/office/{path}").status_code for path in ("password_reset/", "logout/")] == [404, 302]


def test_n3_a_locked_account_still_opens_by_code(people: People) -> None:
    """N3: wrong passwords close the password, not the mailbox. (With a passkey: tests/browser/test_sign_in.py.)"""
    assert guesses(6, people.member.email, **from_ip("192.0.2.1"))[-1] is True
    client, _answer = ask_for_code(people.member.email)
    confirm(client, mailed_code())
    assert is_in(client)


# N4 --------------------------------------------------------------------------------------------------------------


def shape(answer: Any, address: str) -> tuple[Any, ...]:
    """Status, target and text of an answer, without what differs in any two answers: token, nonce and address."""
    text = answer.content.decode().replace(address, "ADDRESS")
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', r"\1", text)
    return answer.status_code, answer.get("Location"), text


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_n4_no_form_tells_who_has_an_account(people: People, name: str) -> None:
    """N4: same status, same page after it; the mailbox alone learns whether there is an account."""
    answers, mails = [], []
    for address in (people.member.email, NOBODY):
        mail.outbox.clear()
        client = Client()
        first = client.post(reverse(name), {"email": address})
        answers.append((shape(first, address), shape(client.get(first.url), address)))
        mails.append([(one.to, one.subject == "Zu dieser Adresse gibt es kein Konto") for one in mail.outbox])
    assert answers[0] == answers[1]
    assert mails == [[([people.member.email], False)], [([NOBODY], True)]]


def test_n4_a_wrong_password_reads_like_an_unknown_address(people: People) -> None:
    """N4: and a hash is computed for both, so that the clock tells nothing either."""
    answers = []
    for address in (people.member.email, NOBODY):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
            _client, answer = sign_in(address, "wrong")
        answers.append((shape(answer, address), hashed.call_count))
    assert answers[0] == answers[1]
    assert answers[0][1] == 1


def test_n4_a_wrong_code_reads_the_same_for_both(people: People) -> None:
    answers = []
    for address in (people.member.email, NOBODY):
        client, _answer = ask_for_code(address)
        answers.append(shape(confirm(client, "WRONG"), address))
    assert answers[0] == answers[1]


def test_n4_another_accounts_address_is_not_told_when_changing_ones_own(people: People) -> None:
    """N4: form and mail are as for a free address; who reads the other mailbox is refused in the end."""
    subjects, told = [], []
    for address in (people.editor.email, "free@example.org"):
        client, _answer = sign_in(people.member.email)
        mail.outbox.clear()
        answer = client.post(reverse("account_email"), {"email": address, "action_add": "1"})
        assert (answer.status_code, answer.url) == (302, reverse("account_email_verification_sent"))
        subjects.append((mail.outbox[0].to, mail.outbox[0].subject[:10]))
        refused = messages_of(client.post(reverse("account_email_verification_sent"), {"code": mailed_code()}))
        told.append(len(refused))
    assert subjects == [([people.editor.email], "Ihr Code: "), (["free@example.org"], "Ihr Code: ")]
    assert told == [1, 0]


def test_n4_control_without_the_setting_the_form_tells(people: People, settings: Any) -> None:
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    _client, answer = ask_for_code(NOBODY)
    assert (answer.status_code, len(messages_of(answer))) == (200, 1)


def test_control_the_code_of_the_app_opens(people: People) -> None:
    """The right code is let in, so the refusals above mean something."""
    client, _answer = sign_in(people.editor.email, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert is_in(client)
