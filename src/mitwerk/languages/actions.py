"""Writes of the languages: take in a translation, and put it into the records through their subjects' own verbs."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation
from mitwerk.algorithms.text_units import Bundle
from mitwerk.clusters.actions import change_cluster, change_region
from mitwerk.congress.actions import change_congress, change_contribution, change_stand
from mitwerk.core.changes import Row
from mitwerk.core.office import write_history
from mitwerk.core.wording import forget_notes_of, rows_below
from mitwerk.events.actions import change_event
from mitwerk.languages.models import Delivery
from mitwerk.languages.queries.kinds import BY_NAME
from mitwerk.languages.queries.plan import Line, Outcome, plan, torn_bodies
from mitwerk.languages.queries.texts import texts
from mitwerk.matching.actions import change_need
from mitwerk.networks.actions import change_network
from mitwerk.pages.actions import translate_page
from mitwerk.projects.actions import change_project

VERBS: dict[str, Callable[..., Any]] = {
    "region": change_region,
    "cluster": change_cluster,
    "organisation": change_organisation,
    "project": change_project,
    "event": change_event,
    "congress": change_congress,
    "contribution": change_contribution,
    "stand": change_stand,
    "network": change_network,
    "need": change_need,
}
"""Each takes the record under the name of its kind."""


@transaction.atomic
def take_delivery(*, user: User, file_name: str, bundle: Bundle) -> Delivery:
    """Keep what a translator sent until its user has looked at it; an older one of the same user goes."""
    Delivery.objects.filter(user=user).delete()
    return Delivery.objects.create(
        user=user,
        file_name=file_name[:200],
        source_language=bundle.source_language,
        target_language=bundle.target_language,
        units=[list(unit) for unit in bundle.units],
    )


@transaction.atomic
def apply_delivery(*, delivery: Delivery, conflicts: Collection[str], actor: User) -> int:
    """Write what is new or changed, and the `conflicts` that somebody ticked (ids of texts); how many texts.

    Judged again, because the records may have changed while somebody looked. Source and translation are current then.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    lines = _chosen(actor, delivery.bundle, conflicts)
    groups: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in lines:
        assert line.text is not None  # noqa: S101
        groups[line.unit.id.partition(":")[0], line.text.record.pk].append(line)
    for (kind, _pk), group in groups.items():
        (_write_record if kind in VERBS else _write_page)(kind, group, delivery, actor)
    details = {"source": delivery.source_language, "target": delivery.target_language, "texts": len(lines)}
    record_audit(verb="translation.apply", target=delivery, actor=actor, details=details)
    delivery.delete()
    return len(lines)


def _chosen(user: User, bundle: Bundle, conflicts: Collection[str]) -> list[Line]:
    """What is written. A page's body of which a paragraph was left out is left out as a whole."""
    ticked = set(conflicts)
    lines = [
        line
        for line in plan(user, bundle)
        if line.is_applied or (line.outcome is Outcome.CONFLICT and line.unit.id in ticked)
    ]
    kinds = {line.unit.id.partition(":")[0] for line in lines} & {"page", "news"}
    known = texts(user, bundle.source_language, bundle.target_language, kinds) if kinds else ()
    torn = torn_bodies(lines, known, set(Outcome))
    return [line for line in lines if line not in torn]


def _write_record(kind: str, lines: list[Line], delivery: Delivery, actor: User) -> None:
    """All texts of one record in one call of its verb, rows below it in theirs."""
    source, target = delivery.source_language, delivery.target_language
    texts_of = [(line.text, line.target) for line in lines if line.text]
    [pk] = {text.record.pk for text, _new in texts_of}
    record = BY_NAME[kind].records(actor).get(pk=pk)
    values: dict[str, Any] = {}
    below: dict[tuple[type, int], dict[str, Any]] = defaultdict(dict)
    for text, new in texts_of:
        said = {**getattr(text.part, text.name), target: new}
        if text.part is text.record:
            values[text.name] = said
        else:
            below[type(text.part), text.part.pk][text.name] = said
    rows = _rows(record, below)
    VERBS[kind](**{kind: record}, values=values, rows=rows, actor=actor)
    forget_notes_of(record, source, values)
    for row in (row for relation in rows.values() for row in relation if row.values):
        forget_notes_of(row.record, source, row.values)  # type: ignore[arg-type]
    write_history(record, "office.change", actor, [*values, *rows])


def _rows(record: Any, below: dict[tuple[type, int], dict[str, Any]]) -> dict[str, list[Row]]:
    """All rows of each relation that is touched, in their order: the verb numbers those it is given."""
    found, model = {}, record._meta.model
    for relation in rows_below(model):
        rows = [Row(row, below.get((type(row), row.pk), {})) for row in getattr(record, relation).all()]
        if any(row.values for row in rows):
            found[relation] = rows
    return found


def _write_page(_kind: str, lines: list[Line], delivery: Delivery, actor: User) -> None:
    values = {line.text.id.rpartition(":")[2]: line.target for line in lines if line.text}
    page = next(line.text.record for line in lines if line.text)
    translate_page(page=page, language=delivery.target_language, values=values, actor=actor)
