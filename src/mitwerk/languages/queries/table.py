"""The office's table: every public object of the user's, how it stands in each language, the worst first.

All are read, because the worst can only be known of all; a kind takes a fixed number of queries, whatever its size.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from wagtail.models import Page

from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Standing, Worded
from mitwerk.core.wording import codes, lacks_of, rows_below, translated_names
from mitwerk.languages.queries.kinds import KINDS, ORDER, Kind, kind_label
from mitwerk.pages.models import ClusterHomePage, NewsPage
from mitwerk.pages.queries.twins import Pair, editable_pairs

WORST = (Standing.MISSING, Standing.BEHIND, Standing.CURRENT)
HOME = 3 * Page.steplen
"""How long the path of a cluster's home is: root, region, cluster."""


@dataclass
class Entry:
    """A public object: how it stands in each language, how many of its texts lack it, and since when."""

    kind: str
    key: str
    title: str
    url: str
    clusters: list[int]
    standing: dict[str, Standing]
    count: dict[str, int] = field(default_factory=dict)
    since: datetime | None = None

    @property
    def label(self) -> str:
        return kind_label(self.kind)

    @property
    def worst(self) -> Standing:
        return min(self.standing.values(), key=WORST.index)


@dataclass(frozen=True)
class Filters:
    """What the table is narrowed to; empty is everything."""

    kind: str = ""
    language: str = ""
    state: str = ""
    cluster: str = ""

    def keeps(self, entry: Entry, clusters: Mapping[int, Cluster]) -> bool:
        standings = [entry.standing[self.language]] if self.language in entry.standing else entry.standing.values()
        slugs = {clusters[pk].slug for pk in entry.clusters if pk in clusters}
        return bool(
            (not self.kind or entry.kind == self.kind)
            and (not self.state or self.state in standings)
            and (not self.cluster or self.cluster in slugs)
        )


def entries(user: Any, filters: Filters, clusters: Mapping[int, Cluster]) -> list[Entry]:
    """What the user may edit and visitors see, the worst first."""
    found = [*_records(user, filters.kind), *_pages(user, filters.kind)]
    return sorted((entry for entry in found if filters.keeps(entry, clusters)), key=_order(filters.language))


def _order(language: str) -> Any:
    def key(entry: Entry) -> tuple[Any, ...]:
        standing = entry.standing.get(language, entry.worst)
        since = entry.since.timestamp() if entry.since else 0
        return WORST.index(standing), ORDER.index(entry.kind), since, entry.title.casefold(), entry.key

    return key


def all_clusters() -> dict[int, Cluster]:
    return {cluster.pk: cluster for cluster in Cluster.objects.all()}


def _records(user: Any, only: str) -> Iterator[Entry]:
    for kind in KINDS:
        if only in {"", kind.name}:
            records = list(worded_records(kind, user))
            places = kind.places([record.pk for record in records])
            editor = reverse(f"office_{kind.office}:edit", args=[0]).removesuffix("0/")
            found = (_entry(kind, record, places.get(record.pk, []), editor) for record in records)
            yield from (entry for entry in found if entry)


def worded_records(kind: Kind, user: Any) -> Any:
    """The user's public records with the rows below them, and no more of each than its texts."""
    wanted = {"pk", "public_id", "behind", kind.title, *translated_names(kind.model)}
    rows = [Prefetch(relation, to_attr=f"{relation}_read") for relation in rows_below(kind.model)]
    return kind.records(user).prefetch_related(None).prefetch_related(*rows).only(*wanted)


def parts_of(record: Worded) -> Iterator[tuple[str, Worded]]:
    """The record itself (named by nothing), and its rows by `relation-key`, read from what was fetched with it."""
    yield "", record
    for relation in rows_below(type(record)):
        for row in getattr(record, f"{relation}_read"):
            yield f"{relation}-{row.pk}", row


def _entry(kind: Kind, record: Any, clusters: list[int], editor: str) -> Entry | None:
    """None for a record that says nothing in any language: there is nothing to translate."""
    names = [(part, name) for _prefix, part in parts_of(record) for name in translated_names(type(part))]
    if not any(getattr(part, name) for part, name in names):
        return None
    found = [lack for part, name in names for lack in lacks_of(part, name)]
    of = {code: [lack for lack in found if lack.language == code] for code in codes()}
    return Entry(
        kind.name,
        record.public_id,
        str(getattr(record, kind.title)),
        f"{editor}{record.pk}/",
        clusters,
        {code: min((lack.standing for lack in of[code]), key=WORST.index, default=Standing.CURRENT) for code in of},
        {code: len(of[code]) for code in of},
        min((lack.since for lack in found if lack.since), default=None),
    )


def page_kind(page: Page) -> str:
    return "news" if page.specific_class is NewsPage else "page"


def _pages(user: Any, only: str) -> Iterable[Entry]:
    if only not in {"", "page", "news"}:
        return []
    homes = dict(ClusterHomePage.objects.values_list("path", "cluster_id"))
    pairs = [(pair, next(iter(pair.pages.values()))) for pair in editable_pairs(user)]
    return [_page_entry(pair, homes) for pair, page in pairs if only in {"", page_kind(page)}]


def _page_entry(pair: Pair, homes: Mapping[str, int]) -> Entry:
    page = pair.pages[pair.live[0]]
    open_in = next((code for code in codes() if code in pair.mine), pair.live[0])
    behind = next((code for code in codes() if code in pair.behind and code in pair.mine), open_in)
    home = homes.get(page.path[:HOME])
    standing = {code: pair.standing(code) for code in codes()}
    return Entry(
        page_kind(page),
        page.translation_key.hex,
        page.title,
        reverse("wagtailadmin_pages:edit", args=[pair.pages[behind].pk]),
        [home] if home else [],
        standing,
        {code: int(state is not Standing.CURRENT) for code, state in standing.items()},
        min(filter(None, (pair.since(code) for code in codes())), default=None),
    )
