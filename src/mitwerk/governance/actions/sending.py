"""Tell everybody on the roll of a ballot, and remind those that have not voted. A part of the timed work."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mitwerk.governance.actions.drafting import ACT, target_of
from mitwerk.governance.mails import mail_key, mail_vote
from mitwerk.governance.models import Ballot
from mitwerk.governance.queries import undecided_entries, voters_of
from mitwerk.outbox.queries import is_queued
from mitwerk.people.actions import make_act_link

REMINDED_BEFORE = timedelta(days=3)
"""So long before the close; of a ballot that runs for less than twice as long, when half of its time is over."""


def send_ballot_mails() -> int:
    """Invitations of written ballots that have begun, and one reminder each; how many ballots.

    Killed half-way, the next run goes on: each mail has its key, and each organisation a transaction of its own.
    """
    running = Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__gt=timezone.now(), moved=None)
    sent = 0
    for ballot in running.filter(Q(invited_at=None) | Q(reminded_at=None)).order_by("pk"):
        if ballot.invited_at is None:
            sent += _send(ballot, is_reminder=False)
        elif timezone.now() >= reminder_time(ballot):
            sent += _send(ballot, is_reminder=True)
    return sent


def reminder_time(ballot: Ballot) -> datetime:
    """When those that have not voted are reminded."""
    opened_at, closes_at = ballot.times
    return closes_at - min(REMINDED_BEFORE, (closes_at - opened_at) / 2)


def _send(ballot: Ballot, *, is_reminder: bool) -> int:
    ballot = Ballot.objects.select_related("roll", "body").get(pk=ballot.pk)
    for entry in undecided_entries(ballot):
        _tell(ballot, entry["id"], entry["name"], is_reminder)
    column = "reminded_at" if is_reminder else "invited_at"
    return Ballot.objects.filter(pk=ballot.pk, **{column: None}).update(**{column: timezone.now()})


@transaction.atomic
def _tell(ballot: Ballot, organisation_id: str, name: str, is_reminder: bool) -> None:
    """Delegate and substitutes get the same mail, each with a link of their own; whoever votes first, votes."""
    for voter in voters_of(organisation_id):
        key = mail_key(ballot, organisation_id, voter.person, is_reminder)
        if not is_queued(key):
            left = ballot.times[1] - timezone.now()
            token = make_act_link(
                person=voter.person, act=ACT, target=target_of(ballot, organisation_id), lasts=left
            )
            mail_vote(ballot, name, voter.person, token, key, is_reminder)
