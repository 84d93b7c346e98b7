"""Documents of LibreOffice: every place that can hold a text is kept or told of."""

from io import BytesIO

import pytest
from odfdo import Annotation, Document, Frame, Header, List, Paragraph, Section

from mitwerk.algorithms.manuscripts import Block, Manuscript, kind_of, read
from mitwerk.algorithms.manuscripts import Note as Told
from mitwerk.algorithms.tests.manuscript_files import writer_file


def p(inner: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


_CELL = "<table:table-cell>{}</table:table-cell>"
_NESTED = f"<table:table><table:table-row>{_CELL.format(p('kanari'))}</table:table-row></table:table>"
KEPT = {
    "body": p("kanari"),
    "heading": '<text:h text:outline-level="1">kanari</text:h>' + p("x"),
    "span": p("<text:span><text:span>kanari</text:span></text:span>"),
    "after an element": p('<text:bookmark text:name="x"/>kanari<text:tab/>'),
    "section": f"<text:section><text:section>{p('kanari')}</text:section></text:section>",
    "hidden section": f'<text:section text:display="none">{p("kanari")}</text:section>',
    "hidden paragraph": p("kanari", "H"),
    "hidden text": p('<text:hidden-text text:condition="x" text:string-value="kanari"/>'),
    "frame": p(f"<draw:frame><draw:text-box>{p('kanari')}</draw:text-box></draw:frame>"),
    "frame of the page": f"<draw:frame><draw:text-box>{p('kanari')}</draw:text-box></draw:frame>",
    "shape": p(f"<draw:g><draw:custom-shape>{p('kanari')}</draw:custom-shape></draw:g>"),
    "frame in a link": p(f"<draw:a><draw:frame><draw:text-box>{p('kanari')}</draw:text-box></draw:frame></draw:a>"),
    "link": p('<text:a xlink:href="x">kanari</text:a>'),
    "list": f"<text:list><text:list-item>{p('kanari')}</text:list-item></text:list>",
    "head of a list": f"<text:list><text:list-header>{p('kanari')}</text:list-header></text:list>",
    "list in a list": f"<text:list><text:list-item><text:list><text:list-item>{p('kanari')}</text:list-item>"
    "</text:list></text:list-item></text:list>",
    "numbered": f"<text:numbered-paragraph>{p('kanari')}</text:numbered-paragraph>",
    "table": f"<table:table><table:table-header-rows><table:table-row>{_CELL.format(p('kanari'))}"
    f"{_CELL.format(p('x'))}</table:table-row></table:table-header-rows></table:table>",
    "nested table": f"<table:table><table:table-row>{_CELL.format(_NESTED)}{_CELL.format(p('x'))}"
    "</table:table-row></table:table>",
    "covered cell": f"<table:table><table:table-row><table:covered-table-cell>{p('kanari')}"
    "</table:covered-table-cell></table:table-row></table:table>",
    "note": p(
        f"x<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('kanari')}</text:note-body>"
        "</text:note>"
    ),
    "field": p('<text:date text:fixed="true">kanari</text:date>'),
    "placeholder": p("<text:placeholder>kanari</text:placeholder>"),
    "ruby": p("<text:ruby><text:ruby-base>x </text:ruby-base><text:ruby-text>kanari</text:ruby-text></text:ruby>"),
    "meta": p("<text:meta>kanari</text:meta>"),
    "unheard of": f"<text:future><text:future>{p('<text:future>kanari</text:future>')}</text:future></text:future>",
}


@pytest.mark.parametrize("place", KEPT)
def test_a_text_is_kept_once_wherever_it_stands(place: str):
    manuscript = read(writer_file(KEPT[place]), "odt")
    texts = " ".join([manuscript.title, *(block.text for block in manuscript.blocks)])
    assert texts.split().count("kanari") == 1


_REGION = "<text:tracked-changes><text:changed-region {}>{}</text:changed-region></text:tracked-changes>"
_INFO = "<office:change-info><dc:creator>Anna</dc:creator><dc:date>2026</dc:date></office:change-info>"


@pytest.mark.parametrize(
    ("body", "master", "told"),
    [
        (
            _REGION.format("", f"<text:deletion>{_INFO}{p('kanari')}</text:deletion>"),
            "",
            Told("deletions", 1, "kanari"),
        ),
        (
            p(f"<office:annotation><dc:creator>Anna</dc:creator>{p('kanari')}</office:annotation>"),
            "",
            Told("comments", 1, "kanari"),
        ),
        ("", f"<style:header>{p('kanari')}</style:header>", Told("headers", 1, "kanari")),
        ("", f"<style:footer-first>{p('kanari')}</style:footer-first>", Told("headers", 1, "kanari")),
        (
            f"<text:table-of-content><text:index-body>{p('kanari')}</text:index-body></text:table-of-content>",
            "",
            Told("contents", 1, "kanari"),
        ),
        (p("<draw:frame><draw:image/><svg:desc>kanari</svg:desc></draw:frame>"), "", Told("pictures", 1, "kanari")),
        (p("<draw:frame><draw:object/></draw:frame>"), "", Told("embedded", 1, "")),
        (p("<text:script>kanari</text:script>"), "", Told("scripts", 1, "kanari")),
        (p("<text:number>1.</text:number>"), "", Told("numbers", 1, "1.")),
    ],
)
def test_what_is_left_out_is_told(body: str, master: str, told: Told):
    assert read(writer_file(body + p("Text."), master), "odt") == Manuscript(
        "", (Block("paragraph", "Text."),), (told,)
    )


def test_what_was_inserted_is_kept_and_told():
    insertion = _REGION.format('text:id="c1"', f"<text:insertion>{_INFO}</text:insertion>")
    mark = '<text:change-{} text:change-id="c1"/>'
    body = insertion + p(f"Alt{mark.format('start')} und neu{mark.format('end')} und alt.")
    assert read(writer_file(body), "odt") == Manuscript(
        "", (Block("paragraph", "Alt und neu und alt."),), (Told("insertions", 1, "und neu"),)
    )


def test_title_bold_lines_and_spaces():
    body = p("Leitbild", "P1") + p("Unser Ziel", "B") + "<text:list><text:list-item>" + p("eins") + p("mehr")
    body += "</text:list-item></text:list>" + p('a<text:s text:c="3"/>b\n  c<text:line-break/>d')
    assert read(writer_file(body), "odt") == Manuscript(
        "Leitbild",
        (
            Block("heading", "Unser Ziel"),
            Block("goal", "eins"),
            Block("paragraph", "mehr"),
            Block("paragraph", "a b c d"),
        ),
        (Told("breaks", 1, "a b c d"), Told("guessed", 1, "Unser Ziel")),
    )


def test_reads_what_another_program_has_written():
    document = Document("text")
    body = document.body
    body.clear()
    body.append(Header(1, "Ziele"))
    body.append(List(["Holz nutzen", "Zahlen sammeln"]))
    paragraph = Paragraph("Ein Satz.")
    paragraph.insert_note(after="Satz", note_id="n1", citation="1", body="Eine Fußnote.")
    paragraph.insert_annotation(Annotation("Anmerkung", creator="Anna"), after="Satz")
    body.append(paragraph)
    section = Section()
    section.append(Paragraph("Im Abschnitt."))
    body.append(section)
    carrier = Paragraph("Träger.")
    carrier.append(Frame.text_frame("Im Rahmen."))
    body.append(carrier)
    document.save(written := BytesIO())
    assert kind_of("leitbild.odt", written.getvalue()) == "odt"
    read_in = read(written.getvalue(), "odt")
    assert read_in.blocks == (
        Block("heading", "Ziele"),
        Block("goal", "Holz nutzen"),
        Block("goal", "Zahlen sammeln"),
        Block("paragraph", "Ein Satz."),
        Block("paragraph", "Im Abschnitt."),
        Block("paragraph", "Träger."),
        Block("paragraph", "Im Rahmen."),
        Block("paragraph", "Eine Fußnote."),
    )
    assert {note.code: note.sample for note in read_in.notes} == {
        "comments": "Anmerkung",
        "footnotes": "Eine Fußnote.",
        "boxes": "Im Rahmen.",
    }
