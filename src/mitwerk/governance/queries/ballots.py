"""Ballots: who sees them, who may vote, and what is told before and after the count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.algorithms.ballot_file import open_file, secret_file, turnout
from mitwerk.algorithms.collation import sort_key
from mitwerk.governance.models import Ballot, Body, Roll, Vote
from mitwerk.governance.queries.bodies import VOTING, led_bodies, my_bodies
from mitwerk.people.models import Person, Representative
from mitwerk.people.queries import current_representatives, representations_of

TOLD = (Ballot.State.OPEN, Ballot.State.CLOSED, Ballot.State.CALLED_OFF, Ballot.State.INTERRUPTED)
VOTERS_KEPT = timedelta(days=1096)
Right = tuple[dict[str, Any], Person]
"""An entry of the roll, and the person who may vote for it."""


@dataclass(frozen=True)
class Turnout:
    """How many have voted; `is_at_least`: there are few voters, so that steps of five are told."""

    cast: int
    entitled: int
    is_at_least: bool


def seen_ballots(user: Any, body: Body) -> QuerySet[Ballot]:
    """The ballots of a body that the user may enter: drafts are for who leads it; who only looks on sees results."""
    ballots = Ballot.objects.filter(body=body).select_related("roll")
    if led_bodies(user).filter(pk=body.pk).exists():
        return ballots
    if my_bodies(user).filter(pk=body.pk).exists():
        return ballots.filter(state__in=TOLD)
    return ballots.filter(state=Ballot.State.CLOSED)


def ballot_page(user: Any, body: Body, public_id: str) -> Ballot | None:
    found = seen_ballots(user, body).select_related("roll", "body__cluster")
    return found.filter(public_id=public_id).first()


def ballot_by_id(public_id: str) -> Ballot | None:
    """For the link of a mail; whoever comes by it is asked for their right."""
    return Ballot.objects.select_related("roll", "body__cluster").filter(public_id=public_id).first()


def told_ballots(body: Body) -> QuerySet[Ballot]:
    """Results that everybody may see; none where the body does not want that."""
    is_public = body.watchers == Body.Watchers.EVERYBODY and body.state == Body.State.PUBLISHED
    closed = Ballot.objects.filter(body=body, state=Ballot.State.CLOSED).order_by("-closes_at", "-pk")
    return closed if is_public else closed.none()


def voting_rights(user: Any, ballot: Ballot) -> list[Right]:
    """For which entries of the roll the user votes, by name of the organisation."""
    return _rights(representations_of(user).filter(role__in=VOTING), ballot)


def rights_of_person(person: Person, ballot: Ballot) -> list[Right]:
    """The same for who comes by a link in a mail; none where their sign-in is switched off."""
    return _rights(_voting(person), ballot)


def _voting(person: Person) -> QuerySet[Representative]:
    return current_representatives().filter(role__in=VOTING, person=person, person__user__is_active=True)


def votes_for(person: Person, organisation_id: str) -> bool:
    """Whether the person is the organisation's delegate or a substitute now."""
    return _voting(person).filter(organisation__public_id=organisation_id).exists()


def _rights(representatives: Iterable[Representative], ballot: Ballot) -> list[Right]:
    by_id = {one.organisation.public_id: one.person for one in representatives}
    roll = getattr(ballot, "roll", None)  # a draft has none
    return [(entry, by_id[entry["id"]]) for entry in (by_name(roll) if roll else ()) if entry["id"] in by_id]


def voters_of(organisation_id: str) -> QuerySet[Representative]:
    """Whom a ballot is sent to: the delegate and the substitutes of an organisation on the roll."""
    found = current_representatives().filter(
        role__in=VOTING, organisation__public_id=organisation_id, person__user__is_active=True
    )
    return found.select_related("person__user").order_by("role", "pk")


def turnout_of(ballot: Ballot) -> Turnout:
    roll: Roll = ballot.roll
    is_rounded = ballot.is_secret and ballot.state == Ballot.State.OPEN
    cast, is_at_least = turnout(roll.cast, roll.entitled, is_rounded=is_rounded)
    return Turnout(cast, roll.entitled, is_at_least)


def votes_of(ballot: Ballot) -> list[tuple[dict[str, Any], Vote]]:
    """How each organisation voted in an open ballot, by name; nothing before the close."""
    if ballot.is_secret or ballot.state != Ballot.State.CLOSED:
        return []
    votes = {vote.organisation_id: vote for vote in ballot.votes.all()}
    return [(entry, votes[entry["id"]]) for entry in by_name(ballot.roll) if entry["id"] in votes]


def own_vote(ballot: Ballot, organisation_id: str) -> Vote | None:
    """What an organisation said in an open ballot, for its own people."""
    return None if ballot.is_secret else ballot.votes.filter(organisation_id=organisation_id).first()


def by_name(roll: Roll) -> list[dict[str, Any]]:
    return sorted(roll.entries, key=lambda entry: (sort_key(entry["name"]), entry["id"]))


def undecided_entries(ballot: Ballot) -> list[dict[str, Any]]:
    """Entries of the roll that have not voted yet."""
    voted = set(ballot.roll.voted)
    return [entry for entry in ballot.roll.entries if entry["id"] not in voted]


def old_voters() -> QuerySet[Vote]:
    """Votes of which nobody need know any more who cast them."""
    return Vote.objects.filter(cast_by__isnull=False, ballot__closes_at__lt=timezone.now() - VOTERS_KEPT)


def ballots_to_vote_on(user: Any) -> list[tuple[Ballot, dict[str, Any]]]:
    """Running ballots in which an organisation of the user has not voted, the first to close first."""
    mine = list(representations_of(user).filter(role__in=VOTING))
    if not mine:
        return []
    running = Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__gt=timezone.now())
    found = []
    for ballot in running.select_related("roll", "body").order_by("closes_at", "pk"):
        voted = set(ballot.roll.voted)
        found += [(ballot, entry) for entry, _person in _rights(mine, ballot) if entry["id"] not in voted]
    return found


def final_file(ballot: Ballot) -> dict[str, Any]:
    """What is published of a closed ballot: the same whenever it is asked for, with `closing_hash` over all of it."""
    roll: Roll = ballot.roll
    if ballot.is_secret:
        box = ballot.box
        return secret_file(
            ballot.paper, roll=roll.entries, voted=roll.voted, choices=box.opened, codes=box.codes, salt=box.salt,
            result=ballot.result,
        )  # fmt: skip
    votes = [
        {"organisation": vote.organisation_id, "choice": vote.choice, "reason": vote.reason}
        for vote in ballot.votes.order_by("organisation_id")
    ]
    return open_file(ballot.paper, roll=roll.entries, votes=votes, result=ballot.result)
