"""What waits for somebody in the bodies."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import is_editor
from mitwerk.core.desk import DeskRow
from mitwerk.governance.queries.ballots import ballots_to_vote_on
from mitwerk.governance.queries.bodies import editable_bodies, lapsed_mandates, my_bodies


def desk_rows(user: Any) -> list[DeskRow]:
    """Votes to cast, and mandates that have run out: for the body's own people and for the office."""
    rows = [
        DeskRow(
            title=_("Vote for %(organisation)s") % {"organisation": entry["name"]},
            text=ballot.title,
            url=reverse("governance:vote_cast", args=[ballot.body.slug, ballot.public_id, entry["id"]]),
            action=_("Vote"),
            due=timezone.localdate(ballot.closes_at),
        )
        for ballot, entry in ballots_to_vote_on(user)[:MOST_ROWS]
    ]
    return [*rows, *_lapsed_rows(user)]


def _lapsed_rows(user: Any) -> list[DeskRow]:
    bodies = editable_bodies(user) if is_editor(user) else my_bodies(user)
    lapsed = lapsed_mandates().filter(body__in=bodies.order_by().values("pk")).select_related("organisation", "body")
    return [
        DeskRow(
            title=_("Provisional mandate has run out") if one.is_provisional else _("Mandate has run out"),
            text=f"{one.organisation.name} · {one.body}",
            url=reverse("governance:body_room", args=[one.body.slug]),
            action=_("See the body"),
            due=one.until,
        )
        for one in lapsed[:MOST_ROWS]
    ]
