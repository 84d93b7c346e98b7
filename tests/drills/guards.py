"""TRUST A7: `python -m tests.drills.guards [SUBJECT …]` mutates what decides who sees what, and runs the tests.

Every function of a `queries` module that is told who asks is changed in one place at a time (`mutants.py`), in a
process of its own that inherits the test database in memory. First all tests run without any change and tell which of
them come by which function; each mutant meets those, the quick ones first. Prints the mutants that no test noticed;
exit code 1 if there are any.
"""

import importlib
import inspect
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "mitwerk.config.settings.test"

import django

django.setup()

import django.test.utils  # noqa: E402
import pytest  # noqa: E402

from tests.drills.mutants import Mutant, mutants_of, tell_of_calls  # noqa: E402
from tests.house import SOURCE  # noqa: E402

ASKED_BY = {"user", "viewer"}
SIDE_BY_SIDE = 2
SECONDS = 3000
HARMLESS = {
    "mitwerk.networks.queries.network_roles_of: line 3: only the left of not user.is_active or user.pk is None":
        "whoever is not signed in is not active either",
    "mitwerk.networks.queries.my_network: line 4: only the right of network is None or not (network_roles_of(user)"
    ".filter(networ": "nobody has a role in a network that is not there",
}  # fmt: skip
"""Mutants that decide the same in other words, and why."""
PLACES = (
    "src", "tests/office", "tests/matrix/test_matrix.py", "tests/matrix/test_foreign.py",
    "tests/trust/test_a15_harvest.py",
)  # fmt: skip
QUIET = ("-x", "-q", "-p", "no:xdist", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not browser")


def functions(subject: str) -> Iterator[Callable[..., Any]]:
    for file in sorted([*(SOURCE / subject).glob("queries*.py"), *(SOURCE / subject).glob("queries/*.py")]):
        words = file.relative_to(SOURCE).with_suffix("").parts
        module = importlib.import_module(".".join(["mitwerk", *words]).removesuffix(".__init__"))
        for function in vars(module).values():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and ASKED_BY & set(inspect.signature(function).parameters):
                yield function


class Trace:
    """Notes which test comes by which of some functions, and how long each test takes."""

    def __init__(self, wanted: Iterable[Callable[..., Any]], file: Path) -> None:
        self.file, self.now = file, ""
        self.found: dict[str, set[str]] = {}
        self.seconds: dict[str, float] = {}
        for function in wanted:
            tests = self.found.setdefault(_name(function), set())
            tell_of_calls(function, lambda tests=tests: tests.add(self.now))  # type: ignore[misc]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        started, self.now = time.monotonic(), item.nodeid
        yield
        self.seconds[item.nodeid] = time.monotonic() - started

    def pytest_sessionfinish(self) -> None:
        quick_first = {name: sorted(tests - {""}, key=self.seconds.__getitem__) for name, tests in self.found.items()}
        self.file.write_text(json.dumps(quick_first))


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def in_child(work: Callable[[], int]) -> int:
    """The id of a process of its own that does the work, says nothing, and ends with what it returned."""
    if child := os.fork():
        return child
    code = 70
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.alarm(SECONDS)
        code = work()
    finally:
        os._exit(code)


def traced(wanted: Sequence[Callable[..., Any]]) -> dict[str, list[str]]:
    """The tests that come by each function; empty where one fails without any change."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trace.json"
        child = in_child(lambda: int(pytest.main([*QUIET, *PLACES], plugins=[Trace(wanted, file)])))
        _child, status = os.waitpid(child, 0)
        return json.loads(file.read_text()) if os.waitstatus_to_exitcode(status) == 0 else {}


def meets(mutant: Mutant, tests: Sequence[str]) -> int:
    mutant.put_in_place()
    return int(pytest.main([*QUIET, *tests]))


def survivors(todo: Iterable[Mutant], tests: dict[str, list[str]]) -> list[str]:
    """Some at a time; whatever ends a process but passing tests is a death."""
    waiting, running, alive = list(todo), {}, []
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            mutant = waiting.pop(0)
            running[in_child(partial(meets, mutant, tests[_name(mutant.function)]))] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        has_passed = os.waitstatus_to_exitcode(status) == 0 or not tests[_name(mutant.function)]
        if has_passed and str(mutant) not in HARMLESS:
            alive.append(str(mutant))
        say(f"{'ALIVE' if has_passed else 'dead '} {mutant} {HARMLESS.get(str(mutant), '')}")
    return alive


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(subjects: Sequence[str]) -> int:
    started = time.monotonic()
    django.test.utils.setup_databases(verbosity=0, interactive=False)
    django.test.utils.setup_databases = lambda *args, **kwargs: []
    django.test.utils.teardown_databases = lambda *args, **kwargs: None
    wanted = [function for subject in subjects for function in functions(subject)]
    tests = traced(wanted)
    if not tests:
        say("A test fails without any change: nothing can be said.")
        return 1
    mutants = [mutant for function in wanted for mutant in mutants_of(function)]
    alive = survivors(mutants, tests)
    say(f"{len(mutants)} mutants, {len(alive)} alive, {time.monotonic() - started:.0f} s")
    return 1 if alive else 0


if __name__ == "__main__":
    everything = sorted(folder.name for folder in SOURCE.iterdir() if (folder / "tests").is_dir())
    sys.exit(main(sys.argv[1:] or everything))
