"""Texts on their way out and back: round trips, other people's programs, and files that are meant to hurt."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from mitwerk.algorithms.rich_segments import rebuilt, segments
from mitwerk.algorithms.text_units import Bundle, TextUnit, Unreadable, holdable, is_same_text, nests, placeholders
from mitwerk.algorithms.unit_tables import read_workbook, write_workbook
from mitwerk.algorithms.xliff import read_xliff, write_xliff
from mitwerk.algorithms.zips import check_zip

UNIT = TextUnit("page:1:body.0.0", "Rufen Sie {1}uns {2}an{/2}{/1}.{3/}Ja & nein < 5", "", "missing", "Seite", True)
WORDS = st.text(max_size=60)
ONE_WORD = st.text(alphabet=st.characters(exclude_characters="{}"), min_size=1).filter(str.strip)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>
<xliff version="2.0" srcLang="de" trgLang="en"><file id="f"><unit id="u"><segment><source>&c;</source></segment>
</unit></file></xliff>"""
XXE = BOMB.replace(b'<!ENTITY b "bbbbbbbbbb">', b'<!ENTITY b SYSTEM "file:///etc/passwd">')


@settings(max_examples=60, deadline=None)
@given(source=WORDS, target=WORDS, note=WORDS)
@pytest.mark.parametrize(("write", "read"), [(write_xliff, read_xliff), (write_workbook, read_workbook)])
def test_what_goes_out_comes_back(write: object, read: object, source: str, target: str, note: str) -> None:
    bundle = Bundle("de", "en", [TextUnit("a:b:c", source, target, "behind", note)])
    back = read(write(bundle))  # type: ignore[operator]
    assert back[:2] == ("de", "en")
    [unit] = back.units
    assert unit.id == "a:b:c"
    assert is_same_text(unit.source, source)
    assert is_same_text(unit.target, target)


def test_codes_become_elements_and_come_back() -> None:
    written = write_xliff(Bundle("de", "en", [UNIT]))
    assert b'<pc id="1">uns <pc id="2">an</pc></pc>.<ph id="3" />Ja &amp; nein &lt; 5' in written
    assert read_xliff(written).units[0].source == UNIT.source


def test_another_program_reads_the_export_and_we_read_what_it_writes() -> None:
    """translate-toolkit is what Pootle, Weblate and Virtaal read and write with."""
    plain = TextUnit("project:x:title", "Mühle & Co.", "Mill", "behind", "Kooperationsprojekt · Mühle")
    theirs = Xliff2File.parsestring(write_xliff(Bundle("de", "en", [plain, UNIT])))
    assert theirs.units[0].source == "Mühle & Co."
    assert theirs.units[0].target == "Mill"
    theirs.units[0].target = "Mill Ltd."
    [first, second] = read_xliff(bytes(theirs)).units
    assert (first.id, first.source, first.target) == ("project:x:title", "Mühle & Co.", "Mill Ltd.")
    assert second.source == UNIT.source


def test_the_older_format_of_another_program_is_read() -> None:
    theirs = xlifffile(sourcelanguage="de", targetlanguage="en-GB")
    unit = theirs.addsourceunit("Mühle")
    unit.setid("project:x:title")
    unit.target = "Mill"
    found = read_xliff(bytes(theirs))
    assert found[:2] == ("de", "en")
    assert [(one.id, one.source, one.target) for one in found.units] == [("project:x:title", "Mühle", "Mill")]


def test_inline_elements_of_the_older_format() -> None:
    old = b"""<xliff version="1.2"><file source-language="de" target-language="en"><body><group><trans-unit id="u">
    <source>Ein <g id="1">Wort</g><x id="2"/></source><target><mrk>A</mrk> <g id="1">word</g><x id="2"/></target>
    </trans-unit></group></body></file></xliff>"""
    [unit] = read_xliff(old).units
    assert (unit.source, unit.target) == ("Ein {1}Wort{/1}{2/}", "A {1}word{/1}{2/}")


def workbook(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in {"[Content_Types].xml": b"<Types/>", **files}.items():
            packed.writestr(name, content)
    return out.getvalue()


def with_entity(content: bytes) -> bytes:
    """Our own workbook with a document type in its sheet."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if "sheet1" in name:
                evil = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'
                data = data.replace(b"<worksheet", evil, 1)
            new.writestr(name, data)
    return out.getvalue()


GOOD_BOOK = write_workbook(Bundle("de", "en", [UNIT]))


@pytest.mark.parametrize(
    ("read", "content", "code"),
    [
        (read_xliff, BOMB, "bomb"),
        (read_xliff, XXE, "bomb"),
        (read_xliff, b"<html><body/></html>", "kind"),
        (read_xliff, b"<xliff version='2.0'", "broken"),
        (read_xliff, write_xliff(Bundle("de", "en", [UNIT]))[:-30], "broken"),
        (read_xliff, b"<" * 5_000_000, "broken"),
        (read_workbook, b"PK" + b"\x00" * 5_000_000, "broken"),
        (read_workbook, GOOD_BOOK[: len(GOOD_BOOK) // 2], "broken"),
        (read_workbook, workbook({"a.xml": b"0" * 30_000_000}), "bomb"),
        (read_workbook, workbook({str(number): b"" for number in range(200)}), "bomb"),
        (read_workbook, workbook({"a.xml": b"<a/>"}), "broken"),
        (read_workbook, with_entity(GOOD_BOOK), "broken"),
    ],
    ids=[
        "entities", "outside entity", "another file", "cut at once", "cut late", "junk", "junk behind PK",
        "half a workbook", "zip bomb", "too many files", "no workbook", "entity in a workbook",
    ],
)  # fmt: skip
def test_bad_files_are_told_apart(read: object, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(content)  # type: ignore[operator]
    assert str(told.value) == code


def test_control_a_good_workbook_passes() -> None:
    check_zip(GOOD_BOOK)
    assert read_workbook(GOOD_BOOK).units[0].source == UNIT.source


def sheet(*rows: list[object]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_columns_are_found_by_their_names() -> None:
    content = sheet(["x", "source:de", "id", "target:en"], [1, "Mühle", "a:b:c", "Mill"], [2, "leer"])
    assert [(unit.id, unit.target) for unit in read_workbook(content).units] == [("a:b:c", "Mill")]
    with pytest.raises(Unreadable, match="kind"):
        read_workbook(sheet(["a", "b"], ["1", "2"]))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Text</p>", ["Text"]),
        ('<h2>Ü</h2><p>Rufen Sie <a href="x">uns <b>an</b></a> &amp; ja.<br/>Neu</p>', [
            "Ü", "Rufen Sie {1}uns {2}an{/2}{/1} & ja.{3/}Neu"]),
        ("<ul><li>eins</li><li><i>zwei</i></li></ul><hr/><p></p>", ["eins", "{1}zwei{/1}"]),
        ("", []),
    ],
)  # fmt: skip
def test_rich_text_is_taken_apart_and_put_together(html: str, found: list[str]) -> None:
    assert segments(html) == found
    assert rebuilt(html, found) == html


def test_a_translation_cannot_bring_marks_of_its_own() -> None:
    html = '<p>Rufen Sie <a href="x">uns</a>.</p>'
    assert rebuilt(html, ["<script>Call</script> {1}us{/1} {9}"]) == (
        '<p>&lt;script&gt;Call&lt;/script&gt; <a href="x">us</a> {9}</p>'
    )


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(ONE_WORD, min_size=1))
def test_any_text_survives_rich_text(texts: list[str]) -> None:
    html = "<p>x</p>" * len(texts)
    assert [one.split() for one in segments(rebuilt(html, texts))] == [one.split() for one in texts]


@pytest.mark.parametrize(
    ("text", "marks", "in_order"),
    [
        ("{1}a{/1} {2/}", {"{1}": 1, "{/1}": 1, "{2/}": 1}, True),
        ("{/1}a{1}", {"{1}": 1, "{/1}": 1}, False),
        ("{1}{2}a{/1}{/2}", {"{1}": 1, "{2}": 1, "{/1}": 1, "{/2}": 1}, False),
        ("Hallo %(name)s, <b>5</b> < 6", {"%(name)s": 1, "<b>": 1, "</b>": 1}, True),
        ("nichts", {}, True),
    ],
)
def test_placeholders(text: str, marks: dict[str, int], in_order: bool) -> None:
    assert (dict(placeholders(text)), nests(text)) == (marks, in_order)


def test_characters_no_file_can_hold_are_left_out() -> None:
    assert holdable("a\x00b\ud800c\ufffe\n\td") == "abc\n\td"
