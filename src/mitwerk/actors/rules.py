"""Who may edit which organisation."""

from typing import Any

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import editable_organisations, removable_organisations


def can_edit_organisation(user: Any, organisation: Organisation) -> bool:
    """Each cluster of which it is a member now; without one, the umbrella body."""
    return editable_organisations(user).filter(pk=organisation.pk).exists()


def can_remove_organisation(user: Any, organisation: Organisation) -> bool:
    """Only where no other cluster, and not the umbrella body, has it as a member."""
    return removable_organisations(user).filter(pk=organisation.pk).exists()


def can_be_claimed(organisation: Organisation) -> bool:
    """Anybody may say that an entry is theirs, as long as nobody's claim was accepted."""
    return not organisation.is_claimed


def can_merge(user: Any, one: Organisation, other: Organisation) -> bool:
    """Who could remove both: the umbrella body, or an editor of all clusters that have them as members."""
    return removable_organisations(user).filter(pk__in=[one.pk, other.pk]).count() == 2
