"""Who may ask to join which network, and what waits for an answer."""

from typing import Any

from django.db.models import QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.networks.models import JoinRequest, Network, NetworkPerson
from mitwerk.networks.queries.people import network_roles_of
from mitwerk.people.queries import represented_organisations

Admission = Network.Admission


def may_ask_for(user: Any, network: Network) -> QuerySet[Organisation]:
    """The organisations for which the user may ask to join: their own, as far as the network admits them."""
    nobody = Organisation.objects.none()
    if not user.is_authenticated or network.admission == Admission.INVITATION:
        return nobody
    if network.state != Network.State.PUBLISHED or network_roles_of(user).filter(network=network).exists():
        return nobody
    found = represented_organisations(user).order_by("sort_name", "pk")
    return found.filter(kind__in=network.admission_kinds) if network.admission == Admission.KINDS else found


def open_join_requests(network: Network) -> QuerySet[JoinRequest]:
    """The oldest first."""
    found = JoinRequest.objects.filter(network=network, state=JoinRequest.State.OPEN)
    return found.select_related("network", "person", "organisation").order_by("created_at", "pk")


def my_join_requests(user: Any) -> QuerySet[JoinRequest]:
    """What the user has asked for and nobody has answered."""
    found = JoinRequest.objects.filter(person__user=user.pk, state=JoinRequest.State.OPEN)
    return found.select_related("network", "organisation")


def waiting_join_requests(user: Any) -> QuerySet[JoinRequest]:
    """What waits for the user as a coordinator."""
    kind = NetworkPerson.Kind.COORDINATOR
    coordinated = network_roles_of(user).filter(kind=kind).order_by().values("network")
    found = JoinRequest.objects.filter(state=JoinRequest.State.OPEN, network__in=coordinated)
    return found.select_related("network", "organisation").order_by("created_at", "pk")
