"""What the founding sitting starts with, and what moves its time on. Run in an installation of the tests, with its shell.

A provisional board of four organisations, of which the first is in the chair; five proposals that were handed in, carried
by the second; the office of the cluster.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.actors.models import Organisation  # noqa: E402
from mitwerk.clusters.actions import grant_role  # noqa: E402
from mitwerk.clusters.models import Cluster, Role  # noqa: E402
from mitwerk.governance.models import Body, Mandate  # noqa: E402
from mitwerk.projects.actions import bring_in_idea, take_step  # noqa: E402
from mitwerk.projects.models import Project, WorkingGroup  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402
from tests.voting.ballot_state import seat  # noqa: E402

PROPOSALS = (
    ("Zweisprachige Startseite", "Bilingual homepage"), ("Kongress", "Congress"), ("Leitbild", "Charter"),
    ("Netzwerk der IT-Leiter", "Network of IT heads"), ("Gemeinsamer Einkauf", "Joint purchase"),
)  # fmt: skip


def make(language: str) -> None:
    """Each time with another cluster, so that what is handed in stands on one agenda."""
    place = Body.objects.filter(slug__startswith="founding-").count()
    cluster, mark = Cluster.objects.order_by("position", "pk")[place], f"founding-{place}"
    body = Body.objects.create(
        slug=mark, name={"de": "Gründungsvorstand", "en": "Founding board"}, cluster=cluster,
        watchers=Body.Watchers.EVERYBODY,
    )  # fmt: skip
    seats = [seat(body, f"{mark}-{number}", language) for number in range(4)]
    Mandate.objects.filter(body=body).update(is_provisional=True)
    Mandate.objects.filter(organisation=seats[0][0]).update(function=Mandate.Function.CHAIR)
    office = User.objects.create_user(f"{mark}-office@example.org", None, language=language)
    grant_role(user=office, kind=Role.Kind.UMBRELLA_EDITOR, cluster=None)
    carrier, delegate, _substitute = seats[1]
    slugs = [propose(cluster, carrier, delegate.user, *titles) for titles in PROPOSALS]
    people = {"chair": seats[0][1].user, "carrier": delegate.user, "office": office}
    told = {
        "body": body.slug, "slugs": slugs, "carrier_mail": delegate.email, "chair_mail": seats[0][1].email,
        "cluster": cluster.slug,
        "sessions": {name: session(user, language) for name, user in people.items()},
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def propose(cluster: Cluster, carrier: Organisation, actor: Any, german: str, english: str) -> str:
    title = {"de": german, "en": english}
    texts = {name: {"de": f"{german}.", "en": f"{english}."} for name in ("summary", "problem", "audience", "offer")}
    values = {"title": title, **texts, "wanted": {"de": "Mitstreiter.", "en": "Companions."}}
    project = bring_in_idea(organisation=carrier, cluster=cluster, values=values, actor=actor)
    take_step(project=project, verb="submit", actor=actor)
    return project.slug


def summer(body: str) -> None:
    """The summer break is over: the reports of the groups of this board's cluster were due yesterday."""
    today = timezone.localdate()
    projects = Project.objects.filter(clusters__bodies__slug=body)
    WorkingGroup.objects.filter(project__in=projects).update(
        report_due=today - timedelta(days=1), due_since=today - timedelta(days=60), reminded="0"
    )


def look(body: str) -> None:
    projects = Project.objects.filter(clusters__bodies__slug=body, slug__isnull=False).exclude(phase="")
    sys.stdout.write(json.dumps(dict(projects.values_list("slug", "phase"))))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    with scope(cluster=None):
        {"make": make, "summer": summer, "look": look}[verb](*words)
