"""What the journey of a network that joins starts with, and what moves its time on. Run in an installation of the tests.

A network that exists for years: its coordinator, three organisations it shows, and the manager of the cluster.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.actors.actions import save_organisation  # noqa: E402
from mitwerk.actors.models import Membership, Organisation  # noqa: E402
from mitwerk.algorithms.tests.sheet_files import xlsx_file  # noqa: E402
from mitwerk.clusters.actions import grant_role  # noqa: E402
from mitwerk.clusters.models import Cluster, Role  # noqa: E402
from mitwerk.networks.actions import accept_network_invitation, add_person  # noqa: E402
from mitwerk.networks.models import ListRow, Network, NetworkMember, NetworkPerson, Wave  # noqa: E402
from mitwerk.networks.tests.messy import messy_rows  # noqa: E402
from mitwerk.people.actions import person_behind  # noqa: E402
from mitwerk.rooms.models import Meeting  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402

WORKS = ("Werk Anger", "Werk Bruch", "Werk Crona")


def make(language: str) -> None:
    """Each language has its own."""
    cluster = Cluster.objects.order_by("position", "pk")[0]
    mark = f"it-leiter-{language}"
    network = Network.objects.create(slug=mark, name={"de": f"Runde {language}", "en": f"Circle {language}"})
    network.clusters.set([cluster])
    for place, name in enumerate(WORKS):
        made = save_organisation(
            source_id=f"{mark}-{place}", name=f"{name} {language}", visibility=Organisation.Visibility.PUBLISHED
        ).record
        Membership.objects.create(organisation=made, cluster=cluster)
        NetworkMember.objects.create(network=network, organisation=made, is_public=True)
    coordinator = User.objects.create_user(f"{mark}@example.org", None, language=language, name="Coordination")
    person = person_behind(user=coordinator, name="Coordination")
    add_person(network=network, person=person, kind=NetworkPerson.Kind.COORDINATOR, actor=None)
    manager = User.objects.create_user(f"{mark}-manager@example.org", None, language=language, name="Office")
    grant_role(user=manager, kind=Role.Kind.MANAGER, cluster=cluster)
    told = {
        "slug": mark, "cluster": cluster.slug, "works": [f"{name} {language}" for name in WORKS],
        "sessions": {"coordinator": session(coordinator, language), "manager": session(manager, language)},
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def sheet(path: str, language: str) -> None:
    """The list as the network keeps it: 80 people, headings in the third row, several in a cell, addresses anywhere."""
    rows = [[cell.replace("example.org", f"{language}.example.org") for cell in row] for row in messy_rows()]
    Path(path).write_bytes(xlsx_file(rows))


def agree(slug: str, count: str) -> None:
    """So many of those who were invited and have not answered say yes, as the page of the link does."""
    rows = ListRow.objects.filter(network__slug=slug, invitation__isnull=False).order_by("pk")[: int(count)]
    for row in rows.select_related("invitation__network"):
        assert row.invitation is not None
        accept_network_invitation(
            invitation=row.invitation, user=None, name=row.name, language="de", shown_to_members=True
        )


def last_day(slug: str) -> None:
    """The last day of the wave is over."""
    now = timezone.now()
    Wave.objects.filter(network__slug=slug).update(at=now - timedelta(days=30), ends_at=now - timedelta(minutes=1))


def after_the_meeting(slug: str) -> None:
    ended = timezone.now() - timedelta(hours=1)
    Meeting.objects.filter(network__slug=slug).update(starts_at=ended - timedelta(hours=2), ends_at=ended)


def look(slug: str) -> None:
    wave = Wave.objects.get(network__slug=slug)
    people = NetworkPerson.objects.filter(network__slug=slug, until=None)
    counts = {
        "agreed": wave.agreed, "unanswered": wave.unanswered, "rows": ListRow.objects.filter(network__slug=slug).count(),
        "people": people.count(),
    }  # fmt: skip
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    verbs: dict[str, Any] = {one.__name__: one for one in (make, sheet, agree, last_day, after_the_meeting, look)}
    with scope(cluster=None):
        verbs[sys.argv[1]](*sys.argv[2:])
