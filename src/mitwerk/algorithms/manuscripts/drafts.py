"""What a manuscript is, and the draft that the readers of all kinds write into."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from mitwerk.algorithms.manuscripts.signs import line
from mitwerk.algorithms.text_units import Unreadable

MOST_BYTES = 5 * 1024 * 1024
MOST_BLOCKS = 1000
MOST_SAMPLE = 80
_TYPED_SIGN = re.compile(r"[-*•–·▪◦‣●○■□➢➔\uf02d\uf0a7\uf0b7\uf0d8]\s+(?=\S)")

_EMPTY_LINES = re.compile(r"\n\s*\n")
Kind = Literal["title", "heading", "paragraph", "item"]


class Block(NamedTuple):
    """A text of the charter. All headings have level 1; a paragraph that was a deeper heading has the level it had
    below them (2 and more), any other 1."""

    kind: Literal["heading", "paragraph", "goal"]
    text: str
    level: int = 1


class Note(NamedTuple):
    """What was left out or changed: a code (the package's docstring lists them), how often, and its first words."""

    code: str
    count: int = 1  # type: ignore[assignment]  # a tuple has a method of that name, which nobody needs here
    sample: str = ""


class Manuscript(NamedTuple):
    """What was read. The title is not among the blocks."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


class Piece(NamedTuple):
    """A block as its reader saw it. `strong` says that all of it is bold."""

    kind: Kind
    text: str
    level: int = 1
    strong: bool = False


class Draft:
    """Collects pieces and notes in the order of reading."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.end: list[Piece] = []
        self.title = ""
        self._notes: dict[str, Note] = {}

    def add(self, kind: Kind, text: str, level: int = 1, strong: bool = False) -> None:
        """One piece, on one line. A paragraph that begins with the sign of a list is an item. What has neither letter
        nor digit is told instead. Raises `Unreadable` (many)."""
        text, removed = line(text)
        if removed:
            self.tell("unseen", text, removed)
        if not text:
            return
        if not any(sign.isalnum() for sign in text):
            self.tell("signs", text)
            return
        sign = _TYPED_SIGN.match(text)
        if sign and kind in ("paragraph", "item"):
            kind, text = "item", text[sign.end() :]
        self.pieces.append(Piece(kind, text, level, strong))
        if len(self.pieces) > MOST_BLOCKS:
            raise Unreadable("many")

    def tell(self, code: str, sample: str = "", count: int = 1) -> None:
        """Notes of one code are counted together; the sample is the first that says something."""
        old = self._notes.get(code, Note(code, 0))
        self._notes[code] = Note(code, old.count + count, old.sample or line(sample[:500])[0][:MOST_SAMPLE].strip())

    def leave_out(self, code: str, text: str) -> None:
        """Tells of a text that does not become a piece, if there is one."""
        if text.strip():
            self.tell(code, text.strip())

    @contextmanager
    def aside(self) -> Iterator[list[Piece]]:
        """What is added inside goes into the list instead."""
        kept, self.pieces = self.pieces, []
        try:
            yield self.pieces
        finally:
            self.pieces = kept

    def add_lines(self, kind: Kind, text: str, level: int = 1, strong: bool = False) -> None:
        """A piece with line breaks of its author's: one becomes a space, two in a row begin a paragraph."""
        text = text.strip(" \t\n")
        first, *more = [text] if kind in ("title", "heading") else _EMPTY_LINES.split(text)
        if "\n" in text:
            self.tell("breaks", text)
        self.add(kind, first, level, strong)
        for part in more:
            self.add("paragraph", part, 1, strong)

    def add_table(self, rows: list[list[list[Piece]]]) -> None:
        """Each row is a paragraph, or what its only filled cell holds, as in a table made for the layout."""
        is_told = False
        for row in rows:
            filled = [cell for cell in row if cell]
            if len(filled) < 2:
                self.extend([piece for cell in filled for piece in cell])
                continue
            text = " · ".join(" ".join(piece.text for piece in cell) for cell in filled)
            self.add("paragraph", text)
            if not is_told:
                self.tell("tables", text)
            is_told = True

    def extend(self, pieces: list[Piece]) -> None:
        """Pieces that were read aside. Raises `Unreadable` (many)."""
        self.pieces.extend(pieces)
        if len(self.pieces) > MOST_BLOCKS:
            raise Unreadable("many")

    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())


class Run:
    """The text of a paragraph while it is read, and the boxes that hang on it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_strong = True
        self.boxes: list[Piece] = []

    def write(self, text: str, is_bold: bool) -> None:
        """A line feed in a file of XML is a space; one that is meant is an element."""
        self.texts.append(text.replace("\n", " "))
        self.is_strong = self.is_strong and (is_bold or not text.strip())

    def text(self) -> str:
        return "".join(self.texts)
