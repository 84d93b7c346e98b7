"""A process of `test_p7_erasure.py` on an installation of its own. Not a test.

`python -m tests.trust.canary plant` leaves somebody's traces everywhere, `… erase` deletes their account.
"""

import sys

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.actors.models import Organisation  # noqa: E402
from mitwerk.clusters.models import Cluster  # noqa: E402
from mitwerk.outbox.mails import deliver_due  # noqa: E402
from mitwerk.privacy.actions import erase_user  # noqa: E402
from mitwerk.privacy.tests.canaries import plant  # noqa: E402

WORD = "canaryada"


def plant_everywhere() -> None:
    """In the tables, in files, in sent mails, and by the door in the cache."""
    cluster = Cluster.objects.create(slug="it", name={"de": "IT"})
    organisation = Organisation.objects.create(slug="firm", name="Firm")
    plant(WORD, organisation, cluster)
    deliver_due()
    host = {"HTTP_HOST": "127.0.0.1"}
    Client(**host).post("/de/konto/login/code/", {"email": f"{WORD}@example.org"})
    cache.set("other", "stays")


def erase() -> None:
    """And let the database file be written anew, as the handbook asks."""
    erase_user(user=User.objects.get(email=f"{WORD}@example.org"))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


with scope(cluster=None):
    {"plant": plant_everywhere, "erase": erase}[sys.argv[1]]()
