"""What lies in the room of a network."""

from mitwerk.rooms.models.following import (
    Follow,
    RoomMail,
    TakenMail,
)
from mitwerk.rooms.models.meetings import (
    Attendance,
    Feed,
    Meeting,
    Minutes,
)
from mitwerk.rooms.models.polls import (
    Poll,
    PollOption,
    PollVote,
)
from mitwerk.rooms.models.systems import (
    Card,
    SystemInUse,
)
from mitwerk.rooms.models.topics import (
    Answer,
    AskedBy,
    RoomFile,
    Topic,
)

__all__ = [
    "Answer",
    "AskedBy",
    "Attendance",
    "Card",
    "Feed",
    "Follow",
    "Meeting",
    "Minutes",
    "Poll",
    "PollOption",
    "PollVote",
    "RoomFile",
    "RoomMail",
    "SystemInUse",
    "TakenMail",
    "Topic",
]
