"""TRUST A7: `python -m tests.drills.guards [SUBJECT …]` mutates what decides who sees what, and runs the tests.

Every function of a `queries` module that is told who asks is changed in one place at a time (`mutants.py`), in a
process of its own that inherits the test database in memory. First all tests run without any change, folder by folder,
and tell which of them come by which function; each mutant meets those, the quick ones first. Prints the mutants that no
test noticed; exit code 1 if there are any.
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
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

os.environ["DJANGO_SETTINGS_MODULE"] = "mitwerk.config.settings.test"

import django

django.setup()

import django.test.utils  # noqa: E402
import pytest  # noqa: E402
from django.db import connection  # noqa: E402

from tests.drills.mutants import Mutant, mutants_of, tell_of_calls  # noqa: E402
from tests.house import ROOT, SOURCE  # noqa: E402
from tests.installations import begin_with_tables  # noqa: E402

Thing = TypeVar("Thing")
ASKED_BY = {"user", "viewer"}
SIDE_BY_SIDE = 2
SECONDS = 3000
HARMLESS = {
    "mitwerk.actors.queries.duplicates._read: line 3: never not keys": "without keys nothing is found",
    "mitwerk.actors.queries.duplicates._read: line 6: without .filter(…) in "
    "known.filter(pk__in=keys, merged_into=None)":
        "only the two of each pair are taken from it, and what was merged is in no pair",
    "mitwerk.actors.queries.duplicates.duplicate_pairs: line 4: always _Known.pairs is None":
        "the same pairs are found once more",
    "mitwerk.actors.queries.organisations.removable_organisations: line 7: only the right of Q(cluster=None) | "
    "~Q(cluster__in=edited_cluster_ids(user))": "Django lets a negation find what is empty as well",
    "mitwerk.clusters.queries.desk_rows: line 3: never not is_editor(user)": "whoever edits nothing has no messages",
    "mitwerk.languages.queries.table._pages: line 2: never only not in {'', 'page', 'news'}":
        "no page is of any other kind",
    "mitwerk.languages.queries.table._records: line 3: always only in {'', kind.name}":
        "the filters of the table leave the others out afterwards",
    "mitwerk.governance.queries.sittings.sitting_page: line 3: never found": "nothing is asked of what is not there",
    "mitwerk.governance.queries.sittings.own_seats: line 6: always the first of [seat for seat in seats_of(sitting) if "
    "seat.organisation_id ": "whoever votes for nobody has no seat in the list",
    **dict.fromkeys(
        (f"mitwerk.governance.queries.sittings.sittings_to_answer: line 3: {change}"
         for change in (
             "never not representations_of(user).filter(role__in=VOTING).exists(",
             "without .filter(…) in representations_of(user).filter(role__in=VOTING)",
         )),
        "whoever votes for nobody has no seat of their own further down",
    ),
    **dict.fromkeys(
        (f"mitwerk.languages.queries.texts.texts: line 8: {change} wanted & {{'page', 'news'}}"
         for change in ("always", "only the left of", "only the right of")),
        "each page is asked for its kind once more",
    ),
    "mitwerk.matching.queries.desk_rows: line 3: never not is_editor(user)": "whoever edits nothing finds no needs",
    "mitwerk.networks.queries.people.network_roles_of: line 3: only the left of not user.is_active or user.pk is None":
        "whoever is not signed in is not active either",
    "mitwerk.networks.queries.people.my_network: line 4: only the right of network is None or not (network_roles_of("
    "user).filter(networ": "nobody has a role in a network that is not there",
    "mitwerk.people.queries.desk_rows: line 13: always the first of [*rows, *_office_rows(user)] if is_editor(user) "
    "else rows": "whoever edits nothing has no rows of the office's",
    "mitwerk.portal.queries.desk.desk_of: line 4: always the first of "
    "networks_of([one.organisation_id for one in representations]": "no organisations are in no networks",
    "mitwerk.privacy.queries.left_alone: line 4: without .filter(…) in current_representatives().filter("
    "organisation__in=mine)": "more organisations than are asked for change no answer",
    "mitwerk.profiles.queries.contacts.levels_of: line 4: never not user.is_authenticated":
        "whoever is not signed in acts for nobody and edits nothing",
    "mitwerk.profiles.queries.contacts.look_at_contacts: line 3: always the first of levels_of(user, organisation) "
    "if rows else frozenset()": "without contacts nothing is shown at any level",
    "mitwerk.profiles.queries.drafts._office_rows: line 2: never not is_editor(user)":
        "whoever edits nothing finds no drafts and no questions",
    "mitwerk.projects.queries.pipeline.board_projects: line 7: always choice.query": "no words leave nothing out",
    "mitwerk.projects.queries.desk.desk_rows: line 16: always the first of [*rows, *_board_rows(user)] "
    "if sees_board(user) else rows": "whoever sees no board has nothing to decide",
}  # fmt: skip
"""Mutants that decide the same in other words, and why."""
PLACES = (
    *(str(folder.relative_to(ROOT)) for folder in sorted(SOURCE.glob("*/tests"))), "tests/office",
    "tests/matrix/test_matrix.py", "tests/matrix/test_foreign.py", "tests/trust/test_a15_harvest.py",
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
        by_function = {name: {test: self.seconds[test] for test in tests - {""}} for name, tests in self.found.items()}
        self.file.write_text(json.dumps(by_function))


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def load() -> None:
    """All tests, so that no process has to load them anew."""
    with redirect_stdout(StringIO()):
        pytest.main([*QUIET, "--collect-only", *PLACES])


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


def side_by_side(work: Iterable[tuple[Thing, Callable[[], int]]]) -> Iterator[tuple[Thing, int]]:
    """Some at a time; each with the exit code of its process, as they end."""
    waiting, running = list(work), {}
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            thing, do = waiting.pop(0)
            running[in_child(do)] = thing
        child, status = os.wait()
        yield running.pop(child), os.waitstatus_to_exitcode(status)


def traced(wanted: Sequence[Callable[..., Any]], folder: Path) -> dict[str, list[str]]:
    """The tests that come by each function, the quick ones first; nothing where one fails without any change."""
    files = {place: folder / f"{place.replace(os.sep, '-')}.json" for place in PLACES}
    seconds: dict[str, dict[str, float]] = {_name(function): {} for function in wanted}
    for place, code in side_by_side((place, partial(trace, wanted, place, file)) for place, file in files.items()):
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            say(f"A test of {place} fails without any change: nothing can be said.")
            return {}
        for name, tests in json.loads(files[place].read_text()).items():
            seconds[name].update(tests)
    return {name: sorted(tests, key=tests.__getitem__) for name, tests in seconds.items()}


def trace(wanted: Sequence[Callable[..., Any]], place: str, file: Path) -> int:
    return int(pytest.main([*QUIET, place], plugins=[Trace(wanted, file)]))


def meets(mutant: Mutant, tests: Sequence[str]) -> int:
    mutant.put_in_place()
    return int(pytest.main([*QUIET, *tests]))


def survivors(todo: Iterable[Mutant], tests: dict[str, list[str]]) -> list[str]:
    """Whatever ends a process but passing tests is a death."""
    alive = []
    for mutant, code in side_by_side((one, partial(meets, one, tests[_name(one.function)])) for one in todo):
        has_passed = code == 0 or not tests[_name(mutant.function)]
        if has_passed and str(mutant) not in HARMLESS:
            alive.append(str(mutant))
        say(f"{'ALIVE' if has_passed else 'dead '} {mutant} {HARMLESS.get(str(mutant), '')}")
    return alive


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(subjects: Sequence[str]) -> int:
    started = time.monotonic()
    begin_with_tables(connection)
    django.test.utils.setup_databases(verbosity=0, interactive=False)
    django.test.utils.setup_databases = lambda *args, **kwargs: []
    django.test.utils.teardown_databases = lambda *args, **kwargs: None
    load()
    wanted = [function for subject in subjects for function in functions(subject)]
    with tempfile.TemporaryDirectory() as folder:
        tests = traced(wanted, Path(folder))
    if not tests:
        return 1
    mutants = [mutant for function in wanted for mutant in mutants_of(function)]
    alive = survivors(mutants, tests)
    say(f"{len(mutants)} mutants, {len(alive)} alive, {time.monotonic() - started:.0f} s")
    return 1 if alive else 0


if __name__ == "__main__":
    everything = sorted(folder.name for folder in SOURCE.iterdir() if (folder / "tests").is_dir())
    sys.exit(main(sys.argv[1:] or everything))
