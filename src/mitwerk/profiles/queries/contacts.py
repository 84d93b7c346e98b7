"""Contacts as somebody may see them: each detail says who sees it."""

from dataclasses import dataclass
from typing import Any

from mitwerk.actors.models import Contact, Organisation, Seen
from mitwerk.actors.rules import can_edit_organisation
from mitwerk.core.translated import Translated
from mitwerk.people.queries import representations_of


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


def contacts_for(user: Any, organisation: Organisation) -> list[SeenContact]:
    """The contacts of which the reader sees a name or a way to reach them, each with what they may see."""
    rows = list(Contact.objects.filter(organisation=organisation).order_by("position", "pk"))
    levels = levels_of(user, organisation) if rows else frozenset()
    shown = [_shown(row, levels) for row in rows]
    return [one for one in shown if one.name or one.email or one.phone]


def _shown(row: Contact, levels: frozenset[str]) -> SeenContact:
    return SeenContact(
        name=row.name if row.name_visibility in levels else "",
        function=row.function,
        email=row.email if row.email_visibility in levels else "",
        phone=row.phone if row.phone_visibility in levels else "",
    )
