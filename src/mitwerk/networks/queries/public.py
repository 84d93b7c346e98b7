"""What everybody may see of networks."""

from collections.abc import Sequence

from django.db.models import QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.core.translated import in_language
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.queries.affiliations import networks_that_show, public_members


def published_networks() -> QuerySet[Network]:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Network.objects.filter(state=Network.State.PUBLISHED)


def listed_networks() -> QuerySet[Network]:
    """The list, by name in the reader's language."""
    return published_networks().prefetch_related("clusters").order_by(in_language("name"), "pk")


def shown_members(network: Network) -> QuerySet[NetworkMember]:
    """Members on the page of a network: those it lets be seen here, and whose entry may be seen."""
    published = Organisation.Visibility.PUBLISHED
    shown = public_members().filter(network=network, organisation__visibility=published)
    return shown.select_related("organisation").order_by("organisation__sort_name", "pk")


def network_page(slug: str) -> Network | None:
    """One network with its clusters."""
    networks = published_networks().select_related("picture").prefetch_related("clusters")
    return networks.filter(slug=slug).first()


def networks_of(organisations: Sequence[int]) -> list[Network]:
    """Networks that show their organisations and that one of these is a member of, marked as shown or not."""
    found = networks_that_show(ORGANISATIONS).filter(members__organisation__in=organisations).distinct()
    return list(found.order_by(in_language("name"), "pk"))
