"""What is typed to announce a congress, and to hand in a contribution."""

from mitwerk.congress.forms.congresses import AnnounceForm, CopyForm
from mitwerk.congress.forms.contributions import ContributionForm, SpeakerForm
from mitwerk.congress.forms.reviews import ReviewForm
from mitwerk.congress.forms.stands import StandForm, StandTalkForm, read_stands_choice, stand_filters

__all__ = [
    "AnnounceForm",
    "ContributionForm",
    "CopyForm",
    "ReviewForm",
    "SpeakerForm",
    "StandForm",
    "StandTalkForm",
    "read_stands_choice",
    "stand_filters",
]
