"""What the journey of a charter starts with, and what moves it on. Run in an installation of the tests, with its shell.

Twelve members of a cluster, each with a delegate, all of them in the body that decides; the office; a charter without a
word in it.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.actors.models import Membership  # noqa: E402
from mitwerk.charter.actions import change_charter, sign  # noqa: E402
from mitwerk.charter.models import Adoption, Charter  # noqa: E402
from mitwerk.charter.queries.adoption import signers_to_ask  # noqa: E402
from mitwerk.clusters.actions import grant_role  # noqa: E402
from mitwerk.clusters.models import Cluster, Role  # noqa: E402
from mitwerk.governance.actions import cast_vote  # noqa: E402
from mitwerk.governance.models import Ballot, Body, Mandate  # noqa: E402
from mitwerk.people.models import Representative  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402
from tests.voting.ballot_state import seat  # noqa: E402

MEMBERS = 12


def make(language: str) -> None:
    """Each time another cluster, from the last one on."""
    place = Charter.objects.count()
    cluster, mark = Cluster.objects.order_by("-position", "-pk")[place], f"leitbild-{place}"
    body = Body.objects.create(
        slug=mark, name={"de": "Vorstand", "en": "Board"}, cluster=cluster, watchers=Body.Watchers.EVERYBODY
    )
    seats = [seat(body, f"{mark}-{number}", language) for number in range(MEMBERS)]
    for organisation, _delegate, _substitute in seats:
        Membership.objects.create(cluster=cluster, organisation=organisation)
    office = User.objects.create_user(f"{mark}-office@example.org", None, language=language)
    grant_role(user=office, kind=Role.Kind.UMBRELLA_EDITOR, cluster=None)
    values = {
        "title": {"de": "Leitbild des Clusters", "en": "Charter of the cluster"}, "cluster": cluster, "language": language,
        "task": {"de": "Wer wir sind, wie wir arbeiten, was wir wollen.", "en": "Who we are, how we work, what we want."},
    }  # fmt: skip
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=office)
    users = {"office": office, **{f"firm{number}": seats[number][1].user for number in (0, 2, 3, 4)}}
    told = {
        "charter": charter.public_id, "cluster": cluster.slug, "body": body.slug,
        "mails": [delegate.email for _organisation, delegate, _substitute in seats],
        "names": [organisation.name for organisation, _delegate, _substitute in seats],
        "sessions": {name: session(user, language) for name, user in users.items()},
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def vote(body: str, yes: str) -> None:
    """So many organisations of the body say yes, those first that have not voted; then the time is over."""
    ballot = Ballot.objects.get(body__slug=body, state=Ballot.State.OPEN)
    mandates = Mandate.objects.filter(body__slug=body).order_by("pk").select_related("organisation")
    for mandate in [one for one in mandates if one.organisation.public_id not in ballot.roll.voted][: int(yes)]:
        person = Representative.objects.get(organisation=mandate.organisation, role="delegate").person
        cast_vote(
            ballot=ballot, organisation_id=mandate.organisation.public_id, choice="yes", reason="", person=person
        )
    now = timezone.now()
    Ballot.objects.filter(pk=ballot.pk).update(
        opened_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1)
    )


def sign_all(charter: str) -> None:
    """Every delegate who has not signed yet does."""
    adoption = Adoption.objects.select_related("charter__cluster").get(charter__public_id=charter, state="adopted")
    for organisation, person in signers_to_ask(adoption.charter, adoption):
        sign(adoption=adoption, organisation=organisation, person=person)


def look(charter: str) -> None:
    """Number, state and version of each suggestion."""
    found = Charter.objects.get(public_id=charter).suggestions.order_by("number")
    sys.stdout.write(json.dumps(list(found.values_list("number", "state", "version"))))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    with scope(cluster=None):
        {"make": make, "vote": vote, "sign_all": sign_all, "look": look}[verb](*words)
