"""What waits for somebody in the workshops."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.algorithms import workshop
from mitwerk.charter.models import Charter, Suggestion
from mitwerk.charter.queries.adoption import signed_by, signing_organisations
from mitwerk.charter.queries.charters import charter_in_force, kept_charters, my_charters, periods_of
from mitwerk.charter.queries.suggestions import own_suggestions
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.core.desk import DeskRow

ASKS = {
    workshop.COLLECT: (gettext_lazy("Contribute to the charter"), gettext_lazy("Contribute")),
    workshop.SUGGEST: (gettext_lazy("Read the draft of the charter"), gettext_lazy("Read")),
}


def desk_rows(user: Any) -> list[DeskRow]:
    """The phase that runs, suggestions that no longer fit, signatures; for editors what waits for an answer."""
    rows: list[DeskRow] = []
    for charter in my_charters(user)[:MOST_ROWS]:
        rows += [*_phase(charter), *_unfit(user, charter), *_sign(user, charter)]
    for charter in kept_charters(user).filter(phase__in=(workshop.SUGGEST, workshop.DECIDE, workshop.REVIEW))[
        :MOST_ROWS
    ]:
        rows += _waiting(charter)
    return rows


def _page(charter: Charter, name: str = "workshop", *places: Any) -> str:
    return reverse(f"charter:{name}", args=[charter.public_id, *places])


def _phase(charter: Charter) -> list[DeskRow]:
    if charter.phase not in ASKS:
        return []
    title, action = ASKS[charter.phase]
    period = periods_of(charter).get(charter.phase)
    name = "contribution_list" if charter.phase == workshop.COLLECT else "workshop"
    due = timezone.localdate(period.ends_at) if period else None
    return [DeskRow(title, charter.title, _page(charter, name), action, due)]


def _unfit(user: Any, charter: Charter) -> list[DeskRow]:
    if not workshop.may(charter.phase, workshop.PROPOSE):
        return []
    return [
        DeskRow(
            _("A suggestion of yours no longer fits"),
            f"{charter.title} · {one.number}",
            _page(charter, "suggestion_detail", one.number),
            _("Renew or withdraw it"),
        )
        for one in own_suggestions(user, charter).filter(state=Suggestion.State.UNFIT, parent=None)[:MOST_ROWS]
    ]


def _sign(user: Any, charter: Charter) -> list[DeskRow]:
    if not workshop.may(charter.phase, workshop.SIGN):
        return []
    in_force = charter_in_force(charter)
    signed = signed_by(in_force) if in_force else set()
    return [
        DeskRow(
            _("Sign the charter for %(name)s") % {"name": one.name}, charter.title, _page(charter), _("Read and sign")
        )
        for one in (signing_organisations(user, charter) if in_force else [])
        if one.pk not in signed
    ]


def _waiting(charter: Charter) -> list[DeskRow]:
    waiting = charter.suggestions.filter(state=Suggestion.State.OPEN, parent=None).count()
    if not waiting:
        return []
    text = f"{charter.title} · {waiting}"
    return [DeskRow(_("Suggestions wait for an answer"), text, _page(charter, "suggestion_list"), _("Answer"))]
