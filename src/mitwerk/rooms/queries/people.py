"""Who is in a room now, and whom of them somebody sees there."""

from typing import Any

from django.db.models import Q, QuerySet

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import current_people, people_seen_by_members, people_shown_to


def insiders(network: Network) -> QuerySet[NetworkPerson]:
    """Those who could open the door now: they belong to the network, and their sign-in is not switched off."""
    return current_people().filter(network=network, person__user__is_active=True)


def members_listed(user: Any, network: Network, keeps: bool, query: str = "") -> QuerySet[NetworkPerson]:
    """Those whom the user sees, with their cards. It searches among them alone, so that it tells of nobody else."""
    found = people_shown_to(user, network, keeps).select_related("person__user", "organisation", "card")
    for word in query.split():
        found = found.filter(Q(person__name__icontains=word) | Q(organisation__name__icontains=word))
    return found


def opens_card(one: NetworkPerson) -> bool:
    """Whether what they say of themselves is shown: a coordinator sees the name of everybody, and no more of some."""
    return bool(one.shown_to_members or one.kind == NetworkPerson.Kind.COORDINATOR)


def seen_keys(network: Network) -> QuerySet[Any]:
    """Keys of those who may be named to all members."""
    return people_seen_by_members(network).order_by().values("pk")
