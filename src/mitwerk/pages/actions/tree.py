"""The tree of pages: what every region and every cluster has from the first day."""

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.clusters.actions import change_cluster
from mitwerk.clusters.models import Cluster, Home, Region
from mitwerk.clusters.queries import the_region
from mitwerk.core.changes import Rows, Values
from mitwerk.pages.actions.arrangement import cluster_body, region_body
from mitwerk.pages.actions.rights import grant_page_rights
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, Operator, RegionHomePage, StandardPage
from mitwerk.pages.texts import TEXTS, text_of

P = TypeVar("P", bound=Page)


@transaction.atomic
def ensure_page_tree(*, region: Region, clusters: Iterable[Cluster]) -> None:
    """Make what is missing of the site, the languages, the homes, their lists of news and the texts; keep the rest.

    Pages editors have changed or closed stay as they are. Each language has a tree, twins share a translation key.
    Each cluster's editors may write below its homes from then on.
    """
    homes = _region_homes(region)
    _ensure_site(region, homes["de"])
    _remove_welcome_page(homes.values())
    _ensure_news_indexes(homes)
    for kind in TEXTS:
        _ensure_text(homes, kind)
    for cluster in clusters:
        _ensure_news_indexes(_cluster_homes(cluster, homes))
        grant_page_rights(cluster=cluster)
    if not Operator.objects.exists():
        Operator.objects.create()


@transaction.atomic
def change_cluster_and_pages(*, cluster: Cluster, values: Values, rows: Rows, actor: User) -> Cluster:
    """What the office enters of a cluster. A new one has its homes in each language at once."""
    is_new = cluster.pk is None
    change_cluster(cluster=cluster, values=values, rows=rows, actor=actor)
    region = the_region()
    if is_new and region:
        ensure_page_tree(region=region, clusters=[cluster])
    return cluster


def _region_homes(region: Region) -> dict[str, RegionHomePage]:
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    found = {page.locale.language_code: page for page in RegionHomePage.objects.select_related("locale")}
    for code, _name in settings.LANGUAGES:
        if code not in found:
            page = RegionHomePage(slug=f"region-{code}", body=region_body())
            found[code] = _add(root, page, code, found, region)
    return found


def _cluster_homes(cluster: Cluster, above: dict[str, RegionHomePage]) -> dict[str, ClusterHomePage]:
    pages = ClusterHomePage.objects.filter(cluster=cluster).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    for code, _name in settings.LANGUAGES:
        if code not in found:
            page = ClusterHomePage(slug=cluster.slug, cluster=cluster, body=cluster_body(cluster))
            found[code] = _add(above[code], page, code, found, cluster)
        elif found[code].slug != cluster.slug:
            found[code].slug = cluster.slug
            found[code].save()
    return found


def _ensure_news_indexes(homes: dict[str, Any]) -> None:
    """The address of a list of news is the house's own; where the catalogue has changed it, the page follows."""
    pages = {code: NewsIndexPage.objects.child_of(home).first() for code, home in homes.items()}
    found: dict[str, NewsIndexPage] = {code: page for code, page in pages.items() if page}
    for code, home in homes.items():
        slug = last_step("pages:news_list", code)
        if code not in found:
            title = {"de": "Aktuelles", "en": "News"}[code]
            found[code] = _add(home, NewsIndexPage(slug=slug, title=title), code, found)
        elif found[code].slug != slug:
            found[code].slug = slug
            found[code].save()


def _ensure_text(homes: dict[str, RegionHomePage], kind: str) -> None:
    pages = StandardPage.objects.filter(kind=kind).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    for code, home in homes.items():
        if code not in found:
            title, lead, body = text_of(kind, code)
            slug = last_step(f"pages:{kind}", code)
            page = StandardPage(kind=kind, slug=slug, title=title, lead=lead, body=[("text", body)])
            found[code] = _add(home, page, code, found)


def last_step(name: str, language: str) -> str:
    """The slug that the address of a name ends with in a language, so that page and pattern cannot disagree."""
    with override(language):
        return reverse(name).strip("/").rpartition("/")[2]


def _add(parent: Page, page: P, code: str, twins: dict[str, Any], face: Home | None = None) -> P:
    """Put a page below `parent` as the twin of those there are; homes take the name of what they stand for."""
    page.locale = _locale(code)
    if face is not None:
        page.title = face.name.best(code).text
    page.draft_title = page.title
    for twin in twins.values():
        page.translation_key = twin.translation_key
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    record_audit(verb="page.create", target=page, details={"language": code, "slug": page.slug})
    return page


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _ensure_site(region: Region, home: RegionHomePage) -> None:
    """One site; its host is that of BASE_URL, the home of the first language is its root."""
    base = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = {
        "hostname": base.hostname or "localhost",
        "port": base.port or (443 if base.scheme == "https" else 80),
        "root_page_id": home.pk,
        "site_name": region.menu_name[:255],
    }
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()


def _remove_welcome_page(homes: Iterable[Page]) -> None:
    """Wagtail's own first page has no place in this tree."""
    kept = {home.pk for home in homes}
    for page in Page.objects.filter(depth=2, numchild=0).exclude(pk__in=kept):
        if page.specific_class is Page:
            page.delete()
