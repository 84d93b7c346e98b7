"""What the office offers: registration is opened with the usual ticket, and changed; and who writes invoices."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from mitwerk.accounts.actions import record_audit, write_record
from mitwerk.accounts.models import User
from mitwerk.congress.actions import slug_of
from mitwerk.congress.models import Congress
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import new_public_id
from mitwerk.core.translated import in_both_languages
from mitwerk.registrations.actions.seats import hold, move_up
from mitwerk.registrations.models import Admission, Seller, TicketKind

USUAL, USUAL_SEATS = gettext_lazy("Free ticket"), 100


@transaction.atomic
def set_up(*, congress: Congress, like: Admission | None = None, actor: User | None) -> Admission:
    """Registration from now on, with what another congress offers (`like`), or else a free ticket for as many as the
    largest room has seats. Twice is once."""
    list(Congress.objects.select_for_update(of=("self",)).filter(pk=congress.pk).values_list("pk", flat=True))
    there = Admission.objects.filter(congress=congress).first()
    if there is not None:
        return there
    admission = Admission.objects.create(congress=congress, **_words_of(like, congress))
    if like is not None:
        _take_over(admission, like)
    else:
        seats = max((room.seats for room in congress.rooms.all()), default=USUAL_SEATS)
        TicketKind.objects.create(admission=admission, name=in_both_languages(USUAL), quota=seats)
    details = {"like": like.public_id} if like else {}
    record_audit(
        verb="admission.add", target=admission, actor=actor, cluster_slug=slug_of(congress), details=details
    )
    return admission


TAKEN_OVER = ("text", "pay_within", "first_question", "second_question", "third_question")
"""Days are not: each congress has its own. Access codes are not: whoever has an old one would come again."""


def _words_of(like: Admission | None, congress: Congress) -> dict[str, Any]:
    """With who writes invoices, where the same cluster runs both."""
    if like is None:
        return {}
    seller = like.seller if like.congress.cluster_id == congress.cluster_id else None
    return {**{name: getattr(like, name) for name in TAKEN_OVER}, "seller": seller}


def _take_over(admission: Admission, like: Admission) -> None:
    """Kinds of tickets and questions, as rows of their own."""
    rows: list[Any] = [*like.kinds.all(), *like.questions.all()]
    for row in rows:
        row.pk, row.public_id, row.admission = None, new_public_id(), admission
        row._state.adding = True
        row.save()


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
