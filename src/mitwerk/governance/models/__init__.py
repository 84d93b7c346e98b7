"""Bodies and who sits in them; ballots, their roll and their box; what was decided."""

from mitwerk.governance.models.ballots import Ballot, Box, Roll, Vote
from mitwerk.governance.models.bodies import Body, Mandate
from mitwerk.governance.models.resolutions import Resolution

__all__ = ["Ballot", "Body", "Box", "Mandate", "Resolution", "Roll", "Vote"]
