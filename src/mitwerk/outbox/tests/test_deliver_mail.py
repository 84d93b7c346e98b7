"""Delivery: by one process at a time, again after a failure, given up at last, forgotten after a month."""

import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail as sent_mail
from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.outbox import mails
from mitwerk.outbox.actions import forget_mails, retry_mail
from mitwerk.outbox.mails import LEASE, PAUSES, deliver_due, deliver_mail, message_of
from mitwerk.outbox.models import Mail

pytestmark = pytest.mark.django_db
BROKEN = "mitwerk.outbox.tests.broken_mail.Backend"
NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def make(**changes: Any) -> Mail:
    given = {"to": "a@example.org", "subject": "Betreff", "template": "x/y.txt", "language": "de", "text": "Text"}
    return Mail.objects.create(**{**given, **changes})


def state(mail: Mail) -> tuple[str, int]:
    mail.refresh_from_db()
    return mail.state, mail.attempts


def test_a_mail_goes_once() -> None:
    mail = make()
    assert [deliver_mail(pk=mail.pk), deliver_mail(pk=mail.pk), deliver_due()] == [True, False, 0]
    assert (len(sent_mail.outbox), state(mail)) == (1, ("sent", 1))


def test_who_took_it_has_it_for_the_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies while it sends: nobody else sends before the lease is over, then somebody does."""
    mail = make()
    monkeypatch.setattr(mails, "_note_sent", lambda mail: None)  # as if killed right after the server took it
    deliver_mail(pk=mail.pk)
    monkeypatch.undo()
    assert (deliver_due(), len(sent_mail.outbox)) == (0, 1)
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert deliver_due() == 1
    first, again = sent_mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"] == f"<{mail.public_id}@127.0.0.1>"


def test_a_failure_is_tried_again_ever_later_and_then_given_up(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.EMAIL_BACKEND = BROKEN
    mail = make()
    with time_machine.travel(NOW, tick=False) as clock, caplog.at_level(logging.ERROR):
        mail.due_at = timezone.now()
        mail.save()
        for number, pause in enumerate(PAUSES, start=1):
            deliver_due()
            assert (state(mail), mail.due_at) == (("waiting", number), timezone.now() + pause)
            assert deliver_due() == 0
            clock.shift(pause)
        deliver_due()
    assert (state(mail), mail.error) == (("given_up", len(PAUSES) + 1), "ConnectionRefusedError")
    assert "a@example.org" not in caplog.text


@pytest.mark.parametrize(("code", "then"), [(550, "given_up"), (450, "waiting")])
def test_an_address_that_does_not_exist_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, code: int, then: str
) -> None:
    def refuse(message: Any) -> None:
        raise SMTPRecipientsRefused({"a@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    mail = make()
    deliver_mail(pk=mail.pk)
    assert (state(mail), mail.error) == ((then, 1), f"refused with {code}")


def test_the_office_can_have_it_tried_again(django_capture_on_commit_callbacks: Any) -> None:
    editor = create_user(email="office@example.org", password="x", name="Office")
    mail = make(state="given_up", attempts=8)
    with django_capture_on_commit_callbacks(execute=True):
        retry_mail(mail=mail, actor=editor)
    assert (state(mail), len(sent_mail.outbox)) == (("sent", 1), 1)


def test_a_secret_is_forgotten_once_it_is_sent(settings: Any) -> None:
    mail = make(text="Code 123456", html="<p>123456", is_secret=True)
    deliver_mail(pk=mail.pk)
    mail.refresh_from_db()
    assert (mail.subject, mail.text, mail.html, sent_mail.outbox[0].body) == ("…", "…", "", "Code 123456")


def test_control_in_the_demo_it_can_be_read(settings: Any) -> None:
    settings.IS_DEMO = True
    mail = make(text="Code 123456", is_secret=True)
    deliver_mail(pk=mail.pk)
    mail.refresh_from_db()
    assert mail.text == "Code 123456"


def test_mails_are_forgotten_after_a_month_but_not_what_was_mailed_once() -> None:
    old = timezone.now() - timedelta(days=31)
    make(created_at=old, state="sent", sent_at=old)
    keyed = make(created_at=old, state="given_up", key="still-right:2026:a", html="<p>x")
    waiting = make(created_at=old)
    young = make(state="sent", sent_at=timezone.now())
    assert (forget_mails(), forget_mails()) == (2, 0)
    assert sorted(Mail.objects.values_list("pk", flat=True)) == sorted([keyed.pk, waiting.pk, young.pk])
    keyed.refresh_from_db()
    assert (keyed.key, keyed.to, keyed.text, keyed.html, keyed.subject) == ("still-right:2026:a", "", "…", "", "…")


def test_a_mail_goes_out_from_the_house_with_its_answer_address() -> None:
    message = message_of(make(reply_to="antwort@example.org", html="<p>x</p>"))
    assert (message.from_email, message.reply_to) == ("mitwerk@127.0.0.1", ["antwort@example.org"])
