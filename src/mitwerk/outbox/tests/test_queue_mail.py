"""A mail is written with its act, once where once is meant, in words that harm nobody."""

from typing import Any

import pytest
from django.core import mail as sent_mail
from django.db import IntegrityError, transaction

from mitwerk.outbox import actions, mails
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button, write_mail
from mitwerk.outbox.models import Mail

pytestmark = pytest.mark.django_db
EVIL = 'Firma <a href="https://evil.example/">klick</a> {{ 7|add:7 }} https://evil.example/'


def queue(**changes: Any) -> Mail | None:
    given: dict[str, Any] = {
        "to": "leserin@example.org",
        "subject": "Betreff",
        "template": "outbox/tests/words.txt",
        "context": {"words": "Guten Tag,\n\nmit Ümlaut & Zeichen."},
        "language": "de",
    }
    return queue_mail(**{**given, **changes})


@pytest.fixture(autouse=True)
def words_template(settings: Any) -> None:
    """A template of a subject that does nothing but say its words."""
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"outbox/tests/words.txt": "{{ words }}"})]},
    }
    mail_engine = next(one for one in settings.TEMPLATES if one.get("NAME") == "mail")
    loaders = ["django.template.loaders.app_directories.Loader", *engine["OPTIONS"]["loaders"]]  # type: ignore[index]
    changed = {**mail_engine, "APP_DIRS": False, "OPTIONS": {"autoescape": False, "loaders": loaders}}
    settings.TEMPLATES = [one for one in settings.TEMPLATES if one is not mail_engine] + [changed]


def test_a_mail_leaves_after_the_commit_as_text_and_html(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail = queue(button=Button("Öffnen", "https://www.example.org/x/"))
        assert sent_mail.outbox == []
    assert mail is not None
    (sent,) = sent_mail.outbox
    assert (sent.to, sent.subject) == (["leserin@example.org"], "Betreff")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.body == (
        "Guten Tag,\n\nmit Ümlaut & Zeichen.\n\nÖffnen:\nhttps://www.example.org/x/\n\n-- \n"
        "Gesendet von 127.0.0.1:8000\nImpressum: http://127.0.0.1:8000/de/impressum/\n"
    )
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert '<p style="margin:0 0 16px">mit Ümlaut &amp; Zeichen.</p>' in html
    assert html.count("<a ") == 2
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.sent_at is not None) == ("sent", 1, True)


def test_an_act_that_is_rolled_back_mails_nobody(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert (Mail.objects.count(), sent_mail.outbox) == (0, [])


def test_a_key_is_mailed_once(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = queue(key="still-right:2027:a")
        again = queue(key="still-right:2027:a", to="andere@example.org")
        other = queue(key="still-right:2027:b")
    assert (first is None, again, other is None) == (False, None, False)
    assert [m.to for m in sent_mail.outbox] == [["leserin@example.org"]] * 2


def test_control_without_looking_past_the_key_the_database_refuses() -> None:
    queue(key="once")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(key="once", to="a@example.org", subject="x", template="x", language="de", text="x")


def test_mails_without_a_key_may_be_alike() -> None:
    assert [queue() is None, queue() is None] == [False, False]


def test_texts_of_users_are_neither_markup_nor_links(words_template: None) -> None:
    written = write_mail(template="outbox/tests/words.txt", context={"words": EVIL}, language="en")
    assert written.text.startswith(EVIL)
    assert written.html.count("<a ") == 1  # the imprint
    assert "&lt;a href=&quot;https://evil.example/&quot;&gt;klick&lt;/a&gt; {{ 7|add:7 }}" in written.html


def test_control_the_html_would_carry_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    real = mails.render_to_string
    monkeypatch.setattr(mails, "render_to_string", lambda name, context, using="": real(name, context, using="mail"))
    written = write_mail(template="outbox/tests/words.txt", context={"words": EVIL}, language="en")
    assert '<a href="https://evil.example/">' in written.html


def test_a_line_break_never_reaches_a_header() -> None:
    mail = queue(subject="a\nBcc: opfer@example.org\x00")
    assert mail is not None
    assert mail.subject == "a Bcc: opfer@example.org"


def test_control_without_the_guard_the_mail_stays(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(actions, "in_one_line", str)
    with django_capture_on_commit_callbacks(execute=True):
        queue(subject="a\nBcc: opfer@example.org")
    assert (sent_mail.outbox, Mail.objects.get().state) == ([], "waiting")


def test_who_may_unsubscribe_can_do_so_in_the_mail_program() -> None:
    mail = queue(unsubscribe_url="https://www.example.org/u/")
    assert mail is not None
    assert mail.headers == {
        "List-Unsubscribe": "<https://www.example.org/u/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "Keine Mails dieser Art mehr: https://www.example.org/u/" in mail.text


def test_the_language_is_the_readers(settings: Any) -> None:
    mail = queue(language="en")
    assert mail is not None
    assert "Imprint: http://127.0.0.1:8000/en/imprint/" in mail.text
    assert '<html lang="en">' in mail.html
