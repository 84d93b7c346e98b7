"""Page types of the editors: homes, news, texts."""

from mitwerk.pages.models.base import BilingualPage
from mitwerk.pages.models.homes import ClusterHomePage, RegionHomePage
from mitwerk.pages.models.news import NewsActor, NewsIndexPage, NewsPage, NewsProject
from mitwerk.pages.models.operator import Operator
from mitwerk.pages.models.standard import StandardPage
from mitwerk.pages.models.twins import PageBehind

__all__ = [
    "BilingualPage",
    "ClusterHomePage",
    "NewsActor",
    "NewsIndexPage",
    "NewsPage",
    "NewsProject",
    "Operator",
    "PageBehind",
    "RegionHomePage",
    "StandardPage",
]
