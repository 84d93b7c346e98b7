"""XLIFF, the exchange format of translators: writes 2.0, reads 1.2 and 2.x.

Reading trusts nothing: no document type, no entities, no network.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mitwerk.algorithms.text_units import CODE, MOST_UNITS, Bundle, TextUnit, Unreadable, holdable

SPACE = "urn:oasis:names:tc:xliff:document:2.0"
STATES = {"missing": "initial", "behind": "initial", "current": "final"}
_PAIRED, _ALONE, _NOT_TEXT = {"pc", "g"}, {"ph", "x", "bx", "ex", "sc", "ec", "it"}, {"sub", "note"}


def write_xliff(bundle: Bundle) -> bytes:
    """The units as one file; codes inside a text become elements that a translator's program protects."""
    ET.register_namespace("", SPACE)
    languages = {"srcLang": bundle.source_language, "trgLang": bundle.target_language}
    root = ET.Element(f"{{{SPACE}}}xliff", {"version": "2.0", **languages})
    file = ET.SubElement(root, f"{{{SPACE}}}file", {"id": "mitwerk"})
    for unit in bundle.units:
        _add_unit(file, unit)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_unit(file: ET.Element, unit: TextUnit) -> None:
    element = ET.SubElement(file, f"{{{SPACE}}}unit", {"id": unit.id})
    notes = ET.SubElement(element, f"{{{SPACE}}}notes")
    for category, text in (("context", unit.note), ("state", unit.state)):
        ET.SubElement(notes, f"{{{SPACE}}}note", {"category": category}).text = holdable(text)
    segment = ET.SubElement(element, f"{{{SPACE}}}segment", {"state": STATES.get(unit.state, "initial")})
    _add_text(ET.SubElement(segment, f"{{{SPACE}}}source"), unit.source, unit.has_codes)
    if unit.target:
        _add_text(ET.SubElement(segment, f"{{{SPACE}}}target"), unit.target, unit.has_codes)


def _add_text(parent: ET.Element, text: str, has_codes: bool) -> None:
    parent.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text = holdable(text)
    if not has_codes:
        parent.text = text
        return
    opened, last = [parent], 0
    for code in CODE.finditer(text):
        _append(opened[-1], text[last : code.start()])
        last = code.end()
        closes, number, alone = code.groups()
        if alone:
            ET.SubElement(opened[-1], f"{{{SPACE}}}ph", {"id": number})
        elif not closes:
            opened.append(ET.SubElement(opened[-1], f"{{{SPACE}}}pc", {"id": number}))
        elif len(opened) > 1:
            opened.pop()
    _append(opened[-1], text[last:])


def _append(element: ET.Element, text: str) -> None:
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def read_xliff(content: bytes) -> Bundle:
    """What a translator sent back. Raises `Unreadable`."""
    try:
        root = fromstring(content, forbid_dtd=True)
        return _bundle(root)
    except DefusedXmlException as forbidden:
        raise Unreadable("bomb") from forbidden
    except (ET.ParseError, LookupError, ValueError, RecursionError) as error:
        raise error if isinstance(error, Unreadable) else Unreadable("broken") from error


def _bundle(root: ET.Element) -> Bundle:
    if _name(root) != "xliff":
        raise Unreadable("kind")
    files = [element for element in root if _name(element) == "file"]
    is_old = root.get("version", "").startswith("1")
    first = files[0] if files else root
    source = first.get("source-language", "") if is_old else root.get("srcLang", "")
    target = first.get("target-language", "") if is_old else root.get("trgLang", "")
    units = [_old_unit(unit) if is_old else _unit(unit) for file in files for unit in _units(file, is_old)]
    if len(units) > MOST_UNITS:
        raise Unreadable("many")
    return Bundle(source.split("-")[0].lower(), target.split("-")[0].lower(), units)


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _units(file: ET.Element, is_old: bool) -> Iterable[ET.Element]:
    wanted = "trans-unit" if is_old else "unit"
    return (element for element in file.iter() if _name(element) == wanted)


def _old_unit(unit: ET.Element) -> TextUnit:
    texts = {_name(child): _text(child) for child in unit if _name(child) in {"source", "target"}}
    return TextUnit(unit.get("id", ""), texts.get("source", ""), texts.get("target", ""))


def _unit(unit: ET.Element) -> TextUnit:
    """The segments of a unit, however a program has split it."""
    source, target = "", ""
    for segment in unit:
        if _name(segment) in {"segment", "ignorable"}:
            texts = {_name(child): _text(child) for child in segment}
            source += texts.get("source", "")
            target += texts.get("target", texts.get("source", "") if _name(segment) == "ignorable" else "")
    return TextUnit(unit.get("id", ""), source, target if target.strip() else "")


def _text(element: ET.Element) -> str:
    """Text with the codes of the elements inside."""
    parts = [element.text or ""]
    for child in element:
        name, number = _name(child), child.get("id", "")
        if name in _PAIRED:
            parts.append(f"{{{number}}}{_text(child)}{{/{number}}}")
        elif name in _ALONE:
            parts.append(f"{{{number}/}}")
        elif name == "cp":
            parts.append(chr(int(child.get("hex", "20"), 16)))
        elif name not in _NOT_TEXT:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
