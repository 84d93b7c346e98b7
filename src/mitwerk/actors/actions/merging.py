"""Two organisations become one: everything that pointed at the loser points at the winner."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions.relations import move, relations, united
from mitwerk.actors.actions.rows import assign, plain
from mitwerk.actors.actions.signals import organisations_merged
from mitwerk.actors.models import Merge, NotDuplicate, Organisation
from mitwerk.actors.queries import BOTH, FACTS, WINNER, Fact, old_merges
from mitwerk.algorithms.collation import sort_key
from mitwerk.algorithms.text import normalise_name
from mitwerk.core.changes import Refused

Choices = Mapping[str, str]
"""Name of a fact to whose it is: the winner's, the loser's, or both where it is a list."""


class MergeRefused(Refused):
    """One of the two is not as it was, or it is too late."""


def locked(*keys: int) -> list[Organisation]:
    """The rows in the order of `keys`, held until the transaction ends; always locked in one order, so none waits for
    the other in a ring."""
    found = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(found) != len(set(keys)):
        raise MergeRefused(_("One of the two is not there any more."))
    return [found[key] for key in keys]


@transaction.atomic
def merge_organisations(*, winner: Organisation, loser: Organisation, choices: Choices, actor: User | None) -> Merge:
    """Make two organisations one. The loser's row stays, hidden: its address leads to the winner, and it can return.

    From then on the winner is the office's, no load writes over it. Raises `MergeRefused` where one of the two was
    merged meanwhile.
    """
    if winner.pk == loser.pk:
        raise MergeRefused(_("These are one and the same entry."))
    with scope(cluster=None):
        kept, gone = locked(winner.pk, loser.pk)
        if kept.merged_into_id or gone.merged_into_id:
            raise MergeRefused(_("Somebody has merged one of the two meanwhile."))
        done = _join(kept, gone, choices)
        merge = Merge.objects.create(winner=kept, loser=gone, by=actor, done=done)
    record_audit(
        verb="organisation.merge",
        target=kept,
        actor=actor,
        details={"loser": gone.public_id, "merge": merge.public_id},
    )
    winner.refresh_from_db()
    loser.refresh_from_db()
    return merge


def _join(winner: Organisation, loser: Organisation, choices: Choices) -> dict[str, Any]:
    values, lists = _chosen(winner, loser, choices)
    now = timezone.now()
    gives = {name: None for name in ("ror_id",) if values.get(name)}  # unique: the loser lets go first
    done: dict[str, Any] = {"loser": assign(loser, {"merged_into_id": winner.pk, "visibility": "hidden", **gives})}
    claimed = min((at for at in (winner.claimed_at, loser.claimed_at) if at), default=None)
    done["winner"] = assign(winner, {**values, "claimed_at": claimed, "office_changed_at": now, "updated_at": now})
    done["lists"] = {name: _set_links(winner, name, keys) for name, keys in lists.items()}
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for relation in relations():
        for told in move(relation, loser, winner):
            rows[relation.label].append(told)
    done["rows"] = rows
    answers = organisations_merged.send(sender=Organisation, loser=loser, winner=winner, done=None)
    done["elsewhere"] = {receiver.__module__: answer for receiver, answer in answers}
    return done


def _set_links(winner: Organisation, name: str, keys: list[int]) -> list[list[int]]:
    """Set a many-to-many list; its keys before and after."""
    manager = getattr(winner, name)
    before = sorted(manager.values_list("pk", flat=True))
    manager.set(keys)
    return [before, sorted(keys)]


def _chosen(winner: Organisation, loser: Organisation, choices: Choices) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Columns of the winner with their new values, and its many-to-many lists with their keys."""
    known = {fact.name: fact for fact in FACTS}
    if wrong := {name for name, whose in choices.items() if name not in known or whose not in known[name].answers}:
        raise ValueError(f"no such choice: {sorted(wrong)}")
    values: dict[str, Any] = {}
    lists: dict[str, list[int]] = {}
    for fact in FACTS:
        whose = choices.get(fact.name, BOTH if fact.is_list else WINNER)
        if whose == WINNER:
            continue
        if fact.is_links:
            keys = set(fact.keys(loser)) | (set(fact.keys(winner)) if whose == BOTH else set())
            lists[fact.name] = sorted(keys)
        else:
            _take(fact, winner, loser, whose, values)
    name = values.get("name", winner.name)
    values |= {"sort_name": sort_key(name)[:250], "normalised_name": normalise_name(name)[:250]}
    return values | _other_names(winner, loser, values), lists


def _take(fact: Fact, winner: Organisation, loser: Organisation, whose: str, values: dict[str, Any]) -> None:
    if fact.language:
        text = values.get(fact.columns[0], getattr(winner, fact.columns[0]))
        both = {**text, fact.language: getattr(loser, fact.columns[0]).get(fact.language, "")}
        values[fact.columns[0]] = {code: words for code, words in both.items() if words}
    elif whose == BOTH:
        [column] = fact.columns
        values[column] = united(plain(winner, column), plain(loser, column))
    else:
        values |= {column: getattr(loser, column) for column in fact.columns}


def _other_names(winner: Organisation, loser: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    """The name that was not taken stays known: searches and loads find the organisation by it."""
    name = values.get("name", winner.name)
    known = values.get("alternative_names", winner.alternative_names)
    others = united(known, [winner.name, loser.name])
    return {"alternative_names": [other for other in others if other != name]}


@transaction.atomic
def tell_apart(*, one: Organisation, other: Organisation, actor: User | None) -> NotDuplicate:
    """Somebody says that two are different; the list of duplicates does not ask again."""
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    answer, is_new = NotDuplicate.objects.get_or_create(one=first, other=second, defaults={"said_by": actor})
    if is_new:
        details = {"other": second.public_id}
        record_audit(verb="organisation.tell_apart", target=first, actor=actor, details=details)
    return answer


def forget_merges() -> int:
    """Forget what would be needed to undo merges that cannot be undone any more; their redirects stay. How many."""
    return old_merges().update(done={})
