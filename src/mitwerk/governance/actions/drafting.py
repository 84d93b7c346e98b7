"""Write a ballot, start it, call it off."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.ballot_file import hash_of
from mitwerk.algorithms.sealed_box import make_keys
from mitwerk.algorithms.tally import Majority
from mitwerk.core.changes import Refused
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.boxes import seal
from mitwerk.governance.actions.deciding import settle_motion
from mitwerk.governance.actions.marks import forget_mark
from mitwerk.governance.models import Ballot, Body, Box, Mandate, Roll
from mitwerk.governance.queries import current_mandates, entitled_organisations
from mitwerk.people.actions import revoke_act_links

ACT = "ballot.vote"
"""The act of the links in the mails; their target is the ballot's public id and that of the organisation."""
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=366)


def target_of(ballot: Ballot, organisation_id: str) -> str:
    return f"{ballot.public_id}:{organisation_id}"


def record(verb: str, ballot: Ballot, actor: User | None, **details: Any) -> None:
    """In the log a ballot stands with its body's cluster."""
    cluster = ballot.body.cluster
    slug = cluster.slug if cluster else ""
    record_audit(verb=verb, target=ballot, actor=actor, cluster_slug=slug, details=details)


@transaction.atomic
def write_ballot(*, ballot: Ballot, values: Mapping[str, Any], actor: User) -> Ballot:
    """A new draft, or changes of one. Raises `Refused` once it has begun: the wording is frozen."""
    if ballot.pk:
        _lock(ballot, Ballot.State.DRAFT)
    else:
        ballot.made_by = actor
    for name, value in values.items():
        setattr(ballot, name, value)
    note_writing(ballot, values)
    ballot.save()
    record("ballot.write", ballot, actor)
    return ballot


@transaction.atomic
def drop_ballot(*, ballot: Ballot, actor: User) -> None:
    """Forget a draft."""
    _lock(ballot, Ballot.State.DRAFT)
    record("ballot.drop", ballot, actor)
    ballot.delete()


@transaction.atomic
def start_ballot(*, ballot: Ballot, closes_at: datetime, actor: User | None, sitting_id: str = "") -> Ballot:
    """Freeze wording, rule and roll, and take votes until `closes_at`. The mails go out with the next timed work.

    `sitting_id`: it is held in this sitting, so that only who is there votes, and their being there is the quorum.

    Raises `Refused` where it has begun already, where nobody may vote, or where the time is too short or too long.
    """
    _lock(ballot, Ballot.State.DRAFT)
    now = timezone.now()
    if not SHORTEST <= closes_at - now <= LONGEST:
        raise Refused(_("A ballot runs for at least five minutes and at most a year."))
    if ballot.is_secret and ballot.body.majority == Majority.CONSENT.value:
        raise Refused(_("Consent asks for reasons, so the ballot cannot be secret."))
    entries = _entries(ballot.body)
    if not entries:
        raise Refused(_("Nobody may vote in this body now. Enter mandates or members first."))
    ballot.state, ballot.opened_at, ballot.closes_at = Ballot.State.OPEN, now, closes_at
    ballot.paper = _paper(ballot, sitting_id)
    ballot.wording_hash, ballot.roll_hash = hash_of(ballot.paper), hash_of(entries)
    ballot.save()
    roll = Roll.objects.create(ballot=ballot, entries=entries, entitled=len(entries))
    if ballot.is_secret:
        public_key, locked_key = make_keys(settings.BALLOT_KEY)
        box = Box(ballot=ballot, public_key=public_key, locked_key=locked_key)
        seal(box, roll)
        box.save()
    record("ballot.start", ballot, actor, wording=ballot.wording_hash, roll=ballot.roll_hash)
    return ballot


def _entries(body: Body) -> list[dict[str, Any]]:
    chairs = set(
        current_mandates().filter(body=body, function=Mandate.Function.CHAIR).values_list("organisation", flat=True)
    )
    entries = [
        {"id": one.public_id, "name": one.name, "chair": one.pk in chairs} for one in entitled_organisations(body)
    ]
    return sorted(entries, key=lambda entry: str(entry["id"]))


def _paper(ballot: Ballot, sitting_id: str) -> dict[str, Any]:
    rule = ballot.body.rule(is_secret=ballot.is_secret)
    quorum = Fraction(0) if sitting_id else rule.quorum
    opened_at, closes_at = ballot.times
    return {
        "ballot": ballot.public_id,
        "body": dict(ballot.body.name),
        "title": dict(ballot.title),
        "motion": dict(ballot.motion),
        "reason": dict(ballot.reason),
        "is_secret": ballot.is_secret,
        "rule": {
            "majority": rule.majority.value,
            "quorum": [quorum.numerator, quorum.denominator],
            "casting_vote": rule.casting_vote,
        },
        "opened_at": opened_at.isoformat(),
        "closes_at": closes_at.isoformat(),
        **({"sitting": sitting_id} if sitting_id else {}),
    }


@transaction.atomic
def call_off_ballot(*, ballot: Ballot, actor: User) -> None:
    """End a running ballot without a count, because its wording or its roll was wrong. What was voted goes."""
    _lock(ballot, Ballot.State.OPEN)
    Ballot.objects.filter(pk=ballot.pk).update(state=Ballot.State.CALLED_OFF)
    ballot.state = Ballot.State.CALLED_OFF
    throw_away(ballot)
    settle_motion(ballot=ballot)
    record("ballot.call_off", ballot, actor)


def throw_away(ballot: Ballot) -> None:
    """Nobody will count it any more: what was voted goes, and the links in the mails lead nowhere."""
    ballot.votes.all().delete()
    Box.objects.filter(ballot=ballot).delete()
    end_links(ballot)


def end_links(ballot: Ballot) -> None:
    """The ballot is over: links in mails and the mark in the data folder go."""
    for entry in ballot.roll.entries:
        revoke_act_links(act=ACT, target=target_of(ballot, entry["id"]))
    transaction.on_commit(lambda: forget_mark(ballot))


@transaction.atomic
def repeat_ballot(*, ballot: Ballot, actor: User) -> Ballot:
    """A new draft with the same wording, for one that was called off or interrupted, or found no quorum."""
    again = Ballot(
        body=ballot.body, title=ballot.title, motion=ballot.motion, reason=ballot.reason, is_secret=ballot.is_secret,
        made_by=actor,
    )  # fmt: skip
    again.save()
    record("ballot.repeat", again, actor, of=ballot.public_id)
    return again


def _lock(ballot: Ballot, state: str) -> None:
    """Nobody else writes this ballot until the transaction ends. Raises `Refused` where it is in another state."""
    found = Ballot.objects.select_for_update().filter(pk=ballot.pk).values_list("state", flat=True).first()
    if found != state:
        raise Refused(_("This is no longer possible: the ballot has moved on meanwhile. Load the page again."))
