"""What the search knows of news."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mitwerk.pages.models import NewsPage
from mitwerk.pages.models.news import plain
from mitwerk.pages.queries.news import live_news, news_in_lists
from mitwerk.search.documents import Draft, Source


def _describe(piece: NewsPage, language: str) -> Draft:
    return Draft(piece.title, f"{piece.intro}\n{plain(piece.body)}".strip())


def _languages(piece: NewsPage) -> Iterable[str]:
    return [piece.language]


NEWS = Source("news", _("News"), NewsPage, live_news, news_in_lists, _describe, {}, _languages)
