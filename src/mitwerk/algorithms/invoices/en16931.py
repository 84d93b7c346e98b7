"""An invoice as data for machines: UN/CEFACT Cross Industry Invoice (D16B), profile EN 16931 of Factur-X and ZUGFeRD.

The order of the elements is that of the schema. Comments name the terms (BT) of EN 16931 that are not plain from the
element.
"""

import xml.etree.ElementTree as ET
from datetime import date

from mitwerk.algorithms.invoices.model import Category, Invoice, Kind, Line, Party, Vat
from mitwerk.algorithms.invoices.sums import Sums, sums
from mitwerk.algorithms.invoices.texts import clean

PROFILE = "urn:cen.eu:en16931:2017"
_UNECE = "urn:un:unece:uncefact:data:standard"
_NAMESPACES = {
    "xmlns:rsm": f"{_UNECE}:CrossIndustryInvoice:100",
    "xmlns:ram": f"{_UNECE}:ReusableAggregateBusinessInformationEntity:100",
    "xmlns:qdt": f"{_UNECE}:QualifiedDataType:100",
    "xmlns:udt": f"{_UNECE}:UnqualifiedDataType:100",
}
_KINDS = {Kind.INVOICE: "380", Kind.CANCELLATION: "384", Kind.CREDIT_NOTE: "381"}
"""UNTDID 1001. A cancellation is a "corrected invoice" (384): its amounts are negative, those of 381 are not."""
_PIECE, _TRANSFER, _MAIL = "C62", "58", "EM"
"""Codes for one piece, a SEPA transfer and an address that is an e-mail address."""


def invoice_xml(invoice: Invoice) -> bytes:
    """The file ``factur-x.xml``, in UTF-8; the same invoice always gives the same bytes."""
    root = ET.Element("rsm:CrossIndustryInvoice", _NAMESPACES)
    context = ET.SubElement(root, "rsm:ExchangedDocumentContext")
    _add(_add(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", PROFILE)
    _document(ET.SubElement(root, "rsm:ExchangedDocument"), invoice)
    trade, found = ET.SubElement(root, "rsm:SupplyChainTradeTransaction"), sums(invoice)
    for number, line in enumerate(invoice.lines, 1):
        _line(_add(trade, "IncludedSupplyChainTradeLineItem"), line, number)
    agreement = _add(trade, "ApplicableHeaderTradeAgreement")
    _texts(agreement, BuyerReference=invoice.reference)
    _party(_add(agreement, "SellerTradeParty"), invoice.seller, sells=True)
    _party(_add(agreement, "BuyerTradeParty"), invoice.buyer, sells=False)
    delivery = _add(_add(trade, "ApplicableHeaderTradeDelivery"), "ActualDeliverySupplyChainEvent")
    _day(delivery, "OccurrenceDateTime", invoice.service.last)
    _settlement(_add(trade, "ApplicableHeaderTradeSettlement"), invoice, found)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _document(parent: ET.Element, invoice: Invoice) -> None:
    _texts(parent, ID=invoice.number, TypeCode=_KINDS[invoice.kind])
    _day(parent, "IssueDateTime", invoice.issued)
    if clean(invoice.note):
        _add(_add(parent, "IncludedNote"), "Content", invoice.note)


def _line(parent: ET.Element, line: Line, number: int) -> None:
    _add(_add(parent, "AssociatedDocumentLineDocument"), "LineID", str(number))
    _texts(_add(parent, "SpecifiedTradeProduct"), Name=line.text, Description=line.detail)
    price = _add(_add(parent, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _add(price, "ChargeAmount", _amount(line.price))
    delivery = _add(parent, "SpecifiedLineTradeDelivery")
    _add(delivery, "BilledQuantity", str(line.quantity), unitCode=_PIECE)
    settlement = _add(parent, "SpecifiedLineTradeSettlement")
    tax = _add(settlement, "ApplicableTradeTax")
    _texts(tax, TypeCode="VAT", CategoryCode=line.vat.category, RateApplicablePercent=str(line.vat.rate))
    total = _add(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    _add(total, "LineTotalAmount", _amount(line.net))


def _party(parent: ET.Element, party: Party, *, sells: bool) -> None:
    if sells and not clean(party.vat_id):
        _add(parent, "ID", party.tax_number)  # BT-29: the buyer must know the seller by something (BR-CO-26)
    _add(parent, "Name", party.name)
    if clean(party.contact):
        contact = _add(parent, "DefinedTradeContact")
        _add(contact, "PersonName", party.contact)
        if clean(party.email):
            _add(_add(contact, "EmailURIUniversalCommunication"), "URIID", party.email)
    address = _add(parent, "PostalTradeAddress")
    _texts(address, PostcodeCode=party.postcode, LineOne=party.street, CityName=party.city, CountryID=party.country)
    if clean(party.email):
        _add(_add(parent, "URIUniversalCommunication"), "URIID", party.email, schemeID=_MAIL)
    numbers = {"FC": party.tax_number if sells else "", "VA": party.vat_id}  # BT-32 is the seller's alone
    for scheme, number in numbers.items():
        if clean(number):
            _add(_add(parent, "SpecifiedTaxRegistration"), "ID", number, schemeID=scheme)


def _settlement(parent: ET.Element, invoice: Invoice, found: Sums) -> None:
    if invoice.kind == Kind.INVOICE:
        _add(parent, "PaymentReference", invoice.number)
    _add(parent, "InvoiceCurrencyCode", "EUR")
    if invoice.kind == Kind.INVOICE:
        _payment(_add(parent, "SpecifiedTradeSettlementPaymentMeans"), invoice)
    for one in found.taxes:
        _tax(_add(parent, "ApplicableTradeTax"), one.vat, one.net, one.tax)
    service = _add(parent, "BillingSpecifiedPeriod")
    _day(service, "StartDateTime", invoice.service.first)
    _day(service, "EndDateTime", invoice.service.last)
    if invoice.due:
        _day(_add(parent, "SpecifiedTradePaymentTerms"), "DueDateDateTime", invoice.due)
    _totals(_add(parent, "SpecifiedTradeSettlementHeaderMonetarySummation"), found)
    if invoice.preceding:
        preceding = _add(parent, "InvoiceReferencedDocument")
        _add(preceding, "IssuerAssignedID", invoice.preceding.number)
        _day(preceding, "FormattedIssueDateTime", invoice.preceding.issued, types="qdt")


def _payment(parent: ET.Element, invoice: Invoice) -> None:
    _add(parent, "TypeCode", _TRANSFER)
    account = _add(parent, "PayeePartyCreditorFinancialAccount")
    _texts(account, IBANID="".join(invoice.iban.split()), AccountName=invoice.seller.name)
    if clean(invoice.bic):
        _add(_add(parent, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID", invoice.bic)


def _tax(parent: ET.Element, vat: Vat, net: int, tax: int) -> None:
    code = "VATEX-EU-AE" if vat.category == Category.REVERSE_CHARGE else ""
    _texts(parent, CalculatedAmount=_amount(tax), TypeCode="VAT", ExemptionReason=vat.reason, BasisAmount=_amount(net))
    _texts(parent, CategoryCode=vat.category, ExemptionReasonCode=code, RateApplicablePercent=str(vat.rate))


def _totals(parent: ET.Element, found: Sums) -> None:
    _texts(parent, LineTotalAmount=_amount(found.net), TaxBasisTotalAmount=_amount(found.net))
    _add(parent, "TaxTotalAmount", _amount(found.tax), currencyID="EUR")
    _texts(parent, GrandTotalAmount=_amount(found.gross), DuePayableAmount=_amount(found.gross))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    found = ET.SubElement(parent, f"ram:{name}", attributes)
    found.text = clean(text) or None
    return found


def _texts(parent: ET.Element, **texts: str) -> None:
    """One element for each text that says something."""
    for name, text in texts.items():
        if clean(text):
            _add(parent, name, text)


def _day(parent: ET.Element, name: str, when: date, types: str = "udt") -> None:
    found = ET.SubElement(_add(parent, name), f"{types}:DateTimeString", {"format": "102"})
    found.text = when.isoformat().replace("-", "")


def _amount(cents: int) -> str:
    """Euros with two decimals and a point."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}.{rest:02}"
