"""Invoices for tests: one of each kind, any that could be, and the words around them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

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
    Vat,
    cancellation,
)

SELLER = Party(
    "Cluster Beispielregion e. V.", "Marktplatz 1", "01067", "Dresden", contact="Geschäftsstelle",
    email="rechnung@cluster.example", vat_id="DE123456789", tax_number="202/123/45678",
)  # fmt: skip
BUYER = Party("Muster & Söhne GmbH", "Industriestraße 12", "09111", "Chemnitz", contact="Buchhaltung")
ABROAD = Party("Beispiel AG", "Ring 3", "1010", "Wien", "AT", email="buch@beispiel.example", vat_id="ATU12345678")
TICKET = Line("Kongressticket, zwei Tage", 2, 190_00, FULL, "Tagungsmappe inbegriffen")
SMALL = Vat(Category.EXEMPT, reason="Kein Ausweis von Umsatzsteuer, da Kleinunternehmer gemäß § 19 UStG")
EXEMPT = Vat(Category.EXEMPT, reason="Steuerfrei nach § 4 Nr. 22 a UStG")
REVERSE = Vat(Category.REVERSE_CHARGE, reason="Steuerschuldnerschaft des Leistungsempfängers")
HOSTILE = "<b>&amp; #panic() $x$ ]]> \x00\x08\x1b \ud800 \ufffe \\u{0} */ // @a <!-- “ ' \" %s %(day)s {}"


def invoice(**changed: Any) -> Invoice:
    """An everyday invoice, but for what is `changed`."""
    said: dict[str, Any] = {
        "number": "2026-0001", "issued": date(2026, 11, 28), "service": Period(date(2027, 3, 4), date(2027, 3, 5)),
        "seller": SELLER, "buyer": BUYER, "lines": (TICKET,), "due": date(2026, 12, 12),
        "iban": "DE02 1203 0000 0000 2020 51", "bic": "BYLADEM1001",
    }  # fmt: skip
    return Invoice(**{**said, **changed})


FIRST = Preceding("2026-0001", date(2026, 11, 28))
CASES = {
    "everyday": invoice(),
    "all rates": invoice(
        lines=(TICKET, Line("Tagungsband", 3, 19_95, REDUCED), Line("Vortrag", 1, 50_00, EXEMPT)),
        note="Vielen Dank für Ihre Anmeldung.\nWir freuen uns auf Sie.", reference="04011000-12345-34",
    ),
    "small business": invoice(seller=replace(SELLER, vat_id=""), lines=(Line("Ticket", 1, 190_00, SMALL),)),
    "reverse charge": invoice(buyer=ABROAD, lines=(Line("Congress stand", 1, 900_00, REVERSE),), language="en"),
    "cancellation": cancellation(invoice(), number="2026-0002", issued=date(2026, 12, 1)),
    "credit note": invoice(
        number="2026-0003", kind=Kind.CREDIT_NOTE, preceding=FIRST, lines=(Line("Ein Tag weniger", 1, 95_00, FULL),)
    ),
    "hostile": invoice(
        number="A<1>&#", note=HOSTILE, reference=HOSTILE, bic="#x",
        seller=replace(SELLER, name=HOSTILE), buyer=replace(BUYER, name=HOSTILE, street=HOSTILE, city=HOSTILE),
        lines=(Line(HOSTILE, 1, 1, Vat(Category.EXEMPT, reason=HOSTILE), HOSTILE),),
    ),
}  # fmt: skip
TEXTS = st.text(min_size=1, max_size=60).map(lambda text: f"x{text}")
DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))


def parties(**fixed: st.SearchStrategy[str]) -> st.SearchStrategy[Party]:
    return st.builds(
        Party, name=TEXTS, street=TEXTS, postcode=TEXTS, city=TEXTS, contact=st.just("") | TEXTS,
        email=st.sampled_from(["", "a@b.example"]), tax_number=st.just("202/123/45678"), **fixed,
    )  # fmt: skip


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Invoices and credit notes, with any texts and amounts."""
    reason = draw(TEXTS)
    vats = [FULL, REDUCED, Vat(Category.EXEMPT, reason=reason), Vat(Category.REVERSE_CHARGE, reason=reason)]
    line = st.builds(
        Line, TEXTS, st.integers(1, 999), st.integers(0, 10_000_000), st.sampled_from(vats), st.just("") | TEXTS
    )
    issued, kind = draw(DAYS), draw(st.sampled_from([Kind.INVOICE, Kind.CREDIT_NOTE]))
    ids = {"country": st.just("AT"), "vat_id": st.just("ATU12345678")}
    return invoice(
        number=draw(TEXTS), issued=issued, due=issued + timedelta(draw(st.integers(0, 60))), kind=kind,
        preceding=FIRST if kind == Kind.CREDIT_NOTE else None, note=draw(st.just("") | TEXTS),
        service=Period(issued, issued + timedelta(draw(st.integers(0, 9)))), reference=draw(st.just("") | TEXTS),
        seller=draw(parties(vat_id=st.just("DE123456789"))), buyer=draw(parties(**ids)),
        lines=tuple(draw(st.lists(line, min_size=1, max_size=5))), language=draw(st.sampled_from(["de", "en"])),
    )  # fmt: skip


GERMAN = {
    "invoice": "Rechnung", "cancellation": "Stornorechnung", "credit-note": "Rechnungskorrektur",
    "issued": "Rechnungsdatum", "service": "Leistungszeitraum", "reference": "Ihre Referenz",
    "buyer_vat_id": "Ihre USt-IdNr.", "vat_id": "Unsere USt-IdNr.", "tax_number": "Unsere Steuernummer",
    "contact": "Kontakt", "position": "Pos.", "text": "Leistung", "quantity": "Menge", "price": "Einzelpreis netto",
    "vat": "USt.", "amount": "Betrag netto", "net": "Summe netto",
    "tax": "zuzüglich %(rate)s Umsatzsteuer auf %(net)s", "untaxed": "ohne Umsatzsteuer auf %(net)s",
    "total": "Gesamtbetrag", "cancels": "Wir stornieren die Rechnung %(number)s vom %(day)s.",
    "corrects": "Wir korrigieren die Rechnung %(number)s vom %(day)s.",
    "pay": "Bitte überweisen Sie %(amount)s bis zum %(day)s und nennen Sie die Nummer %(number)s.",
    "refund": "Wir erstatten Ihnen %(amount)s bis zum %(day)s.", "holder": "Kontoinhaber",
    "page": "Seite %(page)s von %(pages)s", "attached": "Die Rechnung liegt als Datensatz bei (factur-x.xml).",
    "attachment": "Rechnung als Datensatz", "country": "Deutschland",
}  # fmt: skip
ENGLISH = {
    "invoice": "Invoice", "cancellation": "Cancellation", "credit-note": "Credit note",
    "issued": "Invoice date", "service": "Date of service", "reference": "Your reference",
    "buyer_vat_id": "Your VAT id", "vat_id": "Our VAT id", "tax_number": "Our tax number",
    "contact": "Contact", "position": "No.", "text": "Description", "quantity": "Quantity", "price": "Net price",
    "vat": "VAT", "amount": "Net amount", "net": "Net total",
    "tax": "plus %(rate)s VAT on %(net)s", "untaxed": "no VAT on %(net)s",
    "total": "Total", "cancels": "We cancel invoice %(number)s of %(day)s.",
    "corrects": "This credit note belongs to invoice %(number)s of %(day)s.",
    "pay": "Please pay %(amount)s by %(day)s and quote %(number)s.",
    "refund": "We pay back %(amount)s by %(day)s.", "holder": "Account holder",
    "page": "Page %(page)s of %(pages)s", "attached": "The invoice is enclosed as data (factur-x.xml).",
    "attachment": "Invoice as data", "country": "Austria",
}  # fmt: skip
WORDS_IN = {"de": GERMAN, "en": ENGLISH}
