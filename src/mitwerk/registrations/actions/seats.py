"""Who gets a seat.

All of it happens behind one lock, a congress's `Admission`: two who come at the same moment come one after the other,
and nobody waits for a second lock, so that there is no deadlock. That no seat is given twice is held by the database as
well (`registrations_seat_once`).
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms import registrations as way
from mitwerk.congress.actions import slug_of
from mitwerk.core.changes import Refused
from mitwerk.registrations.mails import mail_lapsed, mail_offer
from mitwerk.registrations.models import Admission, Registration, TicketKind
from mitwerk.registrations.queries import ended_offers, first_in_line, moving_admissions, taken_seats

HELD_FOR = dt.timedelta(hours=48)


def hold(pk: int) -> Admission:
    """The row that whoever changes a seat locks until the transaction ends."""
    found = Admission.objects.select_for_update(of=("self",))
    return found.select_related("congress__event", "congress__cluster", "seller").get(pk=pk)


def do_step(registration: Registration, verb: str, *, actor: User | None = None, **values: Any) -> None:
    """Lead a registration on, as the table of steps allows. The caller holds the admission.

    Raises `Refused` where it does not lead there, because somebody else was quicker.
    """
    step = way.step_for(verb, registration.state)
    if step is None:
        raise Refused(_("This has changed meanwhile. Please look at the page once more."))
    registration.state = step.target
    registration.seat = values.pop("seat", registration.seat) if step.target in way.SEATED else None
    registration.held_until = values.pop("held_until", None)
    for name, value in values.items():
        setattr(registration, name, value)
    registration.save(update_fields=["state", "seat", "held_until", "updated_at", *values])
    cluster_slug = slug_of(registration.admission.congress)
    record_audit(verb=f"registration.{verb}", target=registration, actor=actor, cluster_slug=cluster_slug)


def next_seat(kind: TicketKind) -> tuple[Registration, int] | None:
    """Who gets the next seat and which; None where nobody waits or none is free."""
    first = first_in_line(kind)
    seat = way.free_seat(taken_seats(kind), kind.quota) if first else None
    return (first, seat) if first and seat else None


def seat_at_once(kind: TicketKind, newcomers: list[Registration], actor: User | None = None) -> None:
    """Those who have just come get the free seats in their order, unless somebody was there before them."""
    mine = {one.pk: one for one in newcomers}
    while (found := next_seat(kind)) and found[0].pk in mine:
        do_step(mine[found[0].pk], "seat", seat=found[1], actor=actor)


def move_up(admission: Admission) -> int:
    """Hold each free seat for who is next in line, and tell them. How many."""
    if admission.is_over:
        return 0
    moved, until = 0, min(timezone.now() + HELD_FOR, admission.begins_at)
    for kind in admission.kinds.order_by("pk"):
        while found := next_seat(kind):
            first, seat = found
            do_step(first, "offer", seat=seat, held_until=until)
            mail_offer(first)
            moved += 1
    return moved


@transaction.atomic
def turn_list(*, pk: int) -> int:
    """Take back the seats of one congress that nobody took in time, and hold them for the next. How many moved."""
    admission = hold(pk)
    for registration in ended_offers(admission):
        do_step(registration, "lapse")
        mail_lapsed(registration)
    return move_up(admission)


def turn_lists() -> int:
    """Timed work, outside every scope: each congress in a transaction of its own. How many moved up."""
    return sum(turn_list(pk=pk) for pk in list(moving_admissions().values_list("pk", flat=True)))
