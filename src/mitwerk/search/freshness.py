"""Keeps the index true to the records: what a transaction changed is indexed once, when it is committed.

Signals, because the subjects lie below this floor and must not know it. They carry no business logic: a missed one
leaves an old snippet, never a record in the wrong eyes, since every hit is asked of its subject again.
"""

from collections import defaultdict
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from mitwerk.actors.actions import organisations_merged
from mitwerk.actors.models import Organisation
from mitwerk.search.actions import refresh
from mitwerk.search.documents import Ids, Source, sources

_PENDING = "_search_pending"


def connect() -> None:
    """Listen to every registered model and to what belongs to it, and to merges, which move rows without signals."""
    for one in sources():
        listen(one)
    organisations_merged.connect(_note_merge, dispatch_uid="search.merge")


def listen(one: Source) -> None:
    """Listen to one kind of record (repeating it changes nothing)."""
    for model, touched in {one.model: lambda record: {record.pk}, **one.related}.items():

        def note(sender: Any, instance: Any, one: Source = one, touched: Any = touched, **kwargs: Any) -> None:
            if not kwargs.get("raw"):
                mark(one.kind, touched(instance))

        for signal in (post_save, post_delete):
            signal.connect(note, sender=model, weak=False, dispatch_uid=f"search.{one.kind}.{model._meta.label}")
    for relation in one.model._meta.many_to_many:
        m2m_changed.connect(
            _note_links, sender=relation.remote_field.through, weak=False, dispatch_uid=f"search.{relation}"
        )


def _note_merge(loser: Organisation, winner: Organisation, **kwargs: Any) -> None:
    mark("organisation", {loser.pk, winner.pk})


def _note_links(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Ids | None, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    for one in sources():
        if isinstance(instance, one.model) and not reverse:
            mark(one.kind, {instance.pk})


def mark(kind: str, ids: Ids) -> None:
    """Remember records of this transaction; the first one arranges the work for its commit."""
    pending: dict[str, Ids] = getattr(connection, _PENDING, None) or defaultdict(set)
    is_first = not pending
    pending[kind] |= {number for number in ids if number}
    setattr(connection, _PENDING, pending)
    # Asked of the connection, because a rollback forgets the work it was to do but not what we remembered.
    if is_first or not any(work is _index_pending for _savepoints, work, _robust in connection.run_on_commit):
        transaction.on_commit(_index_pending)  # outside a transaction this runs at once


def _index_pending() -> None:
    pending: dict[str, Ids] = getattr(connection, _PENDING, None) or {}
    setattr(connection, _PENDING, None)
    for kind, ids in pending.items():
        refresh(kind=kind, ids=ids)
