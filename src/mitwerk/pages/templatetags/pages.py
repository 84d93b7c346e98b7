"""Tags of the home pages: blocks ask here for what is live, at the moment they are shown."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.addresses import address_of
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.pages.models import NewsPage
from mitwerk.pages.queries import homes
from mitwerk.pages.queries import map as regional_map
from mitwerk.pages.queries import news as read
from mitwerk.pages.queries.tallies import Numbers, Tally, tally
from mitwerk.projects.models import Project

register = template.Library()

PAIRS = {"news", "needs", "competences", "actors", "networks", "charter"}
"""Blocks that may stand side by side; all others take the whole width."""


def _cluster(context: Context) -> Cluster | None:
    """The cluster whose home is shown, also in a preview."""
    return getattr(context.get("page"), "cluster", None)


def _needs(context: Context) -> list[Need]:
    """Two blocks show needs; they are read once per page."""
    page = context["page"]
    if not hasattr(page, "_needs_read"):
        page._needs_read = homes.needs(_tally(context))
    return page._needs_read


def _tally(context: Context) -> Tally:
    """Many blocks show what is counted or chosen; it is asked for once per page."""
    page = context["page"]
    if not hasattr(page, "_tally_read"):
        page._tally_read = tally(_cluster(context))
    return page._tally_read


@register.simple_tag(takes_context=True)
def home_rows(context: Context, body: Any) -> list[list[SafeString]]:
    """The blocks as rows of one or two; a block with nothing to show leaves no gap."""
    rows: list[list[SafeString]] = []
    waits = False
    given = context.flatten()
    for number, child in enumerate(body):
        html = child.render_as_block({**given, "is_first": number == 0})
        if not html.strip():
            continue
        fits = child.block_type in PAIRS
        if waits and fits:
            rows[-1].append(html)
            waits = False
        else:
            rows.append([html])
            waits = fits
    return rows


@register.simple_tag(takes_context=True)
def home_numbers(context: Context) -> Numbers:
    return _tally(context).numbers


@register.simple_tag(takes_context=True)
def home_examples(context: Context) -> Any:
    return homes.examples(_needs(context))


@register.simple_tag(takes_context=True)
def latest_news(context: Context, count: int) -> list[NewsPage]:
    language = (get_language() or "de").split("-")[0]
    cluster = _cluster(context)
    news = read.visible_news(cluster, language).only(*read.ROW_FIELDS)
    return list((news if cluster else news.prefetch_related("clusters"))[:count])


@register.simple_tag(takes_context=True)
def home_stories(context: Context, count: int) -> list[Project]:
    return homes.stories(_tally(context), count, with_clusters=_cluster(context) is None)


@register.simple_tag(takes_context=True)
def key_competences(context: Context, count: int) -> list[tuple[str, int, str]]:
    """Bars for the chart: label, number of actors, address."""
    cluster = _cluster(context)
    slug = cluster.slug if cluster else None
    return [
        (str(group.name), group.actors, address_of("portal:competence", slug=group.slug, cluster=slug))
        for group in _tally(context).groups[:count]
    ]


@register.simple_tag(takes_context=True)
def home_actors(context: Context, count: int) -> Any:
    return homes.faces(_tally(context), count)


@register.simple_tag(takes_context=True)
def next_date(context: Context) -> dict[str, Any]:
    found = _tally(context)
    return {"event": homes.next_date(found), "is_coming": found.is_coming}


@register.simple_tag(takes_context=True)
def home_networks(context: Context, count: int) -> Any:
    return homes.networks(_tally(context), count)


@register.simple_tag(takes_context=True)
def home_needs(context: Context, count: int) -> dict[str, Any]:
    """The needs, where they are the region's, and the addresses that fit: theirs is not inside the cluster."""
    found = _tally(context).needs
    cluster = None if found.is_regional else _cluster(context)
    slug = cluster.slug if cluster else None
    url = address_of("matching:need_list", cluster=slug)
    rows = [(need, need.address(slug), found.sectors.get(need.pk)) for need in _needs(context)[:count]]
    return {"rows": rows, "is_regional": found.is_regional, "url": url}


@register.simple_tag(takes_context=True)
def home_charter(context: Context) -> dict[str, Any] | None:
    """The first words of the cluster's charter in force, and where it stands."""
    opening, cluster = _tally(context).charter, _cluster(context)
    if opening is None:
        return None
    return {"opening": opening, "url": address_of("portal:charter", cluster=cluster.slug if cluster else None)}


@register.simple_tag
def home_voices(voices: Any) -> list[Any]:
    """Voices whose organisation everybody may see."""
    return [voice for voice in voices if public(voice.get("organisation"))]


@register.simple_tag
def cluster_faces() -> list[homes.ClusterFace]:
    return homes.cluster_faces()


@register.simple_tag
def region_map() -> Any:
    return regional_map.districts_on_map()


@register.filter
def news_date(piece: NewsPage) -> str:
    """14. Juli 2006, 14 July 2006, or the month alone where the source knows no more."""
    return day_or_month(piece.date, piece.date_is_month)


@register.filter
def event_date(event: Event) -> str:
    """The first day, to the last where there are several, or the month alone."""
    first = day_or_month(event.starts_on, event.is_month_only)
    if event.is_month_only or not event.ends_on or event.ends_on == event.starts_on:
        return first
    return f"{first} – {day_or_month(event.ends_on, False)}"


def day_or_month(day: Any, is_month: bool) -> str:
    german = (get_language() or "").startswith("de")
    return date_format(day, "F Y" if is_month else ("j. F Y" if german else "j F Y"))


@register.filter
def partner_names(project: Project, count: int = 2) -> str:
    """The first partners by name, as they stand on a card."""
    names = [partner.name for partner in project.partners.all() if partner.is_named]
    return " · ".join(names[:count]) + (" …" if len(names) > count else "")


@register.filter
def public(record: Any) -> Any:
    """The chosen record while everybody may see it: what an editor picked may have been hidden since."""
    if isinstance(record, Project):
        return record if record.state == Project.State.PUBLISHED else None
    if isinstance(record, Organisation):
        return record if record.visibility == Organisation.Visibility.PUBLISHED else None
    return record if record is not None and getattr(record, "live", True) else None


@register.filter
def first_accent(record: Any) -> str:
    """The colour of the first cluster of a record, for pictures shown outside it; reads prefetched clusters."""
    return next((cluster.accent for cluster in record.clusters.all()), "")
