"""Guests arrive. Each arrival is a transaction of its own behind the row of the registration, so that devices which
send what they kept, in any order, never wait for each other in a circle."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.arrivals import believed_time
from mitwerk.congress.actions import slug_of
from mitwerk.congress.models import Room
from mitwerk.core.changes import Refused
from mitwerk.registrations.actions.registering import Order
from mitwerk.registrations.actions.seats import do_step, hold
from mitwerk.registrations.mails import mail_state
from mitwerk.registrations.models import Admission, Arrival, Booking, CheckInPass, Registration, RoomCount
from mitwerk.registrations.queries import open_registration, organisation_named, taken_seats
from mitwerk.registrations.queries.day import guest_said

LATE = dt.timedelta(hours=12)
"""So long after a congress a device can still send what it kept without a network."""
MOST_PEOPLE = 100_000
ARRIVED, ALREADY, NOT_BOOKED, UNKNOWN = "arrived", "already", "not_booked", "unknown"


@dataclass(frozen=True)
class Answer:
    """What the door is told. `since`: when the guest came, where they are there."""

    state: str
    registration: Registration | None = None
    since: dt.datetime | None = None


@transaction.atomic
def open_check_in(*, admission: Admission, device: str, actor: User) -> CheckInPass:
    """A device at the door, until a while after the congress. One of the same name that is still good is taken."""
    held = hold(admission.pk)
    now = timezone.now()
    if held.over_at <= now:
        raise Refused(_("The congress is over."))
    there = CheckInPass.objects.filter(admission=held, device=device, revoked_at=None, expires_at__gt=now).first()
    if there is not None:
        return there
    made = CheckInPass.objects.create(
        admission=held, device=device, by=actor, expires_at=held.over_at.astimezone(dt.UTC) + LATE
    )
    record_audit(verb="check_in.open", target=made, actor=actor, cluster_slug=slug_of(held.congress))
    return made


@transaction.atomic
def revoke_check_in(*, check_in: CheckInPass, actor: User) -> None:
    """Its link leads nowhere from now on. Twice is once."""
    rows = CheckInPass.objects.filter(pk=check_in.pk, revoked_at=None)
    if rows.update(revoked_at=timezone.now()):
        slug = slug_of(check_in.admission.congress)
        record_audit(verb="check_in.revoke", target=check_in, actor=actor, cluster_slug=slug)


def check_in_guest(*, check_in: CheckInPass, said: str, client_id: str, at: str = "", clock: str = "") -> Answer:
    """Somebody stands at the door. `said`: the code of a ticket, or what stands for it on the device; `at`: when the
    device read it, `clock`: what its clock says now. Sent twice it is one, and the answer is the same."""
    found = guest_said(check_in, said)
    if found is None:
        return Answer(UNKNOWN)
    now = timezone.now()
    time = believed_time(at, clock, check_in.created_at, now) if at else now
    return arrive(registration=found, at=time, client_id=client_id, device=check_in.device)


@transaction.atomic
def arrive(
    *, registration: Registration, at: dt.datetime, client_id: str, device: str = "", actor: User | None = None
) -> Answer:
    """One arrival for each guest and day, whoever sends it how often; of several times the earliest counts."""
    rows = Registration.objects.select_for_update(of=("self",))
    found = rows.select_related("booking__organisation", "kind", "admission__congress__cluster").get(pk=registration.pk)
    if found.state != way.BOOKED:
        return Answer(NOT_BOOKED, found)
    again = Arrival.objects.filter(client_id=client_id).first()
    if again is not None:
        return Answer(ARRIVED, found, again.at) if again.registration_id == found.pk else Answer(UNKNOWN)
    there = Arrival.objects.filter(registration=found, day=timezone.localdate(at)).first()
    if there is not None:
        return Answer(ALREADY, found, _earlier(there, at, device))
    made = Arrival.objects.create(
        registration=found, day=timezone.localdate(at), at=at, client_id=client_id, device=device, by=actor
    )
    slug = slug_of(found.admission.congress)
    record_audit(verb="arrival.add", target=made, actor=actor, cluster_slug=slug, details={"device": device})
    return Answer(ARRIVED, found, at)


def _earlier(there: Arrival, at: dt.datetime, device: str) -> dt.datetime:
    """The time that counts. A device that was first, and without a network, corrects the one that was heard first."""
    if at < there.at:
        there.at, there.device = at, device
        there.save(update_fields=["at", "device"])
    return there.at


@dataclass(frozen=True)
class WalkIn:
    """Who comes without having registered; `email` may be empty, then no ticket is sent."""

    name: str
    email: str


@transaction.atomic
def walk_in(*, admission: Admission, order: Order, guest: WalkIn, actor: User) -> Registration:
    """A seat of a free ticket and the arrival at once, behind the same lock as every other seat.

    Raises `Refused` where none is left, or the address is registered. Sent twice it is one.
    """
    held = hold(admission.pk)
    again = Registration.objects.filter(booking__admission=held, booking__key=order.key).first()
    if again is not None:
        return again
    if held.over_at <= timezone.now():
        raise Refused(_("The congress is over."))
    kind = held.kinds.filter(pk=order.kind.pk, price=0).first()
    seat = way.free_seat(taken_seats(kind), kind.quota) if kind else None
    if kind is None or seat is None:
        raise Refused(_("No seat is left for this kind of ticket."))
    if guest.email and open_registration(held, guest.email):
        raise Refused(_("This address is registered. Please check them in by name."))
    found = _seated(held, kind, seat, order, guest, actor)
    arrive(registration=found, at=timezone.now(), client_id=f"walk-in-{found.public_id}", actor=actor)
    if guest.email:
        mail_state(found)
    return found


def _seated(held: Admission, kind: Any, seat: int, order: Order, guest: WalkIn, actor: User) -> Registration:
    organisation = organisation_named(order.organisation_name)
    booking = Booking.objects.create(
        admission=held, kind=kind, key=order.key, organisation=organisation, organisation_name=order.organisation_name
    )
    made = Registration.objects.create(
        booking=booking, admission=held, kind=kind, leads=True, name=guest.name, email=guest.email,
        language=order.language, state=way.WAITING,
    )  # fmt: skip
    slug = slug_of(held.congress)
    record_audit(verb="booking.add", target=booking, actor=actor, cluster_slug=slug, details={"guests": 1})
    do_step(made, "seat", seat=seat, actor=actor)
    return made


@transaction.atomic
def count_room(*, check_in: CheckInPass, room: Room, key: str, step: int = 0, count: int | None = None) -> RoomCount:
    """So many are inside, or so many more or fewer than counted last. Sent twice it is one."""
    Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    again = RoomCount.objects.filter(key=key).first()
    if again is not None:
        return again
    today = timezone.localdate()
    last = RoomCount.objects.filter(room=room, at__date=today).order_by("-at", "-pk").first()
    number = count if count is not None else (last.count if last else 0) + step
    made = RoomCount.objects.create(
        room=room, count=min(max(number, 0), MOST_PEOPLE), device=check_in.device, key=key, at=timezone.now()
    )
    record_audit(verb="room.count", target=made, cluster_slug=slug_of(check_in.admission.congress))
    return made
