"""Two organisations were made one: choices inside blocks and drafts, which no foreign key tells of, follow."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, Revision, get_page_models

from mitwerk.actors.models import Organisation

Swap = tuple[int, int]
"""The key that is looked for, and the one that takes its place."""


def follow_merge(
    *, loser: Organisation, winner: Organisation, done: dict[str, Any] | None, **_signal: Any
) -> dict[str, Any] | int:
    """Receiver of `organisations_merged`: what was swapped in which page, or how much could not be swapped back."""
    if done is None:
        return {str(page.pk): told for page in _pages() if (told := _swap_page(page, (loser.pk, winner.pk)))}
    missed, swaps = 0, done.get(__name__) or {}
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=list(swaps)).specific()}
    for key, told in swaps.items():
        if key not in pages:
            missed += 1
            continue
        swapped = _swap_page(pages[key], (winner.pk, loser.pk), told)
        missed += len(set(told["paths"]) - set(swapped["paths"] if swapped else []))
    return missed


def _pages() -> Iterator[Any]:
    """Pages of all kinds on which an organisation can be chosen."""
    for model in get_page_models():
        if _streams(model) or _keys(model) or _children(model):
            yield from model.objects.select_related("latest_revision").order_by("pk")


def _streams(model: type[Page]) -> list[StreamField]:
    return [field for field in model._meta.fields if isinstance(field, StreamField)]


def _keys(model: Any) -> list[str]:
    """Names of a model's foreign keys to organisations."""
    return [field.name for field in model._meta.fields if field.related_model is Organisation]


def _children(model: type[Page]) -> dict[str, list[str]]:
    """Lists of rows that are saved in a draft, and which of their columns hold an organisation."""
    relations = {one.get_accessor_name(): _keys(one.related_model) for one in get_all_child_relations(model)}
    return {name: keys for name, keys in relations.items() if keys}


def _swap_page(page: Any, swap: Swap, earlier: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """Swap in what is published and in the drafts that may be published; None where there was nothing.

    With `earlier`, only where it was swapped then.
    """
    only = set(earlier["paths"]) if earlier else None
    told: dict[str, Any] = {"paths": [], "dropped": []}
    for field in _streams(type(page)):
        raw = getattr(page, field.name).get_prep_value()
        if paths := list(_swapped(field.stream_block, raw, swap, field.name, only)):
            type(page).objects.filter(pk=page.pk).update(**{field.name: field.stream_block.to_python(raw)})
            told["paths"] += paths
    for revision in Revision.page_revisions.filter(_may_be_published(page), object_id=str(page.pk)):
        _swap_draft(page, revision, swap, only, told, earlier["dropped"] if earlier else [])
    told["paths"] = sorted(set(told["paths"]))
    if not told["paths"] and not told["dropped"]:
        return None
    ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
    return told


def _may_be_published(page: Page) -> Q:
    return Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)


def _swap_draft(
    page: Page, revision: Revision, swap: Swap, only: set[str] | None, told: dict[str, Any], returns: list[Any]
) -> None:
    content = revision.content
    before = json.dumps(content, sort_keys=True)
    for field in _streams(type(page)):
        raw = json.loads(content.get(field.name) or "[]")
        told["paths"] += _swapped(field.stream_block, raw, swap, field.name, only)
        content[field.name] = json.dumps(raw)
    for name in _keys(type(page)):
        told["paths"] += _swap_key(content, name, swap, name, only)
    for relation, names in _children(type(page)).items():
        rows = content.get(relation, [])
        for name in names:
            told["dropped"] += [[relation, row] for row in _drop_double(rows, name, swap, only)]
            for row in rows:
                told["paths"] += _swap_key(row, name, swap, f"{relation}/{row.get('pk')}/{name}", only)
        there = {row.get("pk") for row in rows}
        rows += [row for kind, row in returns if kind == relation and row.get("pk") not in there]
    if json.dumps(content, sort_keys=True) != before:
        Revision.objects.filter(pk=revision.pk).update(content=content)


def _swap_key(row: dict[str, Any], name: str, swap: Swap, path: str, only: set[str] | None) -> list[str]:
    if row.get(name) != swap[0] or (only is not None and path not in only):
        return []
    row[name] = swap[1]
    return [path]


def _drop_double(rows: list[dict[str, Any]], name: str, swap: Swap, only: set[str] | None) -> list[dict[str, Any]]:
    """Rows of a draft that would name one organisation twice, which the database refuses; not at an undo."""
    if only is not None or not any(row.get(name) == swap[1] for row in rows):
        return []
    double = [row for row in rows if row.get(name) == swap[0]]
    rows[:] = [row for row in rows if row not in double]
    return double


def _swapped(block: Any, raw: Any, swap: Swap, path: str, only: set[str] | None) -> Iterator[str]:
    """Swap the choice of an organisation anywhere in the raw data of a block; yields where it was."""
    if isinstance(block, blocks.StreamBlock):
        for item in raw or []:
            child = block.child_blocks.get(item["type"])
            yield from _swapped_at(child, item, "value", swap, f"{path}/{item.get('id')}", only)
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            yield from _swapped_at(block.child_block, item, "value", swap, f"{path}/{item.get('id')}", only)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _swapped_at(child, raw, name, swap, f"{path}/{name}", only)


def _swapped_at(child: Any, holder: Any, key: str, swap: Swap, path: str, only: set[str] | None) -> Iterator[str]:
    if child is None or not isinstance(holder, dict) or key not in holder:
        return
    if isinstance(child, blocks.ChooserBlock):
        if child.target_model is Organisation and holder[key] == swap[0] and (only is None or path in only):
            holder[key] = swap[1]
            yield path
        return
    yield from _swapped(child, holder[key], swap, path, only)
