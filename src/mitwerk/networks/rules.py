"""Who keeps a network together, who belongs to it, and who speaks for which side of an agreement."""

from typing import Any

from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import is_umbrella_editor, managed_cluster_ids
from mitwerk.networks.models import Affiliation, Network, NetworkPerson
from mitwerk.networks.queries import is_left_to, network_roles_of

Kinds = NetworkPerson.Kind
Side = Affiliation.Side


def is_coordinator(user: Any, network: Network) -> bool:
    return network_roles_of(user).filter(network=network, kind=Kinds.COORDINATOR).exists()


def is_network_member(user: Any, network: Network) -> bool:
    """Belongs to the network now, its coordinators too."""
    return network_roles_of(user).filter(network=network).exists()


def can_keep_people(user: Any, network: Network) -> bool:
    """Sees who belongs to the network, invites people into it and ends them: its coordinators, and nobody else."""
    return is_coordinator(user, network)


def can_find_coordinator(user: Any, network: Network) -> bool:
    """The office invites the first coordinator, and again when none is left; it sees nobody's name for that."""
    return is_left_to(user, network)


def can_end_person(user: Any, person: NetworkPerson, keeps: bool) -> bool:
    """Everybody may leave; the others are ended by who could invite them (`can_keep_people`, asked once a page)."""
    is_own = person.person.user_id is not None and person.person.user_id == user.pk
    return keeps or is_own


def speaks_for_cluster(user: Any, cluster: Cluster) -> bool:
    """Proposes, agrees and ends for the cluster: who answers for it. Its other editors read along."""
    return is_umbrella_editor(user) or cluster.pk in managed_cluster_ids(user)


def sides_of(user: Any, network: Network, cluster: Cluster) -> list[str]:
    """The sides of an agreement the user speaks for; of one version nobody agrees for both."""
    network_side = [Side.NETWORK.value] if is_coordinator(user, network) else []
    return network_side + ([Side.CLUSTER.value] if speaks_for_cluster(user, cluster) else [])
