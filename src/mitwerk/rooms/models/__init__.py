"""What lies in the room of a network."""

from mitwerk.rooms.models.following import Follow, RoomMail, TakenMail
from mitwerk.rooms.models.polls import Poll, PollOption, PollVote
from mitwerk.rooms.models.topics import Answer, AskedBy, RoomFile, Topic

__all__ = [
    "Answer",
    "AskedBy",
    "Follow",
    "Poll",
    "PollOption",
    "PollVote",
    "RoomFile",
    "RoomMail",
    "TakenMail",
    "Topic",
]
