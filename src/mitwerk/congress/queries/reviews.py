"""Who reviews what: the organisations of a congress's jury, never what they have a stake in."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import DECIDABLE, DRAFT
from mitwerk.congress.models import Congress, Contribution, Review, Score, StepTaken
from mitwerk.governance.queries import VOTING, entitled_organisations, my_bodies
from mitwerk.people.models import Person
from mitwerk.people.queries import current_representatives, representations_of, represented_organisations


def judged_congresses(user: Any) -> QuerySet[Congress]:
    """Those in whose jury the user acts for an organisation, the latest first."""
    found = Congress.objects.filter(jury__in=my_bodies(user).order_by().values("pk"))
    return found.select_related("event", "cluster", "jury").order_by("-event__starts_on", "-pk")


def seat_of(user: Any, congress: Congress) -> Organisation | None:
    """The organisation for which the user sits in the jury; of several the first by name."""
    if congress.jury is None:
        return None
    mine = representations_of(user).filter(role__in=VOTING).order_by().values("organisation")
    return entitled_organisations(congress.jury).filter(pk__in=mine).first()


def foreign_contributions(user: Any, congress: Congress) -> QuerySet[Contribution]:
    """What was handed in, without what one of the user's organisations brings, or has worked on as a partner of the
    project it tells of, and without where they speak themselves."""
    mine = represented_organisations(user).order_by().values("pk")
    found = congress.contributions.exclude(state=DRAFT)
    found = found.exclude(organisation__in=mine).exclude(project__partners__organisation__in=mine)
    return found.exclude(speakers__person__user=user.pk).select_related("organisation", "track").order_by("number")


def reviewable_contributions(user: Any, congress: Congress) -> QuerySet[Contribution]:
    """Of those what still waits for a decision."""
    return foreign_contributions(user, congress).filter(state__in=DECIDABLE)


def with_own_review(found: QuerySet[Contribution], seat: Organisation) -> QuerySet[Contribution]:
    """`own`: a list with the seat's review, or empty; `own_scores`. Other seats' are no juror's business. A review
    `is_older` where the firm has handed in a changed text since."""
    reviews, scores = (model.objects.filter(organisation=seat) for model in (Review, Score))
    anew = StepTaken.objects.filter(contribution=OuterRef("contribution"), verb="submit")
    reviews = reviews.annotate(is_older=Exists(anew.filter(at__gt=OuterRef("updated_at"))))
    return found.prefetch_related(
        Prefetch("reviews", reviews, to_attr="own"), Prefetch("scores", scores, to_attr="own_scores")
    )


def reviews_of(contribution: Contribution) -> list[tuple[Review, list[Score]]]:
    """Every seat's, with its points, for the office."""
    scores = list(contribution.scores.select_related("criterion"))
    return [
        (one, [score for score in scores if score.organisation_id == one.organisation_id])
        for one in contribution.reviews.select_related("organisation")
    ]


def waiting_count(user: Any, congress: Congress) -> int:
    """How many the user's seat has said nothing of yet."""
    seat = seat_of(user, congress)
    return reviewable_contributions(user, congress).exclude(reviews__organisation=seat).count() if seat else 0


def jurors(congress: Congress) -> QuerySet[Person]:
    """Who can sign in and acts for an organisation of the jury."""
    if congress.jury is None:
        return Person.objects.none()
    seats = entitled_organisations(congress.jury).order_by().values("pk")
    acting = current_representatives().filter(role__in=VOTING, organisation__in=seats, person__user__is_active=True)
    return Person.objects.filter(pk__in=acting.order_by().values("person")).select_related("user").order_by("pk")


def unasked_juries(now: datetime, within: timedelta) -> QuerySet[Congress]:
    """Congresses whose call has closed not longer ago than `within`, and whose jury was not asked since."""
    found = Congress.objects.filter(jury__isnull=False, call_until__lte=now, call_until__gt=now - within)
    return found.filter(Q(jury_asked_at=None) | Q(jury_asked_at__lt=F("call_until"))).select_related("event", "jury")
