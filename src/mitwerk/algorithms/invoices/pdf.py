"""An invoice as a document: pages for people (PDF/A-3a, PDF/UA-1) that carry their own data for programs (Factur-X)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from mitwerk.algorithms.invoices.en16931 import invoice_xml
from mitwerk.algorithms.invoices.formats import count, day, grouped, money, percent, period
from mitwerk.algorithms.invoices.model import Invoice, Kind, Line, Party
from mitwerk.algorithms.invoices.sums import Sums, sums
from mitwerk.algorithms.invoices.texts import clean, drawable
from mitwerk.algorithms.invoices.xmp import with_facturx

Words = Mapping[str, str]
Told = dict[str, Any]
WORDS = frozenset({
    "invoice", "cancellation", "credit-note",  # titles, the number follows
    "issued", "service", "reference", "buyer_vat_id", "vat_id", "tax_number", "contact",  # labels of facts
    "position", "text", "quantity", "price", "vat", "amount",  # heads of columns
    "net", "tax", "untaxed", "total",  # labels of sums; `tax` has %(rate)s and %(net)s, `untaxed` has %(net)s
    "cancels", "corrects",  # sentences with the %(number)s and %(day)s of the preceding invoice
    "pay", "refund",  # sentences with %(amount)s, %(day)s and %(number)s
    "holder",  # label of the bank account's holder
    "page",  # with %(page)s and %(pages)s
    "attached", "attachment",  # a sentence that tells of the data within, and what they are called
    "country",  # the buyer's, as the last line of an address abroad
})  # fmt: skip
"""What the caller says in the invoice's language. IBAN and BIC are called so in every language."""

SOURCE = Path(__file__).parent / "invoice.typ"


def invoice_pdf(invoice: Invoice, words: Words, *, fonts: Sequence[str] = ()) -> bytes:
    """The same invoice always gives the same bytes. `words`: one for each of `WORDS`; `fonts`: folders to look in.

    Raises `ValueError` for missing words. The data keep every sign, the page only those that `drawable` keeps.
    """
    if missing := sorted(WORDS - words.keys()):
        raise ValueError(f"Words are missing: {', '.join(missing)}")
    made = typst.compile(
        SOURCE,
        format="pdf",
        font_paths=[Path(folder) for folder in fonts],
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],
        sys_inputs={"data": json.dumps(_drawable(_told(invoice, words))), "xml": invoice_xml(invoice).decode()},
    )
    return with_facturx(made)


def _told(invoice: Invoice, words: Words) -> Told:
    found, language = sums(invoice), invoice.language
    return {
        "title": f"{words[invoice.kind]} {invoice.number}",
        "language": language,
        "day": {"year": invoice.issued.year, "month": invoice.issued.month, "day": invoice.issued.day},
        "seller": _seller(invoice.seller),
        "buyer": list(_address(invoice, words)),
        "facts": [one for one in _facts(invoice, words) if clean(one[1])],
        "opening": [said for said in (_preceding(invoice, words), invoice.note) if clean(said)],
        "columns": [words[name] for name in ("position", "text", "quantity", "price", "vat", "amount")],
        "lines": [_line(line, number, language) for number, line in enumerate(invoice.lines, 1)],
        "sums": list(_sums(found, words, language)),
        "total": [words["total"], money(found.gross, language)],
        "closing": [one.vat.reason for one in found.taxes if one.vat.reason] + _payment(invoice, found, words),
        "account": list(_account(invoice, words)),
        "words": {name: words[name] for name in ("page", "attached", "attachment")},
    }


def _seller(seller: Party) -> Told:
    city = f"{seller.postcode} {seller.city}"
    lines = [seller.street, city, seller.email]
    return {
        "name": seller.name,
        "lines": [line for line in lines if clean(line)],
        "sender": " · ".join((seller.name, seller.street, city)),
    }


def _address(invoice: Invoice, words: Words) -> Iterator[str]:
    buyer = invoice.buyer
    yield buyer.name
    if clean(buyer.contact):
        yield buyer.contact
    yield buyer.street
    yield f"{buyer.postcode} {buyer.city}"
    if buyer.country != invoice.seller.country:
        yield words["country"].upper()


def _facts(invoice: Invoice, words: Words) -> Iterator[list[str]]:
    yield [words["issued"], day(invoice.issued, invoice.language)]
    yield [words["service"], period(invoice.service, invoice.language)]
    yield [words["reference"], invoice.reference]
    yield [words["buyer_vat_id"], invoice.buyer.vat_id]
    yield [words["contact"], invoice.seller.contact]
    yield [words["vat_id"], invoice.seller.vat_id]
    yield [words["tax_number"], invoice.seller.tax_number]


def _preceding(invoice: Invoice, words: Words) -> str:
    if not invoice.preceding:
        return ""
    named = {"number": invoice.preceding.number, "day": day(invoice.preceding.issued, invoice.language)}
    return words["cancels" if invoice.kind == Kind.CANCELLATION else "corrects"] % named


def _line(line: Line, number: int, language: str) -> Told:
    return {
        "position": str(number),
        "text": line.text,
        "detail": line.detail,
        "quantity": count(line.quantity, language),
        "price": money(line.price, language),
        "vat": percent(line.vat.rate, language) if line.vat.rate else "–",
        "amount": money(line.net, language),
    }


def _sums(found: Sums, words: Words, language: str) -> Iterator[list[str]]:
    """Net and each tax, as law wants them; nothing where there is no tax at all, then the total says it."""
    if not any(one.vat.rate for one in found.taxes):
        return
    yield [words["net"], money(found.net, language)]
    for one in found.taxes:
        named = {"rate": percent(one.vat.rate, language), "net": money(one.net, language)}
        yield [words["tax" if one.vat.rate else "untaxed"] % named, money(one.tax, language)]


def _payment(invoice: Invoice, found: Sums, words: Words) -> list[str]:
    if not invoice.due:
        return []
    language = invoice.language
    named = {
        "amount": money(found.gross, language), "day": day(invoice.due, language), "number": invoice.number,
    }  # fmt: skip
    return [words["pay" if invoice.kind == Kind.INVOICE else "refund"] % named]


def _account(invoice: Invoice, words: Words) -> Iterator[list[str]]:
    if invoice.kind != Kind.INVOICE:
        return
    yield [words["holder"], invoice.seller.name]
    yield ["IBAN", grouped(invoice.iban)]
    if clean(invoice.bic):
        yield ["BIC", invoice.bic]


def _drawable(value: Any) -> Any:
    """The same with every text as the page can show it."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {name: _drawable(one) for name, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, list) else value
