"""The parts of a packed file of XML: unpacked within limits, parsed without document types and entities."""

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mitwerk.algorithms.text_units import Unreadable
from mitwerk.algorithms.zips import check_zip

MOST_PART = 16 * 1024 * 1024
MOST_ELEMENTS, MOST_DEPTH = 500_000, 150


class Package:
    """Raises `Unreadable` (broken, bomb), here and where a part is asked for."""

    def __init__(self, content: bytes) -> None:
        self.names = check_zip(content)
        self._content = content

    def bytes_of(self, name: str) -> bytes:
        """Nothing, where there is no such part."""
        if name not in self.names:
            return b""
        try:
            with ZipFile(BytesIO(self._content)).open(name) as opened:
                unpacked = opened.read(MOST_PART + 1)
        except Exception as error:  # a packed file can be broken in a hundred ways
            raise Unreadable("broken") from error
        if len(unpacked) > MOST_PART:
            raise Unreadable("bomb")
        return unpacked

    def part(self, name: str) -> ET.Element:
        """An empty element, where there is no such part."""
        unpacked = self.bytes_of(name)
        return parse(unpacked) if unpacked else ET.Element("none")


def parse(content: bytes) -> ET.Element:
    """The root. Raises `Unreadable`: bomb for a document type or a tree that is too deep or too large, else broken."""
    depth = elements = 0
    root: ET.Element | None = None
    try:
        for event, element in iterparse(BytesIO(content), ("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
                raise Unreadable("bomb")
    except DefusedXmlException as forbidden:
        raise Unreadable("bomb") from forbidden
    except (ET.ParseError, LookupError, ValueError) as error:
        raise error if isinstance(error, Unreadable) else Unreadable("broken") from error
    if root is None:
        raise Unreadable("broken")
    return root


def local(name: str) -> str:
    """A name without its space: programs disagree about spaces, not about names."""
    return name.rpartition("}")[2]


def value(element: ET.Element | None, name: str, default: str = "") -> str:
    """An attribute, whatever its space."""
    if element is None:
        return default
    return next((found for key, found in element.items() if local(key) == name), default)


def child(element: ET.Element | None, name: str) -> ET.Element | None:
    if element is None:
        return None
    return next((found for found in element if local(found.tag) == name), None)
