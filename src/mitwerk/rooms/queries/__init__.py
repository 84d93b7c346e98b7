"""Reads of rooms. Who may see what is decided here: whoever belongs to the network now, and nobody else."""

from mitwerk.rooms.queries.desk import desk_rows
from mitwerk.rooms.queries.rooms import me_in, room_of, rooms_of

__all__ = ["desk_rows", "me_in", "room_of", "rooms_of"]
