"""Forms of rooms."""

from mitwerk.rooms.forms.mails import RoomMailForm
from mitwerk.rooms.forms.topics import AnswerForm, PollForm, TopicChangeForm, TopicForm, VoteForm

__all__ = ["AnswerForm", "PollForm", "RoomMailForm", "TopicChangeForm", "TopicForm", "VoteForm"]
