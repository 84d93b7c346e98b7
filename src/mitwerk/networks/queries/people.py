"""Who belongs to a network, and who may see it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.clusters.rules import can_edit
from mitwerk.core.desk import DeskRow
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


def my_network(user: Any, slug: str) -> Network | None:
    """A network whose people the user may see: one they belong to or, for the office, one it edits."""
    network = Network.objects.filter(slug=slug).prefetch_related("clusters").first()
    if network is None or not (network_roles_of(user).filter(network=network).exists() or can_edit(user, network)):
        return None
    return network


def people_shown_to(user: Any, network: Network, keeps: bool) -> QuerySet[NetworkPerson]:
    """Everybody for who keeps the network together; members see who wishes it, and themselves."""
    people = current_people().filter(network=network)
    seen = Q(pk__in=people_seen_by_members(network).values("pk")) | Q(person__user=user.pk)
    return people if keeps else people.filter(seen)


def open_network_invitations(network: Network) -> QuerySet[NetworkInvitation]:
    """Invitations that nobody has answered yet, those that have run out included."""
    return NetworkInvitation.objects.filter(network=network, accepted_at=None, revoked_at=None)


def network_invitation_by_token(token: str) -> NetworkInvitation | None:
    """The invitation this link was made for, whatever became of it."""
    found = NetworkInvitation.objects.select_related("network", "invited_by")
    hashed = token_hash(token)
    return found.filter(Q(token_hash=hashed) | Q(second_hash=hashed)).first()


def waiting_network_invitations(user: Any) -> QuerySet[NetworkInvitation]:
    """Open invitations to the user's own address."""
    opened = NetworkInvitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return opened.filter(email__iexact=user.email).select_related("network")


def desk_rows(user: Any) -> list[DeskRow]:
    """Invitations to networks."""
    return [
        DeskRow(
            title=_("Invitation"),
            text=invitation.offer,
            url=reverse("networks:my_invitation", args=[invitation.public_id]),
            action=_("See the invitation"),
            due=timezone.localdate(invitation.expires_at),
        )
        for invitation in waiting_network_invitations(user)
    ]
