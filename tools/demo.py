"""The demo: a region that is there at once, one sign-in per role, the production server on the loopback."""

import fcntl
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import IO

import steps

REGION = "regions/mitteldeutschland"
HOST = "127.0.0.1"


def start(given_port: str) -> None:
    """Set up, load the region the first time, and become the server."""
    port = free_port(given_port)
    lock = hold(fcntl.LOCK_SH, "The demo is being reset. Try again in a moment.")
    steps.set_up()
    load_once()
    address = f"http://{HOST}:{port}"
    steps.say(f"\nMitwerk is at {address}/  (stop it with Ctrl-C)")
    steps.say(f"The sign-ins are in {shown(sign_ins())}; the door is {address}/de/konto/login/")
    steps.say(f"No mail leaves the demo; what would be sent is at {address}/demo/mail/\n")
    media = steps.data_folder() / "media"
    media.mkdir(exist_ok=True)
    command = [
        str(steps.BIN / "granian"),
        "mitwerk.config.wsgi:application",
        *("--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1", "--no-ws"),
        *("--blocking-threads", "4", "--backpressure", "64"),
        *("--static-path-route", "/media", "--static-path-mount", str(media)),
        *("--log-level", "warning"),
    ]
    # On the loopback, with sign-ins that are thrown away: asking each visitor for an authenticator would only keep
    # people from looking. Nothing else switches it off.
    surroundings = steps.environment(
        BASE_URL=address, EXTRA_HOSTS="localhost", MITWERK_DEMO="yes", OFFICE_NEEDS_SECOND_FACTOR="no"
    )
    worker = [str(steps.PYTHON), "manage.py", "work", "--with-parent"]
    subprocess.Popen(worker, env=surroundings, cwd=steps.ROOT)
    os.set_inheritable(lock.fileno(), True)  # the server holds the lock for as long as it runs
    os.execve(command[0], command, surroundings)  # noqa: S606


def free_port(given: str) -> int:
    """Asked before anything slow is done."""
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise steps.Stop(f"PORT must be a number from 1 to 65535, not “{given}”.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise steps.Stop(f"Port {port} is reserved for administrators. Try: make demo PORT=8123") from None
        except OSError:
            another = 8123 if port != 8123 else 8124
            raise steps.Stop(f"Port {port} is taken by another program. Try: make demo PORT={another}") from None
    return port


def hold(kind: int, refusal: str) -> IO[str]:
    """Lock the data folder: shared by servers, alone for a reset."""
    folder = steps.data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "demo.lock").open("w")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError:
        raise steps.Stop(refusal) from None
    return file


def sign_ins() -> Path:
    return steps.data_folder() / "demo-sign-ins.txt"


def shown(file: Path) -> str:
    return str(file.relative_to(steps.ROOT)) if file.is_relative_to(steps.ROOT) else str(file)


def load_once() -> None:
    """Load region and sign-ins unless this database has them; what was changed since is kept."""
    inputs = steps.fingerprint(os.environ.get("DATABASE_URL", ""), "demo")
    if steps.database_is_ready() and sign_ins().exists() and steps.data_stamps().holds("demo", inputs):
        return
    steps.say("Loading the demo region …")
    steps.manage("make_demo", REGION, "--sign-ins", str(sign_ins()))
    steps.data_stamps().set(demo=inputs)


def reset() -> None:
    """Take away what the demo holds; keys and packages stay."""
    if os.environ.get("DATABASE_URL"):
        raise steps.Stop(
            "DATABASE_URL is set: `make demo-reset` only throws away its own SQLite file. "
            "Empty that database yourself, or unset DATABASE_URL."
        )
    lock = hold(fcntl.LOCK_EX, "The demo is running. Stop it with Ctrl-C first, then: make demo-reset")
    folder = steps.data_folder()
    for name in ("mitwerk.sqlite3", "mitwerk.sqlite3-wal", "mitwerk.sqlite3-shm", "demo-sign-ins.txt", "steps.json"):
        (folder / name).unlink(missing_ok=True)
    for name in ("media", "private", "mail"):
        shutil.rmtree(folder / name, ignore_errors=True)
    lock.close()
    steps.say("The demo's data is gone. `make demo` builds it anew.")
