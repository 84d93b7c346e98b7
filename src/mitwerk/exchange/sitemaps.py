"""The sitemap: every public page in each language it exists in, with its twins (hreflang)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from mitwerk.actors.queries import visible_organisations
from mitwerk.charter.queries.public import charters_in_force
from mitwerk.clusters.queries import clusters
from mitwerk.competences.models import Competence
from mitwerk.congress.queries.stands import public_stands
from mitwerk.events.queries import published_events
from mitwerk.governance.queries import public_resolutions, published_bodies
from mitwerk.matching.queries import published_needs
from mitwerk.networks.queries import published_networks
from mitwerk.projects.queries import published_projects
from mitwerk.vocabularies.models import COMPETENCES, Concept

LISTS = [
    "portal:organisation_list",
    "portal:competence_list",
    "projects:project_list",
    "events:event_list",
    "networks:network_list",
    "matching:need_list",
    "governance:body_list",
    "governance:resolution_list",
]


class _BothLanguages(Sitemap):  # type: ignore[type-arg]
    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    def lastmod(self, item: Any) -> datetime | None:
        return getattr(item, "updated_at", None)


class Records(_BothLanguages):
    """Records of one subject at their region-level address."""

    def __init__(self, records: Any) -> None:
        self.records = records

    def items(self) -> Any:
        return self.records()


class Lists(_BothLanguages):
    """The lists of the region and of each cluster."""

    def items(self) -> list[tuple[str, str | None]]:
        homes: list[str | None] = [None, *clusters().values_list("slug", flat=True)]
        return [(name, home) for home in homes for name in LISTS]

    def location(self, item: tuple[str, str | None]) -> str:
        name, home = item
        return reverse(name, kwargs={"cluster": home} if home else {})


class EditorsPages(_BothLanguages):
    """Pages of the editors, twins together."""

    def items(self) -> list[dict[str, Page]]:
        twins: dict[Any, dict[str, Page]] = defaultdict(dict)
        pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
        for page in pages:
            twins[page.translation_key][page.locale.language_code] = page
        return list(twins.values())

    def get_languages_for_item(self, item: dict[str, Page]) -> list[str]:
        return sorted(item)

    def location(self, item: dict[str, Page]) -> str:
        return item[get_language() or "de"].url or "/"

    def lastmod(self, item: dict[str, Page]) -> datetime | None:
        return max((p.last_published_at for p in item.values() if p.last_published_at), default=None)


def claimed_concepts() -> QuerySet[Concept]:
    """Competences that somebody has; an empty page is no use to a searcher."""
    claimed = Competence.objects.filter(concept=OuterRef("pk"))
    return Concept.objects.filter(vocabulary__slug=COMPETENCES).filter(Exists(claimed)).order_by("pk")


SITEMAPS: dict[str, Any] = {
    "pages": EditorsPages(),
    "lists": Lists(),
    "organisations": Records(lambda: visible_organisations(None).only("slug", "updated_at").order_by("pk")),
    "competences": Records(claimed_concepts),
    "projects": Records(lambda: published_projects().order_by("pk")),
    "events": Records(lambda: published_events().order_by("pk")),
    "stands": Records(lambda: public_stands().order_by("pk")),
    "networks": Records(lambda: published_networks().order_by("pk")),
    "bodies": Records(lambda: published_bodies().order_by("pk")),
    "resolutions": Records(lambda: public_resolutions().order_by("pk")),
    "charters": Records(charters_in_force),
    "needs": Records(lambda: published_needs().order_by("pk")),
}
