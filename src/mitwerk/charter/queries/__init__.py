"""Reads of charters. Who may see what is decided here."""

from mitwerk.charter.queries.charters import charter_in_force, charter_of
from mitwerk.charter.queries.desk import desk_rows
from mitwerk.charter.queries.texts import goals_of

__all__ = ["charter_in_force", "charter_of", "desk_rows", "goals_of"]
