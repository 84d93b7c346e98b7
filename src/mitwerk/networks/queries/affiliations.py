"""What networks and clusters have agreed on. `networks_that_show` guards all that is shown of a network elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from mitwerk.algorithms.small_groups import FEW
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor, managed_cluster_ids
from mitwerk.governance.models import Resolution
from mitwerk.networks.models import Affiliation, Network, NetworkMember, NetworkPerson
from mitwerk.networks.models.affiliations import BOTH_AGREED
from mitwerk.networks.models.terms import COUNTS, ORGANISATIONS, PEOPLE
from mitwerk.networks.queries.people import current_people, network_roles_of

COORDINATOR = NetworkPerson.Kind.COORDINATOR


def agreements_in_force() -> QuerySet[Affiliation]:
    """In a cluster's scope those with that cluster, in the region's those with any."""
    return Affiliation.objects.filter(BOTH_AGREED, ended_at=None)


def networks_that_show(what: str) -> QuerySet[Network]:
    """Published networks that give `what` (a key of `terms.GIVES`) to the cluster in scope; in the region to any.

    Whatever is shown of a network besides its own page goes through here, so that it is gone when the agreement ends.
    """
    agreed = agreements_in_force().filter(gives__has_key=what).order_by()
    return Network.objects.filter(state=Network.State.PUBLISHED, pk__in=agreed.values("network"))


def public_members() -> QuerySet[NetworkMember]:
    """Members that networks mark as shown and let be seen here."""
    return NetworkMember.objects.filter(is_public=True, network__in=networks_that_show(ORGANISATIONS).order_by())


def number_of_members(network: Network) -> int | None:
    """How many organisations belong to it; None where that may not be said here, and where they are too few."""
    if not networks_that_show(COUNTS).filter(pk=network.pk).exists():
        return None
    number = network.members.count()
    return number if number >= FEW else None


def people_shown_to_cluster(affiliation: Affiliation) -> QuerySet[NetworkPerson]:
    """People of the network who wish to be seen by the cluster; nobody where this version does not let them be."""
    agreed = agreements_in_force().filter(pk=affiliation.pk, gives__has_key=PEOPLE).order_by()
    found = current_people().filter(shown_to_cluster=True, network__in=agreed.values("network"))
    return found.select_related("organisation")


def clusters_shown_by_network() -> dict[str, frozenset[str]]:
    """Address of a network → those of the clusters to which it shows its organisations."""
    found: dict[str, set[str]] = {}
    agreed = agreements_in_force().filter(gives__has_key=ORGANISATIONS).order_by()
    for network, cluster in agreed.values_list("network__slug", "cluster__slug"):
        found.setdefault(network, set()).add(cluster)
    return {network: frozenset(clusters) for network, clusters in found.items()}


def affiliations_of(network: Network, cluster: Cluster) -> QuerySet[Affiliation]:
    """All versions, the newest first."""
    return Affiliation.objects.filter(network=network, cluster=cluster).order_by("-version")


def in_force(network: Network, cluster: Cluster) -> Affiliation | None:
    return agreements_in_force().filter(network=network, cluster=cluster).first()


def open_proposal(network: Network, cluster: Cluster) -> Affiliation | None:
    opened = affiliations_of(network, cluster).filter(ended_at=None)
    return opened.exclude(BOTH_AGREED).first()


def before(affiliation: Affiliation) -> Affiliation | None:
    """The agreed version that this one replaces or would replace."""
    earlier = affiliations_of(affiliation.network, affiliation.cluster).filter(version__lt=affiliation.version)
    return earlier.filter(BOTH_AGREED).first()


def affiliated_network(user: Any, slug: str) -> tuple[Network, list[Cluster]] | None:
    """A network and the clusters whose agreement with it the user sees; None where there is nothing for them.

    Its coordinators see all, an office those with its own cluster, whoever else belongs to the network none.
    """
    network = Network.objects.filter(slug=slug).first()
    if network is None:
        return None
    clusters = _concerned(network)
    coordinates = network_roles_of(user).filter(network=network, kind=COORDINATOR).exists()
    if not coordinates and not is_umbrella_editor(user):
        clusters = clusters.filter(pk__in=edited_cluster_ids(user))
    seen = list(clusters)
    return (network, seen) if coordinates or seen else None


def _concerned(network: Network) -> QuerySet[Cluster]:
    """Where the network is listed, and with which it has had an agreement."""
    listed = Q(pk__in=network.clusters.values("pk"))
    return Cluster.objects.filter(listed | Q(pk__in=network.affiliations.order_by().values("cluster")))


def seen_affiliations(network: Network, clusters: Iterable[Cluster]) -> QuerySet[Affiliation]:
    found = Affiliation.objects.filter(network=network, cluster__in=list(clusters))
    return found.select_related("network", "cluster", "resolution__body").order_by("cluster__position", "-version")


def naming_resolutions(cluster: Cluster) -> QuerySet[Resolution]:
    """Carried resolutions of the cluster's bodies that still hold: one of them may carry an agreement."""
    found = Resolution.objects.filter(body__cluster=cluster, replaced_by=None).select_related("body")
    return found.order_by("-decided_on", "-number", "pk")


def waiting_affiliations(user: Any) -> QuerySet[Affiliation]:
    """Proposals that wait for a side the user speaks for."""
    waiting = Affiliation.objects.filter(ended_at=None).exclude(BOTH_AGREED)
    coordinated = network_roles_of(user).filter(kind=COORDINATOR).order_by().values("network")
    for_network = Q(network_agreed_at=None, network__in=coordinated)
    for_cluster = Q(cluster_agreed_at=None)
    if not is_umbrella_editor(user):
        for_cluster &= Q(cluster__in=managed_cluster_ids(user))
    return waiting.filter(for_network | for_cluster).select_related("network", "cluster").order_by("pk")
