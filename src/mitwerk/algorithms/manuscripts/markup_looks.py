"""What an element of HTML is, by its name, its class and its style."""

import re
from typing import NamedTuple

from mitwerk.algorithms.manuscripts.drafts import Kind

_SCRIPTS = {"script": "scripts", "template": "scripts", "noframes": "scripts", "style": "settings", "xml": "settings"}
_FORMATS = set("b strong i em u s strike sub sup small big mark code kbd samp tt var cite dfn q font".split())
_ELEMENTS = {
    "comment-list": "comments",
    "comment": "comments",
    "header": "headers",
    "footer": "headers",
    "footnote": "footnotes",
    "endnote": "footnotes",
}


class Look(NamedTuple):
    """`left_out` is the code under which a text is told instead of kept: title is what the page calls itself, sign the
    bullet that Word writes; `told` are the codes for a text that is kept."""

    kind: Kind = "paragraph"
    level: int = 1
    is_bold: bool = False
    is_item: bool = False
    is_pre: bool = False
    left_out: str = ""
    told: frozenset[str] = frozenset()


def look_of(tag: str, attributes: dict[str, str], above: Look) -> Look:
    """What is inside an element has most of what the element has."""
    classes = set(attributes.get("class", "").lower().split())
    style = _declared(attributes.get("style", ""))
    left_out = above.left_out or _left_out(tag, classes, style)
    kind, level = _kind(tag, classes, above)
    return Look(
        kind=kind,
        level=level,
        is_bold=_is_bold(tag, style, above.is_bold),
        is_item=tag == "p" and kind == "paragraph" and "ignore" not in style.get("mso-list", "ignore").lower(),
        is_pre=above.is_pre or tag in ("pre", "textarea"),
        left_out=left_out,
        told=above.told | _told(tag, attributes, classes, style),
    )


def _declared(style: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs}


def _left_out(tag: str, classes: set[str], style: dict[str, str]) -> str:
    if tag in _SCRIPTS:
        return _SCRIPTS[tag]
    if tag == "title":
        return "title"
    if tag == "del" or "msodel" in classes:
        return "deletions"
    if "ignore" in style.get("mso-list", ""):
        return "sign"
    if any(re.match(r"msotoc\d?|msotocheading$", one) for one in classes):
        return "contents"
    code = _ELEMENTS.get(style.get("mso-element", ""), "")
    return "" if code == "footnotes" else code


def _kind(tag: str, classes: set[str], above: Look) -> tuple[Kind, int]:
    if "msotitle" in classes:
        return "title", 1
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return "heading", int(tag[1])
    if tag in ("li", "td", "th", "table"):
        return "paragraph", 1
    return above.kind, above.level


def _is_bold(tag: str, style: dict[str, str], above: bool) -> bool:
    weight = style.get("font-weight", "")
    if weight:
        return weight in ("bold", "bolder", "600", "700", "800", "900")
    return above or tag in ("b", "strong")


def _told(tag: str, attributes: dict[str, str], classes: set[str], style: dict[str, str]) -> set[str]:
    codes = set()
    if tag in _FORMATS:
        codes.add("format")
    if tag == "a" and attributes.get("href", "#")[:1] != "#":
        codes.add("links")
    if tag == "ins" or "msoins" in classes:
        codes.add("insertions")
    is_hidden = "hidden" in attributes or style.get("display") == "none" or style.get("mso-hide") == "all"
    if is_hidden or style.get("visibility") == "hidden":
        codes.add("hidden")
    if _ELEMENTS.get(style.get("mso-element", "")) == "footnotes":
        codes.add("footnotes")
    return codes
