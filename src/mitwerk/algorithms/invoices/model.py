"""What an invoice is. Amounts are whole euro cents, everywhere; prices are net; texts are plain text.

An `Invoice` that exists says all that German law (§ 14 (4) UStG) and EN 16931 ask for: whatever is missing raises
`ValueError` when it is made.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mitwerk.algorithms.invoices.texts import clean

LARGEST = 100_000_000_00
"""No line of an invoice comes to more cents: whoever typed that made an error."""


class Category(StrEnum):
    """How a line is taxed (UNTDID 5305)."""

    STANDARD = "S"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"


class Kind(StrEnum):
    """What the document is. A cancellation takes an invoice back as a whole and negates its amounts; a credit note
    gives back a part of one, its amounts are positive and in favour of the buyer."""

    INVOICE = "invoice"
    CANCELLATION = "cancellation"
    CREDIT_NOTE = "credit-note"


@dataclass(frozen=True)
class Vat:
    """Value added tax of a line. `rate` in whole percent; `reason` says in words why nothing is charged."""

    category: Category
    rate: int = 0
    reason: str = ""

    def __post_init__(self) -> None:
        taxed = self.category == Category.STANDARD
        if taxed and (not 0 < self.rate < 100 or self.reason):
            raise ValueError("What is taxed has a rate in percent, and no reason to be exempt.")
        if not taxed and (self.rate or not clean(self.reason)):
            raise ValueError("What is not taxed has a reason, and no rate.")


FULL = Vat(Category.STANDARD, 19)
REDUCED = Vat(Category.STANDARD, 7)


@dataclass(frozen=True)
class Party:
    """Seller or buyer. `country`: two letters (ISO 3166). `contact`: a person or department; may be empty, as may the
    e-mail address and the two tax numbers."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    contact: str = ""
    email: str = ""
    vat_id: str = ""
    tax_number: str = ""

    def __post_init__(self) -> None:
        if not all(clean(text) for text in (self.name, self.street, self.postcode, self.city)):
            raise ValueError("A party has a name and a full address.")
        if not (len(self.country) == 2 and self.country.isascii() and self.country.isupper()):
            raise ValueError("A country has two capital letters.")
        if clean(self.vat_id) and not clean(self.vat_id)[:2].isalpha():
            raise ValueError("A VAT id begins with the letters of its country.")


@dataclass(frozen=True)
class Line:
    """So many pieces at one net price. `price` in cents, never negative; `quantity` is so in cancellations only.
    `detail` stands below the text, for whom a ticket is, and may be empty."""

    text: str
    quantity: int
    price: int
    vat: Vat
    detail: str = ""

    def __post_init__(self) -> None:
        if not clean(self.text):
            raise ValueError("A line says what it is for.")
        if not isinstance(self.quantity, int) or not isinstance(self.price, int):
            raise TypeError("Quantities and cents are whole numbers.")  # a Decimal of a form would be printed otherwise
        if not self.quantity or self.price < 0:
            raise ValueError("A line has a quantity, and a price that is not negative.")
        if abs(self.net) > LARGEST:
            raise ValueError("No line is that dear.")

    @property
    def net(self) -> int:
        """In cents."""
        return self.quantity * self.price


@dataclass(frozen=True)
class Period:
    """When the service is given, both days included; one day is its own last."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A period ends after it began.")


@dataclass(frozen=True)
class Preceding:
    """The invoice that another document cancels or corrects."""

    number: str
    issued: date


@dataclass(frozen=True)
class Invoice:
    """`due`: by when the buyer pays, or gets their money back for a credit note; None for a cancellation. `iban`: where
    the buyer pays to, for invoices. `reference`: what the buyer wants to read (the Leitweg-ID of an authority), may be
    empty, as may `bic` and `note`. `language`: of the document, ``de`` or ``en``."""

    number: str
    issued: date
    service: Period
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    kind: Kind = Kind.INVOICE
    due: date | None = None
    preceding: Preceding | None = None
    reference: str = ""
    iban: str = ""
    bic: str = ""
    note: str = ""
    language: str = "de"

    def __post_init__(self) -> None:
        for wrong, told in _rules(self):
            if wrong:
                raise ValueError(told)


def _rules(one: Invoice) -> tuple[tuple[bool, str], ...]:
    vats = {line.vat for line in one.lines}
    untaxed = [vat.category for vat in vats if not vat.rate]
    cancels, bills = one.kind == Kind.CANCELLATION, one.kind == Kind.INVOICE
    seller, buyer, reverse = one.seller, one.buyer, Category.REVERSE_CHARGE in untaxed
    return (
        (not clean(one.number), "An invoice has a number."),
        (not one.lines, "An invoice has lines."),
        (bills != (one.preceding is None), "Cancellations and credit notes, and no others, name an invoice."),
        (any((line.quantity < 0) != cancels for line in one.lines), "Cancellations, and no others, count backwards."),
        ((one.due is None) != cancels, "Everything but a cancellation has a day by which to pay."),
        (one.due is not None and one.due < one.issued, "Nothing is due before it was issued."),
        (bills and not clean(one.iban), "An invoice says where to pay to."),
        (not clean(seller.vat_id) and not clean(seller.tax_number), "A seller has a tax number or a VAT id."),
        (reverse and not (clean(seller.vat_id) and clean(buyer.vat_id)), "Reverse charge needs both VAT ids."),
        (len(untaxed) > len(set(untaxed)), "There is one reason for each way of not being taxed."),
        (one.language not in ("de", "en"), "An invoice is in German or English."),
    )  # fmt: skip


def cancellation(invoice: Invoice, *, number: str, issued: date, note: str = "") -> Invoice:
    """The document that takes `invoice` back, line by line. Raises `ValueError` for what is itself a cancellation."""
    if invoice.kind == Kind.CANCELLATION:
        raise ValueError("A cancellation is not cancelled.")
    return replace(
        invoice, number=number, issued=issued, note=note, kind=Kind.CANCELLATION, due=None,
        preceding=Preceding(invoice.number, invoice.issued),
        lines=tuple(replace(line, quantity=-line.quantity) for line in invoice.lines),
    )  # fmt: skip
