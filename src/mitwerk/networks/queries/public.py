"""What everybody may see of networks."""

from collections.abc import Sequence

from django.db.models import QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.core.translated import in_language
from mitwerk.networks.models import Network, NetworkMember


def published_networks() -> QuerySet[Network]:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Network.objects.filter(state=Network.State.PUBLISHED)


def public_members() -> QuerySet[NetworkMember]:
    """Members that published networks show in public, in the cluster (or region) that is in scope."""
    return NetworkMember.objects.filter(is_public=True, network__in=published_networks())


def listed_networks() -> QuerySet[Network]:
    """The list, by name in the reader's language."""
    return published_networks().prefetch_related("clusters").order_by(in_language("name"), "pk")


def shown_members(network: Network) -> QuerySet[NetworkMember]:
    """Members on the page of a network: those it shows in public, and whose entry may be seen."""
    published = Organisation.Visibility.PUBLISHED
    shown = public_members().filter(network=network, organisation__visibility=published)
    return shown.select_related("organisation").order_by("organisation__sort_name", "pk")


def network_page(slug: str) -> Network | None:
    """One network with its clusters."""
    networks = published_networks().select_related("picture").prefetch_related("clusters")
    return networks.filter(slug=slug).first()


def networks_of(organisations: Sequence[int]) -> list[Network]:
    """Published networks that one of the organisations is a member of, whether they show it or not."""
    found = published_networks().filter(members__organisation__in=organisations).distinct()
    return list(found.order_by(in_language("name"), "pk"))
