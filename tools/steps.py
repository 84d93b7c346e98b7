"""The set-up, step by step. A step whose inputs have not changed since it last succeeded is left out."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
VENDOR = ROOT / "src/mitwerk/ui/static/vendor"
NODE_FLOOR = 20


class Stop(Exception):
    """Ends the command with one sentence that says what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def data_folder() -> Path:
    """The same folder as the settings take (`MITWERK_DATA`, `var` otherwise)."""
    return Path(os.environ.get("MITWERK_DATA") or ROOT / "var").expanduser().resolve()


def environment(**more: str) -> dict[str, str]:
    """What child processes see: our sources, and no settings of another virtual environment."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "__PYVENV_LAUNCHER__"}}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "VIRTUAL_ENV": str(VENV), **more}


class Stamps:
    """Remembers in a file which inputs a step last succeeded with."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(self.file.read_text())
        except (OSError, ValueError):
            return {}
        return found

    def holds(self, step: str, inputs: str) -> bool:
        return self.read().get(step) == inputs

    def set(self, **steps: str) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps({**self.read(), **steps}, indent=1))


def code_stamps() -> Stamps:
    return Stamps(VENV / "mitwerk-steps.json")


def data_stamps() -> Stamps:
    return Stamps(data_folder() / "steps.json")


def fingerprint(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def fingerprint_files(files: Iterable[Path]) -> str:
    """By size and time of change: quick, and a file that was written again is looked at again."""
    seen = sorted((str(f.relative_to(ROOT)), f.stat().st_size, f.stat().st_mtime_ns) for f in files if f.is_file())
    return fingerprint(*seen)


def call(command: list[Any], failure: str, **more: str) -> None:
    """Run quietly; on failure show the end of what it said, and stop with `failure`."""
    done = subprocess.run(
        list(map(str, command)), env=environment(**more), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise Stop("\n".join([*said[-15:], "", failure]))


def manage(*words: str, **more: str) -> None:
    command = [str(PYTHON), "manage.py", *words]
    if subprocess.run(command, env=environment(**more), cwd=ROOT, check=False).returncode:
        raise Stop(f"`manage.py {' '.join(words)}` failed; the lines above say why.")


def virtual_environment() -> None:
    """Make `.venv`, or make it anew when the Python it was made with is gone."""
    if (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode
    ):
        return
    say(f"Making the virtual environment .venv with Python {sys.version.split()[0]} …")
    if VENV.exists():
        shutil.rmtree(VENV)
    call(
        [sys.executable, "-m", "venv", VENV],
        "The virtual environment could not be made. On Debian or Ubuntu: apt install python3-venv",
    )


def packages(name: str) -> None:
    """Install `requirements/<name>.txt`; every package is held to the hashes written there."""
    lock = ROOT / "requirements" / f"{name}.txt"
    version = (VENV / "pyvenv.cfg").read_text()
    inputs = fingerprint(lock.read_text(), version)
    if code_stamps().holds(name, inputs):
        return
    count = len(re.findall(r"^\S+==", lock.read_text(), re.M))
    say(f"Fetching {count} packages ({lock.relative_to(ROOT)}); the first time this takes a minute or two …")
    started = time.monotonic()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--retries", "1", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(why_pip_failed(done.stderr))
    code_stamps().set(**{name: inputs})
    say(f"  done in {time.monotonic() - started:.0f} s")


def why_pip_failed(said: str) -> str:
    """One line for the two usual causes, pip's own last words otherwise."""
    if re.search(
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Connection refused|timed out", said
    ):
        return "The package index cannot be reached. Check the network (or the proxy) and run the command again."
    if "No space left" in said:
        return "The disk is full. Make room (about 1 GB) and run the command again."
    errors = [line for line in said.strip().splitlines() if "ERROR" in line] or said.strip().splitlines()
    return "\n".join([*errors[-6:], "", "The packages could not be installed; pip's last lines are above."])


def has_node() -> bool:
    """Whether this machine has a Node that can build the assets."""
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    found = re.match(r"v(\d+)", said)
    return bool(found and int(found[1]) >= NODE_FLOOR and shutil.which("npm"))


def assets() -> None:
    """Scripts, fonts and icons from npm, copied to `ui/static/vendor` (which git ignores)."""
    ui = ROOT / "src/mitwerk/ui"
    inputs = fingerprint_files([ROOT / "package-lock.json", ui / "assets.py", *(ui / "static/ui").iterdir()])
    if VENDOR.is_dir() and code_stamps().holds("assets", inputs):
        return
    if not has_node():
        packages("assets")
    say("Building the front-end assets …")
    manage("build_assets")
    code_stamps().set(assets=inputs)


def catalogue() -> None:
    """The German texts and addresses."""
    inputs = fingerprint_files((ROOT / "locale").rglob("*.po"))
    compiled = ROOT / "locale/de/LC_MESSAGES/django.mo"
    if compiled.exists() and code_stamps().holds("catalogue", inputs):
        return
    say("Compiling the German texts …")
    manage("compile_catalogue")
    code_stamps().set(catalogue=inputs)


def database_inputs() -> str:
    """What the tables depend on: the address, the migrations, the packages (which bring migrations too)."""
    migrations = fingerprint_files((ROOT / "src").glob("mitwerk/*/migrations/*.py"))
    lock = (ROOT / "requirements/base.txt").read_text()
    return fingerprint(os.environ.get("DATABASE_URL", ""), migrations, lock)


def database_is_ready() -> bool:
    """Only a SQLite file in the data folder can be trusted to be the one we left; a server is asked every time."""
    file = data_folder() / "mitwerk.sqlite3"
    here = not os.environ.get("DATABASE_URL") and file.exists() and file.stat().st_size > 0
    return here and data_stamps().holds("database", database_inputs())


def database() -> None:
    if database_is_ready():
        return
    say("Preparing the database …")
    manage("migrate", "--verbosity", "0")
    manage("createcachetable", "--verbosity", "0")
    data_stamps().set(database=database_inputs())


def static_files() -> None:
    """Collect and compress style sheets, scripts and fonts for the production server."""
    sources = (f for f in (ROOT / "src").glob("mitwerk/*/static/**/*"))
    inputs = fingerprint(fingerprint_files(sources), (ROOT / "requirements/base.txt").read_text())
    if (data_folder() / "static/staticfiles.json").exists() and data_stamps().holds("static", inputs):
        return
    say("Collecting the static files …")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    data_stamps().set(static=inputs)


def tools_only(lock: str) -> None:
    """What tests and linters need: packages, assets and texts, no database of their own."""
    virtual_environment()
    packages(lock)
    assets()
    catalogue()


def set_up() -> None:
    """Everything the site needs before it can start."""
    tools_only("base")
    database()
    static_files()
