"""Sums of invoices are right to the cent; an invoice that lacks something is not made."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.invoices import (
    FULL,
    REDUCED,
    Category,
    Invoice,
    Kind,
    Line,
    Party,
    Period,
    Preceding,
    Sums,
    Tax,
    Vat,
    cancellation,
    read_number,
    sums,
    write_number,
)
from mitwerk.algorithms.invoices.sums import percent_of
from mitwerk.algorithms.tests.invoice_cases import (
    BUYER,
    EXEMPT,
    REVERSE,
    SELLER,
    SMALL,
    TICKET,
    invoice,
    invoices,
)

FIRST = Preceding("2026-0001", date(2026, 11, 28))


def test_an_everyday_invoice() -> None:
    assert sums(invoice()) == Sums((Tax(FULL, 380_00, 72_20),), 380_00, 72_20, 452_20)


def test_each_rate_has_its_sum_the_highest_first() -> None:
    lines = (Line("Vortrag", 1, 50_00, EXEMPT), Line("Buch", 3, 19_95, REDUCED), TICKET, Line("Tasche", 1, 1, FULL))
    expected = (Tax(FULL, 380_01, 72_20), Tax(REDUCED, 59_85, 4_19), Tax(EXEMPT, 50_00, 0))
    assert sums(invoice(lines=lines)) == Sums(expected, 489_86, 76_39, 566_25)


def test_tax_is_rounded_once_for_each_rate_and_not_line_by_line() -> None:
    """Ten times 3 cents: 19 % of 30 cents are 6 cents, where ten times the 1 cent of each line would be 10."""
    assert sums(invoice(lines=(Line("Aufkleber", 1, 3, FULL),) * 10)).tax == 6
    assert sum(percent_of(3, 19) for _line in range(10)) == 10


@pytest.mark.parametrize(
    ("cents", "rate", "tax"),
    [(50, 19, 10), (-50, 19, -10), (50, 7, 4), (-50, 7, -4), (49, 7, 3), (51, 7, 4), (0, 19, 0), (10_000, 0, 0)],
)
def test_half_a_cent_goes_away_from_zero(cents: int, rate: int, tax: int) -> None:
    assert percent_of(cents, rate) == tax


@given(invoices())
def test_the_parts_are_the_whole(one: Invoice) -> None:
    found = sums(one)
    assert found.net == sum(line.quantity * line.price for line in one.lines) == sum(tax.net for tax in found.taxes)
    assert found.tax == sum(tax.tax for tax in found.taxes)
    assert found.gross == found.net + found.tax
    assert {tax.vat for tax in found.taxes} == {line.vat for line in one.lines}
    assert all(abs(100 * tax.tax - tax.net * tax.vat.rate) <= 50 for tax in found.taxes)


@given(invoices(), st.randoms())
def test_the_order_of_the_lines_says_nothing(one: Invoice, luck: Any) -> None:
    lines = list(one.lines)
    luck.shuffle(lines)
    assert sums(replace(one, lines=tuple(lines))) == sums(one)


@given(invoices())
def test_a_cancellation_negates_to_the_cent(one: Invoice) -> None:
    before, after = sums(one), sums(cancellation(one, number="2026-9999", issued=one.issued))
    assert (after.net, after.tax, after.gross) == (-before.net, -before.tax, -before.gross)
    assert [(tax.vat, tax.net, tax.tax) for tax in after.taxes] == [
        (tax.vat, -tax.net, -tax.tax) for tax in before.taxes
    ]


def test_a_cancellation_says_what_it_cancels() -> None:
    made = cancellation(invoice(note="Danke"), number="2026-0002", issued=date(2026, 12, 1), note="Absage")
    assert made == invoice(
        number="2026-0002", issued=date(2026, 12, 1), kind=Kind.CANCELLATION, due=None, preceding=FIRST, note="Absage",
        lines=(replace(TICKET, quantity=-2),),
    )  # fmt: skip
    with pytest.raises(ValueError, match="not cancelled"):
        cancellation(made, number="2026-0003", issued=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"number": " "}, "has a number"),
        ({"lines": ()}, "has lines"),
        ({"preceding": FIRST}, "and no others, name"),
        ({"kind": Kind.CREDIT_NOTE}, "and no others, name"),
        ({"kind": Kind.CANCELLATION, "preceding": FIRST, "due": None}, "count backwards"),
        ({"lines": (replace(TICKET, quantity=-1),)}, "count backwards"),
        ({"due": None}, "a day by which to pay"),
        ({"due": date(2026, 11, 27)}, "before it was issued"),
        ({"iban": ""}, "where to pay to"),
        ({"seller": replace(SELLER, vat_id="", tax_number="\t")}, "tax number or a VAT id"),
        ({"lines": (Line("Stand", 1, 1, REVERSE),)}, "both VAT ids"),
        ({"lines": (Line("A", 1, 1, SMALL), Line("B", 1, 1, EXEMPT))}, "one reason"),
        ({"language": "fr"}, "German or English"),
    ],
)
def test_an_invoice_that_lacks_something_is_not_made(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        invoice(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"kind": Kind.CREDIT_NOTE, "preceding": FIRST, "iban": ""},
        {"due": date(2026, 11, 28)},
        {"seller": replace(SELLER, vat_id="")},
        {"seller": replace(SELLER, tax_number="")},
        {"lines": (Line("Stand", 1, 1, REVERSE),), "buyer": replace(BUYER, country="AT", vat_id="ATU12345678")},
        {"lines": (Line("A", 1, 1, EXEMPT), Line("B", 1, 1, EXEMPT))},
        {"language": "en"},
    ],
)
def test_control_what_lacks_nothing_is_made(changed: dict[str, Any]) -> None:
    assert sums(invoice(**changed)).gross > 0


@pytest.mark.parametrize(
    ("make", "said", "told"),
    [
        (Vat, {"category": Category.STANDARD}, "has a rate"),
        (Vat, {"category": Category.STANDARD, "rate": 19, "reason": "x"}, "no reason"),
        (Vat, {"category": Category.EXEMPT, "reason": "\x00"}, "has a reason"),
        (Vat, {"category": Category.EXEMPT, "reason": "x", "rate": 7}, "no rate"),
        (Party, {"name": "A", "street": "", "postcode": "1", "city": "B"}, "full address"),
        (Party, {"name": "A", "street": "S", "postcode": "1", "city": "B", "country": "de"}, "capital letters"),
        (Party, {"name": "A", "street": "S", "postcode": "1", "city": "B", "vat_id": "123"}, "of its country"),
        (Line, {"text": "", "quantity": 1, "price": 1, "vat": FULL}, "what it is for"),
        (Line, {"text": "A", "quantity": 0, "price": 1, "vat": FULL}, "has a quantity"),
        (Line, {"text": "A", "quantity": 1, "price": -1, "vat": FULL}, "not negative"),
        (Line, {"text": "A", "quantity": 2, "price": 60_000_000_00, "vat": FULL}, "that dear"),
        (Period, {"first": date(2026, 1, 2), "last": date(2026, 1, 1)}, "after it began"),
    ],
)
def test_parts_that_make_no_sense_are_not_made(make: Any, said: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make(**said)


@pytest.mark.parametrize("said", [{"quantity": 1.0}, {"price": 190.0}, {"price": Decimal("190.00")}])
def test_amounts_are_whole(said: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="whole numbers"):
        replace(TICKET, **said)


def test_numbers_are_written_and_read() -> None:
    assert [write_number(2026, count) for count in (1, 42, 9999, 10_000)] == [
        "2026-0001", "2026-0042", "2026-9999", "2026-10000",
    ]  # fmt: skip
    strange = ["", "2026-1", "2026-0000", "2026-00001", "2026-0001 ", "26-0001", "2026-٠٠٠١", "2026-0001\n"]
    assert [read_number(text) for text in strange] == [None] * 8


@given(st.integers(0, 9999), st.integers(1, 999_999_999))
def test_a_number_that_was_written_is_read(year: int, count: int) -> None:
    assert read_number(write_number(year, count)) == (year, count)


@pytest.mark.parametrize(("year", "count"), [(2026, 0), (2026, -1), (20_260, 1), (2026, 1_000_000_000)])
def test_a_number_that_could_not_be_read_is_not_written(year: int, count: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        write_number(year, count)
