"""Contacts as somebody may see them: each detail says who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Contact, Organisation, Seen
from mitwerk.actors.rules import can_edit_organisation
from mitwerk.core.translated import Translated
from mitwerk.people.queries import representations_of

BRAKED = "user.many_contacts"
"""The act in the log: somebody opened more profiles with contacts for members than anybody reads."""


@dataclass(frozen=True)
class SeenContact:
    """What one reader sees of a contact; what they may not see is empty."""

    name: str
    function: Translated
    email: str
    phone: str


def levels_of(user: Any, organisation: Organisation) -> frozenset[str]:
    """Which visibilities a reader of this organisation's page has. Members are those who act for any organisation."""
    levels = {Seen.PUBLIC}
    if not user.is_authenticated:
        return frozenset(levels)
    acts_for = list(representations_of(user).values_list("organisation_id", flat=True))
    if acts_for:
        levels.add(Seen.MEMBERS)
    if organisation.pk in acts_for or can_edit_organisation(user, organisation):
        levels |= {Seen.MEMBERS, Seen.OFFICE}
    return frozenset(levels)


@dataclass(frozen=True)
class Seeing:
    """The contacts of an organisation and how much of them a reader may see."""

    rows: Sequence[Contact]
    levels: frozenset[str]

    @property
    def shown(self) -> list[SeenContact]:
        return _some(self.rows, self.levels)

    @property
    def public(self) -> list[SeenContact]:
        """What everybody sees."""
        return _some(self.rows, frozenset({Seen.PUBLIC}))

    @property
    def is_as_member(self) -> bool:
        """They see more than everybody, and not because they look after this organisation."""
        return Seen.OFFICE not in self.levels and self.shown != self.public


def look_at_contacts(user: Any, organisation: Organisation) -> Seeing:
    rows = list(Contact.objects.filter(organisation=organisation).order_by("position", "pk"))
    return Seeing(rows, levels_of(user, organisation) if rows else frozenset())


def contacts_for(user: Any, organisation: Organisation) -> list[SeenContact]:
    """The contacts of which the reader sees a name or a way to reach them, each with what they may see."""
    return look_at_contacts(user, organisation).shown


def _some(rows: Sequence[Contact], levels: frozenset[str]) -> list[SeenContact]:
    shown = [_shown(row, levels) for row in rows]
    return [one for one in shown if one.name or one.email or one.phone]


def _shown(row: Contact, levels: frozenset[str]) -> SeenContact:
    return SeenContact(
        name=row.name if row.name_visibility in levels else "",
        function=row.function,
        email=row.email if row.email_visibility in levels else "",
        phone=row.phone if row.phone_visibility in levels else "",
    )


def was_braked_today(user: User) -> bool:
    """The log tells it of this user once a day."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return AuditEntry.objects.filter(actor=user, verb=BRAKED, at__gte=midnight).exists()
