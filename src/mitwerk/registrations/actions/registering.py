"""Somebody registers, alone or with a group. Nobody learns by it who is registered already: the mail says it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.algorithms import registrations as way
from mitwerk.congress.actions import slug_of
from mitwerk.core.changes import Refused
from mitwerk.registrations import tasks
from mitwerk.registrations.actions.seats import hold, seat_at_once
from mitwerk.registrations.mails import mail_already, mail_group, mail_state
from mitwerk.registrations.models import AccessCode, Admission, Booking, Registration, TicketKind
from mitwerk.registrations.queries import code_of, is_member, open_registration, organisation_named, uses_of

MOST_GUESTS = 20


@dataclass(frozen=True)
class Guest:
    """A person who wants to come. `answers`: public id of a question to the answer in words."""

    name: str
    email: str
    diet: str = ""
    access_needs: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bill:
    """Whom the invoice goes to; empty where the ticket costs nothing."""

    bill_name: str = ""
    bill_street: str = ""
    bill_postcode: str = ""
    bill_city: str = ""
    bill_country: str = "DE"
    bill_vat_id: str = ""
    bill_reference: str = ""


@dataclass(frozen=True)
class Order:
    """What a form sends. `key` is the form's own: sent twice it counts once."""

    key: str
    kind: TicketKind
    language: str
    organisation_name: str = ""
    guest_of: str = ""
    code: str = ""
    bill: Bill = Bill()


@transaction.atomic
def register(*, admission: Admission, order: Order, guests: Sequence[Guest]) -> Booking:
    """Take the guests on, in their order: each gets a seat, a place in line, or waits for the office.

    Raises `Refused` where registration is closed, or the ticket is not for them. An address that is registered stays as
    it is, and is told so by mail.
    """
    held = hold(admission.pk)
    again = Booking.objects.filter(admission=held, key=order.key).first()
    if again is not None:
        return again
    booking = _book(held, order, len(guests))
    made = [_take_on(booking, guest, order.language, leads=place == 0) for place, guest in enumerate(guests)]
    seat_at_once(booking.kind, [one for one in made if one.state == way.WAITING])
    record_audit(verb="booking.add", target=booking, cluster_slug=slug_of(held.congress), details={"guests": len(made)})
    _tell(booking, made)
    if booking.kind.price:
        transaction.on_commit(partial(tasks.write.enqueue, booking.pk))
    return booking


def _book(admission: Admission, order: Order, guests: int) -> Booking:
    """The order of a ticket that is still there for them. The lock is held, so nothing changes any more."""
    if not admission.is_open:
        raise Refused(_("Registration is closed."))
    kind = admission.kinds.filter(pk=order.kind.pk).first()
    if kind is None or (kind.price and not admission.seller_id):
        raise Refused(_("This kind of ticket is no longer there. Please choose another."))
    organisation = organisation_named(order.organisation_name)
    if kind.price_class == TicketKind.Price.MEMBER and not is_member(organisation, admission):
        raise Refused(_("This ticket is for members. Please name the member organisation as the directory does."))
    code = _redeemed(admission, kind, order.code, guests) if kind.needs_code else None
    return Booking.objects.create(
        admission=admission, kind=kind, key=order.key, organisation=organisation, guest_of=order.guest_of,
        organisation_name=order.organisation_name, code=code, **asdict(order.bill),
    )  # fmt: skip


def _redeemed(admission: Admission, kind: TicketKind, text: str, guests: int) -> AccessCode:
    code = code_of(admission, kind, text)
    if code is None or uses_of(code) + guests > code.most:
        raise Refused(_("This access code is not good for this ticket, or has been used up."))
    return code


def _take_on(booking: Booking, guest: Guest, language: str, *, leads: bool) -> Registration:
    known = open_registration(booking.admission, guest.email)
    state = way.ASKED if booking.kind.needs_approval else way.WAITING
    said = {"name": guest.name, "email": guest.email} if known else asdict(guest)
    return Registration.objects.create(
        booking=booking, admission=booking.admission, kind=booking.kind, leads=leads, language=language,
        state=way.DOUBLE if known else state, **said,
    )  # fmt: skip


def _tell(booking: Booking, made: Sequence[Registration]) -> None:
    """Everybody by a mail of their own; who brought others has the group's link as well."""
    for one in made:
        known = open_registration(booking.admission, one.email) if one.state == way.DOUBLE else None
        if known:
            mail_already(known)
        else:
            mail_state(one)
    if len(made) > 1:
        mail_group(made[0], len(made))
