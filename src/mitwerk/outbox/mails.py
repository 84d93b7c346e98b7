"""What a mail looks like, and how it leaves: at least once, a second time only with the same Message-ID."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.mime.image import MIMEImage
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mitwerk.algorithms.qr import png
from mitwerk.outbox.models import Mail
from mitwerk.outbox.queries import FORGOTTEN, due_mails

log = logging.getLogger(__name__)
SUBJECT_LENGTH = 180
LEASE = timedelta(minutes=5)
"""So long a mail belongs to the process that took it; longer than any mail server may keep it waiting."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 720, 1440))


@dataclass(frozen=True)
class Button:
    """The one thing the reader is asked to do. `url` is absolute."""

    label: str
    url: str


@dataclass(frozen=True)
class Written:
    """A mail in words: the same content twice."""

    text: str
    html: str


def in_one_line(text: str) -> str:
    """Without line breaks and control characters, so that it may stand in the header of a mail."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def write_mail(
    *,
    template: str,
    context: dict[str, Any],
    language: str,
    button: Button | None = None,
    code: str = "",
    unsubscribe_url: str = "",
    qr: str = "",
) -> Written:
    """Render a subject's template (plain text, paragraphs apart by empty lines) as text and as HTML.

    A paragraph that is nothing but `code` is drawn large.

    Texts of users stand in both as they were written: escaped in the HTML, and never as a link.
    """
    with override(language):
        body = render_to_string(template, context, using="mail").strip()
        around = {
            "button": button,
            "code": code,
            "language": language,
            "host": urlsplit(settings.BASE_URL).netloc,
            "imprint_url": settings.BASE_URL + reverse(settings.IMPRINT_URL),
            "unsubscribe_url": unsubscribe_url,
            "qr": qr,
        }
        text = render_to_string("outbox/mail.txt", {"body": body, **around}, using="mail")
        html = render_to_string("outbox/mail.html", {"paragraphs": _paragraphs(body), **around})
    return Written(text.strip() + "\n", html)


def _paragraphs(body: str) -> list[str]:
    return [part.strip() for part in body.split("\n\n") if part.strip()]


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail as Django sends it. Its Message-ID stays the same at every try, so that a second copy can be told."""
    sender = Address(addr_spec=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> "))
    headers = {"Message-ID": f"<{mail.public_id}@{sender.domain}>", "Auto-Submitted": "auto-generated", **mail.headers}
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], reply_to=[mail.reply_to] if mail.reply_to else None, headers=headers
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:  # twice: some programs read the one, some the other
        method = _method(mail.calendar)
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
        message.attach("date.ics", mail.calendar, f"text/calendar; method={method}")
    if mail.qr:
        message.attach(_drawn(mail.qr))
    return message


def _drawn(text: str) -> MIMEImage:
    """The code where the mail shows it, and as a file for programs that show no HTML."""
    image = MIMEImage(png(text), "png")
    image.add_header("Content-ID", "<code>")
    image.add_header("Content-Disposition", "inline", filename="code.png")
    return image


def _method(calendar: str) -> str:
    """What the calendar is asked to do: the mail says it as well (RFC 6047)."""
    return next(line.partition(":")[2] for line in calendar.splitlines() if line.startswith("METHOD:"))


def deliver_mail(*, pk: int) -> bool:
    """Send one mail if it is due and nobody else is at it; True when the mail server took it.

    Who moves `due_at` has it. A process that dies leaves it to the next one after the lease, with the same
    Message-ID, so a mail may come twice only where the server took it and our note of that was lost.
    """
    now = timezone.now()
    taken = Mail.objects.filter(pk=pk, state=Mail.State.WAITING, due_at__lte=now)
    if not taken.update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    mail = Mail.objects.get(pk=pk)
    try:
        message_of(mail).send()
    except SMTPRecipientsRefused as error:
        code = min((code for code, _text in error.recipients.values()), default=0)
        _put_off(mail, f"refused with {code}", is_final=code >= 500)
        return False
    except Exception as error:  # whatever the mail server does, the mail stays and is tried again
        _put_off(mail, type(error).__name__)
        return False
    _note_sent(mail)
    return True


def _put_off(mail: Mail, error: str, is_final: bool = False) -> None:
    """Try again later, or give up. Nobody's address or words enter the log."""
    gives_up = is_final or mail.attempts > len(PAUSES)
    log.error("A mail could not be sent (%s, %s), try %d", mail.template, error, mail.attempts)
    mail.error = error[:200]
    mail.state = Mail.State.GIVEN_UP if gives_up else Mail.State.WAITING
    mail.due_at = timezone.now() + PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    _save(mail, "error", "state", "due_at")


def _note_sent(mail: Mail) -> None:
    mail.state, mail.sent_at, mail.error = Mail.State.SENT, timezone.now(), ""
    if mail.is_secret and not settings.IS_DEMO:  # the demo's mailbox is where its codes are read
        mail.subject, mail.text, mail.html, mail.calendar = FORGOTTEN, FORGOTTEN, "", ""
    _save(mail, "state", "sent_at", "error", "subject", "text", "html", "calendar")


def _save(mail: Mail, *names: str) -> None:
    """Without making anew what was taken back meanwhile."""
    Mail.objects.filter(pk=mail.pk).update(**{name: getattr(mail, name) for name in names})


def deliver_due(*, most: int = 500) -> int:
    """Send what is due; called by `tick`, in case a worker died or a mail waits for its next try. How many went."""
    return sum(deliver_mail(pk=pk) for pk in list(due_mails().values_list("pk", flat=True)[:most]))
