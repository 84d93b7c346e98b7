"""Documents of Word: every place that can hold a text is kept or told of."""

from io import BytesIO

import pytest
from docx import Document

from mitwerk.algorithms.manuscripts import Block, Manuscript, Note, kind_of, read
from mitwerk.algorithms.tests.manuscript_files import p, r, word_file

_BOX = "<w:txbxContent>{}</w:txbxContent>"
_DRAWN = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
    "{}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "x" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
KEPT = {
    "body": p("kanari"),
    "heading": p("kanari", "berschrift1") + p("x"),
    "table": f"<w:tbl><w:tr><w:tc>{p('kanari')}</w:tc><w:tc>{p('x')}</w:tc></w:tr></w:tbl>",
    "nested table": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p('kanari')}</w:tc></w:tr></w:tbl>{p('x')}</w:tc>"
    f"<w:tc>{p('y')}</w:tc></w:tr></w:tbl>",
    "cell in a control": f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{p('kanari')}</w:tc></w:sdtContent></w:sdt>"
    "</w:tr></w:tbl>",
    "list": p("kanari", "Liste"),
    "insertion": f"<w:p><w:ins w:id='1'>{r('kanari')}</w:ins></w:p>",
    "moved here": f"<w:p><w:moveTo w:id='1'>{r('kanari')}</w:moveTo></w:p>",
    "insertion around a paragraph": f"<w:ins w:id='1'>{p('kanari')}</w:ins>",
    "control": f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{r('kanari')}</w:sdtContent></w:sdt></w:p>",
    "control around paragraphs": f"<w:sdt><w:sdtContent>{p('kanari')}</w:sdtContent></w:sdt>",
    "control in a control": f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{p('kanari')}</w:sdtContent></w:sdt>"
    "</w:sdtContent></w:sdt>",
    "link": f"<w:p><w:hyperlink>{r('kanari')}</w:hyperlink></w:p>",
    "field": f"<w:p>{_FIELD.format(r('kanari'))}</w:p>",
    "simple field": f'<w:p><w:fldSimple w:instr="DATE">{r("kanari")}</w:fldSimple></w:p>',
    "smart tag": f"<w:p><w:smartTag><w:smartTag>{r('kanari')}</w:smartTag></w:smartTag></w:p>",
    "custom XML": f"<w:customXml>{p('kanari')}</w:customXml>",
    "ruby": f"<w:p><w:r><w:ruby><w:rt>{r('kanari')}</w:rt><w:rubyBase>{r(' x')}</w:rubyBase></w:ruby></w:r></w:p>",
    "formula": "<w:p><m:oMath><m:r><m:t>kanari</m:t></m:r></m:oMath></w:p>",
    "box": f"<w:p><w:r>{_DRAWN.format(_BOX.format(p('kanari')))}</w:r></w:p>",
    "box of an old Word": f"<w:p><w:r><w:pict><v:shape><v:textbox>{_BOX.format(p('kanari'))}</v:textbox></v:shape>"
    "</w:pict></w:r></w:p>",
    "box that only the fallback has": f"<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict><v:textbox>"
    f"{_BOX.format(p('kanari'))}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "drawn letters": '<w:p><w:r><w:pict><v:shape><v:textpath string="kanari"/></v:shape></w:pict></w:r></w:p>',
    "text in a drawing": f"<w:p><w:r>{_DRAWN.format('<a:p><a:r><a:t>kanari</a:t></a:r></a:p>')}</w:r></w:p>",
    "hidden": f"<w:p>{r('kanari', '<w:vanish/>')}</w:p>",
    "astray": r("kanari"),
}


def words(read_in: Manuscript) -> str:
    return " ".join([read_in.title, *(block.text for block in read_in.blocks)])


@pytest.mark.parametrize("place", KEPT)
def test_a_text_is_kept_once_wherever_it_stands(place: str):
    assert words(read(word_file(KEPT[place]), "docx")).split().count("kanari") == 1


@pytest.mark.parametrize(
    ("body", "parts", "note"),
    [
        (f"<w:p><w:del>{r('kanari').replace('w:t>', 'w:delText>')}</w:del></w:p>", {}, Note("deletions", 1, "kanari")),
        (f"<w:p><w:moveFrom>{r('kanari')}</w:moveFrom></w:p>", {}, Note("deletions", 1, "kanari")),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('kanari')}</w:tc></w:tr></w:tbl>",
            {},
            Note("deletions", 1, "kanari"),
        ),
        (f"<w:del>{p('kanari')}</w:del>", {}, Note("deletions", 1, "kanari")),
        ("", {"header1": p("kanari")}, Note("headers", 1, "kanari")),
        ("", {"footer1": p("kanari"), "header1": p("")}, Note("headers", 1, "kanari")),
        (
            "",
            {"comments": f"<w:comment>{p('kanari')}</w:comment><w:comment>{p('b')}</w:comment>"},
            Note("comments", 2, "kanari"),
        ),
        ("", {"chart1": "<c:title><a:p><a:r><a:t>kanari</a:t></a:r></a:p></c:title>"}, Note("charts", 1, "kanari")),
        (p("kanari", "Verzeichnis1"), {}, Note("contents", 1, "kanari")),
        ('<w:p><w:r><w:drawing><wp:docPr descr="kanari"/></w:drawing></w:r></w:p>', {}, Note("pictures", 1, "kanari")),
        ('<w:p><w:r><w:sym w:font="kanari" w:char="F0E0"/></w:r></w:p>', {}, Note("signs", 1, "kanari")),
        ('<w:altChunk r:id="kanari"/>', {}, Note("embedded", 1, "kanari")),
    ],
)
def test_what_is_left_out_is_told(body: str, parts: dict[str, str], note: Note):
    assert read(word_file(body + p("Text."), **parts), "docx") == Manuscript(
        "", (Block("paragraph", "Text."),), (note,)
    )


def test_notes_stand_at_the_end_and_lines_between_notes_are_none():
    notes = f'<w:footnote w:type="separator">{p("---")}</w:footnote><w:footnote>{p("Fuß.")}</w:footnote>'
    content = word_file(p("Text."), footnotes=notes, endnotes=f"<w:endnote>{p('Ende.')}</w:endnote>")
    assert read(content, "docx") == Manuscript(
        "",
        (Block("paragraph", "Text."), Block("paragraph", "Fuß."), Block("paragraph", "Ende.")),
        (Note("footnotes", 2, "Fuß."),),
    )


def test_the_shapes_of_a_drawing_are_paragraphs():
    shapes = "<dgm:pt><dgm:t><a:p><a:r><a:t>Eins</a:t></a:r></a:p></dgm:t></dgm:pt>"
    assert read(word_file(p("Text."), data1=shapes), "docx") == Manuscript(
        "", (Block("paragraph", "Text."), Block("paragraph", "Eins")), (Note("boxes", 1, "Eins"),)
    )


def test_a_box_stands_after_the_paragraph_it_hangs_on_and_is_read_once():
    box = _BOX.format(p("Im Kasten."))
    both = f"<mc:AlternateContent><mc:Choice>{_DRAWN.format(box)}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
    body = f"<w:p>{r('Vor ')}<w:r>{both}</mc:Fallback></mc:AlternateContent></w:r>{r('und nach.')}</w:p>{p('Weiter.')}"
    assert [block.text for block in read(word_file(body), "docx").blocks] == ["Vor und nach.", "Im Kasten.", "Weiter."]


def test_title_headings_goals_and_deeper_headings():
    body = (
        p("Leitbild", "Titel")
        + p("Unsere Ziele", "berschrift1")
        + p("Kurzfristig", "berschrift2")
        + p("Energie sparen", "Liste")
        + p("Text.")
        + p("Wer wir sind", "Hausstil")
        + p("Wir", "Liste")
        + p("Kein Punkt", "Liste", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("• getippt")
    )
    assert read(word_file(body), "docx") == Manuscript(
        "Leitbild",
        (
            Block("heading", "Unsere Ziele"),
            Block("paragraph", "Kurzfristig", 2),
            Block("goal", "Energie sparen"),
            Block("paragraph", "Text."),
            Block("heading", "Wer wir sind"),
            Block("paragraph", "Wir"),
            Block("paragraph", "Kein Punkt"),
            Block("paragraph", "getippt"),
        ),
        (Note("levels", 1, "Kurzfristig"),),
    )


def test_styles_that_are_based_on_each_other_end():
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "bc", "cb")
    )
    assert read(word_file(p("Text.", "a"), styles=styles), "docx").blocks == (Block("paragraph", "Text."),)


def test_bold_lines_are_headings_only_where_there_is_no_heading():
    bold = f"<w:p>{r('Unser Weg', '<w:b/>')}</w:p>"
    off = "<w:p>" + r("Kein Weg", '<w:b w:val="0"/>') + "</w:p>"
    guessed = read(word_file(bold + off), "docx")
    assert guessed.blocks == (Block("heading", "Unser Weg"), Block("paragraph", "Kein Weg"))
    assert guessed.notes == (Note("format", 1, "Unser Weg"), Note("guessed", 1, "Unser Weg"))
    styled = read(word_file(p("Ziel", "berschrift1") + bold), "docx")
    assert styled.blocks == (Block("heading", "Ziel"), Block("paragraph", "Unser Weg"))


def test_line_breaks_are_spaces_and_two_of_them_begin_a_paragraph():
    body = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br/><w:br/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r></w:p>"
    assert read(word_file(body), "docx") == Manuscript(
        "", (Block("paragraph", "a b"), Block("paragraph", "c d")), (Note("breaks", 1, "a b c d"),)
    )


def test_a_table_for_the_layout_holds_what_it_holds():
    body = f"<w:tbl><w:tr><w:tc>{p('Unsere Ziele', 'berschrift1')}{p('eins', 'Liste')}</w:tc><w:tc/></w:tr></w:tbl>"
    assert read(word_file(body), "docx") == Manuscript(
        "", (Block("heading", "Unsere Ziele"), Block("goal", "eins")), ()
    )


def test_the_document_may_have_another_name_as_in_some_clouds():
    content = word_file(p("Text."), main="word/document2.xml")
    assert kind_of("leitbild.docx", content) == "docx"
    assert read(content, "docx").blocks == (Block("paragraph", "Text."),)


def test_reads_what_another_program_has_written():
    document = Document()
    document.add_heading("Leitbild", 0)
    document.add_heading("Ziele", 1)
    document.add_paragraph("Holz nutzen", style="List Bullet")
    document.add_paragraph("Zahlen sammeln", style="List Number")
    document.add_paragraph("Ein Satz.").add_run(" Fett.").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "links", "rechts"
    document.sections[0].header.paragraphs[0].text = "Kopf"
    document.add_comment(document.paragraphs[-1].runs, text="Anmerkung")
    document.save(written := BytesIO())
    assert read(written.getvalue(), "docx") == Manuscript(
        "Leitbild",
        (
            Block("heading", "Ziele"),
            Block("goal", "Holz nutzen"),
            Block("goal", "Zahlen sammeln"),
            Block("paragraph", "Ein Satz. Fett."),
            Block("paragraph", "links · rechts"),
        ),
        (
            Note("format", 1, "Fett."),
            Note("tables", 1, "links · rechts"),
            Note("comments", 1, "Anmerkung"),
            Note("headers", 1, "Kopf"),
        ),
    )
