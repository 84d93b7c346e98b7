"""News become pages of the site: the tree they hang in is made first, then their topics, then each of them."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from mitwerk.clusters.queries import clusters, the_region
from mitwerk.core.saving import Change, Tally
from mitwerk.operations.region.fields import translated
from mitwerk.operations.region.reading import Rows
from mitwerk.operations.region.records import Note, Values
from mitwerk.operations.region.shelf import Shelf
from mitwerk.pages.actions import ensure_page_tree, load_topics, save_news
from mitwerk.vocabularies.models import TOPICS
from mitwerk.vocabularies.queries import notations

R = TypeVar("R")


def load_pages(topics: Rows) -> Tally:
    """Homes, lists of news and texts of the region and its clusters, and the topics news can have."""
    region = the_region()
    if region:
        ensure_page_tree(region=region, clusters=clusters())
    is_new = not notations(TOPICS)
    written = load_topics(rows=[row.values for row in topics.rows])
    return Tally(*((written, 0) if is_new else (0, written)), unchanged=len(topics.rows) - written)


def news(row: Values, shelf: Shelf, note: Note) -> Change:
    about: dict[str, Any] = shelf.about_news.get(row["id"], {})
    is_new = row["id"] not in shelf.stored_news
    is_written = save_news(
        source_id=row["id"],
        date=row["date"].first,
        date_is_month=not row["date"].day,
        title=translated(row, "title"),
        text=translated(row, "text"),
        clusters=shelf.clusters(row["clusters"]),
        topics=_known(about.get("topics", []), shelf.topics),
        organisations=_known(about.get("organisations", []), shelf.organisations),
        projects=_known(about.get("projects", []), shelf.projects),
        sources=row["sources"],
        as_of=row["as_of"],
    )
    if not is_written:
        return Change.UNCHANGED
    return Change.NEW if is_new else Change.CHANGED


def _known(ids: Iterable[str], records: Mapping[str, R]) -> list[R]:
    """The records that are there; what was refused is told where it was refused."""
    return [records[one] for one in ids if one in records]
