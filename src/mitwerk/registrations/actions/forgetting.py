"""What is forgotten when a congress is over: needs after a week, people after a year, invoices after nine."""

from django.db import transaction

from mitwerk.registrations.queries import old_bookings, old_invoices, old_needs


def forget_needs() -> int:
    """What somebody eats and needs is nobody's business after the congress. How many."""
    return old_needs().update(diet="", access_needs="")


def forget_bookings() -> int:
    """With their people. Their invoices stay. How many bookings."""
    with transaction.atomic():
        return int(old_bookings().delete()[1].get("registrations.Booking", 0))


@transaction.atomic
def forget_invoices() -> int:
    """Corrections before what they correct. How many."""
    corrections = old_invoices().exclude(corrects=None).delete()[1]
    rest = old_invoices().filter(corrections=None).delete()[1]
    return sum(one.get("registrations.Invoice", 0) for one in (corrections, rest))
