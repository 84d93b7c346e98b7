"""Writes of networks."""

from mitwerk.networks.actions.joining import (
    accept_network_invitation,
    change_shown,
    decline_network_invitation,
)
from mitwerk.networks.actions.networks import change_network, remove_network, save_network
from mitwerk.networks.actions.people import (
    add_person,
    end_person,
    revoke_network_invitation,
    send_network_invitation,
)

__all__ = [
    "accept_network_invitation",
    "add_person",
    "change_network",
    "change_shown",
    "decline_network_invitation",
    "end_person",
    "remove_network",
    "revoke_network_invitation",
    "save_network",
    "send_network_invitation",
]
