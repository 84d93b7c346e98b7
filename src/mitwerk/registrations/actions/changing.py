"""What becomes of a registration: changed, cancelled or taken by its guest, decided by the office."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms import registrations as way
from mitwerk.congress.actions import slug_of
from mitwerk.core.changes import Refused
from mitwerk.registrations import tasks
from mitwerk.registrations.actions.seats import do_step, hold, move_up, seat_at_once
from mitwerk.registrations.mails import mail_state
from mitwerk.registrations.models import Admission, Registration
from mitwerk.registrations.queries import open_registration

CHANGED = ("name", "diet", "access_needs", "answers")


def _held(registration: Registration) -> tuple[Admission, Registration]:
    """The lock, and the registration as it stands now behind it."""
    admission = hold(registration.admission_id)
    found = Registration.objects.select_related("booking", "kind").get(pk=registration.pk)
    found.admission = admission
    return admission, found


@transaction.atomic
def change_registration(*, registration: Registration, values: Mapping[str, Any]) -> Registration:
    """Name, needs and answers. The address stays: it is what the link was sent to."""
    admission, found = _held(registration)
    if not found.is_open or admission.is_over:
        raise Refused(_("This registration can no longer be changed."))
    for name in CHANGED:
        setattr(found, name, values.get(name, getattr(found, name)))
    found.save(update_fields=[*CHANGED, "updated_at"])
    slug = slug_of(admission.congress)
    record_audit(verb="registration.change", target=found, cluster_slug=slug, details={"fields": [*values]})
    return found


@transaction.atomic
def cancel_registration(*, registration: Registration, actor: User | None = None) -> Registration:
    """The guest does not come, or the office cancels for them. The seat goes to the next in line. Twice is once."""
    admission, found = _held(registration)
    if not found.is_open:
        return found
    do_step(found, "cancel", actor=actor, is_free_of_charge=actor is not None or is_refunded(admission))
    mail_state(found)
    move_up(admission)
    if found.kind.price:
        transaction.on_commit(partial(tasks.write.enqueue, found.booking_id))
    return found


def is_refunded(admission: Admission) -> bool:
    """Whether a guest who cancels today pays nothing."""
    return admission.refund_until is None or timezone.localdate() <= admission.refund_until


@transaction.atomic
def cancel_group(*, registration: Registration) -> int:
    """Who has registered a group cancels it, themselves included. How many are cancelled."""
    hold(registration.admission_id)
    mine = registration.booking.registrations.filter(state__in=way.OPEN)
    everybody = list(mine.order_by("pk")) if registration.leads else []
    for one in everybody:
        cancel_registration(registration=one)
    return len(everybody)


@transaction.atomic
def take_seat(*, registration: Registration) -> Registration:
    """The guest takes the seat that is held for them. Twice is once."""
    _admission, found = _held(registration)
    if found.state == way.BOOKED:
        return found
    if found.held_until is not None and found.held_until <= timezone.now():
        raise Refused(_("The time to take this seat is over."))
    do_step(found, "take")
    mail_state(found)
    if found.kind.price:
        transaction.on_commit(partial(tasks.write.enqueue, found.booking_id))
    return found


@transaction.atomic
def queue_again(*, registration: Registration) -> Registration:
    """Who let a seat go by gets in line once more, at its end. Twice is once."""
    admission, found = _held(registration)
    if found.state in way.OPEN:
        return found
    if admission.is_over or open_registration(admission, found.email):
        raise Refused(_("This registration can no longer be changed."))
    do_step(found, "queue", queued_at=timezone.now())
    seat_at_once(found.kind, [found])
    mail_state(found)
    return found


def _decided(registration: Registration, verb: str, actor: User, then: Callable[[Registration], None]) -> None:
    _admission, found = _held(registration)
    do_step(found, verb, actor=actor)
    then(found)
    mail_state(found)


@transaction.atomic
def approve_registration(*, registration: Registration, actor: User) -> None:
    """The office wants them to come: a seat where one is free, else a place in line since they registered."""
    _decided(registration, "approve", actor, lambda found: seat_at_once(found.kind, [found], actor))
    if registration.kind.price:
        transaction.on_commit(partial(tasks.write.enqueue, registration.booking_id))


@transaction.atomic
def refuse_registration(*, registration: Registration, actor: User) -> None:
    """The office does not take them. A mail says so."""
    _decided(registration, "refuse", actor, lambda found: None)
