"""Bodies and who sits in them; ballots, their roll and their box; sittings and minutes; what was decided."""

from mitwerk.governance.models.agenda import AgendaItem, Motion
from mitwerk.governance.models.ballots import Ballot, Box, Roll, Vote
from mitwerk.governance.models.bodies import Body, Mandate
from mitwerk.governance.models.minutes import Minutes
from mitwerk.governance.models.resolutions import Resolution
from mitwerk.governance.models.sittings import Attendance, PollAnswer, PollDate, Sitting, Task

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Body",
    "Box",
    "Mandate",
    "Minutes",
    "Motion",
    "PollAnswer",
    "PollDate",
    "Resolution",
    "Roll",
    "Sitting",
    "Task",
    "Vote",
]
