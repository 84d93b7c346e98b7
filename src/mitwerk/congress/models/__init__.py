"""What a congress has, and what is handed in for it."""

from mitwerk.congress.models.after import NextStep, Proceeding
from mitwerk.congress.models.bulletins import Bulletin
from mitwerk.congress.models.congresses import Congress, Day, Format, Hours, Room, Track, both_languages
from mitwerk.congress.models.contributions import Contribution, Speaker, StepTaken
from mitwerk.congress.models.programme import Pick, Release, Session
from mitwerk.congress.models.reviews import Criterion, Review, Score
from mitwerk.congress.models.stands import Stand, StandTalk

__all__ = [
    "Bulletin",
    "Congress",
    "Contribution",
    "Criterion",
    "Day",
    "Format",
    "Hours",
    "NextStep",
    "Pick",
    "Proceeding",
    "Release",
    "Review",
    "Room",
    "Score",
    "Session",
    "Speaker",
    "Stand",
    "StandTalk",
    "StepTaken",
    "Track",
    "both_languages",
]
