"""Installations of their own for tests in which several processes, a server or a browser meet."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]
MOST_WAIT = 300
"""Seconds after which a process that a test has started hangs, also on a busy machine."""


def fresh_installation(data: Path, label: str, **settings: str) -> dict[str, str]:
    """Environment of an empty installation with production settings, on the database the suite runs on."""
    environment = _production(data, **settings)
    data.mkdir(parents=True, exist_ok=True)
    if "postgres" in os.environ.get("DATABASE_URL", ""):
        environment["DATABASE_URL"] = _copy_of_postgres(environment, label)
    else:
        shutil.copytree(_migrated(environment), data, dirs_exist_ok=True)
    return environment


def begin_with_tables(connection: BaseDatabaseWrapper) -> None:
    """Let the test database, before Django sets it up, begin as a copy: all migrations take 20 s in each process."""
    environment = _production(Path(tempfile.gettempdir()))
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = _migrated_postgres(environment)
    elif not connection.is_in_memory_db():  # type: ignore[attr-defined]  # otherwise it is there already
        sqlite, name = connection.Database, connection.creation._get_test_db_name()
        # The copy lasts as long as somebody is connected: Django is from now on.
        connection.settings_dict["NAME"] = name
        connection.connect()
        with closing(sqlite.connect(_migrated(environment) / "mitwerk.sqlite3")) as migrated:
            migrated.backup(connection.connection)


def _production(data: Path, **settings: str) -> dict[str, str]:
    return {
        **os.environ,
        "MITWERK_DATA": str(data),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.production",
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        "EMAIL_URL": f"filemail://{data}/mail",
        **settings,
    }


def _migrated(environment: dict[str, str]) -> Path:
    """A folder with an empty database with all its tables: made once for the migrations as they are, then copied."""
    folder = Path(tempfile.gettempdir()) / f"mitwerk-tests-{os.getuid()}-{_digest()}"
    with _one_at_a_time():
        if not folder.exists():
            making = Path(tempfile.mkdtemp())
            _migrate({**environment, "MITWERK_DATA": str(making)})
            making.rename(folder)
    return folder


def _copy_of_postgres(environment: dict[str, str], label: str) -> str:
    """A database beside the one the suite uses, made from a migrated one."""
    server, _slash, name = os.environ["DATABASE_URL"].rpartition("/")
    template, own = _migrated_postgres(environment), f"{name}_{label}"
    with _one_at_a_time(), psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
    return f"{server}/{own}"


def _migrated_postgres(environment: dict[str, str]) -> str:
    """Name of a database with all its tables, made once."""
    url = os.environ["DATABASE_URL"]
    server, _slash, name = url.rpartition("/")
    template = f"mitwerk_tests_{_digest()}"
    with _one_at_a_time(), psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if not known:
            _migrate({**environment, "DATABASE_URL": empty_postgres(url, "making")})
            connection.execute(f'ALTER DATABASE "{name}_making" RENAME TO "{template}"')
    return template


def _migrate(environment: dict[str, str]) -> None:
    for command in (["migrate", "--verbosity=0"], ["createcachetable"]):
        manage(environment, *command)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The tests run in several processes; one of them makes what all of them copy."""
    with (Path(tempfile.gettempdir()) / f"mitwerk-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest() -> str:
    """Short mark of what the tables are made of."""
    files = [*sorted((ROOT / "src").rglob("migrations/*.py")), ROOT / "requirements" / "base.txt"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True, timeout=MOST_WAIT)


def told_by(environment: dict[str, str], *words: str) -> str:
    """What a Python of the installation prints."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        timeout=MOST_WAIT,
    ).stdout  # fmt: skip


def shell(environment: dict[str, str], code: str) -> str:
    """What this code prints in the installation."""
    return told_by(environment, "manage.py", "shell", "--no-imports", "-c", code)


def empty_postgres(url: str, label: str) -> str:
    """A database beside the one the suite uses."""
    server, _slash, name = url.rpartition("/")
    own = f"{name}_{label}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{own}"')
    return f"{server}/{own}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    environment: dict[str, str], workers: int = 1, application: str = "mitwerk.config.wsgi:application"
) -> Iterator[str]:
    """The production server under the address that the environment gives, for as long as it is needed."""
    url = environment["BASE_URL"]
    server = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "granian"),
            "--interface=wsgi",
            "--host=127.0.0.1",
            f"--port={url.rsplit(':', 1)[1]}",
            f"--workers={workers}",
            "--no-access-log",
            "--log-level=warning",
            application,
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(f"{url}/robots.txt", server)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:  # several workers on a busy machine
            server.kill()
            server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]", seconds: int = 60) -> None:
    """Ask until there is an answer. A worker that hangs keeps a question that the server has taken for it forever."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server for {url} ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=10):  # noqa: S310 (our own server on loopback)
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {seconds} s")
