"""The site without the lock and without the database's constraint: the control of `test_at_once.py`."""

import time

from django.db import connection

from mitwerk.config.wsgi import application  # noqa: F401
from mitwerk.registrations.actions import registering, seats
from mitwerk.registrations.models import Admission, Registration, TicketKind

with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("DROP INDEX IF EXISTS registrations_seat_once")


def read_without_lock(pk: int) -> Admission:
    return Admission.objects.select_related("congress__event", "congress__cluster", "seller").get(pk=pk)


def look_and_then_write(kind: TicketKind) -> tuple[Registration, int] | None:
    """As a check followed by a write does: a moment lies between them."""
    found = next_seat(kind)
    time.sleep(0.2)
    return found


next_seat = seats.next_seat
seats.hold = registering.hold = read_without_lock
seats.next_seat = look_and_then_write
