"""Write the mails of sittings: the question for a date, the invitation, every change. A part of the timed work."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import scope

from mitwerk.governance.actions.planning import ANSWER, target_of
from mitwerk.governance.mails import mail_dates, mail_sitting, sitting_key
from mitwerk.governance.models import Sitting
from mitwerk.governance.queries import seats_of, voters_of
from mitwerk.outbox.queries import is_queued
from mitwerk.people.actions import make_act_link

ASKED_FOR = timedelta(days=60)
"""So long the links that ask for a date are good, where it is not found before."""


def send_sitting_mails() -> int:
    """What has not been told yet of dates, invitations, changes and cancellations; of how many sittings.

    Killed half-way, the next run goes on: each mail has its key. A sitting that was cancelled before anybody was
    invited is told to nobody.
    """
    asking = Q(state=Sitting.State.POLL, asked_at=None)
    telling = Q(state=Sitting.State.INVITED) & (Q(told=None) | Q(told__lt=F("sequence")))
    ending = Q(state=Sitting.State.CANCELLED, told__lt=F("sequence"))
    due = Sitting.objects.filter(asking | telling | ending).select_related("body__cluster").order_by("pk")
    with scope(cluster=None):  # of all clusters
        return sum(_ask(one) if one.state == Sitting.State.POLL else _tell(one) for one in due)


def _ask(sitting: Sitting) -> int:
    dates = list(sitting.dates.all())
    for seat in seats_of(sitting):
        _ask_for(sitting, len(dates), seat.organisation_id, seat.name)
    return Sitting.objects.filter(pk=sitting.pk, asked_at=None).update(asked_at=timezone.now())


@transaction.atomic
def _ask_for(sitting: Sitting, dates: int, organisation_id: str, name: str) -> None:
    for voter in voters_of(organisation_id):
        key = f"sitting/{sitting.public_id}/dates/{dates}/{organisation_id}/{voter.person.public_id}"
        if not is_queued(key):
            target = target_of(sitting, organisation_id)
            token = make_act_link(person=voter.person, act=ANSWER, target=target, lasts=ASKED_FOR)
            mail_dates(sitting, name, voter.person, token, key)


def _tell(sitting: Sitting) -> int:
    """Each person once, also one who votes for several organisations."""
    people = {voter.person.pk: voter.person for seat in seats_of(sitting) for voter in voters_of(seat.organisation_id)}
    for person in people.values():
        mail_sitting(sitting, person, sitting_key(sitting, person))
    return Sitting.objects.filter(pk=sitting.pk, sequence=sitting.sequence).update(told=sitting.sequence)
