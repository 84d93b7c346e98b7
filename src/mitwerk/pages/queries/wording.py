"""Reads of what a page says, text by text: its plain fields, and its body in paragraphs with codes for the marks."""

from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from mitwerk.algorithms.rich_segments import rebuilt, segments
from mitwerk.pages.models import NewsPage, StandardPage
from mitwerk.pages.queries.twins import PLAIN

BODY = "body."


def texts_of_page(page: Page) -> dict[str, str]:
    """Name to text; `body.2.0` is the first paragraph of the third block. `page` is of its own type."""
    plain = {name: str(getattr(page, name)) for name in PLAIN if getattr(page, name, "")}
    return {**plain, **dict(_paragraphs(page))}


def plain_limit(page: Page, name: str) -> int | None:
    return page._meta.get_field(name).max_length  # type: ignore[no-any-return]


def plain_names(page: Page) -> list[str]:
    return [name for name in PLAIN if hasattr(page, name)]


def _paragraphs(page: Page) -> Iterator[tuple[str, str]]:
    for number, (_key, html) in enumerate(_pieces(page)):
        yield from ((f"{BODY}{number}.{n}", text) for n, text in enumerate(segments(html)))


def _pieces(page: Page) -> list[tuple[int | None, str]]:
    """The texts of a body as rich text, each with its place in the stream. Homes are arranged per language: none."""
    if isinstance(page, NewsPage):
        return [(None, page.body)]
    if not isinstance(page, StandardPage):
        return []
    found: list[tuple[int | None, str]] = []
    for place, raw in enumerate(page.body.raw_data):
        if raw["type"] == "text":
            found.append((place, raw["value"]))
        elif raw["type"] == "picture" and raw["value"].get("caption"):
            found.append((place, escape(raw["value"]["caption"], quote=False)))
    return found


def body_with(page: Page, texts: Mapping[str, str]) -> Any:
    """The body of `page` with all of its paragraphs replaced: what its twin is to hold."""
    pieces = [
        (place, rebuilt(html, [texts[f"{BODY}{number}.{n}"] for n in range(len(segments(html)))]))
        for number, (place, html) in enumerate(_pieces(page))
    ]
    if isinstance(page, NewsPage):
        return pieces[0][1]
    raw = [dict(one) for one in page.body.raw_data]
    for place, html in pieces:
        assert place is not None  # noqa: S101
        one = raw[place]
        one["value"] = html if one["type"] == "text" else {**one["value"], "caption": unescape(html)}
    return StreamValue(page.body.stream_block, raw, is_lazy=True)
