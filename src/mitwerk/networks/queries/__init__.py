"""Reads of networks. Who may see what is decided here."""

from mitwerk.networks.queries.people import (
    current_people,
    desk_rows,
    my_network,
    network_invitation_by_token,
    network_roles_of,
    open_network_invitations,
    people_seen_by_members,
    people_shown_to,
    waiting_network_invitations,
)
from mitwerk.networks.queries.public import (
    listed_networks,
    network_page,
    networks_of,
    public_members,
    published_networks,
    shown_members,
)

__all__ = [
    "current_people",
    "desk_rows",
    "listed_networks",
    "my_network",
    "network_invitation_by_token",
    "network_page",
    "network_roles_of",
    "networks_of",
    "open_network_invitations",
    "people_seen_by_members",
    "people_shown_to",
    "public_members",
    "published_networks",
    "shown_members",
    "waiting_network_invitations",
]
