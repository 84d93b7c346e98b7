"""A process of `test_at_once.py` in an installation of its own: two threads do the same at the same moment. Not a test.

`python -m tests.rooms.at_once seat` prints what each came to, and what is in the database afterwards.
"""

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.actions import create_user  # noqa: E402
from mitwerk.networks.models import Network  # noqa: E402
from mitwerk.networks.tests.cast import belong  # noqa: E402
from mitwerk.outbox.models import Mail  # noqa: E402
from mitwerk.rooms.actions import answer_meeting, attending, cancel_meeting, plan_meeting, turn_lines  # noqa: E402
from mitwerk.rooms.models import Attendance, Meeting  # noqa: E402

how = sys.argv[1]
told: list[str] = []
starts = threading.Barrier(2, timeout=30)
both_read = threading.Barrier(2, timeout=3 if connection.vendor == "sqlite" else 60)
"""SQLite lets only one of them read."""


def unlock() -> None:
    """Both have read which seats are taken before either takes one, where the database lets them."""
    line = attending.waiting_line

    def waiting_line(meeting: Meeting) -> Any:
        both_read.wait()
        return line(meeting)

    attending.lock_meeting = lambda meeting: Meeting.objects.select_related("network").get(pk=meeting.pk)
    attending.waiting_line = waiting_line


def one(verb: Callable[[], Any], name: str) -> None:
    try:
        with scope(cluster=None):
            starts.wait()
            done = verb()
        told.append(done.answer if isinstance(done, Attendance) else f"{name} {done}" if done is not None else name)
    except Exception as error:
        told.append(type(error).__name__)
    finally:
        connections.close_all()


with scope(cluster=None):
    network = Network.objects.create(slug="n", name={"de": "N"})
    users = [create_user(email=f"{name}@example.org", password=None, name=name) for name in ("ada", "bob", "eve")]
    people = [belong(user, network, "member") for user in users]
    begins = timezone.now() + timedelta(days=3)
    values = {"title": "T", "starts_at": begins, "ends_at": begins + timedelta(hours=1), "place": "x", "seats": 1}
    Meeting.objects.create(network=network, **values)
    meeting = Meeting.objects.get()
    if how == "line":
        for user, person in zip(users, people, strict=True):
            answer_meeting(meeting=meeting, person=person, answer="comes", actor=user)
        type(people[0]).objects.filter(pk=people[0].pk).update(until=timezone.now())
    if how == "unlocked":
        unlock()
    Mail.objects.all().delete()
    comes = [
        (lambda at=at: answer_meeting(meeting=meeting, person=people[at], answer="comes", actor=users[at]), "")
        for at in (0, 1)
    ]
    later = {**values, "starts_at": begins + timedelta(days=1), "ends_at": begins + timedelta(days=2)}
    verbs: dict[str, list[tuple[Callable[[], Any], str]]] = {
        "seat": comes,
        "unlocked": comes,
        "line": [(turn_lines, "moved")] * 2,
        "plan": [(lambda: plan_meeting(network=network, values=later, actor=users[0]).pk and None, "planned")] * 2,
        "cancel": [(lambda: cancel_meeting(meeting=meeting, actor=users[0]), "cancelled")] * 2,
    }
    threads = [threading.Thread(target=one, args=each) for each in verbs[how]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    held = Attendance.objects.filter(answer="comes", person__until=None).count()
    counts = f"meetings {Meeting.objects.count()}, seats {held}, mails {Mail.objects.count()}"
    sys.stdout.write(f"{', '.join(sorted(told))}; {counts}")
