"""What the office offers: registration is opened with the usual ticket, and changed; and who writes invoices."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from mitwerk.accounts.actions import record_audit, write_record
from mitwerk.accounts.models import User
from mitwerk.congress.actions import slug_of
from mitwerk.congress.models import Congress
from mitwerk.core.changes import Rows, Values
from mitwerk.core.translated import in_both_languages
from mitwerk.registrations.actions.seats import hold, move_up
from mitwerk.registrations.models import Admission, Seller, TicketKind

USUAL, USUAL_SEATS = gettext_lazy("Free ticket"), 100


@transaction.atomic
def set_up(*, congress: Congress, actor: User | None) -> Admission:
    """Registration from now on, with a free ticket for as many as the largest room has seats. Twice is once."""
    list(Congress.objects.select_for_update(of=("self",)).filter(pk=congress.pk).values_list("pk", flat=True))
    there = Admission.objects.filter(congress=congress).first()
    if there is not None:
        return there
    admission = Admission.objects.create(congress=congress)
    seats = max((room.seats for room in congress.rooms.all()), default=USUAL_SEATS)
    TicketKind.objects.create(admission=admission, name=in_both_languages(USUAL), quota=seats)
    record_audit(verb="admission.add", target=admission, actor=actor, cluster_slug=slug_of(congress))
    return admission


@transaction.atomic
def change_admission(*, admission: Admission, values: Values, rows: Rows, actor: User) -> Admission:
    """What the office enters. Seats that are new go to those who wait."""
    held = hold(admission.pk)
    write_record(record=admission, values=values, rows=rows, actor=actor, cluster_slug=slug_of(held.congress))
    move_up(hold(admission.pk))
    return admission


@transaction.atomic
def save_seller(*, seller: Seller, values: Values, rows: Rows, actor: User) -> Seller:
    """What is entered holds for invoices from now on; those that went out stay as they are."""
    cluster = values.get("cluster", seller.cluster)
    write_record(record=seller, values=values, rows=rows, actor=actor, cluster_slug=cluster.slug if cluster else "")
    return seller
