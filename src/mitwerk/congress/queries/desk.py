"""What waits for somebody: a draft before the call closes, a place to be confirmed, points to be given."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitwerk.algorithms.contributions import ACCEPTED, DRAFT
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.congress.models import Contribution
from mitwerk.congress.queries.contributions import own_contributions
from mitwerk.congress.queries.reviews import judged_congresses, waiting_count
from mitwerk.core.desk import DeskRow


def desk_rows(user: Any) -> list[DeskRow]:
    """For firms their drafts and what was accepted; for jurors what they have said nothing of."""
    now = timezone.now()
    is_calling = Q(congress__call_from__lte=now, congress__call_until__gt=now)
    wanted = own_contributions(user).filter(Q(is_calling, state=DRAFT) | Q(state=ACCEPTED))
    return [*map(_own, wanted[:MOST_ROWS]), *_points(user)]


def _own(contribution: Contribution) -> DeskRow:
    is_draft, congress = contribution.state == DRAFT, contribution.congress
    return DeskRow(
        _("Hand in your contribution") if is_draft else _("Confirm that you come"),
        f"{congress.event.title} · {contribution.title}",
        reverse("congress:contribution_detail", args=[contribution.public_id]),
        _("Go on") if is_draft else _("Confirm"),
        timezone.localdate(congress.call_until) if is_draft and congress.call_until else None,
    )


def _points(user: Any) -> list[DeskRow]:
    found = [(one, waiting_count(user, one)) for one in judged_congresses(user)[:MOST_ROWS]]
    return [
        DeskRow(
            _("Score contributions"),
            ngettext("%(congress)s: %(count)s waits for you", "%(congress)s: %(count)s wait for you", count)
            % {"congress": one.event.title, "count": count},
            reverse("congress:review_list", args=[one.public_id]),
            _("Score"),
        )
        for one, count in found
        if count
    ]
