"""A process of `test_two_at_once.py` in an installation of its own: two threads merge one loser at once. Not a test.

`python -m tests.merging.two_at_once locked` prints what each was told; `… unlocked` does so without the lock.
"""

import sys
import threading
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.actors.actions import MergeRefused, merge_organisations, merging  # noqa: E402
from mitwerk.actors.models import Organisation  # noqa: E402
from mitwerk.actors.tests.cast import make_organisation  # noqa: E402

told: list[str] = []
starts = threading.Barrier(2, timeout=30)
both_read = threading.Barrier(2, timeout=3 if connection.vendor == "sqlite" else 60)
"""SQLite lets only one of them read."""


def unlocked(*keys: int) -> list[Any]:
    """Both read before either writes, where the database lets them."""
    found = Organisation.objects.in_bulk(keys)
    both_read.wait()
    return [found[key] for key in keys]


def one(winner: Organisation, loser: Organisation) -> None:
    try:
        with scope(cluster=None):
            starts.wait()
            merge_organisations(winner=winner, loser=loser, choices={}, actor=None)
        told.append("merged")
    except MergeRefused:
        told.append("refused")
    except Exception as error:
        told.append(type(error).__name__)
    finally:
        connections.close_all()


if sys.argv[1] == "unlocked":
    merging.locked = unlocked
with scope(cluster=None):
    first, second, loser = (make_organisation(f"{sys.argv[1]} {n}", f"{sys.argv[1]}-{n}") for n in range(3))
threads = [threading.Thread(target=one, args=(winner, loser)) for winner in (first, second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(60)
sys.stdout.write(" ".join(sorted(told)))
