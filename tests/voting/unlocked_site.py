"""The site without the lock of the roll and without the database's constraint: the control of `test_at_once.py`."""

import time
from typing import Any

from django.db import connection

from mitwerk.config.wsgi import application  # noqa: F401
from mitwerk.governance.actions import voting
from mitwerk.governance.models import Ballot, Roll

with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("DROP TRIGGER IF EXISTS governance_roll_once_row ON governance_roll")


def read_without_lock(ballot: Ballot, organisation_id: str, person: Any) -> Roll:
    """As a check followed by a write does: a moment lies between them."""
    roll = Roll.objects.get(ballot=ballot)
    time.sleep(0.2)
    return roll


voting._locked_roll = read_without_lock
voting.is_whole = lambda box, roll: True
