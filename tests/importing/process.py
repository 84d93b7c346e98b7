"""A process of the tests beside it, in an installation of its own. Not a test.

`prepare ROWS` stages one file and prints its key; `same ROWS` stages one list for two offices and prints both keys;
`go KEY` does what an import waits for; `count` prints states, organisations, contacts and numbers of lists.
"""

import sys
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.actions import create_user  # noqa: E402
from mitwerk.actors.models import Contact, Organisation  # noqa: E402
from mitwerk.algorithms.tests.sheet_files import messy_rows, xlsx_file  # noqa: E402
from mitwerk.clusters.models import Cluster  # noqa: E402
from mitwerk.imports.actions import starting, working  # noqa: E402
from mitwerk.imports.models import Import, OwnId  # noqa: E402


def user_and_cluster() -> tuple[Any, Cluster]:
    cluster, _new = Cluster.objects.get_or_create(slug="it", defaults={"name": {"de": "IT"}})
    name = f"u{Import.objects.count()}"
    return create_user(email=f"{name}@example.org", password=None, name=name, is_superuser=True), cluster


def stage(rows: int) -> int:
    """An import whose button was pressed and that nobody has begun to write."""
    user, cluster = user_and_cluster()
    content = xlsx_file(messy_rows(rows, seed=7))
    job = starting.take_file(user=user, cluster=cluster, file_name="x.xlsx", kind="xlsx", content=content)
    working.go_on(job.pk)
    job.refresh_from_db()
    starting.set_columns(
        job=job, columns=job.columns, membership="member", legal_basis="contract", legal_note="", actor=user
    )
    working.go_on(job.pk)
    job.refresh_from_db()
    starting.start(job=job, actor=user)
    return job.pk


def counts() -> str:
    states = " ".join(Import.objects.order_by("pk").values_list("state", flat=True))
    return f"{states} {Organisation.objects.count()} {Contact.objects.count()} {OwnId.objects.count()}"


with scope(cluster=None):
    match sys.argv[1:]:
        case ["prepare", rows]:
            sys.stdout.write(str(stage(int(rows))))
        case ["same", rows]:
            sys.stdout.write(f"{stage(int(rows))} {stage(int(rows))}")
        case ["go", key]:
            Import.objects.filter(pk=key).update(lease_until=timezone.now())
            sys.stdout.write("begun\n")
            sys.stdout.flush()
            working.go_on(int(key))
        case ["undo", key]:
            job = Import.objects.get(pk=key)
            starting.undo(job=job, actor=job.by)
        case _:
            sys.stdout.write(counts())
