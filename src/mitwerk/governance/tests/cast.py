"""Bodies of the fixed cast: a board with four seats, the assembly of a cluster, a board of the other cluster."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.actions import cast_vote, close_ballot, start_ballot
from mitwerk.governance.models import Ballot, Body, Mandate
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People, represent

SINCE = date(2006, 7, 14)
WORDING = {"de": "Der Kongress wird vorbereitet.", "en": "The congress is prepared."}


@dataclass(frozen=True)
class Bodies:
    """The bodies by name, and the delegates of the board's other organisations."""

    board: Body
    assembly: Body
    bakers: Body
    university: User
    institute: User
    baker: User


def make_bodies(cast: Cast, people: People) -> Bodies:
    """The firm holds the chair of the board, for the time being; the others have plain mandates."""
    board = make_body("vorstand", "Vorstand", cluster=cast.it, kind=Body.Kind.BOARD)
    for organisation in (cast.university, cast.institute, cast.bakery):
        Mandate.objects.create(body=board, organisation=organisation, since=SINCE)
    Mandate.objects.create(
        body=board, organisation=cast.firm, since=SINCE, function=Mandate.Function.CHAIR, is_provisional=True
    )
    assembly = make_body(
        "versammlung", "Versammlung", cluster=cast.it, kind=Body.Kind.ASSEMBLY, entitled=Body.Entitled.MEMBERS,
        watchers=Body.Watchers.EVERYBODY,
    )  # fmt: skip
    bakers = make_body("backstube", "Backstube", cluster=cast.food)
    Mandate.objects.create(body=bakers, organisation=cast.bakery, since=SINCE, function=Mandate.Function.CHAIR)
    delegates = {
        name: make_delegate(f"{name}-delegate", organisation)
        for name, organisation in (
            ("university", cast.university), ("institute", cast.institute), ("baker", cast.bakery)
        )
    }  # fmt: skip
    return Bodies(board=board, assembly=assembly, bakers=bakers, **delegates)


def make_body(slug: str, name: str, **values: object) -> Body:
    return Body.objects.create(slug=slug, name={"de": name, "en": name}, **values)


def make_delegate(name: str, organisation: Organisation) -> User:
    user = create_user(email=f"{name}@example.org", password=None, name=name)
    represent(user, organisation, "delegate")
    return user


def make_ballot(body: Body, **values: object) -> Ballot:
    """A draft."""
    return Ballot.objects.create(body=body, title={"de": "Kongress", "en": "Congress"}, motion=WORDING, **values)


def started(body: Body, days: int = 14, **values: object) -> Ballot:
    ballot = make_ballot(body, **values)
    return start_ballot(ballot=ballot, closes_at=timezone.now() + timedelta(days=days), actor=None)


def vote(ballot: Ballot, user: User, organisation: Organisation, choice: str, reason: str = "") -> str:
    """Cast a vote without a page."""
    return cast_vote(
        ballot=ballot, organisation_id=organisation.public_id, choice=choice, reason=reason,
        person=Person.objects.get(user=user),
    )  # fmt: skip


def count(ballot: Ballot) -> Ballot:
    """Let its time be over, and count it."""
    Ballot.objects.filter(pk=ballot.pk).update(
        opened_at=timezone.now() - timedelta(days=2), closes_at=timezone.now() - timedelta(seconds=1)
    )
    close_ballot(ballot=ballot)
    return Ballot.objects.select_related("roll", "body").get(pk=ballot.pk)
