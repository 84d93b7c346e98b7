"""HTML as it is pasted from Word, LibreOffice, Google Docs or a browser.

lxml's parser tells of tags and texts one after the other, so there is no tree, and no depth that could be too deep.
What it is given is HTML of the web's rules: it reads everything and refuses nothing.

Source: the HTML standard of WHATWG for the elements; what Word adds (`mso-` styles, conditional comments, lists as
paragraphs with the bullet in a span `mso-list:Ignore`) is nowhere described and was taken from what Word writes.
"""

import re

from lxml import etree

from mitwerk.algorithms.manuscripts.drafts import Draft, Kind, Piece, Run
from mitwerk.algorithms.manuscripts.markup_looks import Look, look_of
from mitwerk.algorithms.manuscripts.signs import line
from mitwerk.algorithms.text_units import Unreadable

_BLOCKS = set(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre"
    " section select summary table tbody td textarea tfoot th thead title tr ul".split()
)
_CONDITION = re.compile(r"\[if ([^\]]*)\]>?(.*?)(?:<!\[endif\](?:--)?)?$", re.DOTALL | re.IGNORECASE)
_NO_COMMENT = re.compile(r"\s*(\[(if|endif)\b.*|StartFragment|EndFragment|\?.*)?\s*$", re.DOTALL | re.IGNORECASE)


def read_markup(text: str, draft: Draft) -> None:
    """Raises `Unreadable` (many, broken)."""
    if "\0" in text:
        draft.tell("unseen", "", text.count("\0"))
    _parse(text.replace("\0", ""), draft)


def _parse(text: str, draft: Draft, in_comment: bool = False) -> None:
    if not text.strip():
        return
    reader = _Reader(draft, in_comment)
    # Given as UTF-8, so that no declaration inside has a say.
    parser = etree.HTMLParser(target=reader, no_network=True, recover=True, encoding="utf-8")
    try:
        etree.HTML(text.encode(), parser)
    except etree.LxmlError as error:
        raise Unreadable("broken") from error


class _Table:
    """A table while it is read, and where the pieces went before it began."""

    def __init__(self) -> None:
        self.rows: list[list[list[Piece]]] = []
        self.outside: list[list[Piece]] = []


class _Reader:
    """Takes what the parser tells. Whatever begins or ends a block ends the piece before it."""

    def __init__(self, draft: Draft, in_comment: bool) -> None:
        self.draft = draft
        self.in_comment = in_comment
        self.run = Run()
        self.open: list[tuple[str, Look]] = []
        self.tables: list[_Table] = []
        self.is_item = False
        self.skipped: list[str] = []
        self.elements = 0
        self.told_in: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        above = self.open[-1][1] if self.open else Look()
        look = look_of(tag, attributes, above)
        self.open.append((tag, look))
        if look.left_out and not above.left_out:
            self.skipped = []
        if look.left_out:
            self.skipped.append(" " if tag in _BLOCKS or tag == "br" else "")
            return
        if tag in _BLOCKS:
            self._end_piece(above)
        self._begin(tag, attributes)
        self.elements += 1
        self.draft.leave_out("titles", attributes.get("title", ""))

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.run.texts.append("\n")
        elif tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].outside.append(self.draft.pieces)
            self.draft.pieces = []
        elif tag == "li" or self.open[-1][1].is_item:
            self.is_item = True
        elif tag in ("img", "image", "video", "audio", "canvas", "svg"):
            self.draft.tell("pictures", attributes.get("alt", ""))
        elif tag == "input" and attributes.get("type", "").lower() != "hidden":
            self.draft.leave_out("fields", attributes.get("value", "") or attributes.get("placeholder", ""))
        elif tag in ("iframe", "object", "embed"):
            self.draft.tell("embedded")

    def end(self, tag: str) -> None:
        name, look = self.open.pop() if self.open else (tag, Look())
        above = self.open[-1][1] if self.open else Look()
        if look.left_out:
            if not above.left_out:
                self._end_left_out(look.left_out)
            return
        if name not in _BLOCKS:
            return
        self._end_piece(look)
        if name == "li" or look.is_item:
            self.is_item = False
        elif name in ("td", "th") and self.tables and self.tables[-1].outside:
            cell, self.draft.pieces = self.draft.pieces, self.tables[-1].outside.pop()
            self.tables[-1].rows = self.tables[-1].rows or [[]]
            self.tables[-1].rows[-1].append(cell)
        elif name == "table" and self.tables:
            self.draft.add_table(self.tables.pop().rows)

    def _end_left_out(self, code: str) -> None:
        text = "".join(self.skipped)
        if code == "title":
            self.draft.title = self.draft.title or line(text)[0]
        elif code in ("scripts", "settings"):
            self.draft.tell(code)
        elif code == "sign":
            self.draft.leave_out("numbers", text if text.strip()[-1:] in (".", ")") else "")
        else:
            self.draft.leave_out(code, text)
        self.skipped = []

    def data(self, text: str) -> None:
        look = self.open[-1][1] if self.open else Look()
        if look.left_out:
            self.skipped.append(text)
            return
        if look.is_pre:
            self.run.texts.append(text)
        else:
            self.run.write(text, look.is_bold)
        for code in look.told if text.strip() else ():
            self.draft.tell(code, text, self.told_in.get(code) != self.elements)
            self.told_in[code] = self.elements

    def comment(self, text: str) -> None:
        """A comment with a condition holds what only some programs are to show: the text of Word's boxes, but also
        the codes of its fields, of which the result stands outside."""
        condition = _CONDITION.match(text)
        if condition and condition.group(2) and not self.in_comment:
            if condition.group(1).lower() != "supportfields":
                self._hidden_markup(condition.group(2))
        elif self.in_comment or not _NO_COMMENT.match(text):
            self.draft.leave_out("comments", text)

    def pi(self, target: str, data: str | None = None) -> None:
        """An instruction to a program is no text."""

    def _hidden_markup(self, markup: str) -> None:
        if self.open and self.open[-1][1].left_out:
            return
        with self.draft.aside() as pieces:
            _parse(markup, self.draft, in_comment=True)
        if pieces:
            self.draft.tell("boxes", pieces[0].text)
            self.run.boxes.extend(pieces)

    def _end_piece(self, look: Look) -> None:
        run, self.run = self.run, Run()
        text = run.text()
        if text.strip():
            kind: Kind = look.kind if look.kind != "paragraph" else "item" if self.is_item else "paragraph"
            self.is_item = False
            self.draft.add_lines(kind, text, look.level, run.is_strong)
        self.draft.extend(run.boxes)

    def close(self) -> None:
        """Texts and cells that nothing has ended."""
        while self.open:
            self.end(self.open[-1][0])
        self._end_piece(Look())
