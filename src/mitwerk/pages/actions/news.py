"""News that comes from a source: loaded once, changed when the source changes, never over an editor's head."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.timezone import now
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.slugs import free_slug
from mitwerk.clusters.models import Cluster
from mitwerk.pages.models import (
    ClusterHomePage,
    NewsActor,
    NewsIndexPage,
    NewsPage,
    NewsProject,
    PageBehind,
    RegionHomePage,
)
from mitwerk.projects.models import Project
from mitwerk.vocabularies.actions import ConceptRow, save_vocabulary
from mitwerk.vocabularies.models import TOPICS, Concept

TITLE_LENGTH = 255


@transaction.atomic
def save_news(
    *,
    source_id: str,
    date: Date,
    date_is_month: bool,
    title: dict[str, str],
    text: dict[str, str],
    clusters: Sequence[Cluster],
    topics: Sequence[Concept],
    organisations: Sequence[Organisation],
    projects: Sequence[Project],
    sources: list[dict[str, Any]],
    as_of: int | None,
) -> bool:
    """Make or change the pages of one piece of news, one per language of `title`; False when there was nothing to do.

    They lie in the list of the first cluster (the region's where there is none) and are shown by all `clusters`.
    What the source said last is remembered: as long as it says the same, editors' changes stay.
    Raises `LookupError` where `ensure_page_tree` has not made the list yet.
    """
    row = {
        "date": date.isoformat(),
        "date_is_month": date_is_month,
        "title": title,
        "text": text,
        "clusters": [cluster.pk for cluster in clusters],
        "topics": [topic.pk for topic in topics],
        "organisations": [organisation.pk for organisation in organisations],
        "projects": [project.pk for project in projects],
        "sources": sources,
        "as_of": as_of,
    }
    seen = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
    there = {p.locale.language_code: p for p in NewsPage.objects.filter(source_id=source_id).select_related("locale")}
    languages = [code for code, words in title.items() if words]
    if all(code in there and there[code].source_hash == seen for code in languages):
        return False
    lists = _lists_of(clusters[0] if clusters else None)
    key = next((page.translation_key for page in there.values()), None)
    for code in languages:
        page = there.get(code) or NewsPage(source_id=source_id, locale=lists[code].locale, live=True)
        if key is not None:
            page.translation_key = key
        page.title = page.draft_title = title[code][:TITLE_LENGTH]
        page.body = _paragraphs(text.get(code, ""))
        page.date, page.date_is_month = date, date_is_month
        page.sources, page.as_of, page.source_hash = sources, as_of, seen
        page.clusters, page.topics = list(clusters), list(topics)
        page.actors = _actors(organisations)
        page.projects = [NewsProject(project=x, sort_order=n) for n, x in enumerate(projects)]
        with disable_reference_index_auto_update():  # page and rows would each do it; once is enough
            _put(page, lists[code])
        ReferenceIndex.create_or_update_for_object(page)
        key = page.translation_key
        there[code] = page
    if set(languages) >= set(there):  # the source has said it in every language, so none is behind
        PageBehind.objects.filter(page__in=[page.pk for page in there.values()]).delete()
    slug = clusters[0].slug if clusters else ""
    record_audit(verb="news.load", target=there[languages[0]], cluster_slug=slug, details={"source_id": source_id})
    return True


def _actors(organisations: Sequence[Organisation]) -> list[NewsActor]:
    """Nobody twice, where two of them were merged."""
    standing = dict.fromkeys(one.standing for one in organisations)
    return [NewsActor(organisation=one, sort_order=number) for number, one in enumerate(standing)]


def _lists_of(cluster: Cluster | None) -> dict[str, NewsIndexPage]:
    """The list of news of a cluster, or of the region, by language."""
    homes = ClusterHomePage.objects.filter(cluster=cluster) if cluster else RegionHomePage.objects.all()
    found = {}
    for home in homes:
        for page in NewsIndexPage.objects.child_of(home).select_related("locale"):
            found[page.locale.language_code] = page
    if not found:
        raise LookupError(f"{cluster or 'the region'} has no pages yet; run ensure_page_tree first")
    return found


def _put(page: NewsPage, index: NewsIndexPage) -> None:
    """Save below the list it belongs to; what editors have in draft is replaced by a new revision."""
    if page.pk is None:
        others = NewsPage.objects.filter(locale=index.locale)
        page.slug = free_slug(page.title, lambda slug: others.filter(slug=slug).exists(), fallback="news")
        page.first_published_at = page.last_published_at = now()
        index.add_child(instance=page)
        return
    page.last_published_at = now()
    page.save()
    if page.latest_revision_id:
        page.save_revision(clean=False).publish()
    if not page.is_descendant_of(index):
        page.move(Page.objects.get(pk=index.pk), pos="last-child")


def _paragraphs(text: str) -> str:
    """Plain text as rich text."""
    return "".join(format_html("<p>{}</p>", part.strip()) for part in text.split("\n\n") if part.strip())


def load_topics(*, rows: Sequence[dict[str, str]]) -> int:
    """Make the vocabulary of topics hold `rows` (`id`, `label_de`, `label_en`); returns how many it changed."""
    seen = hashlib.sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()
    tally = save_vocabulary(
        slug=TOPICS,
        name={"de": "Themen der Nachrichten", "en": "Topics of the news"},
        credit="",
        content_hash=seen,
        concepts=[ConceptRow(r["id"], {"de": r["label_de"], "en": r["label_en"]}) for r in rows],
    )
    return tally.new + tally.changed
