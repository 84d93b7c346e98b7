"""TRUST D3: no connection to a SQLite that may lose or corrupt what was acknowledged."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections, transaction

from mitwerk.core import checks
from mitwerk.core.database import (
    EXPECTED_PRAGMAS,
    SQLITE_OPTIONS,
    prepare_connection,
    read_pragmas,
    refuse_unsafe_sqlite,
)

ROOT = Path(__file__).resolve().parents[2]
ALIAS = "file"


@pytest.fixture
def open_file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """Gives `open(init_command)`: a connection to a real file, as the production settings make it."""

    def open_database(init_command: str | None = None, **options: Any) -> Any:
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "site.sqlite3")}
        own = {"init_command": init_command} if init_command is not None else {}
        connections.databases[ALIAS] = {**settings, "OPTIONS": {**SQLITE_OPTIONS, **own, **options}}
        connections.configure_settings(connections.databases)
        return connections[ALIAS]

    with django_db_blocker.unblock():
        yield open_database
    connections[ALIAS].close()
    del connections[ALIAS]
    del connections.databases[ALIAS]


def test_pragmas_are_read_back_on_a_real_connection(open_file: Any) -> None:
    connection = open_file()
    assert read_pragmas(connection) == EXPECTED_PRAGMAS
    assert EXPECTED_PRAGMAS == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}


def test_a_transaction_takes_the_write_lock_at_once(open_file: Any) -> None:
    said: list[str] = []
    connection = open_file()
    connection.ensure_connection()
    connection.connection.set_trace_callback(said.append)
    with transaction.atomic(using=ALIAS), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert said == ["BEGIN IMMEDIATE", "SELECT 1", "COMMIT"]


def test_control_without_the_setting_the_lock_is_late(open_file: Any) -> None:
    said: list[str] = []
    connection = open_file(transaction_mode="DEFERRED")
    connection.ensure_connection()
    connection.connection.set_trace_callback(said.append)
    with transaction.atomic(using=ALIAS):
        pass
    assert said[0] == "BEGIN DEFERRED"


@pytest.mark.parametrize(
    ("init_command", "wrong"),
    [
        ("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA mmap_size=0", "'journal_mode': 'delete'"),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0", "'synchronous': 1"),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA mmap_size=0", "'synchronous': 0"),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=4096", "'mmap_size': 4096"),
        (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA foreign_keys=OFF",
            "'foreign_keys': 0",
        ),
    ],
)
def test_a_wrong_pragma_stops_the_start_with_a_sentence(open_file: Any, init_command: str, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        open_file(init_command).ensure_connection()
    sentence = str(caught.value)
    assert (sentence.startswith("SQLite refused the durable settings: wanted"), wrong in sentence) == (True, True)


@pytest.mark.parametrize(("version", "is_refused"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_an_old_library_is_refused(version: tuple[int, ...], is_refused: bool) -> None:
    refused = ""
    try:
        refuse_unsafe_sqlite(version)
    except ImproperlyConfigured as error:
        refused = str(error)
    wanted = (
        f"SQLite {'.'.join(map(str, version))} can corrupt a database that several processes use. "
        "Install the package pysqlite3 (0.6.1 or newer), or set DATABASE_URL to a PostgreSQL server."
    )
    assert refused == (wanted if is_refused else "")


def test_a_connection_asks_for_the_version(open_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = open_file()
    connection.ensure_connection()
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(ImproperlyConfigured):
        prepare_connection(None, connection)


def test_check_tells_of_an_old_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}})
    assert checks.sqlite_is_safe(None) == []
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr("sqlite3.sqlite_version", "3.51.2")
    with pytest.raises(SystemCheckError) as caught:
        call_command("check", "--tag", "security", "--fail-level", "WARNING")
    assert str(caught.value).count("mitwerk.E004) SQLite 3.51.2 can corrupt a database") == 1


def test_a_management_command_has_the_same_pragmas(tmp_path: Path) -> None:
    """A process of its own, with nothing of the tests in it."""
    code = (
        "from django.db import connection; connection.ensure_connection(); "
        "from mitwerk.core.database import read_pragmas; print(sorted(read_pragmas(connection).items()))"
    )
    bare = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env={**bare, "MITWERK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.production"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str(sorted(EXPECTED_PRAGMAS.items()))
