"""TRUST A7: `python -m tests.drills.guards [SUBJECT …]` mutates what decides who sees what, and runs the tests.

Every function of a `queries` or `rules` module that is told who asks is changed in one place at a time (`mutants.py`),
in a process of its own that inherits the test database in memory. Prints the mutants that no test noticed; exit code 1
if there are any. A subject's own tests run first, then the matrix and those of the office. First without any change.
"""

import importlib
import inspect
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "mitwerk.config.settings.test"

import django

django.setup()

import django.test.utils  # noqa: E402
import pytest  # noqa: E402

from tests.drills.mutants import Mutant, mutants_of  # noqa: E402
from tests.house import ROOT, SOURCE  # noqa: E402

ASKED_BY = {"user", "viewer"}
SIDE_BY_SIDE = 2
SECONDS = 900
SHARED = ("tests/matrix/test_matrix.py", "tests/matrix/test_foreign.py", "tests/office")
QUIET = ("-x", "-q", "-p", "no:xdist", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not browser")


def functions(subject: str) -> Iterator[Callable[..., Any]]:
    for file in sorted([*(SOURCE / subject).glob("queries*.py"), *(SOURCE / subject).glob("queries/*.py")]):
        words = file.relative_to(SOURCE).with_suffix("").parts
        module = importlib.import_module(".".join(["mitwerk", *words]).removesuffix(".__init__"))
        for function in vars(module).values():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and ASKED_BY & set(inspect.signature(function).parameters):
                yield function


def tests_of(subject: str) -> list[str]:
    above = ("people", "portal", "profiles")
    found = [f"src/mitwerk/{name}/tests" for name in dict.fromkeys((subject, *above))]
    return [*(place for place in found if (ROOT / place).exists()), *SHARED]


def noticed(mutant: Mutant | None, subject: str) -> int:
    """Run the tests in this process, which ends with it: 0 where nothing was noticed."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    signal.alarm(SECONDS)
    if mutant is not None:
        mutant.put_in_place()
    return int(pytest.main([*QUIET, *tests_of(subject)]))


def in_child(mutant: Mutant | None, subject: str) -> int:
    if child := os.fork():
        return child
    code = 70
    try:
        code = noticed(mutant, subject)
    finally:
        os._exit(code)


def survivors(todo: Sequence[tuple[Mutant | None, str]]) -> list[str]:
    """Some at a time; whatever ends a process but passing tests is a death."""
    waiting, running, alive = list(todo), {}, []
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            mutant, subject = waiting.pop(0)
            running[in_child(mutant, subject)] = (mutant, subject)
        child, status = os.wait()
        mutant, subject = running.pop(child)
        has_passed = os.waitstatus_to_exitcode(status) == 0
        if has_passed:
            alive.append(str(mutant))
        say(f"{'ALIVE' if has_passed else 'dead '} {mutant or f'{subject}, unchanged'}")
    return alive


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(subjects: Sequence[str]) -> int:
    started = time.monotonic()
    django.test.utils.setup_databases(verbosity=0, interactive=False)
    django.test.utils.setup_databases = lambda *args, **kwargs: []
    django.test.utils.teardown_databases = lambda *args, **kwargs: None
    found = {subject: list(functions(subject)) for subject in subjects}
    unchanged = [(None, subject) for subject in subjects if found[subject]]
    if len(survivors(unchanged)) != len(unchanged):
        say("The tests fail without any change: nothing can be said.")
        return 1
    mutants = [(one, subject) for subject in subjects for function in found[subject] for one in mutants_of(function)]
    alive = survivors(mutants)
    say(f"{len(mutants)} mutants, {len(alive)} alive, {time.monotonic() - started:.0f} s")
    return 1 if alive else 0


if __name__ == "__main__":
    everything = sorted(folder.name for folder in SOURCE.iterdir() if (folder / "tests").is_dir())
    sys.exit(main(sys.argv[1:] or everything))
