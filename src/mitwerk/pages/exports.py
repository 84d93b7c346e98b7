"""What machines read of the pages: facts for search engines (JSON-LD) and the Atom feed of the news."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.text_units import holdable
from mitwerk.clusters.exports import inside
from mitwerk.clusters.models import Cluster, Region
from mitwerk.core.atom import LanguageFeed, stable_id
from mitwerk.core.jsonld import Thing, absolute, breadcrumbs, item_list, organization, thing
from mitwerk.pages.models import NewsPage
from mitwerk.vocabularies.models import Concept

Way = list[tuple[str, str]]
Face = Cluster | Region | None


def shown_crumbs(way: Way) -> Way:
    """The same for the reader: the page itself is no link."""
    return [*way[:-1], (way[-1][0], "")]


def home_facts(face: Cluster | Region, cluster: Cluster | None, path: str) -> list[Thing]:
    """Who stands behind a home page; the region's also says how to search the site."""
    who = organization(
        str(face.name),
        path,
        id=absolute(path) + "#organisation",
        description=str(face.description),
        sameAs=[face.website] if face.website else [],
        foundingDate=str(face.since or ""),
    )
    if cluster is not None:
        return [who]
    search = absolute(reverse("search:search")) + "?q={search_term_string}"
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=search_term_string"}
    return [who, thing("WebSite", name=str(face.name), url=absolute(path), potentialAction=action)]


def list_facts(news: Iterable[NewsPage], name: str, cluster: Cluster | None, way: Way) -> list[Thing]:
    return [item_list(news, name, cluster.slug if cluster else None), breadcrumbs(way)]


def text_facts(way: Way) -> list[Thing]:
    return [breadcrumbs(way)]


def news_facts(piece: NewsPage, office: Face, actors: Sequence[Organisation], way: Way) -> list[Thing]:
    """A piece of news as a schema.org NewsArticle; a month without a day stays a month."""
    author = piece.organisation
    publisher = organization(str(office.name)) if office else {}
    article = thing(
        "NewsArticle",
        headline=piece.title,
        description=piece.short,
        url=absolute(piece.canonical_address()),
        inLanguage=piece.language,
        datePublished=f"{piece.date:%Y-%m}" if piece.date_is_month else piece.date.isoformat(),
        dateModified=piece.last_published_at.isoformat() if piece.last_published_at else "",
        author=organization(author.name, author.address()) if author else publisher,
        publisher=publisher,
        mentions=[organization(actor.name, actor.address()) for actor in actors],
        citation=[source["url"] for source in piece.sources if source.get("url")],
    )
    return [article, breadcrumbs(way)]


def atom_feed(
    news: Iterable[NewsPage], home: Face, cluster: Cluster | None, language: str, topic: Concept | None
) -> bytes:
    """The feed document. Entries carry an id made of their translation key and language.

    One sign that XML cannot hold, pasted from somewhere, would end the feed for everybody.
    """
    slug = cluster.slug if cluster else None
    topic_slug = topic.slug if topic else ""
    query = f"?topic={topic_slug}" if topic_slug else ""
    name = home.menu_name if home else "Mitwerk"
    about = f"{_('News')} · {topic.label(language).text}" if topic else _("News")
    feed = LanguageFeed(
        title=f"{name}: {about}",
        link=absolute(reverse("pages:news_list", kwargs=inside(cluster))) + query,
        description=str(home.claim) if home else "",
        language=language,
        author_name=name,
        feed_url=absolute(reverse("pages:news_feed", kwargs=inside(cluster))) + query,
        feed_guid=stable_id(f"feed/{home.public_id if home else 'mitwerk'}/{language}/{topic_slug}"),
    )
    for piece in news:
        published = datetime.combine(piece.date, time(), get_default_timezone())
        feed.add_item(
            title=holdable(piece.title),
            link=absolute(piece.address(slug)),
            description=holdable(str(piece.body) or piece.short),
            author_name=holdable(piece.organisation.name) if piece.organisation else name,
            pubdate=published,
            updateddate=max(published, piece.last_published_at or published),
            unique_id=stable_id(f"news/{piece.translation_key}/{piece.language}"),
        )
    return feed.writeString("utf-8").encode()
