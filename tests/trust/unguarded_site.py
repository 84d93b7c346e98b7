"""The site without the guard of its one-time links: the control of `test_c10_links.py`."""

from typing import Any

from mitwerk.config.wsgi import application  # noqa: F401
from mitwerk.people import actions
from mitwerk.people.models import Offer


def take_unguarded(*, offer: Offer, user: Any, name: str, language: str) -> Any:
    """Trusts what was read before, as a check followed by a write does."""
    taken_by = user or actions._sign_in_of(offer.email, name, language)
    type(offer)._default_manager.filter(pk=offer.pk).update(accepted_by=taken_by)
    return taken_by


actions.take_offer = take_unguarded
