"""What mails about accounts say, to whom, and in which language."""

import re
from html import unescape

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from mitwerk.accounts.mails import mail_account
from mitwerk.accounts.models import User
from mitwerk.outbox.models import Mail

KINDS = {
    "account/email/login_code": "Ihr Code: ABCD-EFGH",
    "account/email/confirm_code": "Ihr Code: ABCD-EFGH",
    "account/email/email_confirmation": "Ihr Code: ABCD-EFGH",
    "account/email/email_confirmation_signup": "Ihr Code: ABCD-EFGH",
    "account/email/password_reset_key": "Ein neues Passwort",
    "account/email/unknown_account": "Zu dieser Adresse gibt es kein Konto",
    "account/email/account_already_exists": "Zu dieser Adresse gibt es schon ein Konto",
    "account/email/email_changed": "Ihre Adresse wurde geändert",
    "account/email/email_confirm": "Ihre Adresse ist bestätigt",
    "account/email/email_deleted": "Eine Adresse wurde entfernt",
    "account/email/password_changed": "Ihr Passwort wurde geändert",
    "account/email/password_set": "Sie haben jetzt ein Passwort",
    "account/email/password_reset": "Ihr Passwort wurde neu gesetzt",
    "mfa/email/totp_activated": "Authenticator-App eingerichtet",
    "mfa/email/totp_deactivated": "Authenticator-App ausgeschaltet",
    "mfa/email/webauthn_added": "Neuer Passkey",
    "mfa/email/webauthn_removed": "Passkey entfernt",
    "mfa/email/passkey_cloned": "Einer Ihrer Passkeys wurde vielleicht kopiert",
    "mfa/email/recovery_codes_generated": "Neue Notfallcodes",
}
VALUES = {
    "code": "ABCD-EFGH",
    "password_reset_url": "https://example.org/reset/",
    "user_agent": "Firefox/140.0 Windows",
}


def written(kind: str, to: str = "a@example.org", values: dict[str, str] = VALUES, sender: str = "") -> Mail:
    """The mail as it stands in the outbox."""
    mail_account(kind, to, values, sender_name=sender)
    return Mail.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_has_a_subject_a_text_and_the_same_as_html(kind: str) -> None:
    mail = written(kind, sender="Musterregion")
    assert (mail.subject, mail.to, mail.is_secret) == (KINDS[kind], "a@example.org", True)
    body = mail.text.partition("\n-- \n")[0].rstrip().splitlines()
    words = unescape(re.sub(r"<[^>]+>", "", mail.html))
    assert [line for line in body if line.removesuffix(":") not in words] == []
    assert "Musterregion" in body


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_ours(kind: str) -> None:
    """A prefix that allauth renames would bring its own text back unseen."""
    for part in ("subject", "message"):
        origin = get_template(f"{kind}_{part}.txt").origin.name  # type: ignore[attr-defined]
        assert "/mitwerk/accounts/templates/" in origin


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "subject"), [("de", "Ihr Code: 1"), ("en", "Your code: 1")])
def test_a_mail_is_in_the_language_of_who_gets_it(language: str, subject: str) -> None:
    User.objects.create_user("reader@example.org", None, language=language)
    with override("en" if language == "de" else "de"):
        assert written("account/email/login_code", "Reader@example.org", {"code": "1"}).subject == subject


@pytest.mark.django_db
def test_what_others_chose_is_text_and_no_markup() -> None:
    """A device may call itself anything; an address may hold what HTML would take for a tag."""
    values = {"email": "x", "to_email": '"<b>"@example.org', "from_email": "a@example.org", "user_agent": "<script>"}
    mail = written("account/email/email_changed", values=values)
    assert ("<b>" in mail.text, "<b>" in mail.html, "<script" in mail.html) == (True, False, False)


@pytest.mark.django_db
def test_a_subject_is_one_line() -> None:
    mail = written("account/email/login_code", values={"code": "1\r\nBcc: b@example.org"})
    assert mail.subject == "Ihr Code: 1 Bcc: b@example.org"


@pytest.mark.django_db
def test_what_lets_somebody_in_is_forgotten_and_nothing_else() -> None:
    mail_account("account/email/password_changed", "a@example.org", {"user_agent": ""})
    mail_account("account/email/login_code", "a@example.org", {"code": "1"})
    mail_account("account/email/password_reset_key", "a@example.org", {"password_reset_url": "https://example.org/"})
    assert list(Mail.objects.order_by("pk").values_list("is_secret", flat=True)) == [False, True, True]


@pytest.mark.django_db
def test_a_code_is_drawn_large() -> None:
    mail = written("account/email/login_code")
    assert mail.html.count('letter-spacing:2px">ABCD-EFGH</p>') == 1
