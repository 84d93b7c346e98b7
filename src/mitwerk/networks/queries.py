"""Reads of networks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.clusters.rules import can_edit
from mitwerk.core.desk import DeskRow
from mitwerk.core.translated import in_language
from mitwerk.networks.models import Network, NetworkInvitation, NetworkMember, NetworkPerson
from mitwerk.people.queries import token_hash


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


def current_people() -> QuerySet[NetworkPerson]:
    """Those that have not ended, coordinators first."""
    return NetworkPerson.objects.filter(until=None).select_related("person", "network").order_by("kind", "person__name")


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
    """Everybody for who keeps the network together; members see its coordinators and themselves."""
    people = current_people().filter(network=network)
    return people if keeps else people.filter(Q(kind=NetworkPerson.Kind.COORDINATOR) | Q(person__user=user.pk))


def open_network_invitations(network: Network) -> QuerySet[NetworkInvitation]:
    """Invitations that nobody has answered yet, those that have run out included."""
    return NetworkInvitation.objects.filter(network=network, accepted_at=None, revoked_at=None)


def network_invitation_by_token(token: str) -> NetworkInvitation | None:
    """The invitation this link was made for, whatever became of it."""
    found = NetworkInvitation.objects.select_related("network", "invited_by")
    return found.filter(token_hash=token_hash(token)).first()


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
