"""Announce each phase once, with the link by which an organisation takes part. A part of the timed work."""

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.charter.actions.charters import LINK_LASTS, TAKE_PART, target_of
from mitwerk.charter.mails import mail_guest, mail_phase, phase_key
from mitwerk.charter.models import Charter, Guest, Period
from mitwerk.charter.queries.charters import people_to_tell, untold_guests, untold_periods
from mitwerk.outbox.queries import is_queued
from mitwerk.people.actions import make_act_link
from mitwerk.people.models import Person

WITH_LINK = frozenset({workshop.COLLECT, workshop.SUGGEST})
"""Phases in which organisations take part, so that the mail leads there without signing in."""


def tell_phases() -> int:
    """Announce what was opened to the members' people and to guests, and invite guests who came later; how many
    phases. Killed half-way the next run goes on: each mail has its key."""
    with scope(cluster=None):
        told = sum(_tell(period) for period in untold_periods())
        for guest in untold_guests():
            _invite(guest)
        return told


def _tell(period: Period) -> int:
    if workshop.PHASES[period.phase].told and period.charter.phase == period.phase:
        for organisation, person in people_to_tell(period.charter):
            _tell_one(period, organisation, person)
    return Period.objects.filter(pk=period.pk, told_at=None).update(told_at=timezone.now())


@transaction.atomic
def _tell_one(period: Period, organisation: Organisation, person: Person) -> None:
    key = phase_key(period, person)
    if not is_queued(key):
        token = _token(period.charter, organisation, person) if period.phase in WITH_LINK else ""
        mail_phase(period, organisation, person, token)


def _token(charter: Charter, organisation: Organisation, person: Person) -> str:
    return make_act_link(person=person, act=TAKE_PART, target=target_of(charter, organisation), lasts=LINK_LASTS)


@transaction.atomic
def _invite(guest: Guest) -> None:
    """Whoever is invited while a phase runs gets their link at once."""
    if Guest.objects.filter(pk=guest.pk, told_at=None).update(told_at=timezone.now()):
        mail_guest(guest, _token(guest.charter, guest.organisation, guest.person))
