"""The jury is asked, and scores what was handed in."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.contributions import DECIDABLE
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.mails import mail_juror
from mitwerk.congress.models import Congress, Contribution, Review, Score
from mitwerk.congress.queries.reviews import (
    jurors,
    reviewable_contributions,
    seat_of,
    unasked_juries,
    waiting_count,
)
from mitwerk.core.changes import Refused

ASKED_WITHIN = timedelta(days=3)
"""So long after a call has closed its jury is asked, should the machine have been off at the moment itself."""


@transaction.atomic
def review_contribution(
    *, contribution: Contribution, points: Mapping[int, int], comment: str, is_biased: bool, actor: User
) -> Review:
    """What the actor's seat says: points by the criteria's keys, all of them; none where they keep out of it.

    Sent again it takes the place of what the seat said before. Raises `Refused` for whom the jury has no seat, who has
    a stake, what is decided already, and points that are lacking or off the scale.
    """
    found = Contribution.objects.select_for_update(of=("self",)).select_related("congress__jury", "congress__cluster")
    locked = found.get(pk=contribution.pk)
    seat = seat_of(actor, locked.congress)
    if locked.state not in DECIDABLE:
        raise Refused(_("It has been decided already: it is %(state)s.") % {"state": locked.get_state_display()})
    if seat is None or not reviewable_contributions(actor, locked.congress).filter(pk=locked.pk).exists():
        raise Refused(_("You have a stake in this one, or no longer a seat in the jury."))
    criteria = {one.pk for one in locked.congress.criteria.all()}
    if not is_biased and set(points) != criteria:
        raise Refused(_("Give points for every question, or keep out of it."))
    said = {"by": actor, "comment": comment.strip(), "is_biased": is_biased}
    review, _is_new = Review.objects.update_or_create(contribution=locked, organisation=seat, defaults=said)
    locked.scores.filter(organisation=seat).delete()
    if not is_biased:
        Score.objects.bulk_create(
            Score(contribution=locked, organisation=seat, criterion_id=key, points=points[key])
            for key in sorted(points)
        )
    record_audit(
        verb="contribution.review", target=locked, actor=actor, cluster_slug=slug_of(locked.congress),
        details={"seat": seat.public_id},
    )  # fmt: skip
    return review


@transaction.atomic
def ask_jury(*, congress: Congress, actor: User | None) -> int:
    """Writes to every juror for whom something waits, at most once a day. Returns to how many."""
    told = 0
    Congress.objects.filter(pk=congress.pk).update(jury_asked_at=timezone.now())
    for person in jurors(congress):
        waiting = waiting_count(person.user, congress)
        if waiting:
            mail_juror(congress, person, waiting)
            told += 1
    record_audit(
        verb="congress.ask-jury", target=congress, actor=actor, cluster_slug=slug_of(congress), details={"told": told}
    )
    return told


def ask_juries() -> None:
    """Those of the calls that have just closed, once each. A part of the timed work."""
    with scope(cluster=None):
        closed = list(unasked_juries(timezone.now(), ASKED_WITHIN))
        for congress in closed:
            ask_jury(congress=congress, actor=None)
