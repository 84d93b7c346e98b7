"""What is typed to announce a congress, to hand in a contribution, and to make a programme."""

from mitwerk.congress.forms.after import ProceedingForm
from mitwerk.congress.forms.congresses import AnnounceForm, CopyForm
from mitwerk.congress.forms.contributions import ContributionForm, SpeakerForm
from mitwerk.congress.forms.programme import BreakForm, ReleaseForm, SessionForm
from mitwerk.congress.forms.reviews import ReviewForm
from mitwerk.congress.forms.stands import StandForm, StandTalkForm, read_stands_choice, stand_filters

__all__ = [
    "AnnounceForm",
    "BreakForm",
    "ContributionForm",
    "CopyForm",
    "ProceedingForm",
    "ReleaseForm",
    "ReviewForm",
    "SessionForm",
    "SpeakerForm",
    "StandForm",
    "StandTalkForm",
    "read_stands_choice",
    "stand_filters",
]
