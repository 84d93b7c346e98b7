"""The data of an invoice (EN 16931): what others check finds nothing, and what is wrong is found."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.invoices import Invoice, cancellation, invoice_xml
from mitwerk.algorithms.invoices.texts import clean
from mitwerk.algorithms.tests.invoice_cases import CASES, HOSTILE, invoice, invoices
from mitwerk.algorithms.tests.invoice_checks import broken_rules, broken_schema

CLEANED = r"""<b>&amp; #panic() $x$ ]]> \u{0} */ // @a <!-- “ ' " %s %(day)s {}"""


def leaves(xml: bytes) -> list[str]:
    """Each text with the last two names on the way to it."""

    def within(element: ET.Element, way: str) -> Iterator[str]:
        name = element.tag.split("}")[1]
        if element.text and element.text.strip():
            told = "".join(f"[{value}]" for value in element.attrib.values())
            yield f"{way}/{name}{told} {element.text}"
        for child in element:
            yield from within(child, name)

    return list(within(ET.fromstring(xml), ""))  # noqa: S314 - we wrote it


EVERYDAY = """
GuidelineSpecifiedDocumentContextParameter/ID urn:cen.eu:en16931:2017
ExchangedDocument/ID 2026-0001
ExchangedDocument/TypeCode 380
IssueDateTime/DateTimeString[102] 20261128
AssociatedDocumentLineDocument/LineID 1
SpecifiedTradeProduct/Name Kongressticket, zwei Tage
SpecifiedTradeProduct/Description Tagungsmappe inbegriffen
NetPriceProductTradePrice/ChargeAmount 190.00
SpecifiedLineTradeDelivery/BilledQuantity[C62] 2
ApplicableTradeTax/TypeCode VAT
ApplicableTradeTax/CategoryCode S
ApplicableTradeTax/RateApplicablePercent 19
SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount 380.00
SellerTradeParty/Name Cluster Beispielregion e. V.
DefinedTradeContact/PersonName Geschäftsstelle
EmailURIUniversalCommunication/URIID rechnung@cluster.example
PostalTradeAddress/PostcodeCode 01067
PostalTradeAddress/LineOne Marktplatz 1
PostalTradeAddress/CityName Dresden
PostalTradeAddress/CountryID DE
URIUniversalCommunication/URIID[EM] rechnung@cluster.example
SpecifiedTaxRegistration/ID[FC] 202/123/45678
SpecifiedTaxRegistration/ID[VA] DE123456789
BuyerTradeParty/Name Muster & Söhne GmbH
DefinedTradeContact/PersonName Buchhaltung
PostalTradeAddress/PostcodeCode 09111
PostalTradeAddress/LineOne Industriestraße 12
PostalTradeAddress/CityName Chemnitz
PostalTradeAddress/CountryID DE
OccurrenceDateTime/DateTimeString[102] 20270305
ApplicableHeaderTradeSettlement/PaymentReference 2026-0001
ApplicableHeaderTradeSettlement/InvoiceCurrencyCode EUR
SpecifiedTradeSettlementPaymentMeans/TypeCode 58
PayeePartyCreditorFinancialAccount/IBANID DE02120300000000202051
PayeePartyCreditorFinancialAccount/AccountName Cluster Beispielregion e. V.
PayeeSpecifiedCreditorFinancialInstitution/BICID BYLADEM1001
ApplicableTradeTax/CalculatedAmount 72.20
ApplicableTradeTax/TypeCode VAT
ApplicableTradeTax/BasisAmount 380.00
ApplicableTradeTax/CategoryCode S
ApplicableTradeTax/RateApplicablePercent 19
StartDateTime/DateTimeString[102] 20270304
EndDateTime/DateTimeString[102] 20270305
DueDateDateTime/DateTimeString[102] 20261212
SpecifiedTradeSettlementHeaderMonetarySummation/LineTotalAmount 380.00
SpecifiedTradeSettlementHeaderMonetarySummation/TaxBasisTotalAmount 380.00
SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount[EUR] 72.20
SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount 452.20
SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount 452.20
""".strip().splitlines()


def test_an_everyday_invoice() -> None:
    assert leaves(invoice_xml(invoice())) == EVERYDAY


def test_a_cancellation_names_its_invoice_counts_backwards_and_asks_for_no_money() -> None:
    found = leaves(invoice_xml(CASES["cancellation"]))
    parts = ("ExchangedDocument/", "BilledQuantity", "Amount", "InvoiceReferenced", "FormattedIssue", "IBAN", "Due")
    assert [leaf for leaf in found if any(part in leaf for part in parts)] == [
        "ExchangedDocument/ID 2026-0002",
        "ExchangedDocument/TypeCode 384",
        "NetPriceProductTradePrice/ChargeAmount 190.00",
        "SpecifiedLineTradeDelivery/BilledQuantity[C62] -2",
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount -380.00",
        "ApplicableTradeTax/CalculatedAmount -72.20",
        "ApplicableTradeTax/BasisAmount -380.00",
        "SpecifiedTradeSettlementHeaderMonetarySummation/LineTotalAmount -380.00",
        "SpecifiedTradeSettlementHeaderMonetarySummation/TaxBasisTotalAmount -380.00",
        "SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount[EUR] -72.20",
        "SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount -452.20",
        "SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount -452.20",
        "InvoiceReferencedDocument/IssuerAssignedID 2026-0001",
        "FormattedIssueDateTime/DateTimeString[102] 20261128",
    ]


@pytest.mark.parametrize(
    ("case", "taxes"),
    [
        ("small business", ["E", "Kein Ausweis von Umsatzsteuer, da Kleinunternehmer gemäß § 19 UStG", None, "0"]),
        ("reverse charge", ["AE", "Steuerschuldnerschaft des Leistungsempfängers", "VATEX-EU-AE", "0"]),
    ],
)
def test_what_is_not_taxed_says_why(case: str, taxes: list[str | None]) -> None:
    tree = ET.fromstring(invoice_xml(CASES[case]))  # noqa: S314 - we wrote it
    tax = next(found for found in tree.iter() if found.tag.endswith("}ApplicableTradeTax") and len(found) > 4)
    names = ("CategoryCode", "ExemptionReason", "ExemptionReasonCode", "RateApplicablePercent")
    assert [tax.findtext(f"{{*}}{name}") for name in names] == taxes


def test_a_seller_without_a_vat_id_is_known_by_the_tax_number() -> None:
    found = leaves(invoice_xml(CASES["small business"]))
    assert [leaf for leaf in found if "202/123" in leaf] == [
        "SellerTradeParty/ID 202/123/45678",
        "SpecifiedTaxRegistration/ID[FC] 202/123/45678",
    ]


@pytest.mark.parametrize("case", CASES)
def test_schema_and_rules_find_nothing(case: str) -> None:
    xml = invoice_xml(CASES[case])
    assert (broken_schema(xml), broken_rules(xml)) == ([], [])


@given(invoices())
def test_schema_and_rules_find_nothing_in_any_invoice_nor_in_what_cancels_it(one: Invoice) -> None:
    for made in (one, cancellation(one, number="2026-9999", issued=one.issued)):
        xml = invoice_xml(made)
        assert (broken_schema(xml), broken_rules(xml)) == ([], [])


@pytest.mark.parametrize(
    ("was", "becomes", "rules"),
    [
        (b"GrandTotalAmount>452.20", b"GrandTotalAmount>452.21", ["BR-CO-15", "BR-CO-16"]),
        (b"CalculatedAmount>72.20", b"CalculatedAmount>70.20", ["BR-CO-14", "BR-CO-17", "BR-S-09"]),
        (b"BasisAmount>380.00", b"BasisAmount>370.00", ["BR-CO-17", "BR-S-08", "BR-S-09"]),
        (b"LineTotalAmount>380.00", b"LineTotalAmount>380.01", ["BR-CO-13", "BR-S-08"]),
        (b">DE123456789<", b">123456789<", ["BR-CO-09"]),
    ],
)
def test_control_the_rules_find_what_is_wrong(was: bytes, becomes: bytes, rules: list[str]) -> None:
    xml = invoice_xml(invoice())
    assert was in xml
    assert broken_rules(xml.replace(was, becomes)) == rules


def test_control_the_schema_finds_what_stands_in_the_wrong_place() -> None:
    xml = invoice_xml(invoice()).replace(b"<ram:TypeCode>380</ram:TypeCode>", b"<ram:Strange/>")
    assert len(broken_schema(xml)) == 1


def test_hostile_texts_are_texts() -> None:
    assert clean(HOSTILE) == CLEANED
    found = leaves(invoice_xml(CASES["hostile"]))
    assert [leaf.split(" ")[0] for leaf in found if leaf.endswith(f" {CLEANED}")] == [
        "IncludedNote/Content",
        "SpecifiedTradeProduct/Name",
        "SpecifiedTradeProduct/Description",
        "ApplicableHeaderTradeAgreement/BuyerReference",
        "SellerTradeParty/Name",
        "BuyerTradeParty/Name",
        "PostalTradeAddress/LineOne",
        "PostalTradeAddress/CityName",
        "PayeePartyCreditorFinancialAccount/AccountName",
        "ApplicableTradeTax/ExemptionReason",
    ]


def test_lines_stay_lines_and_accents_are_joined() -> None:
    assert clean(" a\u0308 \t b\r\n\n\x0bc\x00d\u2028e ") == "ä b\nc d\ne"


@given(st.text())
def test_a_clean_text_is_clean_and_xml_gives_it_back(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    note = next((leaf for leaf in leaves(invoice_xml(invoice(note=text))) if leaf.startswith("IncludedNote")), None)
    assert note == (f"IncludedNote/Content {found}" if found else None)
