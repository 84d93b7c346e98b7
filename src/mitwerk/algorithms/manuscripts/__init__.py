"""Reads what an office has of a charter into a title, headings, paragraphs and goals, and says what it left out.

`kinds` tells the kind of a file, `texts`, `markup`, `markdown`, `word` and `writer` read one kind each into a draft,
`finishing` makes the manuscript of it, `signs` cleans one text.

**Headings, paragraphs, goals.** The headings of the highest level that is used stay headings; deeper ones become
paragraphs with their level. The title is the paragraph set as one, else the first heading where it stands above all
others. Where a file has no heading, short paragraphs all in bold become headings. An item of a list is a paragraph,
and a goal where a heading above it speaks of goals. What is longer than 200 characters is no heading.

**Plain text.** Empty lines end what stands before them. A heading is a line of at most 80 characters that stands alone
between empty lines, with text after it and without a sign at its end that closes a sentence; a line with hash signs
before it or signs of equality or hyphens under it; or a numbered line that stands alone ("2.1 Title" is a level
deeper), unless the line before or after it stands alone with a number too: then both are items. An item begins with a
hyphen, a dash, an asterisk, a bullet, or a number or letter with full stop or bracket. All other lines that follow each
other are one paragraph, joined by spaces. A paste with tags of HTML in it is HTML.

**Notes.** Kept, and told: tables (each row is a paragraph, its cells joined by " · "; a row with one filled cell is
what stands in it), footnotes (at the end; endnotes too), insertions (tracked), boxes (text in drawings, after the
paragraph they hang on), links (without the address), format (without bold, italic …), hidden (text that was set to be
not shown), breaks (line breaks in a paragraph: one is a space, two begin a paragraph), levels (a deeper heading),
long (split at a sentence), guessed (a heading for being bold).
Left out, and told: pictures (sample: what describes them), deletions (tracked), comments, headers (and footers of
pages), contents (tables of contents and other lists that were made from the text), embedded (other files inside),
charts, fields (of forms), titles (that HTML shows where one points), scripts, settings (style sheets and settings of
Word in HTML), properties (the name a page of HTML gives itself, where the text has another title), numbers (typed
before an item), signs (of a symbol font, or a line without letter or digit), unseen (signs that nobody sees).
No text, and not told: numbers and bullets that a program makes, addresses, codes of fields, the language of code in
Markdown, who wrote a comment and when, properties of documents.
"""

from typing import Literal

from mitwerk.algorithms.manuscripts.drafts import (
    MOST_BLOCKS,
    MOST_BYTES,
    Block,
    Draft,
    Manuscript,
    Note,
)
from mitwerk.algorithms.manuscripts.finishing import finish
from mitwerk.algorithms.manuscripts.kinds import check_size, kind_of, packed_kind
from mitwerk.algorithms.manuscripts.markdown import read_markdown
from mitwerk.algorithms.manuscripts.markup import read_markup
from mitwerk.algorithms.manuscripts.packed import Package
from mitwerk.algorithms.manuscripts.signs import plain
from mitwerk.algorithms.manuscripts.texts import decoded, has_markup, read_text
from mitwerk.algorithms.manuscripts.word import read_word
from mitwerk.algorithms.manuscripts.writer import read_writer
from mitwerk.algorithms.text_units import Unreadable

__all__ = ["MOST_BLOCKS", "MOST_BYTES", "Block", "Manuscript", "Note", "kind_of", "plain", "read"]


def read(content: bytes, kind: Literal["text", "html", "markdown", "docx", "odt"]) -> Manuscript:
    """Raises `Unreadable`: empty, big, kind (it is not what it was said to be), broken, bomb, many (blocks), nothing
    (no text in it)."""
    check_size(content)
    draft = Draft()
    if kind in ("docx", "odt"):
        _read_packed(content, kind, draft)
    elif kind == "markdown":
        read_markdown(decoded(content), draft)
    else:
        text = decoded(content)
        (read_markup if kind == "html" or has_markup(text) else read_text)(text, draft)
    return finish(draft)


def _read_packed(content: bytes, kind: str, draft: Draft) -> None:
    if not content.startswith(b"PK"):
        raise Unreadable("kind")
    package = Package(content)
    if packed_kind(package) != kind:
        raise Unreadable("kind")
    (read_word if kind == "docx" else read_writer)(package, draft)
