"""Reads of what comes after a congress: whom to thank, who has answered, what they say, how many came from where."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_scopes import scope

from mitwerk.actors.models import Membership
from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.small_groups import FEW
from mitwerk.congress.queries.after import shown_proceedings
from mitwerk.events.models import Event
from mitwerk.registrations.models import Admission, FeedbackBox, FeedbackRoll, Registration
from mitwerk.registrations.queries import REGISTRATIONS_KEPT, SALT

THANKED_WITHIN = timedelta(days=7)
"""Later no thanks are sent: whoever starts the timed work late surprises nobody."""


def guests_of(admission: Admission) -> QuerySet[Registration]:
    """Those who had a seat."""
    return admission.registrations.filter(state=way.BOOKED).order_by("pk")


def thanked_guests(admission: Admission) -> QuerySet[Registration]:
    """Those who came, where the door was counted; else all who had a seat."""
    guests = guests_of(admission).select_related("admission__congress__event", "admission__congress__cluster")
    came = guests.filter(arrivals__isnull=False).distinct()
    return came if came.exists() else guests


def unthanked_admissions() -> list[int]:
    """To published congresses that ended yesterday or not much longer ago, and whose guests were not thanked."""
    now = timezone.now()
    event = {"congress__event__state": Event.State.PUBLISHED, "congress__event__starts_on__lt": now.date()}
    found = Admission.objects.select_related("congress__event").filter(thanked_at=None, **event).order_by("pk")
    return [one.pk for one in found if one.thanked_from <= now < one.thanked_from + THANKED_WITHIN]


def has_proceedings(admission: Admission) -> bool:
    return shown_proceedings(admission.congress).exists()


def roll_mark(registration: Registration) -> str:
    """What stands on the roll of who has answered; without the installation's key it leads to nobody."""
    return salted_hmac(f"{SALT}.feedback", registration.public_id, algorithm="sha256").hexdigest()[:32]


def has_answered(registration: Registration) -> bool:
    roll = FeedbackRoll.objects.filter(admission=registration.admission_id).first()
    return roll is not None and roll_mark(registration) in roll.answered


def feedback_of(admission: Admission) -> FeedbackBox | None:
    """What guests say, once there are enough answers that nobody is known by theirs."""
    return FeedbackBox.objects.filter(admission=admission, count__gte=FEW).first()


def guest_rows(admission: Admission) -> list[tuple[int | None, str, int]]:
    """For each who had a seat: primary key and kind of their organisation of the directory, and of their ticket."""
    found = guests_of(admission).values_list("booking__organisation", "booking__organisation__kind", "kind")
    return [(organisation, kind or "", ticket) for organisation, kind, ticket in found]


def clusters_at(day: date, organisations: Iterable[int]) -> dict[int, list[str]]:
    """Names of the clusters to which each belonged on that day."""
    with scope(cluster=None):
        then = Membership.objects.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))
        rows = then.filter(organisation__in=set(organisations), cluster__isnull=False)
        names = defaultdict(list)
        for organisation, name in rows.order_by("cluster", "pk").values_list("organisation", "cluster__name"):
            names[organisation].append(str(name))
    return {pk: list(dict.fromkeys(found)) for pk, found in names.items()}


def old_feedback(kept: timedelta = REGISTRATIONS_KEPT) -> QuerySet[FeedbackRoll]:
    """Of congresses that have been over for so long, where something is left to forget."""
    last = timezone.now() - kept
    early = Admission.objects.select_related("congress__event").filter(congress__event__starts_on__lte=last.date())
    over = [one.pk for one in early if one.over_at < last]
    return FeedbackRoll.objects.filter(admission__in=over).exclude(answered=[])
