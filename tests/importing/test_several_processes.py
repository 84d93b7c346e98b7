"""Imports whose process is killed, and one list that two offices import at once (TRUST C7, D7), on both databases."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.installations import ROOT, fresh_installation

KILLS = max(2, int(os.environ.get("MITWERK_KILLS", "6")) // 3)  # `make drill` sets more
ROWS = 200


@pytest.fixture
def installation(tmp_path: object) -> dict[str, str]:
    return fresh_installation(tmp_path, "importing")  # type: ignore[arg-type]


def begin(installation: dict[str, str], *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.importing.process", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=installation, stdout=subprocess.PIPE, text=True)


def told(installation: dict[str, str], *words: object) -> str:
    with begin(installation, *words) as process:
        out, _err = process.communicate(timeout=300)
    assert process.returncode == 0
    return out


def killed(installation: dict[str, str], key: str, luck: random.Random) -> None:
    with begin(installation, "go", key) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        time.sleep(luck.uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)


def test_killed_at_any_moment_and_two_at_once(installation: dict[str, str]) -> None:
    """One after the other, because an installation takes its time."""
    nothing_or_all(installation)
    one_list_by_two_offices(installation)


def nothing_or_all(installation: dict[str, str]) -> None:
    luck = random.Random(2006)
    key = told(installation, "prepare", ROWS)
    nothing = told(installation, "count")
    assert nothing == "running 0 0 0"
    for _kill in range(KILLS):
        killed(installation, key, luck)
        state, *numbers = told(installation, "count").split()
        assert (state, numbers == ["0", "0", "0"]) in (("running", True), ("done", False))
    told(installation, "go", key)
    everything = told(installation, "count")
    assert everything.split()[:2] == ["done", str(ROWS * 4 // 5)]
    told(installation, "go", key)
    assert told(installation, "count") == everything, "a second run changes nothing"
    told(installation, "undo", key)
    for _kill in range(KILLS):
        killed(installation, key, luck)
    told(installation, "go", key)
    assert told(installation, "count") == "undone 0 0 0"


def one_list_by_two_offices(installation: dict[str, str]) -> None:
    keys = told(installation, "same", ROWS).split()
    both = [begin(installation, "go", key) for key in keys]
    for process in both:
        with process:
            process.communicate(timeout=300)
        assert process.returncode == 0
    _undone, *states, organisations, contacts, own_ids = told(installation, "count").split()
    assert (states, organisations) == (["done", "done"], str(ROWS * 4 // 5))
    assert int(contacts) > 0 < int(own_ids)
