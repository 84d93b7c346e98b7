"""What a style of an OpenDocument text says that matters here."""

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from mitwerk.algorithms.manuscripts.packed import child, local, value

_HEADING = re.compile(r"(?:Heading|Überschrift)(?:_20_| )([1-9])$")
_PLAIN = ("", "normal", "none", "400")
_FORMATS = ("font-weight", "font-style", "text-underline-style", "text-line-through-style", "text-position")
_MOST_STEPS = 20


class Look(NamedTuple):
    level: str = ""
    is_title: bool = False
    is_bold: bool = False
    is_hidden: bool = False
    has_format: bool = False


class Styles:
    def __init__(self, *roots: ET.Element) -> None:
        groups = [child(root, name) for root in roots for name in ("automatic-styles", "styles")]
        found = [one for group in groups if group is not None for one in group if local(one.tag) == "style"]
        self._styles = {value(one, "name"): one for one in reversed(found)}
        self._looks: dict[str, Look] = {}

    def look(self, name: str) -> Look:
        if name not in self._looks:
            self._looks[name] = self._looked_up(name)
        return self._looks[name]

    def _looked_up(self, name: str) -> Look:
        chain: list[str] = []
        while name and name not in chain and len(chain) < _MOST_STEPS:
            chain.append(name)
            name = value(self._styles.get(name), "parent-style-name")
        headings = [match.group(1) for one in chain if (match := _HEADING.match(one))]
        own = [child(self._styles.get(one), "text-properties") for one in chain]
        weight = next((found for one in own if (found := value(one, "font-weight"))), "")
        return Look(
            level=headings[0] if headings else "",
            is_title=any(one in ("Title", "Titel") for one in chain),
            is_bold=weight not in _PLAIN,
            is_hidden=any(value(one, "display") == "none" for one in own),
            has_format=any(value(one, form) not in _PLAIN for one in own for form in _FORMATS),
        )
