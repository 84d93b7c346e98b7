"""Forms of rooms."""

from mitwerk.rooms.forms.mails import (
    RoomMailForm,
)
from mitwerk.rooms.forms.meetings import (
    AttendForm,
    MeetingForm,
    MinutesForm,
)
from mitwerk.rooms.forms.members import (
    CardForm,
    SystemForm,
    SystemsForm,
)
from mitwerk.rooms.forms.topics import (
    AnswerForm,
    PollForm,
    TopicChangeForm,
    TopicForm,
    VoteForm,
)

__all__ = [
    "AnswerForm",
    "AttendForm",
    "CardForm",
    "MeetingForm",
    "MinutesForm",
    "PollForm",
    "RoomMailForm",
    "SystemForm",
    "SystemsForm",
    "TopicChangeForm",
    "TopicForm",
    "VoteForm",
]
