"""What only the owner of the database can do to the log."""

from django.db import connection

from mitwerk.core.append_only import take_away


def open_the_log() -> None:
    """Until the test's transaction ends, lines can be changed and deleted."""
    take_away(connection, "accounts_auditentry")
