"""Networks inside the clusters: they keep their own name and people."""

from mitwerk.networks.models.affiliations import (
    Affiliation,
)
from mitwerk.networks.models.joining import (
    JoinRequest,
)
from mitwerk.networks.models.leaving import (
    Leaving,
)
from mitwerk.networks.models.lists import (
    ListRow,
    PeopleList,
)
from mitwerk.networks.models.networks import (
    Network,
    NetworkMember,
)
from mitwerk.networks.models.people import (
    NetworkInvitation,
    NetworkPerson,
)
from mitwerk.networks.models.waves import (
    Wave,
)

__all__ = [
    "Affiliation",
    "JoinRequest",
    "Leaving",
    "ListRow",
    "Network",
    "NetworkInvitation",
    "NetworkMember",
    "NetworkPerson",
    "PeopleList",
    "Wave",
]
