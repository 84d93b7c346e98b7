"""Documents of LibreOffice and its like (.odt): the text of all parts, in the order of reading.

Walks the XML itself and enters every element that is not known to be no text, so that nothing is lost in a wrapper
nobody thought of.

Source: OpenDocument 1.3, part 3.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from mitwerk.algorithms.manuscripts.drafts import Draft, Kind, Run
from mitwerk.algorithms.manuscripts.packed import Package, child, local, value
from mitwerk.algorithms.manuscripts.writer_styles import Styles
from mitwerk.algorithms.text_units import Unreadable

_NO_TEXT = {
    *("scripts", "forms", "settings", "font-face-decls", "automatic-styles", "variable-decls", "sequence-decls"),
    *("user-field-decls", "dde-connection-decls", "alphabetical-index-auto-mark-file"),
}
_ABOUT = {"change-info", "creator", "date", "date-string", "creator-initials", "sender-initials", "note-citation"}
_INDEXES = {
    *("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"),
    "bibliography",
}
_LEFT_OUT = {"annotation": "comments", "script": "scripts", "number": "numbers"} | dict.fromkeys(_INDEXES, "contents")
_BLOCKS = {"p", "h", "list", "table", "section", "numbered-paragraph"}
_OBJECTS = {"object", "object-ole", "plugin", "applet", "floating-frame"}


def read_writer(package: Package, draft: Draft) -> None:
    """Raises `Unreadable`."""
    content, styles = package.part("content.xml"), package.part("styles.xml")
    body = child(child(content, "body"), "text")
    if body is None:
        raise Unreadable("broken")
    _Reader(draft, Styles(content, styles)).content(body)
    for page in child(styles, "master-styles") or ():
        for one in page:
            if local(one.tag).startswith(("header", "footer")):
                draft.leave_out("headers", text_of(one))


def text_of(element: ET.Element) -> str:
    """All text inside, without who wrote it and when."""
    name = local(element.tag)
    if name in _ABOUT:
        return ""
    texts = [" " if name in ("p", "h", "s", "tab", "line-break") else "", element.text or ""]
    for one in element:
        texts += [text_of(one), one.tail or ""]
    return "".join(texts)


class _Reader:
    def __init__(self, draft: Draft, styles: Styles) -> None:
        self.draft = draft
        self.styles = styles
        self.insertions: set[str] = set()
        self.open_insertions: set[str] = set()

    def content(self, element: ET.Element) -> None:
        """What stands in a body, a section, a cell, a box or a note."""
        for one in element:
            name = local(one.tag)
            if name in ("p", "h"):
                self._paragraph(one)
            elif name == "list":
                self._list(one)
            elif name == "table":
                self._table(one)
            elif name == "tracked-changes":
                self._changes(one)
            elif name in _LEFT_OUT:
                self.draft.leave_out(_LEFT_OUT[name], text_of(one))
            elif _is_drawn(one):
                run = Run()
                self._drawing(one, run)
                self.draft.extend(run.boxes)
            elif name not in _NO_TEXT and not self._is_mark(one):
                if value(one, "display") == "none":
                    self.draft.tell("hidden", text_of(one))
                self.content(one)

    def _paragraph(self, element: ET.Element, kind: Kind | None = None) -> None:
        run, look = Run(), self.styles.look(value(element, "style-name"))
        self._tell_look(value(element, "style-name"), element)
        self._inline(element, run, look.is_bold)
        level = value(element, "outline-level") if local(element.tag) == "h" else look.level
        if local(element.tag) == "h" or level:
            kind = "heading"
        elif look.is_title:
            kind = "title"
        if run.text().strip():
            is_level = level.isascii() and level.isdigit() and len(level) < 3
            self.draft.add_lines(kind or "paragraph", run.text(), int(level) if is_level else 1, run.is_strong)
        self.draft.extend(run.boxes)

    def _inline(self, element: ET.Element, run: Run, is_bold: bool) -> None:
        self._write(element.text or "", run, is_bold)
        for one in element:
            self._inline_element(one, run, is_bold)
            self._write(one.tail or "", run, is_bold)

    def _write(self, text: str, run: Run, is_bold: bool) -> None:
        run.write(text, is_bold)
        if self.open_insertions and text.strip():
            self.draft.tell("insertions", text, 0)

    def _inline_element(self, one: ET.Element, run: Run, is_bold: bool) -> None:
        name = local(one.tag)
        if name in ("s", "tab", "line-break"):
            run.texts.append("\n" if name == "line-break" else " ")
        elif name in _LEFT_OUT:
            self.draft.leave_out(_LEFT_OUT[name], text_of(one))
        elif name == "note":
            self._note(one)
        elif name == "hidden-text":
            self.draft.tell("hidden", value(one, "string-value"))
            run.write(value(one, "string-value"), is_bold)
        elif _is_drawn(one) or name in _BLOCKS:
            self._drawing(one, run)
        elif name not in _NO_TEXT and not self._is_mark(one):
            if name == "a":
                self.draft.leave_out("links", text_of(one))
            self._tell_look(value(one, "style-name"), one)
            self._inline(one, run, self.styles.look(value(one, "style-name")).is_bold or is_bold)

    def _tell_look(self, style: str, element: ET.Element) -> None:
        look = self.styles.look(style)
        if look.is_hidden:
            self.draft.leave_out("hidden", text_of(element))
        if look.has_format and local(element.tag) == "span":
            self.draft.leave_out("format", text_of(element))

    def _note(self, note: ET.Element) -> None:
        with self.draft.aside() as pieces:
            self.content(note)
        if pieces:
            self.draft.tell("footnotes", pieces[0].text)
        self.draft.end.extend(piece._replace(kind="paragraph") for piece in pieces)

    def _list(self, element: ET.Element) -> None:
        for item in element:
            kind: Kind = "item" if local(item.tag) == "list-item" else "paragraph"
            for one in item:
                if local(one.tag) == "p":
                    self._paragraph(one, kind)
                    kind = "paragraph"
                else:
                    self.content(_wrapped(one))

    def _table(self, element: ET.Element) -> None:
        rows = []
        for row in _under(element, ("table-row",)):
            cells = []
            for cell in _under(row, ("table-cell", "covered-table-cell")):
                with self.draft.aside() as pieces:
                    self.content(cell)
                cells.append(pieces)
            rows.append(cells)
        self.draft.add_table(rows)

    def _drawing(self, element: ET.Element, run: Run) -> None:
        alts: list[str] = []
        with self.draft.aside() as pieces:
            has_picture = self._shape(_wrapped(element), alts)
        if pieces:
            self.draft.tell("boxes", pieces[0].text)
        if has_picture or any(alts):
            self.draft.tell("pictures", " ".join(alts))
        run.boxes.extend(pieces)

    def _shape(self, element: ET.Element, alts: list[str]) -> bool:
        """Adds the texts of a drawing; says whether there is a picture in it."""
        has_picture = False
        for one in element:
            name = local(one.tag)
            has_picture = has_picture or name == "image"
            if name in _BLOCKS:
                self.content(_wrapped(one))
            elif name == "text-box":
                self.content(one)
            elif name in ("title", "desc"):
                alts.append(one.text or "")
            elif name in _LEFT_OUT:
                self.draft.leave_out(_LEFT_OUT[name], text_of(one))
            elif name in _OBJECTS:
                self.draft.tell("embedded", text_of(one))
            else:
                has_picture = self._shape(one, alts) or has_picture
        return has_picture

    def _changes(self, element: ET.Element) -> None:
        for region in element:
            for change in region:
                if local(change.tag) == "deletion":
                    self.draft.leave_out("deletions", text_of(change))
                elif local(change.tag) == "insertion":
                    self.insertions.add(value(region, "id"))

    def _is_mark(self, element: ET.Element) -> bool:
        """Whether it marks where an insertion begins or ends, or another change."""
        name, of = local(element.tag), value(element, "change-id")
        if name == "change-start" and of in self.insertions:
            self.draft.tell("insertions")
            self.open_insertions.add(of)
        elif name == "change-end":
            self.open_insertions.discard(of)
        return name in ("change", "change-start", "change-end")


def _is_drawn(element: ET.Element) -> bool:
    return "drawing" in element.tag.partition("}")[0] and local(element.tag) != "a"


def _wrapped(element: ET.Element) -> ET.Element:
    whole = ET.Element("whole")
    whole.append(element)
    return whole


def _under(element: ET.Element, wanted: tuple[str, ...]) -> Iterator[ET.Element]:
    """Rows or cells, also inside groups, not those of a table further in."""
    for one in element:
        if local(one.tag) in wanted:
            yield one
        elif local(one.tag) not in ("table-row", "table-cell", "covered-table-cell"):
            yield from _under(one, wanted)
