"""Networks inside the clusters: they keep their own name and people."""

from mitwerk.networks.models.affiliations import Affiliation
from mitwerk.networks.models.joining import JoinRequest
from mitwerk.networks.models.networks import Network, NetworkMember
from mitwerk.networks.models.people import NetworkInvitation, NetworkPerson

__all__ = ["Affiliation", "JoinRequest", "Network", "NetworkInvitation", "NetworkMember", "NetworkPerson"]
