"""Who may change what in a room. That they are in it at all was asked before (`queries.room_of`)."""

from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Answer, RoomFile, Topic
from mitwerk.rooms.queries import is_own


def keeps_room(me: NetworkPerson | None) -> bool:
    """A coordinator of the network."""
    return me is not None and me.kind == NetworkPerson.Kind.COORDINATOR


def can_change_post(me: NetworkPerson | None, post: Topic | Answer) -> bool:
    """Who wrote it; nobody puts words into somebody else's mouth."""
    return is_own(me, post)


def can_drop_post(me: NetworkPerson | None, post: Topic | Answer) -> bool:
    """Who wrote it, and the coordinators."""
    return keeps_room(me) or is_own(me, post)


def can_mark_helped(me: NetworkPerson | None, topic: Topic) -> bool:
    """Who asked, and the coordinators; polls are made and closed by the same."""
    return keeps_room(me) or is_own(me, topic)


def can_drop_file(me: NetworkPerson | None, file: RoomFile) -> bool:
    """Who put it there, and the coordinators."""
    return can_drop_post(me, file.post)
