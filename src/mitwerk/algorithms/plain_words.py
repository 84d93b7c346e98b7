"""A plain text as what can be shown of it: paragraphs of words, addresses and names. Nothing of it is ever markup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
ENDS = ".,;:!?'’)]}…"
PAIRS = {")": "(", "]": "[", "}": "{"}
BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True)
class Piece:
    """Some words, an address of the web, or somebody's name after an @ (`text` holds the @)."""

    kind: Literal["words", "address", "name"]
    text: str


def normal(text: str) -> str:
    """One kind of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def paragraphs(text: str, names: Iterable[str] = ()) -> list[list[Piece]]:
    """The paragraphs of a text in pieces; joined by empty lines they are the text again."""
    return [_pieces(part, _named(names)) for part in BREAK.split(normal(text)) if part]


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of the names are called with an @, each once, in the order of the text."""
    known = {name.casefold(): name for name in names}
    called = [one.text[1:] for part in paragraphs(text, known.values()) for one in part if one.kind == "name"]
    return list(dict.fromkeys(known[name.casefold()] for name in called if name.casefold() in known))


def _named(names: Iterable[str]) -> re.Pattern[str] | None:
    """The longest first, so that nobody whose name begins another's is called instead."""
    ranked = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not ranked:
        return None
    return re.compile(rf"(?<!\w)@(?:{'|'.join(map(re.escape, ranked))})(?!\w)", re.IGNORECASE)


def _pieces(text: str, names: re.Pattern[str] | None) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for match in ADDRESS.finditer(text):
        end = match.start() + len(_without_ends(match[0]))
        if end - match.start() > len("https://"):
            found += [*_words(text[at : match.start()], names), Piece("address", text[match.start() : end])]
            at = end
    return found + _words(text[at:], names)


def _without_ends(address: str) -> str:
    """Without the full stop of the sentence it stands in; a bracket that was opened inside belongs to it."""
    while address and address[-1] in ENDS:
        opens = PAIRS.get(address[-1])
        if opens and address.count(opens) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def _words(text: str, names: re.Pattern[str] | None) -> list[Piece]:
    found, at = [], 0
    for match in names.finditer(text) if names else ():
        if match.start() > at:
            found.append(Piece("words", text[at : match.start()]))
        found.append(Piece("name", match[0]))
        at = match.end()
    return found + ([Piece("words", text[at:])] if at < len(text) else [])
