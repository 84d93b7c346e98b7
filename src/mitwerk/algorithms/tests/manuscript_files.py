"""Documents made in code: XML by hand for what the libraries cannot write, in the forms Word and LibreOffice write."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACES = " ".join(
    f'xmlns:{short}="{space}"'
    for short, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
WORD_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/>{based}<w:pPr>{more}</w:pPr></w:style>'
    for one, name, based, more in (
        ("Titel", "Title", "", ""),
        ("berschrift1", "heading 1", "", '<w:outlineLvl w:val="0"/>'),
        ("berschrift2", "heading 2", "", '<w:outlineLvl w:val="1"/>'),
        ("Hausstil", "Haus", '<w:basedOn w:val="berschrift1"/>', ""),
        ("Liste", "List Bullet", "", '<w:numPr><w:numId w:val="3"/></w:numPr>'),
        ("Verzeichnis1", "toc 1", "", ""),
    )
)
_KINDS = {
    "word/styles.xml": (_MAIN + "styles+xml", "w:styles"),
    "word/footnotes.xml": (_MAIN + "footnotes+xml", "w:footnotes"),
    "word/endnotes.xml": (_MAIN + "endnotes+xml", "w:endnotes"),
    "word/comments.xml": (_MAIN + "comments+xml", "w:comments"),
    "word/header1.xml": (_MAIN + "header+xml", "w:hdr"),
    "word/footer1.xml": (_MAIN + "footer+xml", "w:ftr"),
    "word/diagrams/data1.xml": (
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        "dgm:dataModel",
    ),
    "word/charts/chart1.xml": ("application/vnd.openxmlformats-officedocument.drawingml.chart+xml", "c:chartSpace"),
}


def packed(files: dict[str, str | bytes]) -> bytes:
    """A packed file; `mimetype` is stored as it is, as OpenDocument wants it."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(ZipInfo(name), content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return written.getvalue()


def p(text: str, style: str = "", more: str = "") -> str:
    """A paragraph of Word with a text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{r(text)}</w:p>" if text else "<w:p/>"


def r(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def word_file(body: str, main: str = "word/document.xml", before: str = "", **parts: str) -> bytes:
    """A document with this body; `parts` are named like `footnotes`. `before` stands before the root."""
    names = {name.rpartition("/")[2].removesuffix(".xml"): name for name in _KINDS}
    content = {main: f"{before}<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    types = f'<Override PartName="/{main}" ContentType="{_MAIN}document.main+xml"/>'
    for short, inner in {"styles": WORD_STYLES, **parts}.items():
        kind, root = _KINDS[names[short]]
        content[names[short]] = f"<{root} {_SPACES}>{inner}</{root}>"
        types += f'<Override PartName="/{names[short]}" ContentType="{kind}"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return packed({"[Content_Types].xml": f'<Types xmlns="{space}">{types}</Types>', **content})


_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
    for short, space in {
        "office": "office:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "draw": "drawing:1.0",
        "style": "style:1.0",
        "svg": "svg-compatible:1.0",
        "fo": "xsl-fo-compatible:1.0",
    }.items()
)
_ODF += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
WRITER_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}">'
    f"<style:text-properties {look}/></style:style>"
    for name, parent, look in (
        ("P1", "Title", ""),
        ("B", "", 'fo:font-weight="bold"'),
        ("H", "", 'text:display="none"'),
    )
)


def writer_file(body: str, master: str = "", before: str = "") -> bytes:
    """A document of LibreOffice with this body; `master` are the headers and footers of its page."""
    automatic = f"<office:automatic-styles>{WRITER_STYLES}</office:automatic-styles>"
    page = f'<style:master-page style:name="Standard">{master}</style:master-page>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{before}<office:document-content {_ODF}>{automatic}<office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:master-styles>{page}</office:master-styles>"
            "</office:document-styles>",
        }
    )
