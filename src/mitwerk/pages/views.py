"""What each page shows besides its own fields, and the news feed.

Pages are found by Wagtail's tree; what they show is put together here and handed down through a hook, so that the
page types know nothing of the views.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page
from wagtail.views import serve

from mitwerk.clusters.exports import way_to
from mitwerk.clusters.models import Cluster
from mitwerk.core.listing import Filter, notice, options, page_of, read_choice
from mitwerk.pages import exports
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, NewsPage, RegionHomePage, StandardPage
from mitwerk.pages.models.base import BilingualPage
from mitwerk.pages.queries import news as read
from mitwerk.pages.queries.texts import operator
from mitwerk.search.queries import matching_ids

FEED_SIZE = 50
Context = dict[str, Any]


def page(request: HttpRequest) -> HttpResponse:
    """A page of the editors whose address the house gives, so that every floor can link to it by name."""
    return serve(request, request.path_info.split("/", 2)[2])


@require_safe
@conditional_page
def news_feed(request: HttpRequest) -> HttpResponse:
    """The latest news as an Atom feed: of the region or a cluster, in the language of the address, of one topic."""
    language = _language()
    slug = request.GET.get("topic", "")
    topic = read.topic_by_slug(slug) if slug.isprintable() and len(slug) <= 120 else None
    if slug and topic is None:
        raise Http404("unknown topic")
    news = read.visible_news(request.cluster, language)
    if topic:
        news = read.with_topic(news, topic)
    pieces = list(read.news_in_lists(news)[:FEED_SIZE])
    home = request.cluster or request.region
    content = exports.atom_feed(pieces, home, request.cluster, language, topic)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def page_context(shown: Page, request: HttpRequest) -> Context:
    """What a page shows besides itself. `shown` may be a draft in a preview."""
    cluster = getattr(request, "cluster", None)
    makers: dict[type[Page], Callable[[Any, HttpRequest, Cluster | None], Context]] = {
        RegionHomePage: _home,
        ClusterHomePage: _home,
        NewsIndexPage: _news_list,
        NewsPage: _news_page,
        StandardPage: _standard_page,
    }
    maker = makers.get(type(shown))
    context = maker(shown, request, cluster) if maker else {}
    if shown.search_description:
        context["description"] = shown.search_description
    return {"title": shown.seo_title or shown.title, **context}


def _language() -> str:
    return (get_language() or "de").split("-")[0]


def _feed_url(cluster: Cluster | None, topic: str = "") -> str:
    url = reverse("pages:news_feed", kwargs={"cluster": cluster.slug} if cluster else {})
    return f"{url}?topic={topic}" if topic else url


def _home(shown: BilingualPage, request: HttpRequest, cluster: Cluster | None) -> Context:
    own = shown.cluster if isinstance(shown, ClusterHomePage) else None
    face = own or getattr(request, "region", None)
    return {
        "title": shown.seo_title,
        "home": face,
        "cluster": own,
        "description": str(face.description or face.claim) if face else "",
        "feed_url": _feed_url(own),
        "jsonld": exports.home_facts(face, own, shown.address()) if face else [],
    }


def _news_list(shown: NewsIndexPage, request: HttpRequest, cluster: Cluster | None) -> Context:
    """The list with its filters: year and topic, each counted as the other leaves it."""
    language = _language()
    every = read.visible_news(cluster, language)
    years = read.count_by_year(every)
    topics = {topic.slug: topic for topic in read.topics()}
    choice = read_choice(request.GET, {"year": years, "topic": topics})
    topic, year = topics.get(choice.one("topic")), choice.one("year")
    if choice.query:
        every = every.filter(pk__in=matching_ids("news", choice.query, language) or [])
    of_topic = read.with_topic(every, topic) if topic else every
    of_year = read.in_year(every, int(year)) if year else every
    of_both = read.in_year(of_topic, int(year)) if year else of_topic
    filters = [
        Filter("year", _("Year"), options({y: y for y in years}, [year], read.count_by_year(of_topic))),
        Filter("topic", _("Topic"), _topic_options(topics, topic, read.count_by_topic(of_year))),
    ]
    page = page_of(read.news_in_lists(of_both), request.GET.get("page"))
    crumbs = way_to(request.region, cluster, (shown.title, shown.address()))
    return {
        "page_of_news": page,
        "choice": choice,
        "filters": filters,
        "dropped_notice": notice(choice),
        "crumbs": exports.shown_crumbs(crumbs),
        "feed_url": _feed_url(cluster),
        "topic_feed_url": _feed_url(cluster, topic.slug) if topic else "",
        "topic": topic,
        "cluster": cluster,
        "jsonld": exports.list_facts(page.object_list, shown.title, cluster, crumbs),
    }


def _topic_options(topics: dict[str, Any], chosen: Any, counts: dict[int, int]) -> Any:
    labels = {slug: str(topic) for slug, topic in topics.items()}
    by_slug = {slug: counts.get(topic.pk, 0) for slug, topic in topics.items()}
    return options(labels, [chosen.slug] if chosen else [], by_slug)


def _news_page(shown: NewsPage, request: HttpRequest, cluster: Cluster | None) -> Context:
    slug = cluster.slug if cluster else None
    older, newer = read.neighbours(shown, read.visible_news(cluster, _language())) if shown.pk else (None, None)
    actors, projects = read.news_about(shown)
    list_url = reverse("pages:news_list", kwargs={"cluster": slug} if slug else {})
    crumbs = way_to(request.region, cluster, (_("News"), list_url), (shown.title, shown.address(slug)))
    office = cluster or getattr(request, "region", None)
    return {
        "actors": actors,
        "projects": projects,
        "topics": read.news_topics(shown),
        "older": older,
        "newer": newer,
        "office": office,
        "list_url": list_url,
        "crumbs": exports.shown_crumbs(crumbs),
        "feed_url": _feed_url(cluster),
        "canonical": shown.canonical_address(),
        "description": shown.short,
        "opengraph_type": "article",
        "opengraph_key": shown.key,
        "jsonld": exports.news_facts(shown, office, actors, crumbs),
    }


def _standard_page(shown: StandardPage, request: HttpRequest, cluster: Cluster | None) -> Context:
    crumbs = way_to(request.region, cluster, (shown.title, shown.address()))
    is_legal = shown.kind in {StandardPage.Kind.IMPRINT, StandardPage.Kind.PRIVACY}
    return {
        "operator": operator() if is_legal else None,
        "is_imprint": shown.kind == StandardPage.Kind.IMPRINT,
        "crumbs": exports.shown_crumbs(crumbs),
        "description": shown.lead,
        "jsonld": exports.text_facts(crumbs),
    }
