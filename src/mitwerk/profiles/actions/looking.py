"""Contacts shown to members, and a brake for whoever collects them."""

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.core.visitors import reader
from mitwerk.profiles.queries.contacts import BRAKED, SeenContact, look_at_contacts, was_braked_today

HOUR = 60 * 60
ORGANISATIONS_AN_HOUR = 60
"""A person who looks for a partner opens a dozen profiles in an hour; a program all of them."""


def show_contacts(*, request: HttpRequest, organisation: Organisation) -> tuple[list[SeenContact], bool]:
    """What the reader sees of the contacts, and whether those for members were held back.

    Counted are different organisations of which somebody sees more than everybody, as a member alone: one's own
    and those of one's office are free.
    """
    user = reader(request)
    found = look_at_contacts(user, organisation)
    if not found.is_as_member or _may_see_one_more(request, user, organisation):
        return found.shown, False
    if not was_braked_today(user):
        record_audit(verb=BRAKED, target=user, actor=user, details={"organisations_an_hour": ORGANISATIONS_AN_HOUR})
    return found.public, True


def _may_see_one_more(request: HttpRequest, user: User, organisation: Organisation) -> bool:
    """The same limiter as at the door, in the cache that all workers share; a second look within the hour is free."""
    seen = f"contacts:{user.pk}:{organisation.pk}"
    if cache.get(seen):
        return True
    limit = {"contacts": f"{ORGANISATIONS_AN_HOUR}/h/user"}
    usage = ratelimit.consume(
        request, app="mitwerk.profiles", action="contacts", config=limit, user=user, limit_get=True
    )
    if usage:
        cache.set(seen, True, HOUR)
    return bool(usage)
