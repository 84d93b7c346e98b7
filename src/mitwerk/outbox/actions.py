"""Writes of the outbox: a mail is queued with the act it tells of; the worker or `tick` sends it (`mails.py`)."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitwerk.outbox.mails import SUBJECT_LENGTH, Button, in_one_line, write_mail
from mitwerk.outbox.models import Mail
from mitwerk.outbox.queries import FORGOTTEN, old_mails
from mitwerk.outbox.tasks import deliver


@transaction.atomic
def queue_mail(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    language: str,
    button: Button | None = None,
    code: str = "",
    reply_to: str = "",
    key: str | None = None,
    is_secret: bool = False,
    unsubscribe_url: str = "",
    purpose: str = "",
    calendar: str = "",
    qr: str = "",
) -> Mail | None:
    """Write a mail in the caller's transaction; it leaves after the commit, or not at all.

    `subject` comes in the reader's `language`. `key` names what nobody may be mailed twice: where a mail has it
    already, nothing is written and None comes back, however many processes ask at once. `qr` is what a code in the mail
    says to whoever reads it at a door.
    """
    written = write_mail(
        template=template,
        context=context,
        language=language,
        button=button,
        code=code,
        unsubscribe_url=unsubscribe_url,
        qr=qr,
    )
    mail = Mail(
        key=key, template=template, to=to, reply_to=reply_to, language=language, text=written.text, html=written.html,
        subject=in_one_line(subject)[:SUBJECT_LENGTH], is_secret=is_secret, headers=_headers(unsubscribe_url),
        purpose=purpose, calendar=calendar, qr=qr,
    )  # fmt: skip
    Mail.objects.bulk_create([mail], ignore_conflicts=key is not None)
    queued = Mail.objects.filter(public_id=mail.public_id).first()
    if queued:
        transaction.on_commit(partial(deliver.enqueue, queued.pk))
    return queued


def _headers(unsubscribe_url: str) -> dict[str, str]:
    """RFC 8058: one click in the mail program is enough."""
    if not unsubscribe_url:
        return {}
    return {"List-Unsubscribe": f"<{unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def cancel_mails(*, to: str, purpose: str) -> int:
    """Somebody took their consent back: what has not left does not leave. How many."""
    return int(Mail.objects.filter(to__iexact=to, purpose=purpose).exclude(state=Mail.State.SENT).delete()[0])


def remove_mails(*, keys: Iterable[str]) -> int:
    """What they were about and whoever got them are gone. How many."""
    return int(Mail.objects.filter(key__in=list(keys)).delete()[0])


def forget_mails() -> int:
    """Delete the old ones; of those that nobody may get twice, only their key stays. How many."""
    return old_mails().filter(key=None).delete()[0] + old_mails().update(
        text=FORGOTTEN, html="", calendar="", qr="", to="", reply_to="", subject=FORGOTTEN
    )


@transaction.atomic
def retry_mail(*, mail: Mail, actor: Any) -> None:
    """The office wants it tried again, from the beginning."""
    Mail.objects.filter(pk=mail.pk, state=Mail.State.GIVEN_UP).update(
        state=Mail.State.WAITING, attempts=0, due_at=timezone.now()
    )
    transaction.on_commit(partial(deliver.enqueue, mail.pk))
