"""Who may do what with a charter. Who takes part for which organisation is read from rows (`queries.charters`)."""

from typing import Any

from mitwerk.algorithms import workshop
from mitwerk.charter.models import Charter, Suggestion
from mitwerk.charter.queries.charters import is_over, kept_charters


def can_keep(user: Any, charter: Charter) -> bool:
    """Writes the text, answers suggestions and opens phases: the office and the named editors."""
    return kept_charters(user).filter(pk=charter.pk).exists()


def is_time_for(charter: Charter, verb: str) -> bool:
    """Whether the phase allows it now, and its days are not over; the act asks again under a lock."""
    if not workshop.may(charter.phase, verb):
        return False
    return verb not in workshop.UNTIL_THE_END or not is_over(charter)


def is_for_all(charter: Charter, what: str) -> bool:
    """Whether everybody reads it while it is worked on: contributions never are."""
    return charter.is_open and what != workshop.CONTRIBUTIONS and workshop.reads(charter.phase, what)


def may_be_changed(suggestion: Suggestion) -> bool:
    """Open, and its phase still runs."""
    return suggestion.is_open and is_time_for(suggestion.charter, workshop.PROPOSE)
