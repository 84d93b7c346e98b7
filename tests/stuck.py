"""A test that hangs ends by name, with every stack, and the others go on."""

import contextlib
import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest
from greenlet import greenlet
from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.workermanage import WorkerController

TIMER = pytest.StashKey[threading.Timer]()


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> bool:
    """Instead of the plugin's own timer: what that prints is lost in a process of xdist, and it sees threads only."""
    timer = threading.Timer(settings.timeout, give_up, [item])
    timer.daemon = True
    timer.start()
    item.stash[TIMER] = timer
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_cancel_timer(item: pytest.Item) -> bool:
    item.stash[TIMER].cancel()
    return True


def give_up(item: pytest.Item) -> None:
    """End this process: a loop of Playwright or a wait in C can be left in no other way."""
    try:
        if capture := item.config.pluginmanager.getplugin("capturemanager"):
            capture.suspend_global_capture(in_=True)
        print(f"\nHangs: {item.nodeid}", *stacks(), sep="\n", file=sys.stderr, flush=True)  # noqa: T201
    except Exception:
        traceback.print_exc()
    finally:
        end_with(children())


def children() -> list[int]:
    """Numbers of the processes this one has started."""
    return [int(number) for file in Path("/proc/self/task").glob("*/children") for number in file.read_text().split()]


def end_with(numbers: list[int]) -> None:
    """A server that outlived its test would hold the output of the run open.

    A test that waited for such a child would go on the moment it ends, pass, and be told as passed: from here on no
    other thread gets its turn. The interval does that as long as nothing below reads or writes.
    """
    sys.setswitchinterval(1000)
    for number in numbers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)
    os._exit(1)


def stacks() -> Iterator[str]:
    """Where every thread is, and every greenlet: a test that waits for Playwright is in one that sleeps."""
    for number, frame in sys._current_frames().items():
        if number != threading.get_ident():
            yield stack(f"thread {number}", frame)
    # `isinstance` would wake the lazy objects of Django among all that is in memory.
    for sleeper in [one for one in gc.get_objects() if issubclass(type(one), greenlet) and one.gr_frame]:
        yield stack(f"greenlet {id(sleeper)}", sleeper.gr_frame)


def stack(name: str, frame: FrameType) -> str:
    return f"-- {name}\n{''.join(traceback.format_stack(frame))}"


class Scheduling(LoadFileScheduling):
    """File by file, as `--dist loadfile`, and right where a process has ended.

    There xdist gives the test that ended it to the next process, and then the next. It hands on files of which nothing
    is left, or one last test without a word that it is the last; the new process would wait for more forever.
    """

    def remove_node(self, node: "WorkerController") -> str | None:
        work = self.assigned_work[node]
        left = [name for unit in work.values() for name, is_done in unit.items() if not is_done]
        for unit in work.values():
            unit.update((name, True) for name in left[:1] if name in unit)
        self.assigned_work[node] = {file: unit for file, unit in work.items() if not all(unit.values())}
        super().remove_node(node)
        return left[0] if left else None

    def schedule(self) -> None:
        super().schedule()
        for node in self.nodes:
            self._reschedule(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None
