"""Plain text, as it is pasted from a mail or written in an editor; the package's docstring says how it is read."""

import re

from mitwerk.algorithms.manuscripts.drafts import Draft
from mitwerk.algorithms.manuscripts.finishing import is_short
from mitwerk.algorithms.manuscripts.signs import cleaned
from mitwerk.algorithms.sheets.texts import decode

_MARKUP = re.compile(
    r"<(?:!doctype html|(?:html|body|p|div|h[1-6]|ul|ol|li|table|span|br)(?:[\s/][^<>]*)?)>", re.IGNORECASE
)
_WORD_CIRCLE = re.compile(r"^([ \t]*)o\t", re.MULTILINE)  # Word's second bullet, pasted as text
_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(={3,}|-{3,})$")
_BULLET = re.compile(r"[-*•–·▪◦‣●○■□➢\uf0a7\uf0b7\uf0d8]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|[a-zA-Z]\))\s+(?=\S)")
_DEPTH = re.compile(r"\d{1,3}((?:\.\d{1,3})*)\.?\s")


def decoded(content: bytes) -> str:
    """The text of a file. Where only its last letter is no ASCII, `decode` takes that for half a letter and cuts it;
    here it is one of Windows."""
    text = decode(content)
    if text.isascii() and not content.isascii() and content[:2] not in (b"\xef\xbb", b"\xff\xfe", b"\xfe\xff"):
        return text if b"\0" in content else content.decode("cp1252", errors="replace")
    return text


def has_markup(text: str) -> bool:
    """Whether a pasted text is HTML."""
    return bool(_MARKUP.search(text))


def read_text(text: str, draft: Draft) -> None:
    text, removed = cleaned(_WORD_CIRCLE.sub(r"\1• ", text))
    if removed:
        draft.tell("unseen", text, removed)
    groups = [group.split("\n") for group in text.split("\n\n") if group]
    for at, group in enumerate(groups):
        near = [other[0] for other in groups[max(at - 1, 0) : at + 2] if other is not group and len(other) == 1]
        if len(group) == 1 and at + 1 < len(groups) and _stands_alone(group[0], near):
            draft.add("heading", group[0], _depth(group[0]))
        else:
            _read_group(group, draft)


def _stands_alone(text: str, near: list[str]) -> bool:
    """A heading, told by its looks. A number makes an item of it where a line near it has one too."""
    if not is_short(text) or _BULLET.match(text) or _HASHES.match(text):
        return False
    return not (_NUMBER.match(text) and any(_NUMBER.match(other) for other in near))


def _depth(text: str) -> int:
    found = _DEPTH.match(text)
    return 1 + found.group(1).count(".") if found else 1


def _read_group(lines: list[str], draft: Draft) -> None:
    """Lines without an empty one between them."""
    kind, run = "paragraph", list[str]()
    for at, text in enumerate([*lines, ""]):
        underlined = at + 1 < len(lines) and bool(_UNDERLINE.match(lines[at + 1])) and is_short(text)
        hashes, sign = _HASHES.match(text), _BULLET.match(text) or _NUMBER.match(text)
        is_line = bool(_UNDERLINE.match(text)) and at > 0 and is_short(lines[at - 1]) and not run
        if not text or underlined or hashes or sign or is_line:
            draft.add("item" if kind == "item" else "paragraph", " ".join(run))
            kind, run = "paragraph", []
        if is_line or not text:
            continue
        if hashes:
            draft.add("heading", hashes.group(2), len(hashes.group(1)))
        elif underlined:
            draft.add("heading", text, 1 if lines[at + 1].startswith("=") else 2)
        elif sign:
            kind, run = "item", [text[sign.end() :]]
            if not _BULLET.match(text):
                draft.tell("numbers", text)
        else:
            run.append(text)
