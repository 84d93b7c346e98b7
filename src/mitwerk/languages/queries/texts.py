"""Texts to translate, one by one: what a file for translators holds, and where each of them lives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from wagtail.models import Page

from mitwerk.algorithms.text_units import TextUnit
from mitwerk.clusters.models import Cluster
from mitwerk.core.models import Standing, Worded
from mitwerk.core.wording import lacks_of, translated_names
from mitwerk.languages.queries.kinds import BY_NAME, KINDS, ORDER, Kind, kind_label
from mitwerk.languages.queries.table import HOME, page_kind, parts_of, worded_records
from mitwerk.pages.models import ClusterHomePage
from mitwerk.pages.queries.twins import Pair, editable_pairs
from mitwerk.pages.queries.wording import BODY, plain_limit, plain_names, texts_of_page

ONE_LINE = frozenset({"title", "name", "short_name", "label", "caption"})
LINE, LONG = 250, 10_000
"""How long a text may be where its field does not say: one that is a line, and one that is not."""


@dataclass(frozen=True)
class Text:
    """A text in two languages. `part` is its record or the row below it; a page's text has its source page."""

    id: str
    note: str
    source: str
    target: str
    standing: Standing
    limit: int
    name: str
    record: Any
    part: Any
    twin: Page | None = None
    fits: bool = True
    """False for a paragraph of a page whose twin is built differently: what it says there now cannot be told."""

    @property
    def has_codes(self) -> bool:
        return self.name.startswith(BODY)

    @property
    def is_line(self) -> bool:
        return self.name in ONE_LINE

    @property
    def unit(self) -> TextUnit:
        return TextUnit(self.id, self.source, self.target, self.standing.value, self.note, self.has_codes)


def texts(user: Any, source: str, target: str, kinds: Iterable[str], cluster: str = "") -> Iterator[Text]:
    """Everything the user may translate that has a source text; narrowed to kinds and to a cluster (its address)."""
    wanted = set(kinds)
    for kind in sorted(KINDS, key=lambda one: ORDER.index(one.name)):
        if kind.name in wanted:
            for record in _of_cluster(kind, worded_records(kind, user), cluster):
                yield from _record_texts(kind, record, source, target)
    if wanted & {"page", "news"}:
        in_cluster = _home_filter(cluster)
        for pair in editable_pairs(user):
            page = pair.pages.get(source)
            if page and page.live and page_kind(page) in wanted and in_cluster(page):
                yield from _page_texts(pair, page.specific, source, target)


def kinds_of(ids: Iterable[str]) -> set[str]:
    """The kinds that the units of a file speak of."""
    return {one.partition(":")[0] for one in ids} & {*BY_NAME, "page", "news"}


def _of_cluster(kind: Kind, records: Any, cluster: str) -> Iterable[Any]:
    if not cluster:
        return records  # type: ignore[no-any-return]
    [*rows] = records
    clusters = _cluster_keys(cluster)
    places = kind.places([record.pk for record in rows])
    return [record for record in rows if clusters & set(places.get(record.pk, []))]


def _cluster_keys(slug: str) -> set[int]:
    return set(Cluster.objects.filter(slug=slug).values_list("pk", flat=True))


def _home_filter(cluster: str) -> Callable[[Page], bool]:
    if not cluster:
        return lambda page: True
    homes = set(ClusterHomePage.objects.filter(cluster__slug=cluster).values_list("path", flat=True))
    return lambda page: page.path[:HOME] in homes


def _record_texts(kind: Kind, record: Any, source: str, target: str) -> Iterator[Text]:
    for prefix, part in parts_of(record):
        for name in translated_names(type(part)):
            said = getattr(part, name) or {}
            if said.get(source):
                path = f"{prefix}.{name}" if prefix else name
                note = " · ".join((str(kind.label), str(record), _label(part, name, prefix)))
                standing = _standing(part, name, target)
                limit = LINE if name in ONE_LINE else LONG
                key = f"{kind.name}:{record.public_id}:{path}"
                yield Text(key, note, said[source], said.get(target, ""), standing, limit, name, record, part)


def _label(part: Worded, name: str, prefix: str) -> str:
    field = str(capfirst(part._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    return f"{capfirst(part._meta.verbose_name)}: {field}" if prefix else field


def _standing(part: Worded, name: str, language: str) -> Standing:
    found = [lack.standing for lack in lacks_of(part, name) if lack.language == language]
    return found[0] if found else Standing.CURRENT


def _page_texts(pair: Pair, page: Page, source: str, target: str) -> Iterator[Text]:
    twin = pair.pages.get(target)
    there = texts_of_page(twin.specific.get_latest_revision_as_object()) if twin else {}
    said = texts_of_page(page)
    fits = _shape(said) == _shape(there) or not _shape(there)
    kind = page_kind(page)
    for name, text in said.items():
        now = there.get(name, "") if fits or not name.startswith(BODY) else ""
        if twin and not twin.live and now == text:
            now = ""  # a draft begins as a copy
        standing = Standing.MISSING if not now else pair.standing(target)
        limit = plain_limit(page, name) if name in plain_names(page) else None
        label = str(capfirst(page._meta.get_field(name.partition(".")[0]).verbose_name))
        note = " · ".join((kind_label(kind), page.title, label))
        key = f"{kind}:{page.translation_key.hex}:{name}"
        is_whole = fits or not name.startswith(BODY)
        yield Text(key, note, text, now, standing, limit or LONG, name, page, page, twin, is_whole)


def _shape(said: dict[str, str]) -> list[str]:
    return [name for name in said if name.startswith(BODY)]
