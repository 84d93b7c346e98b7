"""What waits for somebody in the rooms of their networks."""

from typing import Any

from mitwerk.core.desk import DeskRow
from mitwerk.rooms.queries.meetings import minutes_rows


def desk_rows(user: Any) -> list[DeskRow]:
    """Minutes that are missing."""
    return minutes_rows(user)
