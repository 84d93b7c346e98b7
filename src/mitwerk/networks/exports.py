"""What a network looks like to machines."""

from collections.abc import Iterable

from mitwerk.core.jsonld import Thing, absolute, organization
from mitwerk.networks.models import Network, NetworkMember


def network_thing(network: Network, members: Iterable[NetworkMember]) -> Thing:
    """An organisation of organisations; `members` are those of `queries.shown_members`."""
    return organization(
        str(network.name),
        network.get_absolute_url(),
        id=absolute(network.get_absolute_url()),
        description=str(network.purpose),
        foundingDate=str(network.since or ""),
        areaServed=network.region_text,
        sameAs=network.website,
        memberOf=[organization(str(c.name), c.get_absolute_url()) for c in network.clusters.all()],
        member=[organization(str(member.organisation), member.organisation.get_absolute_url()) for member in members],
    )
