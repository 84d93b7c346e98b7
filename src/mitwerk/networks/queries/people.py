"""Who belongs to a network, and who may see it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from mitwerk.clusters.rules import can_edit
from mitwerk.networks.models import Network, NetworkInvitation, NetworkPerson
from mitwerk.people.queries import token_hash


def current_people() -> QuerySet[NetworkPerson]:
    """Those that have not ended, coordinators first."""
    return NetworkPerson.objects.filter(until=None).select_related("person", "network").order_by("kind", "person__name")


def people_seen_by_members(network: Network) -> QuerySet[NetworkPerson]:
    """Whom members see: coordinators, because somebody must be asked, and who wishes to be seen."""
    seen = Q(kind=NetworkPerson.Kind.COORDINATOR) | Q(shown_to_members=True)
    return current_people().filter(seen, network=network).select_related("organisation")


def network_roles_of(user: Any) -> QuerySet[NetworkPerson]:
    """The networks the user belongs to now, and as what; none where the account is switched off."""
    if not user.is_active or user.pk is None:
        return NetworkPerson.objects.none()
    return current_people().filter(person__user=user.pk).order_by("network__slug", "pk")


def has_coordinator(network: Network) -> bool:
    """Whether somebody who can sign in keeps the network together."""
    coordinators = current_people().filter(network=network, kind=NetworkPerson.Kind.COORDINATOR)
    return coordinators.filter(person__user__is_active=True).exists()


def my_network(user: Any, slug: str) -> Network | None:
    """A network whose page of people is open to the user: one of theirs; to its office while nobody coordinates."""
    network = Network.objects.filter(slug=slug).prefetch_related("clusters").first()
    if network is None or not (network_roles_of(user).filter(network=network).exists() or is_left_to(user, network)):
        return None
    return network


def is_left_to(user: Any, network: Network) -> bool:
    """The user's office edits the network, and nobody who can sign in keeps it together."""
    return can_edit(user, network) and not has_coordinator(network)


def people_shown_to(user: Any, network: Network, keeps: bool) -> QuerySet[NetworkPerson]:
    """Everybody for who keeps the network together; members see who wishes it, and themselves; others see nobody."""
    people = current_people().filter(network=network)
    if keeps:
        return people
    if not network_roles_of(user).filter(network=network).exists():
        return people.none()
    return people.filter(Q(pk__in=people_seen_by_members(network).values("pk")) | Q(person__user=user.pk))


def open_network_invitations(network: Network) -> QuerySet[NetworkInvitation]:
    """Invitations that nobody has answered yet, those that have run out included."""
    return NetworkInvitation.objects.filter(network=network, accepted_at=None, revoked_at=None)


def invitations_kept_by(network: Network, keeps: bool, finds: bool) -> QuerySet[NetworkInvitation]:
    """All open ones for who keeps the network together; for an office that looks for a coordinator those to be one."""
    opened = open_network_invitations(network)
    if keeps:
        return opened
    return opened.filter(kind=NetworkPerson.Kind.COORDINATOR) if finds else opened.none()


def network_invitation_by_token(token: str) -> NetworkInvitation | None:
    """The invitation this link was made for, whatever became of it."""
    found = NetworkInvitation.objects.select_related("network", "invited_by")
    hashed = token_hash(token)
    return found.filter(Q(token_hash=hashed) | Q(second_hash=hashed)).first()


def waiting_network_invitations(user: Any) -> QuerySet[NetworkInvitation]:
    """Open invitations to the user's own address."""
    opened = NetworkInvitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return opened.filter(email__iexact=user.email).select_related("network")
