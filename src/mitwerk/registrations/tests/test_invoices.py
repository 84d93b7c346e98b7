"""Invoices: numbers without gaps, nothing is changed, and what is taken back is a document of its own."""

import datetime as dt
from typing import Any

import facturx
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.invoices import invoice_xml, unpack
from mitwerk.outbox.models import Mail
from mitwerk.registrations.actions import invoicing
from mitwerk.registrations.actions.changing import approve_registration, cancel_group, cancel_registration, take_seat
from mitwerk.registrations.actions.forgetting import forget_invoices
from mitwerk.registrations.actions.invoicing import file_of, write_due, write_for
from mitwerk.registrations.models import Admission, Booking, Counter, Document, Invoice, TicketKind
from mitwerk.registrations.queries import token_of
from mitwerk.registrations.tests.cast import BILL, come, make_kind, make_seller, one

pytestmark = pytest.mark.usefixtures("commits_at_once")


@pytest.fixture(autouse=True)
def quick_files(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Drawing takes a second; where a test does not look at the file it is a word."""
    if "drawn" not in request.node.name:
        monkeypatch.setattr("mitwerk.algorithms.invoices.invoice_pdf", lambda invoice, words, fonts: b"%PDF")


@pytest.fixture
def paid(admission: Admission, cast: Cast) -> TicketKind:
    make_seller(cast, admission)
    return make_kind(admission, 3, price_class="invoice", price=190_00)


def told() -> list[tuple[str, str, int, int]]:
    return list(Invoice.objects.order_by("pk").values_list("number", "kind", "net", "gross"))


def test_a_paid_ticket_is_billed_once(admission: Admission, paid: TicketKind) -> None:
    booking = come(admission, "ada", "ben", kind=paid, bill=BILL)
    assert told() == [("2006-0001", "invoice", 380_00, 452_20)]
    assert (write_for(pk=booking.pk), write_due()) == (0, 0)
    made = unpack(Invoice.objects.get().data)
    assert (made.buyer.name, made.due, made.service.first, made.reference) == (
        "Muster & Söhne GmbH", dt.date(2006, 7, 28), dt.date(2007, 10, 26), "Best. 7",
    )  # fmt: skip
    [line] = made.lines
    assert (line.text, line.quantity, line.price, line.detail) == ("Congress 2007: Card", 2, 190_00, "Ada, Ben")
    mail = Mail.objects.get(template="registrations/invoice_mail.txt")
    assert (mail.to, mail.subject) == ("ada@example.org", "invoice 2006-0001: Congress 2007")
    come(admission, "cleo")
    assert Invoice.objects.count() == 1, "what is free is not billed"


def test_the_waiting_are_billed_when_they_have_a_seat(admission: Admission, paid: TicketKind, cast: Cast) -> None:
    come(admission, "ada", "ben", "cleo", "dan", kind=paid, bill=BILL)
    assert told() == [("2006-0001", "invoice", 570_00, 678_30)]
    cancel_registration(registration=one("Ben"))
    assert told()[1:] == [("2006-0002", "credit-note", 190_00, 226_10)]
    assert one("Dan").state == "offered"
    assert len(told()) == 2
    take_seat(registration=one("Dan"))
    assert told()[2:] == [("2006-0003", "invoice", 190_00, 226_10)]
    TicketKind.objects.filter(pk=paid.pk).update(needs_approval=True, quota=9)
    come(admission, "eva", kind=paid, bill=BILL)
    assert len(told()) == 3
    approve_registration(registration=one("Eva"), actor=cast.it_editor)
    assert told()[3:] == [("2006-0004", "invoice", 190_00, 226_10)]


def test_what_is_cancelled_is_taken_back_by_a_document(admission: Admission, paid: TicketKind, cast: Cast) -> None:
    come(admission, "ada", "ben", kind=paid, bill=BILL)
    cancel_registration(registration=one("Ben"))
    cancel_registration(registration=one("Ben"))
    cancel_registration(registration=one("Ada"))
    come(admission, "cleo", kind=paid, bill=BILL)
    cancel_registration(registration=one("Cleo"))
    assert told() == [
        ("2006-0001", "invoice", 380_00, 452_20), ("2006-0002", "credit-note", 190_00, 226_10),
        ("2006-0003", "credit-note", 190_00, 226_10), ("2006-0004", "invoice", 190_00, 226_10),
        ("2006-0005", "cancellation", -190_00, -226_10),
    ]  # fmt: skip
    assert [each.corrects.number if each.corrects else "" for each in Invoice.objects.order_by("pk")] == [
        "", "2006-0001", "2006-0001", "", "2006-0004",
    ]  # fmt: skip


def test_a_group_that_is_cancelled_at_once_is_one_cancellation(admission: Admission, paid: TicketKind) -> None:
    """Behind one commit, so that the background work sees all of them."""
    booking = come(admission, "ada", "ben", kind=paid, bill=BILL)
    booking.registrations.update(state="cancelled", seat=None, is_free_of_charge=True)
    assert write_due() == 1
    assert told()[1:] == [("2006-0002", "cancellation", -380_00, -452_20)]
    assert cancel_group(registration=one("Ada")) == 0


def test_after_the_day_the_invoice_stands_unless_the_office_cancels(
    admission: Admission, paid: TicketKind, cast: Cast
) -> None:
    Admission.objects.update(refund_until=dt.date(2006, 7, 13))
    come(admission, "ada", kind=paid, bill=BILL)
    come(admission, "ben", kind=paid, bill=BILL)
    cancel_registration(registration=one("Ada"))
    assert [number for number, *_rest in told()] == ["2006-0001", "2006-0002"]
    cancel_registration(registration=one("Ben"), actor=cast.it_editor)
    assert told()[2][:2] == ("2006-0003", "cancellation")


def test_a_number_is_given_back_with_what_failed(
    admission: Admission, paid: TicketKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(admission, "ada", kind=paid, bill=BILL)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("no disk")

    with monkeypatch.context() as broken:
        broken.setattr(invoicing, "record_audit", fail)
        come(admission, "ben", kind=paid, bill=BILL)
        assert Counter.objects.get().last == 1
    come(admission, "cleo", kind=paid, bill=BILL)
    assert (one("Ben").invoice, write_due()) == (None, 1), "the timed work takes it up"
    assert [number for number, *_rest in told()] == ["2006-0001", "2006-0002", "2006-0003"]
    assert [made.number for made in [one("Ben").invoice] if made] == ["2006-0003"]


def test_each_seller_and_year_counts_from_one(
    admission: Admission, paid: TicketKind, cast: Cast, time_machine: Any
) -> None:
    come(admission, "ada", kind=paid, bill=BILL)
    time_machine.move_to(dt.datetime(2006, 12, 31, 23, 30, tzinfo=dt.UTC), tick=False)
    come(admission, "ben", kind=paid, bill=BILL)
    make_seller(cast, admission)
    come(admission, "cleo", kind=paid, bill=BILL)
    assert [number for number, *_rest in told()] == ["2006-0001", "2007-0001", "2007-0001"], "the year of the place"


def test_an_invoice_is_never_changed(admission: Admission, paid: TicketKind, cast: Cast) -> None:
    """The database asks its own clock whether one is old enough to go, so this one is of a far day."""
    come(admission, "ada", kind=paid, bill=BILL)
    said = Invoice.objects.values("seller_id", "data", "net", "gross", "kind").get()
    issued_at = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)
    invoice = Invoice.objects.create(**said, year=2126, count=1, number="2126-0001", issued_at=issued_at)
    file_of(invoice=invoice)
    for refused in (
        lambda: Invoice.objects.update(gross=1),
        lambda: Invoice.objects.update(data={}),
        lambda: Document.objects.update(file=b"x"),
        lambda: Document.objects.filter(invoice=invoice).delete(),
        lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
        lambda: Invoice.objects.create(
            seller=invoice.seller, year=2126, count=1, number="2126-0001", kind="invoice", net=1, gross=1, data={}
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    before = invoice.data
    invoice.seller.name = "New name"
    invoice.seller.save()
    Booking.objects.update(bill_name="Other")
    paid.price = 1
    paid.save()
    assert {str(each.data) for each in Invoice.objects.all()} == {str(before)}


def test_it_outlives_the_guests(admission: Admission, paid: TicketKind) -> None:
    booking = come(admission, "ada", kind=paid, bill=BILL)
    file_of(invoice=Invoice.objects.get())
    booking.delete()
    assert (Invoice.objects.get().booking_id_text, forget_invoices()) == (booking.public_id, 0)


def test_without_a_seller_nothing_is_written_until_there_is_one(
    admission: Admission, paid: TicketKind, cast: Cast
) -> None:
    come(admission, "ada", kind=paid, bill=BILL)
    come(admission, "ben", kind=paid, bill=BILL)
    assert len(told()) == 2
    Admission.objects.update(seller=None)
    one("Ben").booking.registrations.update(invoice=None)
    assert write_due() == 0
    Admission.objects.update(seller=Counter.objects.get().seller)
    assert (write_due(), write_due()) == (1, 0)


def test_guest_and_office_fetch_the_same_drawn_file(
    client: Client, as_user: Any, admission: Admission, paid: TicketKind, cast: Cast
) -> None:
    come(admission, "ada", "ben", kind=paid, bill=BILL)
    invoice = Invoice.objects.get()
    page = f"/en/registrations/{token_of(one('Ada'))}/"
    address = f"{page}invoices/{invoice.public_id}/"
    assert address in client.get(page).content.decode()
    answer = client.get(address)
    assert (answer["content-type"], answer["content-disposition"]) == (
        "application/pdf", 'attachment; filename="invoice-2006-0001.pdf"',
    )  # fmt: skip
    assert facturx.get_facturx_xml_from_pdf(answer.content) == ("factur-x.xml", invoice_xml(unpack(invoice.data)))
    office = f"/en/my/invoices/{invoice.public_id}/"
    assert as_user(cast.it_editor).get(office).content == answer.content == bytes(Document.objects.get().file)
    assert as_user(cast.food_editor).get(office).status_code == 404
    other = f"/en/registrations/{token_of(one('Ben'))}/"
    assert "invoices" not in client.get(other).content.decode()
    assert client.get(f"{other}invoices/{invoice.public_id}/", follow=True).status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_is_drawn_in_both_languages(admission: Admission, paid: TicketKind, language: str) -> None:
    come(admission, "ada", "ben", kind=paid, bill=BILL, language=language)
    come(admission, "cleo", kind=paid, bill=BILL, language=language)
    cancel_registration(registration=one("Ben"))
    cancel_registration(registration=one("Cleo"))
    kinds = [each.kind for each in Invoice.objects.order_by("pk")]
    assert kinds == ["invoice", "invoice", "credit-note", "cancellation"]
    assert [bytes(each.file)[:5] for each in Document.objects.all()] == [b"%PDF-"] * 4
