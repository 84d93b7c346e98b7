"""Who may do what with a congress. Which congresses somebody runs is read from rows (`queries.run_congresses`)."""

from typing import Any

from mitwerk.clusters.rules import is_editor


def can_announce(user: Any) -> bool:
    """The office of a cluster or of the region."""
    return is_editor(user)
