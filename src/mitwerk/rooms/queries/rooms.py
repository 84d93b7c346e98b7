"""Into which rooms somebody may go."""

from typing import Any

from django.db.models import QuerySet

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import network_roles_of


def rooms_of(user: Any) -> QuerySet[Network]:
    """The networks whose room is open to the user: those they belong to now. The office has no key."""
    return Network.objects.filter(pk__in=network_roles_of(user).values("network")).order_by("slug")


def room_of(user: Any, slug: str) -> Network | None:
    """One of them."""
    return rooms_of(user).filter(slug=slug).first()


def me_in(user: Any, network: Network) -> NetworkPerson | None:
    """As what the user is in the room now; None once they have left."""
    return network_roles_of(user).filter(network=network).first()
