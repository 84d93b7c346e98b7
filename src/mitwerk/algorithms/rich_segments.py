"""Rich text as paragraphs for a translator: marks become numbered codes, and come back around the translation.

`<p>Call <a href="x">us</a>.</p>` is one segment, `Call {1}us{/1}.`; what the tags say never leaves the house.
"""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape

from mitwerk.algorithms.text_units import CODE

_TOKEN = re.compile(r"<[^<>]*>|[^<]+|<")
_TAG = re.compile(r"</?\s*([A-Za-z][\w-]*)")
_INLINE = {"a", "b", "strong", "i", "em", "br", "code", "sub", "sup", "del", "span", "embed"}
_VOID = {"br", "embed"}


def segments(html: str) -> list[str]:
    """The texts of the paragraphs, headings and list items, in reading order."""
    found: list[str] = []
    _walk(html, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return found


def rebuilt(html: str, texts: Sequence[str]) -> str:
    """`html` with its segments replaced by `texts`, one for each."""
    left = iter(texts)
    return _walk(html, lambda _text: next(left))


def _walk(html: str, replace: Callable[[str], str]) -> str:
    out: list[str] = []
    run: list[str] = []
    for token in [*_TOKEN.findall(html), ""]:
        tag = _TAG.match(token)
        if token and (not token.startswith("<") or (tag and tag[1].lower() in _INLINE)):
            run.append(token)
            continue
        out.append(_segment(run, replace))
        out.append(token)
        run = []
    return "".join(out)


def _segment(run: Sequence[str], replace: Callable[[str], str]) -> str:
    """One run of text and marks, replaced; as it was where it holds no words."""
    text, tags = _coded(run)
    if not CODE.sub("", text).strip():
        return "".join(run)
    new = replace(text)
    parts, last = [], 0
    for code in CODE.finditer(new):
        if code[0] in tags:
            parts += [escape(new[last : code.start()], quote=False), tags[code[0]]]
            last = code.end()
    return "".join([*parts, escape(new[last:], quote=False)])


def _coded(run: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The run with codes for tags, and the tag of each code."""
    text, tags, opened, number = [], {}, list[int](), 0
    for token in run:
        tag = _TAG.match(token)
        if tag is None:
            text.append(unescape(token))
            continue
        if token.startswith("</"):
            code = f"{{/{opened.pop()}}}" if opened else ""
        elif tag[1].lower() in _VOID or token.endswith("/>"):
            number += 1
            code = f"{{{number}/}}"
        else:
            number += 1
            opened.append(number)
            code = f"{{{number}}}"
        if code:
            tags[code] = token
            text.append(code)
    return "".join(text), tags
