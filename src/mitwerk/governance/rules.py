"""Who leads a body, who votes in it, and who may look on."""

from typing import Any

from mitwerk.governance.models import Ballot, Body
from mitwerk.governance.queries import (
    acts_in,
    chaired_bodies,
    editable_bodies,
    voting_rights,
)


def can_lead(user: Any, body: Body) -> bool:
    """Writes and starts its ballots: whoever votes for the organisation in the chair, and the office."""
    return any(found(user).filter(pk=body.pk).exists() for found in (editable_bodies, chaired_bodies))


def belongs_to(user: Any, body: Body) -> bool:
    """Acts in it for an organisation."""
    return bool(acts_in(user, body))


def can_vote(user: Any, ballot: Ballot, organisation_id: str) -> bool:
    """Casts this organisation's vote: it stands on the roll, and the user is its delegate or a substitute."""
    return any(entry["id"] == organisation_id for entry, _person in voting_rights(user, ballot))
