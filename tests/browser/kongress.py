"""Who takes part in the journey of a congress: an office, a firm that hands in, a jury; and the months that go by. Run in a
test installation."""

import datetime as dt
import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.accounts.tests.factors import give_app  # noqa: E402
from mitwerk.clusters.actions import grant_role  # noqa: E402
from mitwerk.clusters.models import Cluster, Role  # noqa: E402
from mitwerk.congress.models import Congress  # noqa: E402
from mitwerk.events.models import Event  # noqa: E402
from mitwerk.governance.models import Body  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402
from tests.voting.ballot_state import seat  # noqa: E402


def make(language: str) -> None:
    """The firm has a seat in the jury as well, beside the juror's institute."""
    mark = f"kongress-{language}"
    cluster = Cluster.objects.order_by("position", "pk")[0]
    jury = Body.objects.create(
        slug=f"{mark}-jury", name={"de": f"Jury {language}", "en": f"Jury {language}"}, cluster=cluster, kind="jury"
    )
    firm, juror = (seat(jury, f"{mark}-{name}", language) for name in ("firm", "institute"))
    office = User.objects.create_user(f"{mark}-office@example.org", None, language=language)
    grant_role(user=office, kind=Role.Kind.UMBRELLA_EDITOR, cluster=None)
    give_app(office)
    users = {"office": office, "firm": firm[1].user, "juror": juror[1].user}
    told = {
        "cluster": cluster.slug, "jury": jury.pk, "firm": firm[0].slug,
        "sessions": {name: session(user, language) for name, user in users.items()},
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def slug_of(congress: str) -> None:
    sys.stdout.write(Congress.objects.select_related("event").get(public_id=congress).event.slug)


def over(congress: str) -> None:
    """As if the days had gone by: the first one was yesterday."""
    found = Congress.objects.select_related("event").get(public_id=congress)
    by = found.event.starts_on - timezone.localdate() + dt.timedelta(days=1)
    Event.objects.filter(pk=found.event_id).update(starts_on=found.event.starts_on - by, ends_on=None)
    for one in found.sessions.all():
        one.starts_at, one.ends_at = one.starts_at - by, one.ends_at - by
        one.save()
    slug_of(congress)


if __name__ == "__main__":
    with scope(cluster=None):
        {"make": make, "over": over, "slug": slug_of}[sys.argv[1]](sys.argv[2])
