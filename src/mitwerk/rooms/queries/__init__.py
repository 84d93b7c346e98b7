"""Reads of rooms. Who may see what is decided here: whoever belongs to the network now, and nobody else."""

from mitwerk.rooms.queries.rooms import me_in, room_of, rooms_of
from mitwerk.rooms.queries.unnamed import answers_by, asker_of, is_asker, mark_of, topics_by

__all__ = ["answers_by", "asker_of", "is_asker", "mark_of", "me_in", "room_of", "rooms_of", "topics_by"]
