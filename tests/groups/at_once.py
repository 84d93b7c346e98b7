"""A process of `test_at_once.py` in an installation of its own: two threads do the same at the same moment. Not a test.

`python -m tests.groups.at_once report` prints what each came to, and what is in the database afterwards.
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
from mitwerk.actors.tests.cast import make_organisation  # noqa: E402
from mitwerk.core.changes import Refused  # noqa: E402
from mitwerk.outbox.models import Mail  # noqa: E402
from mitwerk.people.tests.cast import represent  # noqa: E402
from mitwerk.projects.actions import (  # noqa: E402
    answer_release,
    give_report,
    publish_story,
    remind_of_reports,
    reporting,
    volunteer,
)
from mitwerk.projects.models import (  # noqa: E402
    GroupMember,
    GroupReport,
    Partner,
    Project,
    Release,
    Story,
    WorkingGroup,
)

how = sys.argv[1]
told: list[str] = []
starts = threading.Barrier(2, timeout=30)
both_read = threading.Barrier(2, timeout=3 if connection.vendor == "sqlite" else 60)
"""SQLite lets only one of them read."""


def unlocked(group: WorkingGroup) -> WorkingGroup:
    """Both read before either writes, where the database lets them."""
    found = WorkingGroup.objects.select_related("project").get(pk=group.pk)
    both_read.wait()
    return found


def one(verb: Callable[[], Any], name: str) -> None:
    try:
        with scope(cluster=None):
            starts.wait()
            done = verb()
        told.append(f"{name} {done}" if isinstance(done, int) else name)
    except Refused:
        told.append("refused")
    except Exception as error:
        told.append(type(error).__name__)
    finally:
        connections.close_all()


def told_of() -> str:
    """What is in the database now."""
    mails = Mail.objects.filter(template__in=("projects/due_mail.txt", "projects/volunteer_mail.txt")).count()
    project = Project.objects.get(pk=made.pk)
    rows = f"members {GroupMember.objects.count()}, reports {GroupReport.objects.count()}, mails {mails}"
    states = f"{project.phase} {Release.objects.get().state}"
    return f"{', '.join(sorted(told))}; {rows}; {states}"


with scope(cluster=None):
    user, other = (create_user(email=f"{name}@example.org", password=None, name=name) for name in ("ada", "bob"))
    firm = make_organisation("Firma", "firma")
    person = represent(user, firm, "delegate").person
    represent(other, firm, "substitute")
    phase = "achieved" if how == "story" else "running"
    made = Project.objects.create(
        slug="p", title={"de": "P"}, summary={"de": "P"}, phase=phase, status="running", phase_since=timezone.now()
    )
    Partner.objects.create(project=made, organisation=firm, name=firm.name, role="carrier")
    today = timezone.localdate()
    group = WorkingGroup.objects.create(
        project=made, task={"de": "A"}, report_due=today + timedelta(days=3), due_since=today - timedelta(days=30)
    )
    release = Release.objects.create(project=made, organisation=firm, state="released", answered_at=timezone.now())
    Story.objects.create(project=made, summary={"de": "K", "en": "S"}, asked_at=timezone.now())
    values = {"was_due": group.report_due, "status": "on-track", "text": "x", "next_due": today + timedelta(days=30)}
    if how == "unlocked":
        reporting.lock_open = unlocked
    verbs: dict[str, list[tuple[Callable[[], Any], str]]] = {
        "remind": [(remind_of_reports, "reminded")] * 2,
        "volunteer": [(lambda: volunteer(group=group, person=other.person), "joined")] * 2,
        "report": [(lambda: give_report(group=group, actor=user, **values), "given")] * 2,
        "unlocked": [(lambda: give_report(group=group, actor=user, **values), "given")] * 2,
        "story": [
            (lambda: publish_story(project=made, actor=user), "published"),
            (lambda: answer_release(release=release, version=1, is_released=False, actor=user), "taken back"),
        ],
    }
    threads = [threading.Thread(target=one, args=each) for each in verbs[how]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    sys.stdout.write(told_of())
