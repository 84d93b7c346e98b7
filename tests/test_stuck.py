"""A test that hangs is named, shows where it waits, takes its children along and lets the others go on."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HANGING = """
import subprocess, time
from greenlet import greenlet

def test_hangs_in_a_greenlet(): greenlet(lambda: time.sleep(100)).switch()

def test_hangs_in_a_child():
    child = subprocess.Popen(["sleep", "100"])
    open("child", "w").write(str(child.pid))
    child.wait()

def test_after(): pass
"""
BEFORE = """
import pytest

@pytest.mark.parametrize("number", range(9))
def test_before(number): pass
"""
"""A file more, with so many tests that it comes first."""


def run(folder: Path, *options: str) -> str:
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_before.py").write_text(BEFORE)
    (folder / "test_hanging.py").write_text(HANGING)
    command = [sys.executable, "-m", "pytest", "-p", "tests.stuck", "-p", "no:randomly", "--timeout=1", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    done = subprocess.run(
        command, cwd=folder, env={**environment, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=90, check=False,
    )  # fmt: skip
    return done.stdout


def runs(number: str) -> bool:
    """Whether a process goes on: one that has ended keeps its number, without a command, until somebody asks for it."""
    try:
        return Path("/proc", number, "cmdline").read_bytes() != b""
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_side_by_side_the_others_go_on(tmp_path: Path) -> None:
    told = run(tmp_path, "-n", "1", "--dist", "loadfile")
    assert re.search(r"2 failed, 1[01] passed", told), "what a process had done and not told may be done again"
    for name in ("test_hangs_in_a_greenlet", "test_hangs_in_a_child"):
        assert f"Hangs: test_hanging.py::{name}" in told
        assert f"crashed while running 'test_hanging.py::{name}'" in told
    assert "greenlet(lambda: time.sleep(100)).switch()" in told
    assert "child.wait()" in told
    assert not runs((tmp_path / "child").read_text())


def test_alone_the_run_ends_and_names_it(tmp_path: Path) -> None:
    told = run(tmp_path)
    assert "Hangs: test_hanging.py::test_hangs_in_a_greenlet" in told
    assert "passed" not in told
