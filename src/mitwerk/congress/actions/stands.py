"""Stands are made of what was accepted, placed on the floor, and told of by their exhibitors."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.algorithms.floorplan import free_spots
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.models import Congress, Contribution, Format, Stand, StandTalk
from mitwerk.core.changes import Refused, Rows, Values

SIZE = (3, 2)
"""Width and depth in metres of a stand of which nothing else is known."""
MOST_TALKS = 20


@transaction.atomic
def make_stands(*, congress: Congress, actor: User | None) -> int:
    """A stand for every accepted contribution of that kind that has none, with the next free number; in how many.

    Those without a place get one where a hall with a size has room. Done again it makes nothing twice.
    """
    locked = Congress.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=congress.pk)
    accepted = locked.contributions.filter(kind=Format.Kind.STAND, state__in=ON_STAGE, stand=None)
    made = [_of(contribution, _next_number(locked)) for contribution in accepted.prefetch_related("competences")]
    _place(locked)
    record_audit(
        verb="congress.make-stands", target=locked, actor=actor, cluster_slug=slug_of(locked),
        details={"stands": len(made)},
    )  # fmt: skip
    return len(made)


def _of(contribution: Contribution, number: str) -> Stand:
    stand = Stand.objects.create(
        congress=contribution.congress, organisation=contribution.organisation, contribution=contribution,
        number=number, shows=contribution.abstract, width=SIZE[0], depth=SIZE[1],
    )  # fmt: skip
    stand.competences.set(contribution.competences.all())
    return stand


def _next_number(congress: Congress) -> str:
    taken = set(congress.stands.values_list("number", flat=True))
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)


def _place(congress: Congress) -> None:
    """Stands of the usual size that have no place, hall by hall."""
    lost = Q(x=None) | Q(room=None)
    waiting = list(congress.stands.filter(lost, width=SIZE[0], depth=SIZE[1]).order_by("pk"))
    for room in congress.rooms.filter(width__isnull=False):
        taken = [stand.spot for stand in congress.stands.filter(room=room, x__isnull=False) if stand.spot]
        hall = (room.width or 0, room.depth or 0)
        spots = free_spots(taken, len(waiting), hall=hall, size=SIZE)
        for stand, spot in zip(waiting, spots, strict=False):
            stand.room, stand.x, stand.y = room, spot.x, spot.y
            stand.save(update_fields=["room", "x", "y", "updated_at"])
        waiting = waiting[len(spots) :]


@transaction.atomic
def change_stand(*, stand: Stand, values: Values, rows: Rows, actor: User) -> Stand:
    """What the office enters: number, exhibitor, place, what is shown and told there."""
    congress = values.get("congress") or stand.congress
    write_record(record=stand, values=values, rows=rows, actor=actor, cluster_slug=slug_of(congress))
    return stand


def remove_stand(*, stand: Stand, actor: User) -> None:
    remove_record(record=stand, actor=actor, cluster_slug=slug_of(stand.congress))


@transaction.atomic
def tell_of_stand(*, stand: Stand, values: dict[str, Any], actor: User) -> Stand:
    """What the exhibitor says: `shows`, and the competences and sectors it is about."""
    found = Stand.objects.select_for_update(of=("self",)).select_related("congress__cluster").get(pk=stand.pk)
    write_record(record=found, values=values, rows={}, actor=actor, cluster_slug=slug_of(found.congress))
    return found


@transaction.atomic
def add_stand_talk(*, stand: Stand, values: dict[str, Any], actor: User) -> StandTalk:
    """Something told at the stand. `values`: title, starts_at, ends_at. The same at the same time twice is one.

    Raises `Refused` outside the opening hours, where something else is told at the stand then, and for too many.
    """
    found = Stand.objects.select_for_update(of=("self",)).select_related("congress__cluster", "congress__event")
    locked = found.get(pk=stand.pk)
    begins, ends = values["starts_at"], values["ends_at"]
    same = locked.talks.filter(starts_at=begins, ends_at=ends).first()
    if same and same.title == values["title"]:
        return same
    if not _is_open(locked.congress, begins, ends):
        raise Refused(_("The congress is closed then."))
    if locked.talks.filter(starts_at__lt=ends, ends_at__gt=begins).exists():
        raise Refused(_("Something else is told at the stand at this time."))
    if locked.talks.count() >= MOST_TALKS:
        raise Refused(_("A stand tells %(count)s things at most.") % {"count": MOST_TALKS})
    talk = StandTalk.objects.create(stand=locked, **values)
    record_audit(verb="stand.add-talk", target=locked, actor=actor, cluster_slug=slug_of(locked.congress))
    return talk


def _is_open(congress: Congress, begins: Any, ends: Any) -> bool:
    start, end = timezone.localtime(begins), timezone.localtime(ends)
    day = next((day for day in congress.days if day.date == start.date() == end.date()), None)
    return day is not None and day.opens_at <= start.time() and end.time() <= day.closes_at


@transaction.atomic
def drop_stand_talk(*, talk: StandTalk, actor: User) -> None:
    congress = talk.stand.congress
    record_audit(verb="stand.drop-talk", target=talk.stand, actor=actor, cluster_slug=slug_of(congress))
    talk.delete()
