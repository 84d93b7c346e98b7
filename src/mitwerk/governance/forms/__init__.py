"""Forms of bodies, ballots and sittings."""

from mitwerk.governance.forms.ballots import BallotForm, PaperForm, StartForm
from mitwerk.governance.forms.register import read_register_choice, register_filters
from mitwerk.governance.forms.sittings import (
    AnswerForm,
    DatesForm,
    HandsForm,
    ItemForm,
    MinutesForm,
    MotionForm,
    RecordForm,
    SittingForm,
    TaskForm,
)

__all__ = [
    "AnswerForm",
    "BallotForm",
    "DatesForm",
    "HandsForm",
    "ItemForm",
    "MinutesForm",
    "MotionForm",
    "PaperForm",
    "RecordForm",
    "SittingForm",
    "StartForm",
    "TaskForm",
    "read_register_choice",
    "register_filters",
]
