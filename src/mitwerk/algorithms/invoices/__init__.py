"""Invoices that people and programs read: sums, EN 16931 data, and a document with both."""

from mitwerk.algorithms.invoices.en16931 import invoice_xml
from mitwerk.algorithms.invoices.model import (
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
from mitwerk.algorithms.invoices.numbers import is_iban, read_number, write_number
from mitwerk.algorithms.invoices.packing import pack, unpack
from mitwerk.algorithms.invoices.pdf import WORDS, invoice_pdf
from mitwerk.algorithms.invoices.sums import Sums, Tax, sums

__all__ = [
    "FULL",
    "REDUCED",
    "WORDS",
    "Category",
    "Invoice",
    "Kind",
    "Line",
    "Party",
    "Period",
    "Preceding",
    "Sums",
    "Tax",
    "Vat",
    "cancellation",
    "invoice_pdf",
    "invoice_xml",
    "is_iban",
    "pack",
    "read_number",
    "sums",
    "unpack",
    "write_number",
]
