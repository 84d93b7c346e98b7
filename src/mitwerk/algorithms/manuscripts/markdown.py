"""Markdown (CommonMark with tables), by way of the HTML it stands for.

Definitions of links (`[a]: address`) are not read as such: what CommonMark takes out of the text, and with it every
footnote that is one word, stays a line of the text.

Source: CommonMark 0.31.
"""

from markdown_it import MarkdownIt

from mitwerk.algorithms.manuscripts.drafts import Draft
from mitwerk.algorithms.manuscripts.markup import read_markup
from mitwerk.algorithms.text_units import Unreadable

MOST_DEPTH = 40


def read_markdown(text: str, draft: Draft) -> None:
    """Raises `Unreadable`: many; bomb for quotations and lists so deep that the parser would drop what is inside."""
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_DEPTH}).enable(["table", "strikethrough"])
    parser.disable("reference")
    tokens = parser.parse(text)
    if any(inner.level >= MOST_DEPTH - 1 for token in tokens for inner in (token, *(token.children or ()))):
        raise Unreadable("bomb")
    read_markup(parser.renderer.render(tokens, parser.options, {}), draft)
