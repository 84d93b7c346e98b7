"""What lies in the room of a network."""

from mitwerk.rooms.models.meetings import Attendance, Feed, Meeting, Minutes
from mitwerk.rooms.models.systems import Card, SystemInUse

__all__ = ["Attendance", "Card", "Feed", "Meeting", "Minutes", "SystemInUse"]
