"""Who leads a body. Who votes and who looks on is read from rows (`queries`)."""

from typing import Any

from mitwerk.governance.models import Body
from mitwerk.governance.queries import led_bodies


def can_lead(user: Any, body: Body) -> bool:
    """Writes and starts its ballots: whoever votes for the organisation in the chair, and the office."""
    return led_bodies(user).filter(pk=body.pk).exists()
