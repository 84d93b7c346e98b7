"""TRUST D6 and C12: no acknowledged act loses its mail when processes die, and no two processes send the same one."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.installations import MOST_WAIT, ROOT, free_port, fresh_installation, shell

KILLS = int(os.environ.get("MITWERK_KILLS", "6"))  # `make drill` sets more
DUE_MAILS = 200
MAKE_DUE = (
    "from mitwerk.outbox.models import Mail; Mail.objects.filter(state='waiting').update(due_at='2026-01-01T00:00Z')"
)


class Sink:
    """A mail server on the loopback that keeps (subject, Message-ID) of what it takes."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        headers = dict(
            line.split(": ", 1) for line in envelope.content.decode().split("\r\n\r\n")[0].split("\r\n") if ": " in line
        )
        self.taken.append((headers["Subject"], headers["Message-ID"]))
        return "250 OK"


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    taker = Sink()
    controller = Controller(taker, hostname="127.0.0.1", port=free_port())
    controller.start()
    taker.port = controller.port  # type: ignore[attr-defined]
    yield taker
    controller.stop()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, sink: Any) -> dict[str, str]:
    return fresh_installation(tmp_path_factory.mktemp("mails"), "mails", EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")


def start(installation: dict[str, str], *words: str, stdout: int | None = None) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.trust.mail_sender", *words]
    return subprocess.Popen(command, cwd=ROOT, env=installation, stdout=stdout, text=True)


def killed(installation: dict[str, str], first: int, seconds: float) -> list[int]:
    """Let a process work for so long after its first act, kill it, and give the acts it acknowledged."""
    with start(installation, "queue", str(first), "999", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        told += process.stdout.read().split()
    return [int(line) for line in told if line.strip()]


def test_killed_at_any_point_each_act_has_its_mail_and_none_twice(installation: dict[str, str], sink: Sink) -> None:
    """A mail may come twice only with the same Message-ID, and none comes of an act taken back."""
    sink.taken.clear()
    luck, acknowledged = random.Random(20061114), []
    for kill in range(KILLS):
        acknowledged += killed(installation, 1000 * kill + 1, luck.random() * 0.4)
    shell(installation, MAKE_DUE)  # the leases of the dead have run out
    assert start(installation, "send").wait(timeout=MOST_WAIT) == 0
    numbers = {int(subject.split()[1]) for subject, _id in sink.taken}
    assert len(acknowledged) >= KILLS
    assert set(acknowledged) - numbers == set()
    assert [number for number in numbers if number % 3 == 0] == []
    assert len(set(sink.taken)) == len(numbers)


def queue_due(installation: dict[str, str]) -> None:
    """Mails that wait, and that nobody has sent yet."""
    code = (
        "from mitwerk.outbox.models import Mail; Mail.objects.all().delete(); "
        "Mail.objects.bulk_create(Mail(to='a@example.org', subject=f'due {n}', template='x', language='de', text='x')"
        f" for n in range({DUE_MAILS}))"
    )
    shell(installation, code)


def sent_by_four(installation: dict[str, str], sink: Sink, *how: str) -> Counter[str]:
    """How often each subject came while four processes sent side by side."""
    queue_due(installation)
    sink.taken.clear()
    processes = [start(installation, *how) for _ in range(4)]
    assert [process.wait(timeout=120) for process in processes] == [0] * 4
    return Counter(subject for subject, _id in sink.taken)


def test_four_processes_send_each_mail_once(installation: dict[str, str], sink: Sink) -> None:
    assert sent_by_four(installation, sink, "send") == {f"due {n}": 1 for n in range(DUE_MAILS)}


def test_control_without_taking_it_first_each_mail_comes_four_times(installation: dict[str, str], sink: Sink) -> None:
    found = sent_by_four(installation, sink, "send-unclaimed", "4")
    assert found == {f"due {n}": 4 for n in range(DUE_MAILS)}
