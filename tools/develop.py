"""Commands for people who work on Mitwerk: tests, linters, texts, locked packages, measurements."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

import steps

OLDEST = (3, 11, 2)
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
LONGEST_FIRST = (*SIDE_BY_SIDE, "--no-loadscope-reorder")
"""In the order of `conftest.py`: by the number of their tests, files of few long ones would come last."""
STRICT = ("algorithms", "core")
STRICT_FILES = ("actions.py", "queries.py", "rules.py")


def run(*command: object, **more: str) -> int:
    """Run in the foreground and give the exit code."""
    return subprocess.run(
        [str(word) for word in command], env=steps.environment(**more), cwd=steps.ROOT, check=False
    ).returncode


def test(mark: str, rest: Sequence[str]) -> int:
    """All tests, two side by side: first the quick ones, then the journeys in a real browser."""
    steps.tools_only("dev")
    pytest = [steps.PYTHON, "-m", "pytest", "-q"]
    if mark == "browser":
        return run_in_browser(pytest, rest)
    if mark:
        return run(*pytest, *(LONGEST_FIRST if mark == "not browser" else ()), "-m", mark, *rest)
    code = run(*pytest, *LONGEST_FIRST, "-m", "not browser", *rest)
    if not find_chromium():
        steps.say("Skipped: the tests in a browser, because no Chromium was found (Debian: apt install chromium).")
        return code or (1 if os.environ.get("CI") else 0)
    browser = run_in_browser(pytest, rest)
    return code or (0 if browser == 5 else browser)  # 5: the arguments chose no test of this kind


def run_in_browser(pytest: Sequence[object], rest: Sequence[str]) -> int:
    """The journeys, after fetching the checkers of accessibility and HTML."""
    steps.manage("build_assets", "--checkers")
    return run(*pytest, *SIDE_BY_SIDE, "-m", "browser", *rest)


def find_chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


def bench(rest: Sequence[str]) -> int:
    steps.tools_only("base")
    return run(steps.PYTHON, "bench/run.py", *rest)


def drill() -> int:
    """The tests of processes that die, with so many deaths that no moment is left out, and missing guards."""
    steps.tools_only("dev")
    drills = [
        "tests/trust/test_mails.py", "tests/importing", "tests/voting",
        "src/mitwerk/algorithms/tests/test_ballot_file.py",
    ]  # fmt: skip
    command = [steps.PYTHON, "-m", "pytest", "-q", "--timeout=0", *drills]  # hundreds of deaths take their time
    code = run(*command, MITWERK_KILLS=os.environ.get("MITWERK_KILLS", "300"))
    return run(steps.PYTHON, "-m", "tests.drills.guards", PYTHONPATH=f"src{os.pathsep}.") or code


def strict_paths() -> list[str]:
    """The files that must hold `mypy --strict`."""
    source = steps.ROOT / "src/mitwerk"
    places = [place for name in STRICT_FILES for place in (f"*/{name}", f"*/{name.removesuffix('.py')}/*.py")]
    files = [file for place in places for file in sorted(source.glob(place))]
    return [str(source / name) for name in STRICT] + [str(file) for file in files]


def lint() -> int:
    """All of it, each with its time; the exit code tells whether anything was found."""
    steps.tools_only("dev")
    test_settings = {"DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.test"}
    checks: list[tuple[str, list[object]]] = [
        ("style", [steps.BIN / "ruff", "check", "."]),
        ("templates", [steps.BIN / "djlint", "--lint", "--quiet", "src"]),
        ("import floors", [steps.BIN / "lint-imports"]),
        ("types", [steps.PYTHON, "-m", "mypy", "--strict", *strict_paths()]),
        ("migrations", [steps.PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("texts", [steps.PYTHON, "tools/catalogue.py"]),
    ]
    failed = []
    for name, command in checks:
        steps.say(f"── {name}")
        started = time.monotonic()
        if run(*command, **test_settings):
            failed.append(name)
        steps.say(f"   {time.monotonic() - started:.0f} s")
    steps.say(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def messages() -> int:
    steps.tools_only("dev")
    return run(steps.PYTHON, "tools/catalogue.py", "--write")


def lock() -> None:
    """Compile the locks on the oldest Python we support, so that they hold for the newer ones too."""
    steps.virtual_environment()
    if sys.version_info[:3] > OLDEST:
        steps.say("Note: these locks may ask for more than Debian 12's Python 3.11.2; tests/test_docs.py tells.")
    if not (steps.BIN / "pip-compile").exists():
        steps.packages("dev")
    for name in ("base", "dev", "assets"):
        steps.say(f"Compiling requirements/{name}.txt …")
        command = [steps.BIN / "pip-compile", "-q", "--generate-hashes", "--strip-extras", "--allow-unsafe"]
        command += ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options"]
        command += ["--no-header", "-o", f"requirements/{name}.txt"]
        command += ["--extra", name, "--constraint", "requirements/base.txt"] if name != "base" else []
        steps.call([*command, "pyproject.toml"], f"requirements/{name}.txt could not be compiled.")
