"""Writes of the index."""

from collections.abc import Collection, Iterable
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django_scopes import scope

from mitwerk.algorithms.text import Exceptions, analyse
from mitwerk.search.documents import Source, source, sources
from mitwerk.search.models import Document
from mitwerk.search.queries import exceptions_for

BATCH = 500


def rebuild_index() -> int:
    """Make the whole index anew; returns the number of documents. Used after bulk loading."""
    with transaction.atomic(), scope(cluster=None):
        Document.objects.all().delete()
        return sum(_write(one, one.visible(None)) for one in sources())


def refresh(*, kind: str, ids: Collection[int]) -> int:
    """Bring the documents of some records up to date; records that are no longer public lose theirs."""
    one = source(kind)
    with transaction.atomic(), scope(cluster=None):
        Document.objects.filter(kind=kind, object_id__in=ids).delete()
        return _write(one, one.visible(None).filter(pk__in=ids))


def _write(one: Source, rows: Any) -> int:
    tables = {code: exceptions_for(code) for code, _name in settings.LANGUAGES}
    records = one.load(rows).order_by("pk").iterator(chunk_size=BATCH)
    documents = chain.from_iterable(_documents(one, record, tables) for record in records)
    written = 0
    while batch := list(islice(documents, BATCH)):
        written += len(Document.objects.bulk_create(batch))
    return written


def _documents(one: Source, record: Any, tables: dict[str, Exceptions]) -> Iterable[Document]:
    languages = one.languages(record) if one.languages else tables
    for language in languages:
        draft = one.describe(record, language)
        known = tables[language]
        yield Document(
            kind=one.kind,
            object_id=record.pk,
            language=language,
            title=_terms(draft.heading, language, known),
            body=_terms(f"{draft.text}\n{draft.hidden}", language, known),
            heading=draft.heading,
            text=draft.text,
        )


def _terms(text: str, language: Any, known: Exceptions) -> str:
    return " ".join(analyse(text, language, exceptions=known))
