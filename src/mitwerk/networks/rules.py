"""Who keeps a network together, and who belongs to it."""

from typing import Any

from mitwerk.clusters.rules import can_edit
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import network_roles_of

Kinds = NetworkPerson.Kind


def is_coordinator(user: Any, network: Network) -> bool:
    return network_roles_of(user).filter(network=network, kind=Kinds.COORDINATOR).exists()


def is_network_member(user: Any, network: Network) -> bool:
    """Belongs to the network now, its coordinators too."""
    return network_roles_of(user).filter(network=network).exists()


def can_keep_people(user: Any, network: Network) -> bool:
    """Invites people into the network and ends them: its coordinators, and the office that edits it."""
    return is_coordinator(user, network) or can_edit(user, network)


def can_end_person(user: Any, person: NetworkPerson, keeps: bool) -> bool:
    """Everybody may leave; the others are ended by who could invite them (`can_keep_people`, asked once a page)."""
    is_own = person.person.user_id is not None and person.person.user_id == user.pk
    return keeps or is_own
