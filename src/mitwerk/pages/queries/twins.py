"""Reads of twins: what a page says, what it lacks beside its twin, and who may see that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.permissions import policy_registry

from mitwerk.algorithms.textdiff import Part, diff
from mitwerk.core.models import Standing
from mitwerk.core.wording import codes, is_same
from mitwerk.pages.models import BilingualPage, PageBehind
from mitwerk.pages.models.news import plain

PLAIN = ("title", "lead", "intro", "caption")
"""Fields of the page types that hold a text without marks."""


@dataclass
class Pair:
    """A page in each language it has, drafts among them, and the rows that say which one is behind."""

    pages: dict[str, Page] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    behind: dict[str, PageBehind] = field(default_factory=dict)

    def standing(self, language: str) -> Standing:
        page = self.pages.get(language)
        if page is None or not page.live:
            return Standing.MISSING
        return Standing.BEHIND if language in self.behind and len(self.live) > 1 else Standing.CURRENT

    def since(self, language: str) -> datetime | None:
        return self.behind[language].since if self.standing(language) is Standing.BEHIND else None

    @property
    def live(self) -> list[str]:
        return [code for code in codes() if code in self.pages and self.pages[code].live]


def words_of(page: Page) -> dict[str, str]:
    """What a page says, by field, without marks: to see whether it changed, and what."""
    page = page.specific
    words = {name: str(getattr(page, name)) for name in PLAIN if getattr(page, name, "")}
    body = getattr(page, "body", "")
    words["body"] = plain(body) if isinstance(body, str) else "\n".join(_said(page, body))
    return {name: text for name, text in words.items() if text}


def _said(page: Page, body: Any) -> list[str]:
    stream = page._meta.get_field("body")
    assert isinstance(stream, StreamField)  # noqa: S101
    return [str(text) for text in stream.stream_block.get_searchable_content(body)]


def says_the_same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(is_same(one.get(name), other.get(name)) for name in {*one, *other})


def behind_of(pages: Iterable[Page]) -> dict[int, PageBehind]:
    """The rows of these pages by page."""
    return {row.page_id: row for row in PageBehind.objects.filter(page__in=[page.pk for page in pages])}


def pair_of(page: Page) -> Pair:
    """The page with its twin, whatever their state."""
    pages = {one.locale.language_code: one for one in page.get_translations(inclusive=True).select_related("locale")}
    rows = behind_of(pages.values())
    return Pair(pages, behind={code: rows[one.pk] for code, one in pages.items() if one.pk in rows})


def changed_words(pair: Pair, language: str) -> list[tuple[str, list[Part]]]:
    """For each field that the twin changed since, what went and what came."""
    row = pair.behind.get(language)
    other = next((code for code in pair.live if code != language), None)
    if row is None or other is None:
        return []
    now = words_of(pair.pages[other])
    names = [name for name in {**row.was, **now} if not is_same(row.was.get(name), now.get(name))]
    return [(name, diff(row.was.get(name, ""), now.get(name, ""))) for name in names]


def editable_pages(user: Any) -> QuerySet[Page]:
    """Pages of our own types that Wagtail lets the user change."""
    allowed = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return allowed.type(*BilingualPage.__subclasses__()).select_related("locale", "content_type")  # type: ignore[no-any-return]


def editable_pairs(user: Any) -> list[Pair]:
    """Pairs of which at least one page is live and one is the user's, in a fixed number of queries."""
    mine = set(editable_pages(user).values_list("pk", flat=True))
    keys = Page.objects.filter(pk__in=mine).values("translation_key")
    pages = list(Page.objects.filter(translation_key__in=keys).select_related("locale", "content_type"))
    rows, pairs = behind_of(pages), dict[Any, Pair]()
    for page in pages:
        pair, code = pairs.setdefault(page.translation_key, Pair()), page.locale.language_code
        pair.pages[code] = page
        if page.pk in rows:
            pair.behind[code] = rows[page.pk]
        if page.pk in mine:
            pair.mine.add(code)
    return [pair for pair in pairs.values() if pair.live]
