"""My desk: what waits for somebody, and what is theirs. Subjects give their rows; here they are put in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mitwerk.charter.queries import desk_rows as charter_rows
from mitwerk.clusters.queries import desk_rows as office_rows
from mitwerk.congress.queries import desk_rows as congress_rows
from mitwerk.core.desk import DeskRow, most_urgent_first
from mitwerk.governance.models import Body
from mitwerk.governance.queries import desk_rows as governance_rows
from mitwerk.governance.queries import my_bodies
from mitwerk.matching.queries import desk_rows as matching_rows
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import desk_rows as network_rows
from mitwerk.networks.queries import network_roles_of, networks_of
from mitwerk.people.models import Representative
from mitwerk.people.queries import desk_rows as people_rows
from mitwerk.people.queries import representations_of
from mitwerk.profiles.queries import desk_rows as profile_rows
from mitwerk.projects.queries import desk_rows as project_rows
from mitwerk.projects.rules import sees_board
from mitwerk.registrations.queries import desk_rows as registration_rows
from mitwerk.rooms.queries import desk_rows as room_rows

SOURCES: tuple[Callable[[Any], list[DeskRow]], ...] = (
    people_rows,
    governance_rows,
    charter_rows,
    profile_rows,
    network_rows,
    office_rows,
    matching_rows,
    project_rows,
    congress_rows,
    registration_rows,
    room_rows,
)
"""A subject puts rows on the desk with one function of its `queries`, `desk_rows(user) -> list[DeskRow]`, named here.

It asks for no more than the user may see, gives at most `MOST_ROWS` rows of a kind, and an empty list to strangers.
"""


@dataclass(frozen=True)
class Desk:
    """What the page shows."""

    rows: list[DeskRow]
    representations: list[Representative]
    network_roles: list[NetworkPerson]
    networks: list[Network]
    """Those of the organisations, where the user has no role of their own."""
    bodies: list[Body]
    sees_board: bool


def desk_of(user: Any) -> Desk:
    """Everything on one person's desk, the most urgent first."""
    representations, roles = list(representations_of(user)), list(network_roles_of(user))
    of_firms = networks_of([one.organisation_id for one in representations]) if representations else []
    own = {role.network_id for role in roles}
    return Desk(
        rows=most_urgent_first([row for source in SOURCES for row in source(user)]),
        representations=representations,
        network_roles=roles,
        networks=[network for network in of_firms if network.pk not in own],
        bodies=list(my_bodies(user)) if representations else [],
        sees_board=sees_board(user),
    )
