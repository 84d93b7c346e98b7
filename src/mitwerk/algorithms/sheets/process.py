"""Starts the reading process and hands its rows on, one at a time."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

from mitwerk.algorithms.text_units import Unreadable

SOURCE = Path(__file__).resolve().parents[3]
MOST_WAIT = 60
"""Seconds on the wall; a process that only sleeps uses no time of its own."""


def read(content: bytes, kind: str) -> Iterator[list[str] | str]:
    """The rows of a file, or the code of what is wrong with one. Raises `Unreadable`, at the latest at the end."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 (our own module, and the kind is ours)
            [sys.executable, "-m", "mitwerk.algorithms.sheets", kind],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    timer = Timer(MOST_WAIT, process.kill)
    timer.start()
    try:
        assert process.stdout  # noqa: S101 (asked for above)
        for line in process.stdout:
            yield _row(line)
        if process.wait() != 0:
            raise Unreadable("heavy")
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _row(line: bytes) -> list[str] | str:
    try:
        row = json.loads(line)
    except ValueError as error:  # the process died within a line
        raise Unreadable("heavy") from error
    if isinstance(row, dict):
        if code := row.get("unreadable"):
            raise Unreadable(code)
        return str(row["refused"])
    return [str(cell) for cell in row]
