"""What somebody says of themselves in a room: their card, their systems, the address of their calendar."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.ids import new_public_id
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Card, Feed, SystemInUse
from mitwerk.vocabularies.models import Concept


@transaction.atomic
def save_card(*, person: NetworkPerson, values: dict[str, Any], actor: User) -> Card:
    """The person's own card."""
    card, _is_new = Card.objects.update_or_create(person=person, defaults={**values, "changed_at": timezone.now()})
    record_audit(verb="room.save_card", target=person.network, actor=actor)
    return card


@transaction.atomic
def add_systems(*, person: NetworkPerson, concepts: Iterable[Concept], actor: User) -> None:
    """The person's organisation works with these as well; what was said of one before stays."""
    new = [SystemInUse(person=person, concept=one) for one in concepts]
    SystemInUse.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        record_audit(verb="room.add_systems", target=person.network, actor=actor)


@transaction.atomic
def change_system(*, system: SystemInUse, note: str, since: int | None, actor: User) -> SystemInUse:
    """What is said of it."""
    system.note, system.since = note, since
    system.save(update_fields=["note", "since"])
    record_audit(verb="room.change_system", target=system.person.network, actor=actor)
    return system


@transaction.atomic
def drop_system(*, system: SystemInUse, actor: User) -> None:
    """Gone for good."""
    if SystemInUse.objects.filter(pk=system.pk).delete()[0]:
        record_audit(verb="room.drop_system", target=system.person.network, actor=actor)


@transaction.atomic
def renew_feed(*, person: NetworkPerson, actor: User) -> Feed:
    """A first address for the person's calendar, or a new one; the old one leads nowhere from now on."""
    made = {"public_id": new_public_id(), "nonce": secrets.token_hex(32), "made_at": timezone.now()}
    feed, _is_new = Feed.objects.update_or_create(person=person, defaults=made)
    record_audit(verb="room.renew_feed", target=person.network, actor=actor)
    return feed
