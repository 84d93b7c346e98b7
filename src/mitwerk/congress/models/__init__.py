"""What a congress has, and what is handed in for it."""

from mitwerk.congress.models.congresses import Congress, Day, Format, Hours, Room, Track, both_languages
from mitwerk.congress.models.contributions import Contribution, Speaker, StepTaken
from mitwerk.congress.models.programme import Pick, Release, Session

__all__ = [
    "Congress",
    "Contribution",
    "Day",
    "Format",
    "Hours",
    "Pick",
    "Release",
    "Room",
    "Session",
    "Speaker",
    "StepTaken",
    "Track",
    "both_languages",
]
