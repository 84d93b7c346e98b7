"""What a paragraph of Word is by its style: title, heading, item of a list, line of a table of contents."""

import re
from typing import Literal, NamedTuple
from xml.etree import ElementTree as ET

from mitwerk.algorithms.manuscripts.packed import child, local, value

_HEADING = re.compile(r"(?:heading|überschrift|berschrift) ?([1-9])$")
_LIST = re.compile(r"list (?:bullet|number)")
_CONTENTS = re.compile(r"toc (?:heading|[1-9])$|table of figures$")
_MOST_STEPS = 20


class Look(NamedTuple):
    kind: Literal["title", "heading", "item", "paragraph", "contents"] = "paragraph"
    level: int = 1


class Styles:
    def __init__(self, root: ET.Element) -> None:
        self._styles = {value(one, "styleId"): one for one in root if local(one.tag) == "style"}

    def look(self, properties: ET.Element | None) -> Look:
        """By what the paragraph says of itself, then its style, then the styles that one is based on."""
        style_id = value(child(properties, "pStyle"), "val")
        chain = [properties, *self._properties(style_id)]
        names = self._names(style_id)
        if any(_CONTENTS.match(name) for name in names):
            return Look("contents")
        if names and names[0] in ("title", "titel"):
            return Look("title")
        outline = next((value(one, "val") for at in chain if (one := child(at, "outlineLvl")) is not None), "")
        if outline.isascii() and outline.isdigit() and len(outline) == 1:
            return Look("heading", int(outline) + 1) if outline != "9" else Look()
        for found in (_HEADING.match(name) for name in names):
            if found:
                return Look("heading", int(found.group(1)))
        numbers = next((one for at in chain if (one := child(at, "numPr")) is not None), None)
        is_item = any(_LIST.match(name) for name in names) if numbers is None else _is_numbered(numbers)
        return Look("item" if is_item else "paragraph")

    def _properties(self, style_id: str) -> list[ET.Element | None]:
        return [child(self._styles.get(one), "pPr") for one in self._chain(style_id)]

    def _names(self, style_id: str) -> list[str]:
        """In small letters; the style's id where a file brings no styles."""
        chain = self._chain(style_id)
        return [value(child(self._styles.get(one), "name"), "val", one).lower() for one in chain]

    def _chain(self, style_id: str) -> list[str]:
        chain: list[str] = []
        while style_id and style_id not in chain and len(chain) < _MOST_STEPS:
            chain.append(style_id)
            style_id = value(child(self._styles.get(style_id), "basedOn"), "val")
        return chain


def _is_numbered(numbers: ET.Element) -> bool:
    return value(child(numbers, "numId"), "val", "1") != "0"


def is_on(element: ET.Element | None) -> bool:
    """A switch that stands there is on, unless it says that it is off."""
    return element is not None and value(element, "val", "1") not in ("0", "false", "none", "off", "baseline")
