"""The pages of an invoice: readers see all of it, where they look for it, and texts are never commands."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import typst

from mitwerk.algorithms.invoices import WORDS, Invoice, Line, Party, Period, invoice_pdf, invoice_xml
from mitwerk.algorithms.invoices.formats import count, money, period
from mitwerk.algorithms.invoices.pdf import SOURCE
from mitwerk.algorithms.invoices.texts import drawable
from mitwerk.algorithms.tests.invoice_cases import (
    ABROAD,
    BUYER,
    CASES,
    ENGLISH,
    GERMAN,
    HOSTILE,
    SELLER,
    TICKET,
    invoice,
)
from mitwerk.algorithms.tests.invoice_checks import FONTS, lines, made, read

MM = 72 / 25.4
EMOJI, ARABIC = "\N{UNICORN FACE}", "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC FATHA}"


EVERYDAY = """
Cluster Beispielregion e. V.
Marktplatz 1 · 01067 Dresden · rechnung@cluster.example
Cluster Beispielregion e. V. · Marktplatz 1 · 01067 Dresden
Muster & Söhne GmbH
Buchhaltung
Industriestraße 12
09111 Chemnitz
Rechnungsdatum
28. November 2026
Leistungszeitraum
4. März 2027 – 5. März 2027
Kontakt
Geschäftsstelle
Unsere USt-IdNr.
DE123456789
Unsere Steuernummer
202/123/45678
Rechnung 2026-0001
Pos. Leistung Menge Einzelpreis netto USt. Betrag netto
1 Kongressticket, zwei Tage
Tagungsmappe inbegriffen
2 190,00 € 19 % 380,00 €
Summe netto 380,00 €
zuzüglich 19 % Umsatzsteuer auf 380,00 € 72,20 €
Gesamtbetrag 452,20 €
Bitte überweisen Sie 452,20 € bis zum 12. Dezember 2026 und nennen Sie die Nummer 2026-0001.
Kontoinhaber Cluster Beispielregion e. V.
IBAN DE02 1203 0000 0000 2020 51
BIC BYLADEM1001
Die Rechnung liegt als Datensatz bei (factur-x.xml).
Rechnung 2026-0001, Cluster Beispielregion e. V. Seite 1 von 1
""".strip().splitlines()


def test_an_everyday_invoice() -> None:
    assert lines(made(invoice())) == EVERYDAY


def test_what_goes_abroad_names_the_country_and_is_not_taxed() -> None:
    found = lines(made(CASES["reverse charge"]))
    assert found[3:7] == ["Beispiel AG", "Ring 3", "1010 Wien", "AUSTRIA"]
    assert found[found.index("Invoice 2026-0001") :] == [
        "Invoice 2026-0001",
        "No. Description Quantity Net price VAT Net amount",
        "1 Congress stand 1 €900.00 – €900.00",
        "Total €900.00",
        "Steuerschuldnerschaft des Leistungsempfängers",
        "Please pay €900.00 by 12 December 2026 and quote 2026-0001.",
        "Account holder Cluster Beispielregion e. V.",
        "IBAN DE02 1203 0000 0000 2020 51",
        "BIC BYLADEM1001",
        "The invoice is enclosed as data (factur-x.xml).",
        "Invoice 2026-0001, Cluster Beispielregion e. V. Page 1 of 1",
    ]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("all rates", [
            "Rechnung 2026-0001", "Vielen Dank für Ihre Anmeldung.", "Wir freuen uns auf Sie.",
            "Summe netto 489,85 €", "zuzüglich 19 % Umsatzsteuer auf 380,00 € 72,20 €",
            "zuzüglich 7 % Umsatzsteuer auf 59,85 € 4,19 €", "ohne Umsatzsteuer auf 50,00 € 0,00 €",
            "Gesamtbetrag 566,24 €", "Steuerfrei nach § 4 Nr. 22 a UStG",
        ]),
        ("cancellation", [
            "Stornorechnung 2026-0002", "Wir stornieren die Rechnung 2026-0001 vom 28. November 2026.",
            "Summe netto −380,00 €", "zuzüglich 19 % Umsatzsteuer auf −380,00 € −72,20 €", "Gesamtbetrag −452,20 €",
            "Die Rechnung liegt als Datensatz bei (factur-x.xml).",
        ]),
        ("credit note", [
            "Rechnungskorrektur 2026-0003", "Wir korrigieren die Rechnung 2026-0001 vom 28. November 2026.",
            "Summe netto 95,00 €", "zuzüglich 19 % Umsatzsteuer auf 95,00 € 18,05 €", "Gesamtbetrag 113,05 €",
            "Wir erstatten Ihnen 113,05 € bis zum 12. Dezember 2026.",
            "Die Rechnung liegt als Datensatz bei (factur-x.xml).",
        ]),
    ],
)  # fmt: skip
def test_each_kind_says_what_it_is(case: str, told: list[str]) -> None:
    found = lines(made(CASES[case]))
    body = found[next(at for at, line in enumerate(found) if line == told[0]) :]
    table = next(at for at, line in enumerate(body) if line.startswith("Pos."))
    end = next(at for at, line in enumerate(body) if line.startswith("Summe netto"))
    assert (body[:table] + body[end:])[: len(told)] == told


def places(one: Invoice) -> dict[str, tuple[float, float]]:
    """Where texts begin on the first page: millimetres from the left, and of their base from above."""
    found: dict[str, tuple[float, float]] = {}

    def see(text: str, matrix: list[float], *_more: Any) -> None:
        found.setdefault(text.strip(), (matrix[4] / MM, 297 - matrix[5] / MM))

    read(made(one)).pages[0].extract_text(visitor_text=see)
    return found


def test_the_address_shows_in_the_window_of_an_envelope() -> None:
    """DIN 5008, form B: six lines between 62.7 and 90 mm from above, within the 85 mm from 20 mm on."""
    found = places(invoice(buyer=replace(ABROAD, name="Erste Zeile\nZweite Zeile", contact="Buchhaltung")))
    assert [round(found[line][0]) for line in ("Erste Zeile", "1010 Wien", "DEUTSCHLAND")] == [25, 25, 25]
    assert 64 < found["Erste Zeile"][1] < found["DEUTSCHLAND"][1] < 89.5


@pytest.mark.parametrize("seller", [SELLER, replace(SELLER, contact="", vat_id="", email="")])
def test_the_text_begins_below_the_window(seller: Party) -> None:
    """At 98.5 mm, however little stands above it."""
    assert 100 < places(invoice(seller=seller))["Rechnung 2026-0001"][1] < 107


def test_a_long_list_goes_on_with_its_head() -> None:
    pages = [page.extract_text() for page in read(made(invoice(lines=(TICKET,) * 50))).pages]
    assert [page.count("Einzelpreis netto") for page in pages] == [1, 1, 1]
    assert [page.strip().splitlines()[-1][-13:] for page in pages] == [f"Seite {at} von 3" for at in (1, 2, 3)]


def test_texts_are_texts() -> None:
    """Nothing in them is a command, a tag or a place for words, neither on the page nor in what tells of it."""
    shown = drawable(HOSTILE)
    document = made(CASES["hostile"])
    found = "".join("".join(lines(document)).split())
    assert found.count("".join(shown.split())) == 12
    assert read(document).metadata.title == f"Rechnung A<1>&#, {shown}"


def test_what_is_longer_than_any_word_stays_in_its_column() -> None:
    found = lines(made(invoice(lines=(replace(TICKET, text="x" * 90),))))
    assert found[found.index("1 " + "x" * 36) :][1:3] == ["x" * 36, "x" * 18]


def test_signs_without_a_shape_are_question_marks_on_the_page_and_whole_in_the_data() -> None:
    name = f"Ümit {EMOJI}{EMOJI} Ελλάς {ARABIC} Жук"
    one = invoice(buyer=replace(BUYER, name=name))
    assert lines(made(one))[3] == "Ümit ? Ελλάς ? Жук"
    assert name in invoice_xml(one).decode()


@pytest.mark.parametrize("fonts", [[], FONTS])
def test_every_sign_that_is_kept_has_a_shape(fonts: list[str]) -> None:
    """Control: one sign more, and Typst refuses."""
    everything = (chr(code) for code in range(0x20, 0x3000))
    kept = " ".join(sign for sign in everything if drawable(f"a{sign}b")[1:-1] == sign)
    assert len(kept) > 1500

    def compiled(text: str) -> bytes:
        source = b'#set document(title: "x")\n#set text(lang: "de")\n#sys.inputs.text'
        return typst.compile(
            source, format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["a-3a", "ua-1"],
            sys_inputs={"text": text},
        )  # fmt: skip

    assert compiled(kept).startswith(b"%PDF")
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compiled(kept + EMOJI)


def test_missing_words_are_named() -> None:
    with pytest.raises(ValueError, match=r"Words are missing: page, pay$"):
        invoice_pdf(invoice(), {name: word for name, word in GERMAN.items() if not name.startswith("pa")})
    assert (set(GERMAN), set(ENGLISH)) == (WORDS, WORDS)


def test_the_page_says_no_words_of_its_own() -> None:
    """With signs for words, and an invoice without texts, nothing else is on the page but names of standards."""
    told = dict.fromkeys(WORDS, "~")
    one = invoice(buyer=ABROAD, lines=(Line("~", 1, 1_00, TICKET.vat),), seller=replace(ABROAD, contact="~"))
    text = " ".join(lines(invoice_pdf(one, told, fonts=FONTS)))
    for said in ("Beispiel AG", "Ring 3", "1010 Wien", ABROAD.email, ABROAD.vat_id, "IBAN", "BIC", one.bic, one.number):
        text = text.replace(said, "")
    assert set(re.findall(r"[^\W\d_]+", text)) == {"November", "März", "DE"}


@pytest.mark.parametrize(
    ("cents", "german", "english"),
    [
        (0, "0,00 €", "€0.00"),
        (5, "0,05 €", "€0.05"),
        (123_456, "1.234,56 €", "€1,234.56"),
        (-123_456_789, "−1.234.567,89 €", "−€1,234,567.89"),
    ],
)
def test_amounts_are_written_as_readers_expect(cents: int, german: str, english: str) -> None:
    assert drawable(money(cents, "de")) == german.replace(" ", "\N{NO-BREAK SPACE}")
    assert money(cents, "en") == english


def test_numbers_are_grouped() -> None:
    assert [count(number, "de") for number in (1, 1000, -1_000_000)] == ["1", "1.000", "−1.000.000"]
    assert [count(number, "en") for number in (1, 1000, -1_000_000)] == ["1", "1,000", "−1,000,000"]


def test_a_day_is_written_once() -> None:
    one, two = date(2027, 3, 4), date(2027, 12, 31)
    assert " ".join(period(Period(one, one), "de").split()) == "4. März 2027"
    assert " ".join(period(Period(one, two), "en").split()) == "4 March 2027 – 31 December 2027"


def test_the_template_takes_no_words_as_markup() -> None:
    """`eval` would run texts as commands."""
    assert "eval(" not in SOURCE.read_text()
