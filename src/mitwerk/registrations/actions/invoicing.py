"""Invoices of bookings. A number is taken in the transaction that writes the invoice, so that none is ever left out.

The file is made afterwards, because drawing it takes longer than anybody should wait for the next number.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.accounts.actions import record_audit
from mitwerk.algorithms import invoices as paper
from mitwerk.algorithms import registrations as way
from mitwerk.congress.actions import slug_of
from mitwerk.registrations.mails import mail_invoice
from mitwerk.registrations.models import (
    COUNTRIES,
    Admission,
    Booking,
    Counter,
    Document,
    Invoice,
    Registration,
    Seller,
    TicketKind,
)
from mitwerk.registrations.queries import due_bookings
from mitwerk.ui.typeset import font_folder

SHOWN_NAMES = 10


def write_for(*, pk: int) -> int:
    """Write what a booking lacks: an invoice for new seats, a correction for those given back. How many documents.

    Two who do so at once come one after the other, and the second finds nothing to do.
    """
    with transaction.atomic():
        booking = Booking.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        written = _written(booking) if booking else []
    for invoice in written:
        file_of(invoice=invoice)
    return len(written)


def write_due() -> int:
    """Timed work, outside every scope: whatever was not written when it was due. How many documents."""
    return sum(write_for(pk=pk) for pk in list(due_bookings().values_list("pk", flat=True)))


def _written(booking: Booking) -> list[Invoice]:
    found = booking.registrations.select_related(
        "kind", "invoice", "admission__congress__event", "admission__congress__cluster", "admission__seller"
    )
    people = list(found.order_by("pk"))
    new = [one for one in people if one.state == way.BOOKED and one.kind.price and one.invoice is None]
    back = [one for one in people if one.is_free_of_charge and one.invoice and one.credit is None]
    written = [_bill(booking, new)] if new and new[0].admission.seller else []
    written += [_correct(booking, [one for one in back if one.invoice_id == pk]) for pk in _in_order(back)]
    lead = next((one for one in people if one.leads), None)
    if lead is not None:
        for invoice in written:
            mail_invoice(lead, invoice)
    return written


def _in_order(registrations: Sequence[Registration]) -> list[int | None]:
    return list(dict.fromkeys(one.invoice_id for one in registrations))


def _bill(booking: Booking, people: Sequence[Registration]) -> Invoice:
    """One invoice for all who have a seat now."""
    admission = people[0].admission
    seller = admission.seller
    assert seller is not None  # noqa: S101 (the caller looked; this tells the type checker)
    today, language = timezone.localdate(), _language(booking)
    event = admission.congress.event
    with override(language):
        count, number = _next_number(seller, today.year)
        invoice = paper.Invoice(
            number=number, issued=today, service=paper.Period(event.first_day, event.last_day), seller=seller.party,
            buyer=_buyer(booking), lines=(_line(people, admission),), language=language,
            due=today + dt.timedelta(days=admission.pay_within), reference=booking.bill_reference,
            iban=seller.iban, bic=seller.bic,
        )  # fmt: skip
    made = _keep(seller, booking, admission, invoice, count)
    Registration.objects.filter(pk__in=[one.pk for one in people]).update(invoice=made)
    return made


def _correct(booking: Booking, people: Sequence[Registration]) -> Invoice:
    """A cancellation where the whole invoice is taken back at once, else a credit note for these seats."""
    first = people[0]
    before = first.invoice
    assert before is not None  # noqa: S101 (as above)
    seller, today = before.seller, timezone.localdate()
    original = paper.unpack(before.data)
    with override(original.language):
        count, number = _next_number(seller, today.year)
        if len(people) == before.registrations.count() and not before.corrections.exists():
            invoice = paper.cancellation(original, number=number, issued=today)
        else:
            [line] = original.lines
            price = paper.Line(line.text, len(people), line.price, line.vat, _names(people))
            invoice = paper.Invoice(
                number=number, issued=today, service=original.service, seller=seller.party, buyer=original.buyer,
                lines=(price,), kind=paper.Kind.CREDIT_NOTE, reference=original.reference, language=original.language,
                due=today + dt.timedelta(days=first.admission.pay_within),
                preceding=paper.Preceding(original.number, original.issued),
            )  # fmt: skip
    made = _keep(seller, booking, first.admission, invoice, count, before)
    Registration.objects.filter(pk__in=[one.pk for one in people]).update(credit=made)
    return made


def _next_number(seller: Seller, year: int) -> tuple[int, str]:
    """The row of the range is locked until the invoice stands: rolled back, the number goes back as well."""
    Counter.objects.get_or_create(seller=seller, year=year)
    counter = Counter.objects.select_for_update(of=("self",)).get(seller=seller, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last, paper.write_number(year, counter.last)


def _keep(
    seller: Seller, booking: Booking, admission: Admission, invoice: paper.Invoice, count: int,
    corrects: Invoice | None = None,
) -> Invoice:  # fmt: skip
    found = paper.sums(invoice)
    made = Invoice.objects.create(
        seller=seller, year=invoice.issued.year, count=count, number=invoice.number, kind=invoice.kind.value,
        corrects=corrects, booking_id_text=booking.public_id, congress_name=str(admission)[:250],
        buyer_name=invoice.buyer.name[:250], net=found.net, gross=found.gross, data=paper.pack(invoice),
    )  # fmt: skip
    slug = slug_of(admission.congress)
    record_audit(verb="invoice.write", target=made, cluster_slug=slug, details={"kind": made.kind})
    return made


def _language(booking: Booking) -> str:
    lead = booking.registrations.filter(leads=True).first()
    return lead.language if lead else "de"


def _buyer(booking: Booking) -> paper.Party:
    return paper.Party(
        booking.bill_name, booking.bill_street, booking.bill_postcode, booking.bill_city, booking.bill_country,
        vat_id=booking.bill_vat_id,
    )  # fmt: skip


def _line(people: Sequence[Registration], admission: Admission) -> paper.Line:
    kind = people[0].kind
    return paper.Line(f"{admission}: {kind}", len(people), kind.price, vat_of(kind), _names(people))


def _names(people: Sequence[Registration]) -> str:
    names = ", ".join(one.name for one in people[:SHOWN_NAMES])
    return names if len(people) <= SHOWN_NAMES else f"{names} …"


def vat_of(kind: TicketKind) -> paper.Vat:
    if kind.vat == TicketKind.Rate.NONE:
        return paper.Vat(paper.Category.EXEMPT, reason=kind.vat_reason)
    return paper.Vat(paper.Category.STANDARD, kind.vat)


def file_of(*, invoice: Invoice) -> bytes:
    """The file as it went out, made the first time somebody asks for it; whoever is second gets the first one's."""
    kept = Document.objects.filter(invoice=invoice).first()
    if kept is None:
        told = paper.unpack(Invoice.objects.values_list("data", flat=True).get(pk=invoice.pk))
        file = paper.invoice_pdf(told, words_of(told.language, told.buyer.country), fonts=font_folder())
        Document.objects.bulk_create([Document(invoice=invoice, file=file)], ignore_conflicts=True)
        kept = Document.objects.get(invoice=invoice)
    return bytes(kept.file)


def words_of(language: str, country: str) -> dict[str, str]:
    """What stands on an invoice besides its data."""
    with override(language):
        return {
            "invoice": _("Invoice"), "cancellation": _("Cancellation"), "credit-note": _("Credit note"),
            "issued": _("Date"), "service": _("Date of service"), "reference": _("Your reference"),
            "buyer_vat_id": _("Your VAT id"), "vat_id": _("VAT id"), "tax_number": _("Tax number"),
            "contact": _("Contact"), "position": _("No."), "text": _("Service"), "quantity": _("Quantity"),
            "price": _("Price each"), "vat": _("VAT"), "amount": _("Amount"), "net": _("Net total"),
            "tax": _("VAT %(rate)s on %(net)s"), "untaxed": _("Without VAT: %(net)s"), "total": _("Total"),
            "cancels": _("Takes back invoice %(number)s of %(day)s as a whole."),
            "corrects": _("Takes back a part of invoice %(number)s of %(day)s."),
            "pay": _("Please transfer %(amount)s by %(day)s, with the number %(number)s."),
            "refund": _("We transfer %(amount)s to you by %(day)s."),
            "holder": _("Account holder"), "page": _("Page %(page)s of %(pages)s"),
            "attached": _("This document holds its own data for accounting programs (EN 16931)."),
            "attachment": _("Invoice as data"), "country": str(dict(COUNTRIES).get(country, country)),
        }  # fmt: skip
