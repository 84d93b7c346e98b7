"""What is due is done, also when another piece fails or a worker has died."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes.exceptions import ScopeError
from django_scopes.state import state
from django_tasks_db.models import DBTaskResult

from mitwerk.congress.models import Congress
from mitwerk.operations import tasks
from mitwerk.operations.tasks import do_timed_work, take_up_lost_tasks
from mitwerk.outbox.models import Mail

pytestmark = pytest.mark.django_db


def task(status: str, **changes: Any) -> DBTaskResult:
    given = {
        "status": status,
        "args_kwargs": {"args": [1], "kwargs": {}},
        "task_path": "mitwerk.outbox.tasks.deliver",
        "backend_name": "default",
        "run_after": timezone.now(),
        "exception_class_path": "",
        "traceback": "",
    }
    return DBTaskResult.objects.create(**{**given, **changes})


def test_a_mail_that_no_worker_sent_is_sent() -> None:
    Mail.objects.create(to="a@example.org", subject="Betreff", template="x/y.txt", language="de", text="Text")
    for _twice in range(2):
        call_command("tick")
    assert [mail.subject for mail in sent_mail.outbox] == ["Betreff"]


def test_all_of_it_is_done_where_no_cluster_is_in_scope() -> None:
    """As in the worker: tests have a scope, so that a piece that needs one would not be noticed."""
    before = state.set({})
    try:
        with pytest.raises(ScopeError):
            Congress.objects.count()
        assert do_timed_work() == []
    finally:
        state.reset(before)


def test_a_task_whose_worker_died_is_given_to_the_next() -> None:
    now = timezone.now()
    lost = task("RUNNING", started_at=now - timedelta(minutes=61))
    running = task("RUNNING", started_at=now - timedelta(minutes=59))
    assert (take_up_lost_tasks(), take_up_lost_tasks()) == (1, 0)
    lost.refresh_from_db()
    running.refresh_from_db()
    assert (lost.status, running.status) == ("READY", "RUNNING")


def test_one_piece_that_fails_keeps_no_other_from_being_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def fail() -> None:
        raise ValueError("broken")

    monkeypatch.setattr(tasks, "TIMED", {"first": fail, "second": lambda: done.append("second")})
    with caplog.at_level(logging.ERROR):
        assert do_timed_work() == ["first"]
    assert (done, "Timed work failed: first" in caplog.text) == (["second"], True)
    with pytest.raises(CommandError, match="These failed, the log says why: first"):
        call_command("tick")
