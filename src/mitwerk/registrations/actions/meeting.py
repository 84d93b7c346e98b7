"""What guests and office tell each other on the day: addresses exchanged between guests, and words to all on site."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.arrivals import read_code
from mitwerk.congress.actions import post_bulletin, slug_of
from mitwerk.congress.models import Bulletin
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.registrations.mails import mail_bulletin, mail_lead_agreed, mail_lead_asked
from mitwerk.registrations.models import Admission, Lead, Registration
from mitwerk.registrations.queries.day import lead_between, on_site

MOST_ASKED = 300
"""So many a guest may ask at a congress."""


def _record(verb: str, lead: Lead, admission: Admission) -> None:
    record_audit(verb=f"lead.{verb}", target=lead, cluster_slug=slug_of(admission.congress))


def _both(one: Registration, other: Registration) -> tuple[Registration, Registration]:
    """Both rows locked, always in the same order, so that two who ask each other at once do not wait in a circle."""
    pks = sorted((one.pk, other.pk))
    rows = Registration.objects.select_for_update(of=("self",)).select_related(
        "booking__organisation", "admission__congress__event", "admission__congress__cluster"
    )
    found = {row.pk: row for row in rows.filter(pk__in=pks).order_by("pk")}
    return found[one.pk], found[other.pk]


@transaction.atomic
def ask_for_address(*, registration: Registration, code: str) -> Lead:
    """A guest has read another's badge. Who asks agrees; the other is asked by mail. Who was asked by them already has
    agreed with it. Twice is once."""
    rows = Registration.objects.filter(admission=registration.admission_id, state=way.BOOKED)
    other = rows.filter(public_id=read_code(code)).first()
    if registration.state != way.BOOKED or other is None or other.pk == registration.pk:
        raise Refused(_("This is not the code of another guest’s badge."))
    if not other.email:
        raise Refused(_("This guest has left no address and cannot be asked."))
    asker, asked = _both(registration, other)
    there = lead_between(asker, asked)
    if there is not None and there.ended_at is None:
        return _agreed(there) if there.asked_id == asker.pk else there
    return _asked(asker, asked, there)


def _asked(asker: Registration, asked: Registration, there: Lead | None) -> Lead:
    if there is not None and there.asker_id == asker.pk and there.agreed_at is None:
        return there  # it was declined: nobody is asked a second time
    if Lead.objects.filter(asker=asker).count() >= MOST_ASKED:
        raise Refused(_("You have asked very many guests. That is enough for one congress."))
    lead, is_new = Lead.objects.get_or_create(asker=asker, asked=asked)
    if not is_new:
        lead.asked_at, lead.agreed_at, lead.ended_at = timezone.now(), None, None
        lead.save(update_fields=["asked_at", "agreed_at", "ended_at"])
    _record("ask", lead, asker.admission)
    mail_lead_asked(lead)
    return lead


def _locked(registration: Registration, public_id: str) -> Lead | None:
    rows = Lead.objects.select_for_update(of=("self",)).select_related("asker__booking", "asked__booking")
    found: Lead | None = rows.filter(public_id=public_id).first()
    return found if found and registration.pk in (found.asker_id, found.asked_id) else None


def _agreed(lead: Lead) -> Lead:
    if lead.agreed_at is None:
        lead.agreed_at = timezone.now()
        lead.save(update_fields=["agreed_at"])
        _record("agree", lead, lead.asked.admission)
        mail_lead_agreed(lead)
    return lead


@transaction.atomic
def agree_to_lead(*, registration: Registration, public_id: str) -> None:
    """Who was asked agrees: both see each other's address from now on. Twice is once."""
    lead = _locked(registration, public_id)
    if lead is None or lead.asked_id != registration.pk or lead.ended_at is not None:
        raise Refused(_("This has changed meanwhile. Please look at the page once more."))
    _agreed(lead)


@transaction.atomic
def end_lead(*, registration: Registration, public_id: str) -> None:
    """Either says no, or takes it back: neither sees the other's address any more. Twice is once."""
    lead = _locked(registration, public_id)
    if lead is not None and lead.ended_at is None:
        lead.ended_at = timezone.now()
        lead.save(update_fields=["ended_at"])
        _record("end", lead, registration.admission)


@transaction.atomic
def tell_all(*, admission: Admission, text: Translated, key: str, actor: User) -> tuple[Bulletin, int]:
    """A word to all who have arrived today: on their tickets, on the page of the hall, and by mail. With it to how many
    a mail went; sent twice it is one."""
    bulletin, is_new = post_bulletin(congress=admission.congress, text=text, key=key, actor=actor)
    there = [one for one in on_site(admission) if one.email] if is_new else []
    for one in there:
        mail_bulletin(one, bulletin)
    return bulletin, len(there)
