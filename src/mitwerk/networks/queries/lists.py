"""A network's own lists: for its coordinators and nobody else, the office not either."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.networks.models import ListRow, Network, NetworkPerson, PeopleList
from mitwerk.networks.queries.people import network_roles_of

MOST_ROWS, MOST_BYTES = 5_000, 5 * 1024 * 1024


def coordinated_network(user: Any, slug: str) -> Network | None:
    """A network that the user coordinates. Who stands on its list is no business of the office."""
    mine = network_roles_of(user).filter(kind=NetworkPerson.Kind.COORDINATOR)
    return Network.objects.filter(slug=slug, pk__in=mine.values("network")).first()


def open_lists(network: Network) -> QuerySet[PeopleList]:
    """Lists that were read and not yet kept."""
    return PeopleList.objects.filter(network=network, kept_at=None).defer("cells")


def kept_rows(network: Network) -> QuerySet[ListRow]:
    """Rows that wait to be invited, those that must be looked at first."""
    rows = ListRow.objects.filter(network=network, source__kept_at__isnull=False, wave=None)
    return rows.order_by("-problem", "source", "number", "pk")


def row_numbers(rows: QuerySet[ListRow]) -> tuple[int, int]:
    """How many there are, and how many of them must be looked at."""
    return rows.count(), rows.exclude(problem="").count()


def taken_addresses(network: Network, besides: PeopleList | None = None) -> tuple[set[str], set[str]]:
    """Addresses of those who belong to the network, and of the other rows that can be used."""
    people = NetworkPerson.objects.filter(network=network, until=None).values_list("person__email", flat=True)
    rows = ListRow.objects.filter(network=network, problem="").exclude(source=besides)
    return {one.lower() for one in people}, {one.lower() for one in rows.values_list("email", flat=True)}


def old_lists(kept: Any) -> QuerySet[PeopleList]:
    """Lists of which nothing was kept in this time."""
    return PeopleList.objects.filter(kept_at=None, at__lt=timezone.now() - kept)


def old_rows(kept: Any) -> QuerySet[ListRow]:
    """Rows that nobody was invited by in this time."""
    return ListRow.objects.filter(source__kept_at__lt=timezone.now() - kept, wave=None)
