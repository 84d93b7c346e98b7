"""Reads of congresses and of what is handed in for them."""

from mitwerk.congress.queries.bulletins import bulletins_of
from mitwerk.congress.queries.congresses import congress_of, run_congress, run_congresses, twin_congress
from mitwerk.congress.queries.desk import desk_rows

__all__ = ["bulletins_of", "congress_of", "desk_rows", "run_congress", "run_congresses", "twin_congress"]
