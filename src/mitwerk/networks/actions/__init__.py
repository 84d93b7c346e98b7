"""Writes of networks."""

from mitwerk.networks.actions.affiliations import (
    agree_affiliation,
    decline_affiliation,
    end_affiliation,
    propose_affiliation,
)
from mitwerk.networks.actions.consenting import (
    accept_network_invitation,
    change_shown,
    decline_network_invitation,
)
from mitwerk.networks.actions.joining import (
    accept_join_request,
    ask_to_join,
    decline_join_request,
    take_back_join_request,
)
from mitwerk.networks.actions.networks import (
    change_network,
    change_own_page,
    remove_network,
    save_network,
)
from mitwerk.networks.actions.people import (
    add_person,
    end_person,
    revoke_network_invitation,
    send_network_invitation,
)

__all__ = [
    "accept_join_request",
    "accept_network_invitation",
    "add_person",
    "agree_affiliation",
    "ask_to_join",
    "change_network",
    "change_own_page",
    "change_shown",
    "decline_affiliation",
    "decline_join_request",
    "decline_network_invitation",
    "end_affiliation",
    "end_person",
    "propose_affiliation",
    "remove_network",
    "revoke_network_invitation",
    "save_network",
    "send_network_invitation",
    "take_back_join_request",
]
