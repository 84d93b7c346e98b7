"""`manage.py room_mail`: the mail server hands over one mail that answers a topic of a room.

It ends as mail servers expect (sysexits.h): 0 it was dealt with, 65 it cannot be read, 67 nobody has this address, 75
try again later. Nothing of the mail is printed or logged, not even in an error.
"""

import hashlib
import logging
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mitwerk.algorithms.received_mail import LARGEST, Unreadable, read_mail
from mitwerk.rooms.actions import Outcome, take_mail

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Read one mail from standard input and post it as the answer to the topic it was written to. For the mail "
        "server. Example: python manage.py room_mail < mail.eml"
    )
    requires_system_checks: Any = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipient", nargs="?", default="", help="the address it came to, if not in its headers")

    def handle(self, *args: Any, **options: Any) -> None:
        code = taken(sys.stdin.buffer.read(LARGEST + 1), options["recipient"])
        if code != os.EX_OK:
            sys.exit(code)


def taken(raw: bytes, recipient: str) -> int:
    """What the mail server is told."""
    try:
        received = read_mail(raw)
        if recipient:
            received = received.sent_to(recipient)
        outcome = take_mail(received=received, raw_mark=hashlib.sha256(raw).hexdigest())
    except Unreadable:
        return os.EX_DATAERR
    except Exception as error:  # whatever it is, the mail server keeps the mail and tries again
        log.error("A mail to a room could not be taken (%s)", type(error).__name__)
        return os.EX_TEMPFAIL
    return os.EX_NOUSER if outcome == Outcome.UNKNOWN else os.EX_OK
