"""The metadata by which programs know an invoice with data within (Factur-X 1.0).

Typst attaches the file and writes all else that PDF/A-3 asks for, but has no way to metadata of one's own.
"""

import re
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import StreamObject

NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FACTS = {
    "DocumentType": ("INVOICE", "What the attached data are"),
    "DocumentFileName": ("factur-x.xml", "Name of the attached file"),
    "Version": ("1.0", "Version of the standard the data follow"),
    "ConformanceLevel": ("EN 16931", "Profile of the standard the data follow"),
}
"""Each with its value, and what it means. A credit note is an INVOICE too."""
_SCHEMAS_END = "</rdf:Bag></pdfaExtension:schemas>"
_FACTS_END = "</rdf:RDF>"
_TAIL = re.compile(rb"trailer\s*<<(?P<trailer>[^<>]*)>>\s*startxref\s*(?P<table>\d+)\s*%%EOF\s*\Z")


def with_facturx(pdf: bytes) -> bytes:
    """A document of Typst with `FACTS` added. What was there stays as it is, byte for byte: the new metadata come after
    it, as an update (ISO 32000-1, 7.5.6), so that nothing of Typst's PDF/A and tags is written anew.

    pypdf, which could write updates too, leaves out line ends that PDF/A wants (ISO 19005-3, 6.1.9).
    """
    reader, tail = PdfReader(BytesIO(pdf)), _TAIL.search(pdf)
    catalogue = reader.root_object
    metadata, place = catalogue["/Metadata"].get_object(), catalogue.raw_get("/Metadata")
    if not isinstance(metadata, StreamObject) or not tail:
        raise ValueError("The document is not written as Typst writes it.")
    packet = _extended(metadata.get_data().decode()).encode()
    start = pdf.rstrip() + b"\n"
    update = b"%d %d obj\n<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        place.idnum, place.generation, len(packet), packet,
    )  # fmt: skip
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d %05d n \n" % (place.idnum, len(start), place.generation)
    trailer = b"trailer\n<<%b/Prev %b>>\n" % (tail["trailer"], tail["table"])
    return start + update + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(start) + len(update))


def _extended(packet: str) -> str:
    """PDF/A wants each property described in the one list of extension schemas, where Typst has others already."""
    if packet.count(_SCHEMAS_END) != 1 or packet.count(_FACTS_END) != 1:
        raise ValueError("The metadata are not written as Typst writes them for PDF/A.")
    facts = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _meaning) in FACTS.items())
    described = f'<rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">{facts}</rdf:Description>'
    return packet.replace(_SCHEMAS_END, _schema() + _SCHEMAS_END).replace(_FACTS_END, described + _FACTS_END)


def _schema() -> str:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, (_value, meaning) in FACTS.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
