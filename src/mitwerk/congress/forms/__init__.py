"""What is typed to announce a congress, and to hand in a contribution."""

from mitwerk.congress.forms.congresses import AnnounceForm, CopyForm
from mitwerk.congress.forms.contributions import ContributionForm, SpeakerForm
from mitwerk.congress.forms.reviews import ReviewForm

__all__ = ["AnnounceForm", "ContributionForm", "CopyForm", "ReviewForm", "SpeakerForm"]
