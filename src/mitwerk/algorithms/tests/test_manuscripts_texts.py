"""Pasted texts: plain, HTML and Markdown; and the cleaning of one text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mitwerk.algorithms.manuscripts import Block, Manuscript, Note, kind_of, plain, read
from mitwerk.algorithms.manuscripts.finishing import speaks_of_goals

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART = "\u2764\ufe0f\u200d\U0001f525"
PERSIAN = "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \t b  ", "a b"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a \n\n \n\n b", "a\n\nb"),
        ("§\u00a01\u202f000\u2009%", "§ 1 000 %"),
        ("Silben\u00adtrennung", "Silbentrennung"),
        ("a\u200bb\ufeffc\u2060d\x00e\x1b[0m", "abcde[0m"),
        ("\u202ekehrt\u202c \u2066um\u2069 \u200f\u061c", "kehrt um"),
        ("a\u0308", "ä"),
        ("a\u200b\u0308", "ä"),
        ("a\u200db\u200cc", "abc"),
        (FAMILY, FAMILY),
        (HEART, HEART),
        (FAMILY[:2] + "x", FAMILY[:1] + "x"),
        (PERSIAN, PERSIAN),
        ("\u0628\u200c\u200c\u200c\u0628", "\u0628\u200c\u0628"),
        ("क्\u200dष", "क्\u200dष"),
        ("1\ufe0f\u20e3 a\ufe0f", "1\ufe0f\u20e3 a"),
        ("葛\U000e0100 a\U000e0100\U000e0041", "葛\U000e0100 a"),
        ("\ud83d a \ufffe\ufffc", "a"),
        ("\u3164\u115f\uffa0", ""),
        ("a" + "\u0301" * 40, "á" + "\u0301" * 15),
    ],
)
def test_one_text_is_cleaned(text: str, cleaned: str):
    assert plain(text) == cleaned


SIGNS = st.one_of(
    st.characters(),
    st.sampled_from(
        "aä\u0308\u0344\u0301\u0316\u200b\u200c\u200d\u202e\ufeff\ufe0f\u2764\U0001f468ब्ب\u00ad \u00a0\n\r\t"
    ),
)


@given(st.text(SIGNS, max_size=60))
@example("a" + "\u0344" * 16)
def test_cleaning_twice_changes_nothing(text: str):
    once = plain(text)
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x17F), max_size=60))
def test_what_is_seen_stays(text: str):
    assert plain(text) == unicodedata.normalize("NFC", text)


LEITBILD = """Leitbild des Clusters

Wer wir sind

Ein Satz, der auf zwei
Zeilen steht.
Und noch einer.

Unsere Ziele für 2030

- Energie
  sparen
• Holz nutzen
3. Zahlen sammeln

Was nun folgt:

Ende, ohne Zeile danach
"""


def test_a_plain_text_has_headings_paragraphs_and_goals():
    assert read(LEITBILD.encode(), "text") == Manuscript(
        "Leitbild des Clusters",
        (
            Block("heading", "Wer wir sind"),
            Block("paragraph", "Ein Satz, der auf zwei Zeilen steht. Und noch einer."),
            Block("heading", "Unsere Ziele für 2030"),
            Block("goal", "Energie sparen"),
            Block("goal", "Holz nutzen"),
            Block("goal", "Zahlen sammeln"),
            Block("paragraph", "Was nun folgt:"),
            Block("paragraph", "Ende, ohne Zeile danach"),
        ),
        (Note("numbers", 1, "3. Zahlen sammeln"),),
    )


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("1. Zweck\n\nText.\n\n2. Ziele\n\nText.", ["1. Zweck", "2. Ziele"]),
        ("1. eins\n\n2. zwei\n\n3. drei\n\nText.", []),
        ("1 Zweck\n\n1.1 Tiefer\n\nText.\n\n2 Ziele\n\nText.", ["1 Zweck", "2 Ziele"]),
        ("1 Zweck\n\n2 Ziele\n\nText.", ["1 Zweck", "2 Ziele"]),
        ("Zweck\n=====\nText.\n\nZiele\n---\nText.", ["Ziele"]),
        ("# Zweck\nText.\n# Ziele #\nText.", ["Zweck", "Ziele"]),
        ("a" * 80 + "\n\nText.", ["a" * 80]),
        ("a" * 81 + "\n\nText.", []),
        ("Ein Satz.\n\nText.", []),
        ("„Ein Satz.“\n\nText.", []),
        ("Zweck\nText.", []),
        ("Am Ende", []),
    ],
)
def test_a_heading_is_told_by_its_looks(text: str, headings: list[str]):
    blocks = read(text.encode(), "text").blocks
    assert [block.text for block in blocks if block.kind == "heading"] == headings


@pytest.mark.parametrize(
    "heading", ["Ziele", "Unsere Klimaziele", "ZIEL", "Our goals", "Aims", "Zielbild", "4. Leitziele:"]
)
def test_a_heading_speaks_of_goals(heading: str):
    assert speaks_of_goals(heading)


@pytest.mark.parametrize("heading", ["Zielgruppe", "Was wir erzielen", "Claims", "Werte", "", "zielstrebig"])
def test_a_heading_speaks_of_something_else(heading: str):
    assert not speaks_of_goals(heading)


WORD = """<html xmlns:o="urn:x"><head><meta charset=windows-1252><title>Dokument1</title>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><style>p.MsoNormal {margin:0cm}</style></head><body>
<p class=MsoTitle>Leitbild<o:p></o:p></p><h1>Unsere Ziele</h1>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>Energie sparen</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><!--[endif]-->Holz&nbsp;nutzen</p>
<p class=MsoNormal>Ein <b>fetter</b> Satz<span
class=msoIns> und neu</span><del>weg</del>.</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>· getippt</p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Anmerkung</p></div></div>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>Fußnote.</p></div></div>
</body></html>"""


def test_what_word_puts_on_the_clipboard():
    assert read(WORD.encode(), "text") == Manuscript(
        "Leitbild",
        (
            Block("heading", "Unsere Ziele"),
            Block("goal", "Energie sparen"),
            Block("goal", "Holz nutzen"),
            Block("paragraph", "Ein fetter Satz und neu."),
            Block("goal", "getippt"),
            Block("paragraph", "Fußnote."),
        ),
        (
            Note("settings", 2),
            Note("numbers", 1, "1."),
            Note("format", 1, "fetter"),
            Note("insertions", 1, "und neu"),
            Note("deletions", 1, "weg"),
            Note("comments", 1, "Anmerkung"),
            Note("footnotes", 1, "Fußnote."),
            Note("properties", 1, "Dokument1"),
        ),
    )


HTML_KEPT = {
    "paragraph": "<p>kanari",
    "no paragraph": "<html>kanari",
    "after a paragraph": "<p>x</p>kanari",
    "heading": "<h2>kanari</h2><p>x",
    "list": "<ul><li>kanari</ul>",
    "list in a list": "<ul><li>x<ol><li>kanari</ol></ul>",
    "table": "<table><tr><td>kanari<td>x</table>",
    "head of a table": "<table><caption>x</caption><thead><tr><th>kanari<th>x</table>",
    "nested table": "<table><tr><td>x<table><tr><td>kanari<td>y</table><td>z</table>",
    "table without cells": "<table>kanari</table>",
    "cell without table": "<p>x<td>kanari",
    "definition": "<dl><dt>x<dd>kanari</dl>",
    "code": "<pre><code>kanari</code></pre>",
    "link": "<p><a href=x>kanari</a>",
    "hidden": "<p style='display:none'>kanari",
    "hidden by Word": "<p><span style='mso-hide:all'>kanari</span>",
    "details": "<details><summary>x</summary>kanari</details>",
    "form": "<form><select><option>kanari</option></select></form>",
    "text area": "<textarea>kanari</textarea><p>x",
    "unheard of": "<p><st1:place>kanari</st1:place>",
    "picture of letters": "<svg><text>kanari</text></svg>",
    "never closed": "<div><b><i><table><tr><td>kanari",
    "closed twice": "</p></div></td>kanari<p>",
    "box of Word": "<!--[if gte vml 1]><v:shape><v:textbox><p>kanari</p></v:textbox></v:shape><![endif]--><p>x",
    "condition of Word": "<p><![if !vml]>kanari<![endif]>",
    "no script": "<noscript>kanari</noscript><p>x",
    "name of a sign": "<p>&#107;anari",
    "title of the page": "<title>kanari</title><p>x",
}


@pytest.mark.parametrize("place", HTML_KEPT)
def test_a_text_in_html_is_kept_once_wherever_it_stands(place: str):
    manuscript = read(HTML_KEPT[place].encode(), "html")
    assert " ".join([manuscript.title, *(one.text for one in manuscript.blocks)]).split().count("kanari") == 1


@pytest.mark.parametrize(
    ("markup", "note"),
    [
        ("<!-- kanari -->", Note("comments", 1, "kanari")),
        ("<![CDATA[kanari]]>", Note("comments", 1, "[CDATA[kanari]]")),
        ("<del>kanari</del>", Note("deletions", 1, "kanari")),
        ("<span class=msoDel>kan<b>ari</b></span>", Note("deletions", 1, "kanari")),
        ("<img src=x alt=kanari>", Note("pictures", 1, "kanari")),
        ("<input value=kanari>", Note("fields", 1, "kanari")),
        ("<span title=kanari></span>", Note("titles", 1, "kanari")),
        ("<div style='mso-element:header'><p>kanari</div>", Note("headers", 1, "kanari")),
        ("<p class=MsoToc1>kanari</p>", Note("contents", 1, "kanari")),
        ("<script>kanari</script>", Note("scripts", 1)),
        ("<script>kanari</p><!-- x --></script>", Note("scripts", 1)),
        ("<template><p>kanari</template>", Note("scripts", 1)),
        ("<style>kanari</style>", Note("settings", 1)),
        ("<xml><w:x>kanari</w:x></xml>", Note("settings", 1)),
        ("<iframe src=x></iframe>", Note("embedded", 1)),
    ],
)
def test_what_is_left_out_of_html_is_told(markup: str, note: Note):
    assert read(f"{markup}<p>Text.".encode(), "html") == Manuscript("", (Block("paragraph", "Text."),), (note,))


def test_a_script_never_closed_is_no_text_but_told():
    assert read(b"<p>Text.</p><script>alert(1)<p>mehr", "html").notes == (Note("scripts", 1),)


_TAGS = "p div li ul ol table tr td th b a h1 h2 h4 br span pre blockquote center dd o:p".split()
_PIECES = st.sampled_from(
    [*(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS), "W", "W", "W", "&amp;", " "]
)


@given(st.lists(_PIECES, max_size=40))
def test_no_word_of_html_is_lost_or_doubled_however_wrong_its_tags_are(pieces: list[str]):
    words = [f"w{at}w" for at, piece in enumerate(pieces) if piece == "W"]
    markup = "".join(f"w{at}w" if piece == "W" else piece for at, piece in enumerate(pieces))
    manuscript = read(f"<p>{markup}<p>Ende".encode(), "html")
    texts = " ".join([manuscript.title, *(block.text for block in manuscript.blocks)])
    assert [texts.count(word) for word in words] == [1] * len(words)


def test_lists_tables_and_breaks_of_html():
    markup = (
        "<h2>Ziele</h2><ul><li>eins<li><p>zwei</p><p>mehr</p></ul><p>a<br>b<br><br>c</p>"
        "<table><tr><td>l<td>r</tr><tr><td>nur</table><pre>x\ny</pre><b style='font-weight:normal'>d</b>"
    )
    assert read(markup.encode(), "html") == Manuscript(
        "",
        (
            Block("heading", "Ziele"),
            Block("goal", "eins"),
            Block("goal", "zwei"),
            Block("paragraph", "mehr"),
            Block("paragraph", "a b"),
            Block("paragraph", "c"),
            Block("paragraph", "l · r"),
            Block("paragraph", "nur"),
            Block("paragraph", "x y"),
            Block("paragraph", "d"),
        ),
        (Note("breaks", 2, "a b c"), Note("tables", 1, "l · r"), Note("format", 1, "d")),
    )


MARKDOWN_KEPT = {
    "paragraph": "kanari",
    "heading": "# kanari\n\nx",
    "underlined": "kanari\n===\n\nx",
    "list": "- x\n    1. kanari",
    "quotation": "> > kanari",
    "table": "| x | y |\n|---|---|\n| kanari | z |",
    "code": "`kanari`",
    "block of code": "```\nkanari\n```",
    "indented": "x\n\n    kanari",
    "HTML": "<div>kanari</div>",
    "HTML in a line": "x <b>kanari</b>",
    "footnote": "x[^1]\n\n[^1]: kanari",
    "definition of a link": "[kanari ]: http://x",
    "link": "[kanari](http://x)",
    "link that is none": "[kanari](javascript:x)",
    "front matter": "---\ntitle: kanari\n---\n\nx",
    "struck": "~~kanari~~",
    "escaped": "\\kanari".replace("\\k", "\\_ k"),
}


@pytest.mark.parametrize("place", MARKDOWN_KEPT)
def test_a_text_in_markdown_is_kept_once_wherever_it_stands(place: str):
    manuscript = read(MARKDOWN_KEPT[place].encode(), "markdown")
    words = " ".join([manuscript.title, *(block.text for block in manuscript.blocks)])
    assert words.count("kanari") == 1


def test_markdown_has_headings_and_goals():
    text = '# Leitbild\n\n## Ziele\n\n* Holz **nutzen**\n\n1. Zahlen\n\n![Bild](x.png "Titel")<script>x</script>\n'
    assert read(text.encode(), "markdown") == Manuscript(
        "Leitbild",
        (Block("heading", "Ziele"), Block("goal", "Holz nutzen"), Block("goal", "Zahlen")),
        (Note("format", 1, "nutzen"), Note("pictures", 1, "Bild"), Note("titles", 1, "Titel"), Note("scripts", 1)),
    )


def test_a_long_paragraph_is_split_after_a_sentence():
    text = "Ein Satz von vierzig Zeichen, ungefähr so. " * 200
    manuscript = read(text.encode(), "text")
    assert " ".join(block.text for block in manuscript.blocks) == text.strip()
    assert [block.text[-3:] for block in manuscript.blocks] == ["so."] * 2
    assert manuscript.notes == (Note("long", 1, text[:80].strip()),)


def test_a_long_heading_is_a_paragraph():
    heading = "<h1>" + "Wort " * 50 + "</h1><h1>Ziele</h1>"
    assert [block.kind for block in read(heading.encode(), "html").blocks] == ["paragraph", "heading"]


def test_signs_that_nobody_sees_are_told():
    assert read("Ein\u200b Satz\u202e.".encode(), "text") == Manuscript(
        "", (Block("paragraph", "Ein Satz."),), (Note("unseen", 2, "Ein Satz."),)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_all_programs(encoding: str):
    assert read("Größe.".encode(encoding), "text") == Manuscript("", (Block("paragraph", "Größe."),), ())


@pytest.mark.parametrize(
    ("content", "text"), [(b"Ja \xe4", "Ja ä"), ("Öl ja ä".encode()[:-1], "Öl ja"), (b"a\x81", "a\ufffd")]
)
def test_the_last_letter_of_an_old_file_is_not_cut(content: bytes, text: str):
    assert read(content, "text").blocks == (Block("paragraph", text),)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("", b"Text", "text"),
        ("", b"<p class=x>Text", "html"),
        ("", b"<html>Text", "html"),
        ("", b"5 < 6 und <pre-1900>", "text"),
        ("a.TXT", b"Text", "text"),
        ("a.md", b"<p>Text", "markdown"),
        ("a.htm", b"Text", "html"),
        ("a.html", b"<?xml version='1.0'?><html>Text", "html"),
    ],
)
def test_the_kind_is_told_by_name_and_content(name: str, content: bytes, kind: str):
    assert kind_of(name, content) == kind
