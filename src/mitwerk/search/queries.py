"""Reads of the index. Every hit is asked of its subject's own query before it is shown."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from mitwerk.algorithms.text import Exceptions, Fragment, highlight, query_groups
from mitwerk.clusters.models import Cluster
from mitwerk.search.documents import Source, source, sources
from mitwerk.search.engine import Hit, find, find_ids
from mitwerk.search.models import Document, SearchException

MOST_HITS = 1000
MOST_IDS = 20_000


@dataclass(frozen=True)
class Result:
    """A record that was found, with the words that show why."""

    record: Any
    heading: list[Fragment]
    snippet: list[Fragment]


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many in all, and the best of them."""

    kind: str
    label: str | Promise
    count: int
    results: list[Result]


@dataclass(frozen=True)
class Found:
    """Everything found. `is_loose`: no record has all the words, these have some."""

    groups: list[Group] = field(default_factory=list)
    is_loose: bool = False

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def exceptions_for(language: str) -> Exceptions:
    """The editors' exceptions of one language, word to terms."""
    rows = SearchException.objects.filter(language=language)
    return {row.word: [term.strip() for term in row.terms.split(",") if term.strip()] for row in rows}


def matching_ids(kind: str, query: str, language: str) -> list[int] | None:
    """Primary keys of the records of one kind that hold every word of the query, best first.

    Falls back to records with some of the words when none has all; None when the query holds no word at all.
    Visibility is the caller's business: these are only numbers to filter its own query with.
    """
    groups = _groups(query, language)
    if not groups:
        return None
    found = find_ids(groups, language, kind=kind, limit=MOST_IDS)
    if found or len(groups) == 1:
        return found
    return find_ids(groups, language, kind=kind, any_word=True, limit=MOST_IDS)


def search(query: str, language: str, cluster: Cluster | None, *, kind: str | None = None, best: int = 5) -> Found:
    """Records of all kinds (or one) that may be seen here, grouped by kind, each group best first."""
    groups = _groups(query, language)
    if not groups:
        return Found()
    hits, is_loose = _find(groups, language, kind, MOST_HITS)
    terms = list(dict.fromkeys(term for group in groups for term in group))
    wanted = [source(kind)] if kind else sources()
    shown = [_group(one, hits, terms, language, cluster, best) for one in wanted]
    return Found([group for group in shown if group.count], is_loose)


def _groups(query: str, language: str) -> list[list[str]]:
    return query_groups(query, language, exceptions=exceptions_for(language))  # type: ignore[arg-type]


def _find(groups: list[list[str]], language: str, kind: str | None, limit: int) -> tuple[list[Hit], bool]:
    hits = find(groups, language, kind=kind, limit=limit)
    if hits or len(groups) == 1:
        return hits, False
    loose = find(groups, language, kind=kind, any_word=True, limit=limit)
    return loose, bool(loose)


def _group(one: Source, hits: list[Hit], terms: list[str], language: str, cluster: Cluster | None, best: int) -> Group:
    ranked = [hit.object_id for hit in hits if hit.kind == one.kind]
    if not ranked:
        return Group(one.kind, one.label, 0, [])
    allowed = set(one.visible(cluster).filter(pk__in=ranked).values_list("pk", flat=True))
    seen = [number for number in ranked if number in allowed]
    return Group(one.kind, one.label, len(seen), _results(one, seen[:best], terms, language))


def _results(one: Source, ids: list[int], terms: list[str], language: str) -> list[Result]:
    records = one.load(one.visible(None).filter(pk__in=ids)).in_bulk() if ids else {}
    texts = {
        number: (heading, text)
        for number, heading, text in Document.objects.filter(
            kind=one.kind, object_id__in=ids, language=language
        ).values_list("object_id", "heading", "text")
    }
    return [
        Result(
            records[number],
            highlight(texts[number][0], terms, language, length=200),  # type: ignore[arg-type]
            highlight(texts[number][1], terms, language, length=220),  # type: ignore[arg-type]
        )
        for number in ids
        if number in records and number in texts
    ]
