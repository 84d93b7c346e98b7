"""Thanks to those who were there, on the day after a congress."""

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.congress.actions import slug_of
from mitwerk.registrations.actions.seats import hold
from mitwerk.registrations.mails import mail_thanks
from mitwerk.registrations.queries.after import has_proceedings, thanked_guests, unthanked_admissions


@transaction.atomic
def thank(*, pk: int) -> int:
    """Everybody who was there, once; how many."""
    admission = hold(pk)
    if admission.thanked_at is not None:
        return 0
    guests = list(thanked_guests(admission))
    has_slides = has_proceedings(admission)
    for registration in guests:
        mail_thanks(registration, has_slides=has_slides)
    admission.thanked_at = timezone.now()
    admission.save(update_fields=["thanked_at", "updated_at"])
    slug, told = slug_of(admission.congress), {"told": len(guests)}
    record_audit(verb="admission.thank", target=admission, cluster_slug=slug, details=told)
    return len(guests)


def send_thanks() -> int:
    """Timed work, outside every scope: each congress in a transaction of its own. How many guests."""
    return sum(thank(pk=pk) for pk in unthanked_admissions())
