"""Reads of news: which piece is shown where, in which language."""

from datetime import date as Date
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear, Length, Substr
from wagtail.models import Page, PageViewRestriction

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.clusters.models import Cluster
from mitwerk.pages.models import ClusterHomePage, NewsActor, NewsPage, NewsProject
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import TOPICS, Concept

ROW_FIELDS = "title slug date date_is_month intro body locale__language_code".split()
"""What a row of a short list shows. A page has fifty columns more, and each of them costs time."""
_HOME_DEPTH = 3
"""Root, region, cluster: how deep a cluster's home lies in the tree."""


def live_news(cluster: Cluster | None) -> QuerySet[NewsPage]:
    """Live news of every language, latest first: all of the region, or that of one cluster and that naming it."""
    return _live(cluster.pk if cluster else None)


def _live(cluster: int | None) -> QuerySet[NewsPage]:
    news: QuerySet[NewsPage] = NewsPage.objects.live().filter(~_is_private()).order_by("-date", "-pk")
    if cluster is None:
        return news
    named = Exists(NewsPage.clusters.through.objects.filter(newspage=OuterRef("pk"), cluster=cluster))
    home = Substr(OuterRef("path"), 1, _HOME_DEPTH * Page.steplen)
    own = Exists(ClusterHomePage.objects.filter(cluster=cluster, path=home))
    return news.filter(Q(named) | Q(own))


def visible_news(cluster: Cluster | None, language: str) -> QuerySet[NewsPage]:
    """What a reader of `language` sees. A piece without a live twin in it comes in the language it has."""
    return _question(cluster.pk if cluster else None, language).all()


@lru_cache(maxsize=256)
def _question(cluster: int | None, language: str) -> QuerySet[NewsPage]:
    """The question alone, never asked itself: to put it together takes as long as to answer it."""
    twin = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True, locale__language_code=language)
    return _live(cluster).filter(Q(locale__language_code=language) | ~Exists(twin)).select_related("locale")


def _is_private() -> Exists:
    """A page below one that editors closed to the public. Such pages are left out everywhere."""
    return Exists(PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path"))))


def news_in_lists(news: QuerySet[NewsPage]) -> QuerySet[NewsPage]:
    """With everything a list row or a feed entry shows, in a fixed number of queries."""
    return news.select_related("locale", "organisation", "picture").prefetch_related("clusters")


def news_about(piece: NewsPage) -> tuple[list[Organisation], list[Project]]:
    """The actors and projects a piece of news is about, as far as the public may see them."""
    actors = NewsActor.objects.filter(page=piece, organisation__in=visible_organisations(None).values("pk"))
    projects = NewsProject.objects.filter(page=piece, project__state=Project.State.PUBLISHED)
    return (
        [row.organisation for row in actors.select_related("organisation", "organisation__logo")],
        [row.project for row in projects.select_related("project", "project__picture")],
    )


def news_topics(piece: NewsPage) -> list[Concept]:
    return list(Concept.objects.filter(pk__in=[topic.pk for topic in piece.topics.all()]).prefetch_related("labels"))


def neighbours(piece: NewsPage, news: QuerySet[NewsPage]) -> tuple[NewsPage | None, NewsPage | None]:
    """The next older and the next newer piece in a list."""
    older = news.filter(Q(date__lt=piece.date) | Q(date=piece.date, pk__lt=piece.pk)).first()
    newer = news.filter(Q(date__gt=piece.date) | Q(date=piece.date, pk__gt=piece.pk)).order_by("date", "pk").first()
    return older, newer


def topics() -> QuerySet[Concept]:
    """The topics news can have, in their order, with labels."""
    return Concept.objects.filter(vocabulary__slug=TOPICS).prefetch_related("labels").order_by("position", "pk")


def topic_by_slug(slug: str) -> Concept | None:
    return topics().filter(slug=slug).first()


def count_by_year(news: QuerySet[NewsPage]) -> dict[str, int]:
    """Number of pieces per year, latest year first."""
    years = news.order_by().annotate(year=ExtractYear("date")).values("year").annotate(n=Count("pk"))
    return {str(row["year"]): row["n"] for row in years.order_by("-year")}


def count_by_topic(news: QuerySet[NewsPage]) -> dict[int, int]:
    """Number of pieces per topic (primary key)."""
    links = NewsPage.topics.through.objects.filter(newspage__in=news.order_by().values("pk"))
    return dict(links.values_list("concept").annotate(n=Count("newspage")).order_by())


def with_topic(news: QuerySet[NewsPage], topic: Concept) -> QuerySet[NewsPage]:
    return news.filter(Exists(NewsPage.topics.through.objects.filter(newspage=OuterRef("pk"), concept=topic)))


def in_year(news: QuerySet[NewsPage], year: int) -> QuerySet[NewsPage]:
    return news.filter(date__range=(Date(year, 1, 1), Date(year, 12, 31)))
