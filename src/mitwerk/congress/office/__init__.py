"""Congresses and what is handed in for them, in the office."""

from mitwerk.congress.office.congresses import CongressOffice
from mitwerk.congress.office.contributions import ContributionOffice
from mitwerk.congress.office.stands import StandOffice

__all__ = ["CongressOffice", "ContributionOffice", "StandOffice"]
