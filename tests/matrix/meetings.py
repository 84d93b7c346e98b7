"""The room of A's network: a meeting that is over with minutes, one that comes, and what its coordinator shows there.

`coming` is what the addresses name, but for those of minutes.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from mitwerk.networks.models import NetworkPerson
from mitwerk.networks.tests.cast import Circle, Networks
from mitwerk.rooms.actions import add_systems, plan_meeting, publish_minutes, renew_feed, write_minutes
from mitwerk.rooms.models import Feed, Meeting
from mitwerk.rooms.queries.feeds import token_of
from mitwerk.rooms.tests.meetings_cast import make_systems


def meeting_records(networks: Networks, circle: Circle) -> dict[str, Model]:
    """The member uses a system and has an address for their calendar, the coordinator uses it as well."""
    over, coming = (_plan(networks, days) for days in (-3, 7))
    write_minutes(meeting=over, text="Was besprochen wurde.", present=[], actor=circle.coordinator)
    publish_minutes(meeting=over, actor=circle.coordinator)
    (system,) = make_systems("ERP der Runde")
    for user in (circle.coordinator, circle.member):
        add_systems(person=_row(user), concepts=[system], actor=user)
    feed = renew_feed(person=_row(circle.member), actor=circle.member)
    return {"meetings": coming, "meeting that is over": over, "system in use": system, "calendar of a member": feed}


def _plan(networks: Networks, days: int) -> Meeting:
    begins = timezone.now() + timedelta(days=days)
    values = {"title": "Treffen", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Jena"}
    return plan_meeting(network=networks.heads, values=values, actor=None)


def _row(user: Any) -> NetworkPerson:
    return NetworkPerson.objects.get(person__user=user, until=None)


def places_of_meetings(records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    feed: Feed = records["calendar of a member"]
    over = ("minutes_write", "minutes_publish", "minutes_read")
    return {
        **{(f"rooms:meeting_{act}", "public_id"): records["meetings"].public_id
           for act in ("detail", "change", "cancel", "answer")},
        **{(f"rooms:{name}", "public_id"): records["meeting that is over"].public_id for name in over},
        **{(f"rooms:system_{act}", "public_id"): records["system in use"].public_id
           for act in ("detail", "change", "drop")},
        ("rooms:minutes_read", "number"): 1,
        ("rooms:feed", "token"): token_of(feed),
    }  # fmt: skip
