"""What points at an organisation, read from the models, and how a row goes from one organisation to another."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Max, Q, QuerySet

from mitwerk.actors.actions.rows import Changed, assign, packed
from mitwerk.actors.models import Membership, Merge, NotDuplicate, Organisation

STAYS = {
    (Merge, "winner"): "the history tells what was",
    (Merge, "loser"): "the history tells what was",
    (NotDuplicate, "one"): "read through `standing`, so that an undo finds the answer as it was given",
    (NotDuplicate, "other"): "read through `standing`, so that an undo finds the answer as it was given",
}
"""Columns that a merge leaves alone, each with the reason."""

OWN_WORDS = {"id", "source_id", "sources", "as_of", "position", "sort_order"}
"""Columns that say where a row comes from or stands, not what it says."""


class Relation(NamedTuple):
    """A column of another table that holds an organisation."""

    model: type[models.Model]
    field: Any

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    def rows(self, organisation: Organisation) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.field.name: organisation}).order_by("pk")


def relations() -> list[Relation]:
    """Every column of every model that points at an organisation and moves with a merge."""
    return [one for one in all_relations() if (one.model, one.field.name) not in STAYS]


def all_relations() -> list[Relation]:
    """Tables behind an organisation's own lists (its sectors) are its values, not somebody's reference."""
    own = {field.remote_field.through for field in Organisation._meta.many_to_many}
    found: list[Any] = Organisation._meta.get_fields(include_hidden=True)
    backward = [x for x in found if x.auto_created and not x.concrete and (x.one_to_many or x.one_to_one)]
    made = (Relation(x.related_model, x.field) for x in backward if x.related_model not in own)
    return sorted((one for one in made if not one.model._meta.proxy), key=lambda one: one.label)


def move(relation: Relation, loser: Organisation, winner: Organisation) -> Iterator[dict[str, Any]]:
    """Let the loser's rows point at the winner; one that the winner has already is combined with it. Tells each."""
    kept = list(relation.rows(winner))
    start = _first_free(relation, winner)
    for row in relation.rows(loser):
        before, gave = packed(row), assign(row, _giving_way(row, winner))
        twin = next((one for one in kept if is_same(relation, row, one)), None)
        if twin is not None:
            yield {"removed": before, "twin": twin.pk, "changed": combine(row, twin)}
            row.delete()
            continue
        values: dict[str, Any] = {relation.field.attname: winner.pk}
        if start is not None:
            values["position"] = start + row.position
        yield {"moved": row.pk, "changed": {**gave, **assign(row, values)}}
        kept.append(row)


def _giving_way(row: models.Model, winner: Organisation) -> dict[str, Any]:
    """Values that cannot stay beside the winner's; a model says so with `giving_way(winner)`."""
    ask = getattr(row, "giving_way", None)
    return ask(winner) if ask else {}


def _first_free(relation: Relation, winner: Organisation) -> int | None:
    """Where the loser's rows are put behind the winner's; None where they stand in no order below it."""
    if list(relation.model._meta.ordering or [])[:2] != [relation.field.name, "position"]:
        return None
    last = relation.rows(winner).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def is_same(relation: Relation, row: models.Model, other: models.Model) -> bool:
    """Whether a unique constraint lets only one of the two point at one organisation."""
    return any(
        _key(relation, constraint, row) == _key(relation, constraint, other)
        for constraint in relation.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and relation.field.name in constraint.fields
        if _fits(constraint.condition, row) and _fits(constraint.condition, other)
    )


def _key(relation: Relation, constraint: models.UniqueConstraint, row: models.Model) -> list[Any]:
    """What the constraint compares. Where places in a list are part of it, they give way, and the words count."""
    names = [name for name in constraint.fields if name != relation.field.name]
    if "position" in names:
        names = [f.name for f in row._meta.concrete_fields if f.name not in OWN_WORDS | {relation.field.name}]
    return [getattr(row, row._meta.get_field(name).attname) for name in names]  # type: ignore[union-attr]


def _fits(condition: Q | None, row: models.Model) -> bool:
    return condition is None or type(row)._default_manager.filter(condition, pk=row.pk).exists()


def combine(row: models.Model, twin: models.Model) -> Changed:
    """What the row that goes knows, and the one that stays does not."""
    values: dict[str, Any] = {}
    if isinstance(row, Membership) and isinstance(twin, Membership):
        values["since"] = min((day for day in (row.since, twin.since) if day), default=None)
        values["until"] = max(row.until, twin.until) if row.until and twin.until else None
    for field in row._meta.concrete_fields:
        told = getattr(row, field.attname)
        if field.name == "sources":
            values["sources"] = united(twin.sources, told)  # type: ignore[attr-defined]
        elif field.name == "is_public":
            values["is_public"] = twin.is_public or told  # type: ignore[attr-defined]
        elif field.name not in {*values, "until", "source_id"} and getattr(twin, field.attname) in (None, "", {}):
            values[field.attname] = told
    return assign(twin, values)


def united(first: list[Any], second: list[Any]) -> list[Any]:
    """Both lists, the first one first, nothing twice."""
    return [*first, *(one for one in second if one not in first)]
