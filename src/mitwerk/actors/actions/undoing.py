"""A merge is taken back: both organisations and everything that moved are as before, as far as nobody touched it."""

from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions.merging import MergeRefused, locked
from mitwerk.actors.actions.relations import Relation, relations
from mitwerk.actors.actions.rows import take_back, unpack
from mitwerk.actors.actions.signals import organisations_merged
from mitwerk.actors.models import Merge, Organisation


@transaction.atomic
def undo_merge(*, merge: Merge, actor: User | None) -> list[str]:
    """Part two organisations again; tells what was changed since and therefore stays as it is now.

    Raises `MergeRefused` after 30 days, where it was undone, and while a later merge builds on it.
    """
    with scope(cluster=None):
        winner, loser = locked(merge.winner_id, merge.loser_id)
        held = Merge.objects.select_for_update().get(pk=merge.pk)
        _refuse(held, winner)
        told = _part(held.done, winner, loser)
        held.undone_at, held.done = timezone.now(), {}
        held.save(update_fields=["undone_at", "done", "updated_at"])
    details = {"loser": loser.public_id, "merge": held.public_id, "kept": len(told)}
    record_audit(verb="organisation.part", target=winner, actor=actor, details=details)
    merge.refresh_from_db()
    return told


def _refuse(merge: Merge, winner: Organisation) -> None:
    if merge.undone_at:
        raise MergeRefused(_("This merge was undone already."))
    if not merge.can_be_undone:
        day = date_format(merge.last_day, "DATE_FORMAT")
        raise MergeRefused(_("This merge could be undone until %(day)s.") % {"day": day})
    later = Merge.objects.filter(Q(loser=winner) | Q(winner=winner), undone_at=None, pk__gt=merge.pk).first()
    if later:
        raise MergeRefused(_("Undo the later merge first: %(merge)s.") % {"merge": later})


def _part(done: dict[str, Any], winner: Organisation, loser: Organisation) -> list[str]:
    told = _parted_rows(done["rows"], winner)
    for name, (before, after) in done["lists"].items():
        told += _parted_links(winner, name, set(before), set(after))
    # Dates are no statements: the winner's tells of the undo, so that lists and caches see it.
    done["winner"].pop("updated_at", None)
    told += [_label(Organisation, one) for one in take_back(winner, done["winner"]) if one != "office_changed_at"]
    told += [_label(Organisation, column) for column in take_back(loser, done["loser"])]
    Organisation.objects.filter(pk__in=[winner.pk, loser.pk]).update(updated_at=timezone.now())
    answers = organisations_merged.send(sender=Organisation, loser=loser, winner=winner, done=done["elsewhere"])
    return told + [_("places on pages") for _receiver, missed in answers if missed]


def _parted_links(winner: Organisation, name: str, before: set[int], after: set[int]) -> list[str]:
    """Take back what the merge added and took; what was added since stays."""
    manager = getattr(winner, name)
    now = set(manager.values_list("pk", flat=True))
    manager.set((now - (after - before)) | (before - after))
    return [] if now == after else [_label(Organisation, name)]


def _parted_rows(rows: dict[str, list[dict[str, Any]]], winner: Organisation) -> list[str]:
    """First all that moved, then those that were combined, which may need the place of a moved one."""
    told = []
    for relation in relations():
        there = rows.get(relation.label, [])
        told += [_label_row(relation) for one in there if "moved" in one and not _moved_back(relation, one, winner)]
        told += [_label_row(relation) for one in there if "removed" in one and not _made_again(relation, one)]
    return told


def _moved_back(relation: Relation, one: dict[str, Any], winner: Organisation) -> bool:
    row = relation.rows(winner).filter(pk=one["moved"]).first()
    return row is not None and not take_back(row, one["changed"])


def _made_again(relation: Relation, one: dict[str, Any]) -> bool:
    """A removed row returns as it was. Its twin gives back what it took over, unless it was changed since."""
    twin = relation.model._default_manager.filter(pk=one["twin"]).first()
    is_whole = twin is not None and not take_back(twin, one["changed"])
    if not _has_its_others(relation, one["removed"]):
        return False
    try:
        with transaction.atomic():
            unpack(one["removed"])
    except DatabaseError:  # its place was taken since
        return False
    return is_whole


def _has_its_others(relation: Relation, whole: dict[str, Any]) -> bool:
    """Whether everything the row speaks of is still there."""
    for field in relation.model._meta.concrete_fields:
        value = whole["fields"].get(field.name)
        if field.many_to_one and value is not None and not _is_there(field.related_model, value):
            return False
    return True


def _is_there(model: Any, key: Any) -> bool:
    return bool(model._default_manager.filter(pk=key).exists())


def _label(model: Any, column: str) -> str:
    found = {field.attname: field for field in model._meta.concrete_fields} | {
        field.name: field for field in model._meta.many_to_many
    }
    return str(found[column].verbose_name)


def _label_row(relation: Relation) -> str:
    return str(relation.model._meta.verbose_name)
