"""Reads of the day itself: what a check-in link opens, who is meant by a code or a name, who is there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships
from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.arrivals import KEY_LENGTH, guest_key, read_code
from mitwerk.congress.models import Room
from mitwerk.congress.queries import run_congress
from mitwerk.registrations.models import Admission, Arrival, CheckInPass, Lead, Registration, RoomCount
from mitwerk.registrations.queries import admissions_over

PASS_SALT = "mitwerk.registrations.check-in"  # noqa: S105 (names what is signed)
ARRIVALS_KEPT, LEADS_KEPT = dt.timedelta(days=30), dt.timedelta(days=180)
MOST_FOUND, MOST_LATEST = 12, 20


# At the door


def pass_token(check_in: CheckInPass) -> str:
    """What the link holds; the same each time it is shown."""
    return signing.Signer(salt=PASS_SALT, sep=".").sign(check_in.public_id)


def pass_by_token(token: str) -> CheckInPass | None:
    """The pass of a link, while it is good."""
    try:
        public_id = signing.Signer(salt=PASS_SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None
    rows = CheckInPass.objects.select_related("admission__congress__event", "admission__congress__cluster")
    found: CheckInPass | None = rows.filter(public_id=public_id).first()
    return found if found and found.is_open else None


def key_on(check_in: CheckInPass, public_id: str) -> str:
    """What stands for a ticket on this device."""
    return guest_key(check_in.public_id, public_id)


def guest_said(check_in: CheckInPass, said: str) -> Registration | None:
    """Whose ticket was read, by its code or by what stands for it on this device. Any state; of this congress only."""
    rows = check_in.admission.registrations.exclude(state=way.DOUBLE).select_related("booking__organisation", "kind")
    code = read_code(said)
    if len(code) == KEY_LENGTH:
        code = next((one for one in _codes(check_in.admission) if key_on(check_in, one) == code), "")
    return rows.filter(public_id=code).first() if code else None


def _codes(admission: Admission) -> QuerySet[Registration, str]:
    return admission.registrations.exclude(state=way.DOUBLE).values_list("public_id", flat=True)


@dataclass(frozen=True)
class Known:
    """A guest as a device at the door knows them: no address, and no code that makes a ticket."""

    key: str
    name: str
    organisation: str
    kind: str
    is_booked: bool
    since: dt.datetime | None
    """Since when they are there today."""


def guests_named(check_in: CheckInPass, text: str) -> list[Known]:
    """Those whose name or organisation holds all the words; at least two letters are asked for."""
    words = text.split()
    if len("".join(words)) < 2:
        return []
    found = _guests(check_in)
    for word in words:
        is_it = Q(name__icontains=word) | Q(booking__organisation__name__icontains=word)
        found = found.filter(is_it | Q(booking__organisation_name__icontains=word))
    return [_known(check_in, one) for one in found[:MOST_FOUND]]


def guest_list(check_in: CheckInPass) -> list[Known]:
    """For a device that must do without a network: who has a seat."""
    return [_known(check_in, one) for one in _guests(check_in).filter(state=way.BOOKED)]


def _guests(check_in: CheckInPass) -> QuerySet[Any]:
    today = Arrival.objects.filter(registration=OuterRef("pk"), day=timezone.localdate())
    rows = check_in.admission.registrations.filter(state__in=way.OPEN).select_related("booking__organisation", "kind")
    return rows.annotate(since=Subquery(today.values("at")[:1])).order_by("name", "pk")


def _known(check_in: CheckInPass, one: Any) -> Known:
    key = key_on(check_in, one.public_id)
    return Known(key, one.name, one.organisation_label, str(one.kind), one.state == way.BOOKED, one.since)


def counted_rooms(admission: Admission) -> list[Any]:
    """The rooms with `inside`, the last count of today, and when it was."""
    latest = RoomCount.objects.filter(room=OuterRef("pk"), at__gte=_midnight()).order_by("-at", "-pk")
    rooms = Room.objects.filter(congress=admission.congress_id)
    counted = rooms.annotate(inside=Subquery(latest.values("count")[:1]), counted=Subquery(latest.values("at")[:1]))
    return list(counted.order_by("position", "pk"))


def _midnight() -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))


# For the office


def run_admission(user: Any, congress_id: str) -> Admission | None:
    """The admission of a congress that the user runs."""
    congress = run_congress(user, congress_id)
    found = Admission.objects.select_related("congress__event", "congress__cluster", "seller")
    return found.filter(congress=congress).first() if congress else None


def kinds_there(admission: Admission) -> list[Any]:
    """Kinds of tickets with how many are `booked`, and how many of them are `there` today."""
    arrivals = Arrival.objects.filter(registration=OuterRef("registrations"), day=timezone.localdate())
    booked = Q(registrations__state=way.BOOKED)
    return list(
        admission.kinds.annotate(
            booked=Count("registrations", filter=booked),
            there=Count("registrations", filter=booked & Q(Exists(arrivals))),
        ).order_by("position", "pk")
    )


def latest_arrivals(admission: Admission) -> QuerySet[Arrival]:
    """Of today, the last one first."""
    found = Arrival.objects.filter(registration__admission=admission, day=timezone.localdate())
    rows = found.select_related("registration__booking__organisation", "registration__kind")
    return rows.order_by("-at", "-pk")[:MOST_LATEST]


def on_site(admission: Admission) -> QuerySet[Registration]:
    """Who has arrived today."""
    today = Arrival.objects.filter(registration=OuterRef("pk"), day=timezone.localdate())
    rows = admission.registrations.filter(Exists(today), state=way.BOOKED)
    return rows.select_related("booking", "kind", "admission__congress__event", "admission__congress__cluster")


def badge_holders(admission: Admission, kind: str = "", only: str = "", name: str = "") -> list[Registration]:
    """Who has a seat, narrowed down by the ids of a kind of ticket and a registration, or by name; by last name."""
    rows = admission.registrations.filter(state=way.BOOKED).select_related("booking__organisation", "kind")
    if kind:
        rows = rows.filter(kind__public_id=kind)
    if only:
        rows = rows.filter(public_id=only)
    if name:
        rows = rows.filter(name__icontains=name)
    return sorted(rows, key=lambda one: (one.name.split()[-1:], one.name, one.pk))


def accents_of(admission: Admission, holders: Sequence[Registration]) -> dict[int, str]:
    """Organisation to the colour of its cluster, of those that the congress is about."""
    clusters = admission.congress.event.clusters.all()
    ids = {one.booking.organisation_id for one in holders if one.booking.organisation_id}
    rows = current_memberships().filter(organisation__in=Organisation.objects.filter(pk__in=ids), cluster__in=clusters)
    return dict(rows.order_by("-pk").values_list("organisation_id", "cluster__accent"))


# Between guests


def leads_of(registration: Registration) -> list[Lead]:
    """Those that stand or wait; what was taken back or refused is nobody's business any more."""
    rows = Lead.objects.filter(Q(asker=registration) | Q(asked=registration), ended_at=None)
    both = rows.select_related("asker__booking__organisation", "asked__booking__organisation")
    return list(both.order_by("-asked_at", "-pk"))


def lead_between(one: Registration, other: Registration) -> Lead | None:
    """What stands between the two, whoever asked; else what the first has asked before."""
    rows = Lead.objects.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one))
    return rows.filter(ended_at=None).first() or rows.filter(asker=one).first()


# What is forgotten


def old_arrivals(kept: dt.timedelta = ARRIVALS_KEPT) -> QuerySet[Arrival]:
    return Arrival.objects.filter(registration__admission__in=admissions_over(kept))


def old_leads(kept: dt.timedelta = LEADS_KEPT) -> QuerySet[Lead]:
    return Lead.objects.filter(asker__admission__in=admissions_over(kept))


def old_passes(kept: dt.timedelta = ARRIVALS_KEPT) -> QuerySet[CheckInPass]:
    return CheckInPass.objects.filter(admission__in=admissions_over(kept))
