"""What is typed to announce a congress, to hand in a contribution, and to make a programme."""

from mitwerk.congress.forms.congresses import AnnounceForm, CopyForm
from mitwerk.congress.forms.contributions import ContributionForm, SpeakerForm
from mitwerk.congress.forms.programme import BreakForm, ReleaseForm, SessionForm

__all__ = [
    "AnnounceForm",
    "BreakForm",
    "ContributionForm",
    "CopyForm",
    "ReleaseForm",
    "SessionForm",
    "SpeakerForm",
]
