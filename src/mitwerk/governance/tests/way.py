"""A sitting of the board from the first date to the approved minutes, for tests that start half-way."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.governance.actions import (
    end_sitting,
    invite,
    note_attendance,
    open_item,
    open_sitting,
    plan_sitting,
    publish_minutes,
    write_item,
    write_motion,
)
from mitwerk.governance.models import AgendaItem, Body, Minutes, Motion, Sitting

WORDING = {"de": "Der Messestand wird gebaut.", "en": "The stand is built."}


@dataclass
class Way:
    """The sitting, its one item with its one motion, and who leads it."""

    sitting: Sitting
    item: AgendaItem
    motion: Motion
    chair: User


def planned(body: Body, chair: User, days: int = 7) -> Way:
    """A draft with a date, an item and a motion."""
    values = {"starts_at": timezone.now() + timedelta(days=days), "place": "Rathaus", "length": 90}
    sitting = plan_sitting(sitting=Sitting(body=body), values=values, actor=chair)
    item = AgendaItem(sitting=sitting)
    write_item(item=item, values={"title": {"de": "Messe", "en": "Fair"}}, actor=chair)
    motion = Motion(item=item)
    write_motion(motion=motion, values={"title": {"de": "Stand", "en": "Stand"}, "wording": WORDING}, actor=chair)
    return Way(sitting, item, motion, chair)


def invited(body: Body, chair: User, days: int = 7) -> Way:
    way = planned(body, chair, days)
    way.sitting = invite(sitting=way.sitting, actor=chair)
    return way


def running(body: Body, chair: User, *present: Organisation) -> Way:
    """Opened, with these organisations there, and the item dealt with now."""
    way = invited(body, chair)
    way.sitting = open_sitting(sitting=way.sitting, actor=chair)
    for organisation in present:
        note_attendance(sitting=way.sitting, organisation_id=organisation.public_id, is_there=True, actor=chair)
    way.item = AgendaItem.objects.get(pk=way.item.pk)
    way.item.sitting = way.sitting
    open_item(item=way.item, actor=chair)
    way.motion = Motion.objects.get(pk=way.motion.pk)
    way.motion.item = way.item
    return way


def published(way: Way, *, is_public: bool = True) -> Minutes:
    """End it and publish its minutes."""
    way.sitting = end_sitting(sitting=way.sitting, actor=way.chair)
    minutes = Minutes.objects.get(sitting=way.sitting)
    return publish_minutes(minutes=minutes, values={"is_public": is_public}, actor=way.chair)
