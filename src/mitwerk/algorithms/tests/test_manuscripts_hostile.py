"""Files of strangers: whatever they are, they are read or refused with a code, and nothing is fetched or unfolded."""

from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mitwerk.algorithms import manuscripts
from mitwerk.algorithms.manuscripts import MOST_BLOCKS, MOST_BYTES, Manuscript, kind_of, read
from mitwerk.algorithms.manuscripts import packed as limits
from mitwerk.algorithms.manuscripts.drafts import Draft
from mitwerk.algorithms.manuscripts.finishing import MOST_PARAGRAPH
from mitwerk.algorithms.tests.manuscript_files import p, packed, word_file, writer_file
from mitwerk.algorithms.text_units import Unreadable

KINDS = ("text", "html", "markdown", "docx", "odt")
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = _LAUGHS + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40
LOCKED_ODT = packed(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        "content.xml": b"\x99\x98\x97",
    }
)
WORD, WRITER = word_file(p("Ein Satz.")), writer_file("<text:p>Ein Satz.</text:p>")


def code_of(content: bytes, name: str) -> str:
    try:
        read(content, kind_of(name, content))
    except Unreadable as unreadable:
        return str(unreadable)
    return ""


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The packed file with another part in the place of one, or with one part more."""
    with ZipFile(BytesIO(content)) as opened:
        return packed({one: opened.read(one) for one in opened.namelist()} | {name: part})


DEEP = b"<a>" * 3000 + b"</a>" * 3000
REFUSED = {
    "nothing at all": (b"", "x.txt", "empty"),
    "spaces": (b" \n\t", "x.txt", "empty"),
    "too big": (b"a" * (MOST_BYTES + 1), "x.txt", "big"),
    "old Word": (OLE, "x.doc", "kind"),
    "locked Word": (OLE, "x.docx", "kind"),
    "locked OpenDocument": (LOCKED_ODT, "x.odt", "kind"),
    "PDF": (b"%PDF-1.7 x", "x.pdf", "kind"),
    "PDF without a name": (b"%PDF-1.7 x", "", "kind"),
    "PDF with the name of a text": (b"%PDF-1.7 x", "x.txt", "kind"),
    "rich text": (b"{\\rtf1 x}", "x.txt", "kind"),
    "a program": (b"MZ\x90\x00\x03" + bytes(range(256)) * 20, "x.docx", "kind"),
    "a program with the name of a text": (b"MZ\x90\x00\x03" + bytes(range(256)) * 20, "x.txt", "kind"),
    "noise": (bytes(range(1, 256)) * 20, "x.md", "kind"),
    "a text with the name of a document": (b"Ein Satz.", "x.docx", "kind"),
    "a text with another name": (b"Ein Satz.", "x.csv", "kind"),
    "some packed file": (packed({"a.txt": "b"}), "x.docx", "kind"),
    "a workbook": (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "x.xlsx", "kind"),
    "half a document": (WORD[: len(WORD) // 2], "x.docx", "broken"),
    "a document without its end": (WRITER[:-30], "x.odt", "broken"),
    "a document that is none": (with_part(WORD, "word/document.xml", b"<x/>"), "x.docx", "broken"),
    "a text that is none": (with_part(WRITER, "content.xml", b"<x/>"), "x.odt", "broken"),
    "not well-formed": (with_part(WORD, "word/document.xml", b"<w:document>"), "x.docx", "broken"),
    "not well-formed, aside": (with_part(WORD, "word/styles.xml", b"<w:styles>"), "x.docx", "broken"),
    "laughs": (word_file(p("&i;"), before=LAUGHS), "x.docx", "bomb"),
    "laughs in OpenDocument": (writer_file("<text:p>&i;</text:p>", before=LAUGHS), "x.odt", "bomb"),
    "a document type": (word_file(p("x"), before="<!DOCTYPE x>"), "x.docx", "bomb"),
    "an entity from outside": (word_file(p("&i;"), before=OUTSIDE), "x.docx", "bomb"),
    "a bomb": (with_part(WORD, "word/media/a.bin", b"\0" * 20_000_000), "x.docx", "bomb"),
    "a name that leads out": (with_part(WORD, "../../a", b""), "x.docx", "bomb"),
    "too deep": (with_part(WORD, "word/document.xml", DEEP), "x.docx", "bomb"),
    "too deep in OpenDocument": (with_part(WRITER, "content.xml", DEEP), "x.odt", "bomb"),
    "no text": (word_file(""), "x.docx", "nothing"),
    "signs only": (b"--- *** ---", "x.txt", "nothing"),
    "scripts only": (b"<p><script>alert(1)</script></p>", "x.html", "nothing"),
    "too many": (b"- a\n" * (MOST_BLOCKS + 1), "x.txt", "many"),
    "too many in a document": (word_file(p("a") * (MOST_BLOCKS + 1)), "x.docx", "many"),
    "too many rows": (b"<table>" + b"<tr><td>a<td>b" * (MOST_BLOCKS + 1) + b"</table>", "x.html", "many"),
    "too many parts": (
        b"Ein Satz. " * (MOST_PARAGRAPH // 10 * 2) + b"\n\n" + b"- a\n" * (MOST_BLOCKS - 1),
        "x.txt",
        "many",
    ),
    "quotations in quotations": (b">" * 60 + b" tief", "x.md", "bomb"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_its_code(case: str):
    content, name, code = REFUSED[case]
    assert code_of(content, name) == code


DEEP_ENOUGH = writer_file("<text:p>" + "<text:span>" * 100 + "Tief." + "</text:span>" * 100 + "</text:p>")
READ = {
    "Word": (WORD, "x.docx"),
    "Word without its ending": (WORD, ""),
    "OpenDocument": (WRITER, "x.odt"),
    "Word with a picture": (with_part(WORD, "word/media/a.bin", bytes(range(256)) * 50), "x.docx"),
    "Word with another part": (with_part(WORD, "word/other.xml", LAUGHS.encode()), "x.docx"),
    "OpenDocument with a list of parts": (with_part(WRITER, "META-INF/manifest.xml", b"<manifest/>"), "x.odt"),
    "deep": (DEEP_ENOUGH, "x.odt"),
    "quotations in quotations": (b">" * 20 + b" tief", "x.md"),
    "a text": (b"Ein Satz.", "x.txt"),
    "as big as can be": (b"Ein Satz. " + b" " * (MOST_BYTES - 10), "x.txt"),
    "as many parts as can be": (b"Ein Satz. " * (MOST_PARAGRAPH // 10 * 2) + b"\n\n" + b"- a\n" * 990, "x.txt"),
}


@pytest.mark.parametrize("case", READ)
def test_what_is_close_to_a_limit_is_read(case: str):
    content, name = READ[case]
    assert code_of(content, name) == ""


@pytest.mark.parametrize(("content", "kind"), [(b"Text.", "docx"), (WORD, "odt"), (WRITER, "docx"), (OLE, "docx")])
def test_a_file_is_what_it_was_said_to_be(content: bytes, kind: str):
    with pytest.raises(Unreadable, match=r"^kind$"):
        read(content, kind)


def test_a_part_that_lies_about_its_size_is_not_unpacked_further(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_PART", 100)
    assert code_of(WORD, "x.docx") == "bomb"


def test_a_tree_that_is_too_large_is_not_built(monkeypatch: pytest.MonkeyPatch):
    assert code_of(WORD, "x.docx") == ""
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 5)
    assert code_of(WORD, "x.docx") == "bomb"


def test_the_most_blocks_are_read():
    assert len(read(b"- a\n" * MOST_BLOCKS, "text").blocks) == MOST_BLOCKS
    assert manuscripts.MOST_BLOCKS == MOST_BLOCKS


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 200_000 + "tief",
        "<b>" * 300_000 + "tief",
        "<table><tr><td>" * 20_000 + "tief",
        "<ul><li>" * 100_000 + "tief",
        "<p style='" + "a:b;" * 200_000 + "'>tief",
    ],
)
def test_html_may_be_as_deep_as_it_likes(content: str):
    assert [block.text for block in read(content.encode(), "html").blocks] == ["tief"]


def test_comments_with_conditions_inside_each_other_are_no_way_down():
    manuscript = read(("<p>Text." + "<!--[if x]>" * 5000 + "tief").encode(), "html")
    assert [block.text for block in manuscript.blocks] == ["Text."]
    assert [(note.code, note.count) for note in manuscript.notes] == [("comments", 1)]


def test_reading_stops_at_the_most_blocks():
    draft = Draft()
    for _one in range(MOST_BLOCKS):
        draft.add("paragraph", "a")
    with pytest.raises(Unreadable, match=r"^many$"):
        draft.add("paragraph", "a")
    with pytest.raises(Unreadable, match=r"^many$"):
        draft.extend([])


def test_what_the_parser_refuses_is_broken(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_given: object) -> None:
        raise etree.ParserError("x")

    monkeypatch.setattr(etree, "HTML", refuse)
    assert code_of(b"<p>Text.", "x.html") == "broken"


@pytest.mark.parametrize("kind", KINDS)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@settings(max_examples=60, deadline=None)
def test_noise_is_read_or_refused(kind: str, content: bytes):
    assert is_read_or_refused(content, kind)


_FRAGMENTS = (
    *("<p", ">", "</", "<!--", "-->", "<![if x]>", "<![endif]", "[if x]>", "<td>", "<table>", "</td>", "<script>", "="),
    *(
        "&#",
        "x;",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "> ",
        "1. ",
        "|",
        "---",
        "```",
        "[a]: ",
        "](",
        "![",
        "*",
        "_",
        " ",
        "a",
        "Ä",
    ),
    *("\u202e", "\0", "<span style='mso-list:Ignore'>", "style=';:'", "<pre>", "<br>", "<title>", "<svg>", "<math>"),
    *("<frameset>", "<?", "\ud800"),
)


@pytest.mark.parametrize("kind", ["text", "html", "markdown"])
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=30))
@settings(max_examples=150, deadline=None)
def test_a_text_of_fragments_is_read_or_refused(kind: str, fragments: list[str]):
    assert is_read_or_refused("".join(fragments).encode("utf-8", "surrogatepass"), kind)


def is_read_or_refused(content: bytes, kind: str) -> bool:
    try:
        return isinstance(read(content, kind), Manuscript)
    except Unreadable as unreadable:
        return str(unreadable) in {"empty", "big", "kind", "broken", "bomb", "many", "nothing"}


@cache
def unpacked(kind: str) -> dict[str, bytes]:
    with ZipFile(BytesIO(WORD if kind == "docx" else WRITER)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(content: bytes, at: int, cut: int, put: bytes) -> bytes:
    at %= len(content)
    return content[:at] + put + content[at + cut :]


CHANGE = {"at": st.integers(0, 100_000), "cut": st.integers(0, 40), "put": st.binary(max_size=8)}


@pytest.mark.parametrize("kind", ["docx", "odt"])
@given(**CHANGE)
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused(kind: str, at: int, cut: int, put: bytes):
    assert is_read_or_refused(changed(WORD if kind == "docx" else WRITER, at, cut, put), kind)


@pytest.mark.parametrize("kind", ["docx", "odt"])
@given(data=st.data(), **CHANGE)
@settings(max_examples=150, deadline=None)
def test_a_file_with_a_damaged_part_is_read_or_refused(kind: str, data: st.DataObject, at: int, cut: int, put: bytes):
    parts = unpacked(kind)
    name = data.draw(st.sampled_from(sorted(parts)))
    put = data.draw(
        st.sampled_from([put, b"<w:p>", b"</w:p>", b'w:val="99999999999"', b"&#0;", b"&x;", b"<text:list>"])
    )
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        for one, content in parts.items():
            opened.writestr(one, changed(content, at, cut, put) if one == name else content)
    assert is_read_or_refused(written.getvalue(), kind)
