"""Bodies and who sits in them; ballots, their roll and their box."""

from mitwerk.governance.models.ballots import Ballot, Box, Roll, Vote
from mitwerk.governance.models.bodies import Body, Mandate

__all__ = ["Ballot", "Body", "Box", "Mandate", "Roll", "Vote"]
