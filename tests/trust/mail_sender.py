"""A process of `test_mails.py` that queues and sends mails until it is killed. Not a test.

`python -m tests.trust.mail_sender queue START COUNT` prints the number of each act after its commit, and sends.
`… send` sends what is due; `… send-unclaimed COUNT`, one of so many, does so without taking it first, as the control.
"""

import os
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from mitwerk.outbox.actions import queue_mail  # noqa: E402
from mitwerk.outbox.mails import _note_sent, deliver_due, message_of  # noqa: E402
from mitwerk.outbox.queries import due_mails  # noqa: E402


def queue(number: int) -> None:
    """One act with its mail; every third is taken back."""
    with transaction.atomic():
        queue_mail(
            to="leserin@example.org",
            subject=f"act {number}",
            template="clusters/message_mail.txt",
            context={"message": {"text": f"Nachricht {number}"}},
            language="de",
        )
        transaction.set_rollback(number % 3 == 0)
    if number % 3:
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def send_unclaimed(senders: int) -> None:
    """Every process has read what is due before the first one sends."""
    due = list(due_mails())
    marks = Path(settings.MITWERK_DATA) / "read"
    marks.mkdir(exist_ok=True)
    (marks / str(os.getpid())).touch()
    until = time.monotonic() + 100
    while len(list(marks.iterdir())) < senders and time.monotonic() < until:
        time.sleep(0.05)
    for mail in due:
        message_of(mail).send()
        _note_sent(mail)


match sys.argv[1:]:
    case ["queue", start, count]:
        for number in range(int(start), int(start) + int(count)):
            queue(number)
            deliver_due(most=2)
    case ["send"]:
        deliver_due(most=1000)
    case ["send-unclaimed", senders]:
        send_unclaimed(int(senders))
