"""Who sees which contributions: who handed them in, the office that runs the congress, and everybody what is on."""

from typing import Any

from django.db.models import Count, F, FloatField, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from mitwerk.algorithms.contributions import DRAFT, ON_STAGE
from mitwerk.congress.models import Congress, Contribution, Score, Speaker
from mitwerk.congress.queries.congresses import run_congresses
from mitwerk.events.queries import published_events
from mitwerk.people.queries import represented_organisations


def own_contributions(user: Any) -> QuerySet[Contribution]:
    """Of the organisations the user acts for, the latest congress first."""
    found = Contribution.objects.filter(organisation__in=represented_organisations(user).order_by().values("pk"))
    return found.select_related("congress__event", "organisation", "track").order_by("-congress__pk", "number")


def office_contributions(user: Any) -> QuerySet[Contribution]:
    """Of the congresses the user runs; drafts are their firms' own business.

    `score`: the jury's weighted mean, None before it has said anything; `review_count`: from so many seats.
    """
    found = Contribution.objects.exclude(state=DRAFT).filter(congress__in=run_congresses(user).order_by().values("pk"))
    found = found.annotate(score=Subquery(_scores("mean")), review_count=Coalesce(Subquery(_scores("count")), 0))
    return found.select_related("congress__event", "organisation", "track").order_by("congress", "number")


def _scores(name: str) -> QuerySet[Score, Any]:
    """Every seat answers every question, so the mean of all points is the mean of the seats."""
    rows = Score.objects.filter(contribution=OuterRef("pk")).order_by().values("contribution")
    weight = F("criterion__weight")
    # As a fraction: two whole numbers would be divided to a whole one.
    mean = Sum(Cast(F("points") * weight, FloatField())) / Sum(weight)
    found: QuerySet[Score, Any] = rows.annotate(mean=mean, count=Count("organisation", distinct=True)).values(name)
    return found


def shown_contributions(congress: Congress) -> QuerySet[Contribution]:
    """What everybody reads of: accepted, with those speakers who agreed to be named."""
    agreed = Speaker.objects.filter(agreed_at__isnull=False).select_related("person").order_by("position", "pk")
    found = congress.contributions.filter(state__in=ON_STAGE).select_related("organisation", "track", "project")
    return found.prefetch_related(Prefetch("speakers", agreed, to_attr="named"), "competences").order_by("number")


def calling_congresses() -> QuerySet[Congress]:
    """Published congresses whose call is open, in the cluster (or region) that is in scope."""
    now = timezone.now()
    found = Congress.objects.filter(event__in=published_events(), call_from__lte=now, call_until__gt=now)
    return found.select_related("event", "cluster").order_by("call_until", "pk")


def speaker_by_id(public_id: str) -> Speaker | None:
    """For the link of a mail; whoever comes by it is asked for who they are."""
    found = Speaker.objects.select_related("person", "contribution__organisation", "contribution__congress__event")
    return found.filter(public_id=public_id).first()
