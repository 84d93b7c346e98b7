"""Address books (vCard 2.1, 3.0, 4.0) as a table, one row a card. Pictures and sounds are left out unread."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import vobject

HEAD = ["Organisation", "Name", "Funktion", "E-Mail", "Telefon", "PLZ", "Ort", "Bundesland", "Website"]
"""Words that `columns` knows."""

MOST_LETTERS = 50_000
READ = frozenset("BEGIN END VERSION FN N ORG TITLE ROLE EMAIL TEL ADR URL".split())
_NAME = re.compile(r"^(?:[\w-]+\.)?([\w-]+)[;:]")


def card_rows(text: str) -> Iterator[list[str] | str]:
    """The head, then a row a card; the code of what is wrong where a card cannot be read."""
    logging.disable(logging.ERROR)  # vobject tells of every odd line
    yield HEAD
    for lines in _cards(text):
        try:
            yield _row(vobject.readOne("\r\n".join(lines) + "\r\n", allowQP=True))
        except Exception:  # the parser raises nearly anything
            yield "card"


def _cards(text: str) -> Iterator[list[str]]:
    """The lines of each card that are read, in one piece each."""
    card: list[str] | None = None
    for line in _unfolded(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            card = []
        elif card is None:
            continue
        found = _NAME.match(line)
        if found and found[1].upper() in READ:
            card.append(line)
        if word == "END:VCARD":
            yield card
            card = None
    if card is not None:
        yield card  # cut off: the parser says so


def _unfolded(text: str) -> Iterator[str]:
    """Lines that were folded, or that quoted-printable goes on with, are one."""
    whole, is_quoted = "", False
    for line in text.replace("\0", "").splitlines():
        if is_quoted and whole.endswith("=") and len(whole) < MOST_LETTERS:
            whole = whole[:-1] + line
        elif line[:1] in " \t" and whole and line.strip():
            whole += line[1:] if len(whole) < MOST_LETTERS else ""  # a picture
        else:
            yield whole
            whole, is_quoted = line, "QUOTED-PRINTABLE" in line.split(":")[0].upper()
    yield whole


def _row(card: Any) -> list[str]:
    held = {name: [one.value for one in found] for name, found in card.contents.items()}

    def first(*names: str) -> Any:
        return next((value for name in names for value in held.get(name, []) if value), "")

    address, organisation = first("adr"), first("org")
    parts = [_flat(getattr(address, name, "")) for name in ("code", "city", "region")]
    firm = _flat(organisation[0] if isinstance(organisation, list) else organisation)
    name = _flat(first("fn")) or " ".join(_flat(getattr(first("n"), part, "")) for part in ("given", "family")).strip()
    return [firm or name, "" if not firm or name == firm else name, _flat(first("title", "role")),
            _flat(first("email")), _flat(first("tel")), *parts, _flat(first("url"))]  # fmt: skip


def _flat(value: Any) -> str:
    return " ".join(map(_flat, value)) if isinstance(value, list) else str(value or "").strip()
