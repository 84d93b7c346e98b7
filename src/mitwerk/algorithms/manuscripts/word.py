"""Documents of Word (.docx): the text of all parts, in the order of reading.

Walks the XML itself: what wraps text in Word (tracked changes, content controls, links, fields, boxes) is entered
unless it is known to be no text, so that nothing is lost in a wrapper nobody thought of.

Source: ECMA-376, parts 1 (WordprocessingML) and 3 (alternate content).
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from mitwerk.algorithms.manuscripts.drafts import Draft, Piece, Run
from mitwerk.algorithms.manuscripts.packed import Package, child, local, value
from mitwerk.algorithms.manuscripts.word_styles import Styles, is_on
from mitwerk.algorithms.text_units import Unreadable

_NO_TEXT = {
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sectPr",
    "sdtPr",
    "sdtEndPr",
    "instrText",
    "delInstrText",
}
_DELETED, _INSERTED = {"del", "moveFrom"}, {"ins", "moveTo"}
_DRAWN = {"drawing", "pict", "object"}
_SPACE = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FORMATS = ("b", "i", "u", "strike", "dstrike", "caps", "smallCaps", "vertAlign", "highlight")


def main_part(package: Package) -> str:
    """The name of the document's own part, or nothing where the package is no document."""
    return next(iter(_parts(package).get("document.main", [])), "")


def _parts(package: Package) -> dict[str, list[str]]:
    """Names by the last words of their content type: `document.main`, `footnotes`, `header`, `comments` …"""
    found: dict[str, list[str]] = {}
    for one in package.part("[Content_Types].xml"):
        kind = value(one, "ContentType").removesuffix("+xml").replace(".macroEnabledTemplate", ".document")
        kind = kind.replace(".template.main", ".document.main").replace("document.macroEnabled.main", "document.main")
        name = value(one, "PartName").lstrip("/")
        if name in package.names and "glossary/" not in name:
            key = "document.main" if kind.endswith("document.main") else kind.rpartition(".")[2]
            found.setdefault(key, []).append(name)
    return found


def read_word(package: Package, draft: Draft) -> None:
    """Raises `Unreadable`."""
    parts = _parts(package)
    main = package.part(next(iter(parts.get("document.main", [])), ""))
    if local(main.tag) != "document":
        raise Unreadable("broken")
    reader = _Reader(draft, Styles(package.part(next(iter(parts.get("styles", [])), ""))))
    reader.content(main)
    for name in parts.get("diagramData", []):
        reader.add_diagram(package.part(name))
    for name in (*parts.get("footnotes", []), *parts.get("endnotes", [])):
        reader.add_footnotes(package.part(name))
    for code, kinds in (("comments", ("comments",)), ("headers", ("header", "footer")), ("charts", ("chart",))):
        for name in (name for kind in kinds for name in parts.get(kind, [])):
            root = package.part(name)
            for one in root if code == "comments" else [root]:
                draft.leave_out(code, text_of(one))
    for name in package.names:
        if name.startswith("word/embeddings/"):
            draft.tell("embedded", name.rpartition("/")[2])


def text_of(element: ET.Element) -> str:
    """All text inside, deleted text too."""
    found = []
    for one in element.iter():
        name = local(one.tag)
        if name in ("t", "delText", "v"):
            found.append(one.text or "")
        found.append(_SPACE.get(name, " " if name in ("p", "v", "pt") else ""))
    return "".join(found)


class _Reader:
    def __init__(self, draft: Draft, styles: Styles) -> None:
        self.draft = draft
        self.styles = styles

    def content(self, element: ET.Element) -> None:
        """What stands in a body, a cell, a box or a note."""
        for one in element:
            name = local(one.tag)
            if name == "p":
                self._paragraph(one)
            elif name == "tbl":
                self._table(one)
            elif name in ("r", "t", "hyperlink", *_DRAWN):  # astray, but text
                self._paragraph(_wrapped(one))
            elif name == "AlternateContent":
                self.content(_chosen(one))
            elif name == "altChunk":
                self.draft.tell("embedded", value(one, "id"))
            elif name in _DELETED:
                self.draft.leave_out("deletions", text_of(one))
            elif name not in _NO_TEXT:
                self._tell_wrapper(one)
                self.content(one)

    def _paragraph(self, element: ET.Element) -> None:
        run = Run()
        self._inline(element, run, False)
        text, look = run.text(), self.styles.look(child(element, "pPr"))
        if look.kind == "contents":
            self.draft.leave_out("contents", text)
        elif text.strip():
            self.draft.add_lines(look.kind, text, look.level, run.is_strong)
        self.draft.extend(run.boxes)

    def _inline(self, element: ET.Element, run: Run, is_bold: bool) -> None:
        for one in element:
            name = local(one.tag)
            if name == "t":
                run.write(one.text or "", is_bold)
            elif name in _SPACE:
                run.texts.append(" " if value(one, "type") in ("page", "column") else _SPACE[name])
            elif name == "sym":
                self._symbol(one, run)
            elif name in _DELETED or name == "delText":
                self.draft.leave_out("deletions", text_of(one))
            elif name in _DRAWN:
                self._drawing(one, run)
            elif name == "AlternateContent":
                self._inline(_chosen(one), run, is_bold)
            elif name == "instrText" and "HYPERLINK" in (one.text or ""):
                self.draft.tell("links")
            elif name in ("p", "tbl", "txbxContent"):
                self._box(_wrapped(one), run)
            elif name not in _NO_TEXT:
                self._tell_wrapper(one)
                self._inline(one, run, self._is_bold(one) if name == "r" else is_bold)

    def _tell_wrapper(self, element: ET.Element) -> None:
        name = local(element.tag)
        if name in _INSERTED:
            self._tell_text("insertions", element)
        elif name == "hyperlink":
            self._tell_text("links", element)

    def _tell_text(self, code: str, element: ET.Element) -> None:
        text = text_of(element)
        if text.strip():
            self.draft.tell(code, text)

    def _is_bold(self, run: ET.Element) -> bool:
        look = child(run, "rPr")
        if look is None:
            return False
        if is_on(child(look, "vanish")):
            self._tell_text("hidden", run)
        if any(is_on(child(look, name)) for name in _FORMATS):
            self._tell_text("format", run)
        return is_on(child(look, "b"))

    def _symbol(self, element: ET.Element, run: Run) -> None:
        """A sign of a font. Those of Wingdings and its like are in the private area, where no other font has them."""
        try:
            sign = chr(int(value(element, "char"), 16))
        except (ValueError, OverflowError):
            sign = ""
        if not sign or "\ue000" <= sign <= "\uf8ff":
            self.draft.tell("signs", value(element, "font"))
        else:
            run.write(sign, False)

    def _drawing(self, element: ET.Element, run: Run) -> None:
        boxes = list(_boxes(element))
        for box in boxes:
            self._box(box, run)
        written = [value(one, "string") for one in element.iter() if local(one.tag) == "textpath"]
        alts = [value(one, name) for one in element.iter() for name in ("descr", "alt") if value(one, name)]
        with self.draft.aside() as pieces:
            for text in written:
                self.draft.add("paragraph", text)
        self._hang(pieces, run)
        if alts or not (boxes or any(written)):
            self.draft.tell("pictures", " ".join(alts))

    def _box(self, box: ET.Element, run: Run) -> None:
        with self.draft.aside() as pieces:
            self.content(box)
        self._hang(pieces, run)

    def _hang(self, pieces: list[Piece], run: Run) -> None:
        if pieces:
            self.draft.tell("boxes", pieces[0].text)
        run.boxes.extend(pieces)

    def _table(self, element: ET.Element) -> None:
        rows = []
        for row in _under(element, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                self.draft.leave_out("deletions", text_of(row))
                continue
            cells = []
            for cell in _under(row, "tc"):
                with self.draft.aside() as pieces:
                    self.content(cell)
                cells.append(pieces)
            rows.append(cells)
        self.draft.add_table(rows)

    def add_footnotes(self, root: ET.Element) -> None:
        for note in root:
            if "eparat" in value(note, "type") or value(note, "type") == "continuationNotice":
                continue
            with self.draft.aside() as pieces:
                self.content(note)
            if pieces:
                self.draft.tell("footnotes", pieces[0].text)
            self.draft.end.extend(piece._replace(kind="paragraph") for piece in pieces)

    def add_diagram(self, root: ET.Element) -> None:
        """The texts of a drawing made of shapes (SmartArt)."""
        run = Run()
        with self.draft.aside() as pieces:
            for one in root.iter():
                if local(one.tag) == "pt":
                    self.draft.add("paragraph", text_of(one))
        self._hang(pieces, run)
        self.draft.extend(run.boxes)


def _wrapped(*elements: ET.Element) -> ET.Element:
    whole = ET.Element("whole")
    whole.extend(elements)
    return whole


def _chosen(alternate: ET.Element) -> ET.Element:
    """Of the ways in which the same thing is written the first that has a text."""
    ways = [one for one in alternate if local(one.tag) in ("Choice", "Fallback")]
    return next((one for one in ways if text_of(one).strip()), ways[0] if ways else ET.Element("none"))


def _boxes(element: ET.Element) -> Iterator[ET.Element]:
    """The texts inside a drawing, each one once."""
    for one in element:
        name = local(one.tag)
        if name == "AlternateContent":
            yield from _boxes(_wrapped(*_chosen(one)))
        elif name == "txbxContent" or (name == "p" and text_of(one).strip()):
            yield one if name == "txbxContent" else _wrapped(one)
        else:
            yield from _boxes(one)


def _under(element: ET.Element, wanted: str) -> Iterator[ET.Element]:
    """Rows or cells, also inside wrappers, not those of a table further in."""
    for one in element:
        if local(one.tag) == wanted:
            yield one
        elif local(one.tag) not in ("tr", "tc", *_NO_TEXT):
            yield from _under(one, wanted)
