"""Forms of rooms."""

from mitwerk.rooms.forms.meetings import AnswerForm, MeetingForm, MinutesForm
from mitwerk.rooms.forms.members import CardForm, SystemForm, SystemsForm

__all__ = ["AnswerForm", "CardForm", "MeetingForm", "MinutesForm", "SystemForm", "SystemsForm"]
