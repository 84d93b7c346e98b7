"""Waves of invitations: how far they are, what waits, and which firm somebody may come from."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import standing_register, visible_organisations
from mitwerk.algorithms.duplicates import entry
from mitwerk.networks.models import ListRow, Network, NetworkInvitation, Wave
from mitwerk.outbox.queries import given_up

MOST_A_WAVE, MOST_A_DAY, MOST_FIRMS = 250, 500, 4
DAY = timedelta(days=1)
REMIND_BEFORE, REMIND_AFTER = timedelta(days=3), timedelta(days=4)
"""So long before the last day, and not sooner than this after the invitation."""


def waves_of(network: Network) -> QuerySet[Wave]:
    return Wave.objects.filter(network=network)


def invitable_rows(network: Network) -> QuerySet[ListRow]:
    """Kept, whole, and in no wave yet; in the order of the list."""
    rows = ListRow.objects.filter(network=network, problem="", wave=None, source__kept_at__isnull=False)
    return rows.order_by("source", "number", "pk")


def left_today(network: Network) -> int:
    """How many more may be invited within these 24 hours."""
    lately = waves_of(network).filter(at__gt=timezone.now() - DAY).aggregate(n=Sum("total"))["n"] or 0
    return max(0, MOST_A_DAY - lately)


def open_rows(wave: Wave) -> QuerySet[ListRow]:
    """Who has not answered yet."""
    return wave.rows.order_by("number", "pk")


def unsent_waves() -> QuerySet[Wave]:
    """Waves of which somebody has not been written to; a dead worker may have left them."""
    return Wave.objects.filter(sent_at=None, ended_at=None, ends_at__gt=timezone.now())


def rows_to_remind() -> QuerySet[ListRow]:
    """Who has not answered, some days before the end, and was not invited only just now."""
    now = timezone.now()
    soon = Q(wave__ends_at__gt=now, wave__ends_at__lte=now + REMIND_BEFORE)
    asked = Q(invitation__created_at__lte=now - REMIND_AFTER, invitation__second_hash=None)
    return ListRow.objects.filter(soon, asked).order_by("pk")


def waves_over() -> QuerySet[Wave]:
    return Wave.objects.filter(ended_at=None, ends_at__lte=timezone.now()).order_by("pk")


def mail_keys(invitations: Any) -> list[str]:
    """By which keys the outbox knows what was written about these invitations."""
    return [f"network-{kind}:{public_id}" for public_id in invitations for kind in ("invitation", "reminder")]


def bounced(wave: Wave) -> int:
    """How many of those who have not answered could not be reached."""
    ids = wave.rows.exclude(invitation=None).values_list("invitation__public_id", flat=True)
    return given_up(f"network-invitation:{public_id}" for public_id in ids)


def row_of(invitation: NetworkInvitation) -> ListRow | None:
    """The row of the list by which somebody was invited; None where a coordinator typed the address."""
    return ListRow.objects.select_related("wave").filter(invitation=invitation).first()


def likely_firms(firm: str) -> list[Organisation]:
    """Published organisations that a firm on a list may be, the surest first. Whoever comes from it is asked."""
    if not firm:
        return []
    keys = [max(pair[:2]) for pair in standing_register().twins_of(entry(0, firm))]
    found = {one.pk: one for one in visible_organisations(None).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found][:MOST_FIRMS]
