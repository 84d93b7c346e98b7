"""What every database connection must be before anyone uses it.

SQLite before 3.51.3 can corrupt a database in WAL mode when two connections are open, so the newer library
that `pysqlite3` brings takes the place of the standard module. The pragmas are set by Django (`OPTIONS`) and
read back here, because a pragma that SQLite cannot honour is ignored in silence.
"""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mitwerk.algorithms.collation import compare_german

SAFE_SQLITE = (3, 51, 3)
GERMAN = "de-x-icu"
"""Collation for names shown in lists: an ICU collation on PostgreSQL, our own function under its name on SQLite."""

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # SQLite keeps 2 MB of a file in memory by itself. One search over 10,000 organisations touches 10 MB, and would
    # read all of it again at each request. 32 MB is the most; a small file takes no more than it has.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-32000;",
}
EXPECTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}


def use_safe_sqlite() -> None:
    """Put `pysqlite3` in the place of `sqlite3` where it is newer. Must run before Django's backend is imported."""
    import sqlite3

    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def refuse_unsafe_sqlite(version: tuple[int, ...]) -> None:
    """Stop the start on a library with the WAL-reset bug."""
    if version < SAFE_SQLITE:
        raise ImproperlyConfigured(
            f"SQLite {'.'.join(map(str, version))} can corrupt a database that several processes use. "
            "Install the package pysqlite3 (0.6.1 or newer), or set DATABASE_URL to a PostgreSQL server."
        )


def prepare_connection(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Add the collation and hold the connection to the promised pragmas."""
    if connection.vendor != "sqlite":
        return
    refuse_unsafe_sqlite(connection.Database.sqlite_version_info)
    connection.connection.create_collation(GERMAN, compare_german)
    refuse_wrong_pragmas(connection)


def read_pragmas(connection: Any) -> dict[str, Any]:
    """The four pragmas as this very connection has them, name to value."""
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in EXPECTED_PRAGMAS}


def refuse_wrong_pragmas(connection: Any) -> None:
    if connection.is_in_memory_db():
        return  # a test database in memory has no journal to lose
    found = read_pragmas(connection)
    if found != EXPECTED_PRAGMAS:
        raise ImproperlyConfigured(f"SQLite refused the durable settings: wanted {EXPECTED_PRAGMAS}, got {found}.")
