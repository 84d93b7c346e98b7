"""What is left of a congress: whose slides and recordings may be given by whom, and which everybody reads."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.congress.models import Congress, Contribution, Proceeding, Session, Speaker
from mitwerk.congress.queries.contributions import office_contributions, own_contributions
from mitwerk.congress.queries.programme import latest_release


def was_on_stage(contribution: Contribution) -> bool:
    """It is accepted and its time is over; what has no time, such as a stand, waits for the end of the congress."""
    if contribution.state not in ON_STAGE:
        return False
    session = Session.objects.filter(contribution=contribution).first()
    return session.ends_at <= timezone.now() if session else contribution.congress.event.is_over


def tellable_contribution(user: Any, public_id: str) -> Contribution | None:
    """Whose slides the user may give: of an organisation they act for, or of a congress they run."""
    own = own_contributions(user).filter(public_id=public_id).first()
    return own or office_contributions(user).filter(public_id=public_id).first()


def is_own(user: Any, contribution: Contribution) -> bool:
    return own_contributions(user).filter(pk=contribution.pk).exists()


def shown_proceedings(congress: Congress) -> QuerySet[Proceeding]:
    """What everybody reads of: of what was accepted, of organisations that are not hidden; with those speakers who
    agreed to be named."""
    agreed = Speaker.objects.filter(agreed_at__isnull=False).order_by("position", "pk")
    found = Proceeding.objects.filter(
        contribution__congress=congress, contribution__state__in=ON_STAGE,
        contribution__organisation__visibility=Organisation.Visibility.PUBLISHED,
    )  # fmt: skip
    found = found.select_related("contribution__organisation")
    named = Prefetch("contribution__speakers", agreed, to_attr="named")
    return found.prefetch_related(named).order_by("contribution__number", "pk")


def proceeding_counts(congress: Congress) -> dict[str, int]:
    """`total`, `slides` and `recordings` of those."""
    shown = shown_proceedings(congress).order_by()
    return shown.aggregate(
        total=Count("pk"), slides=Count("pk", filter=~Q(slides="")), recordings=Count("pk", filter=~Q(recording=""))
    )


def shown_by_contribution(congress: Congress, contributions: Iterable[Contribution]) -> dict[int, Proceeding]:
    """Primary key of the contribution to what there is of it."""
    found = Proceeding.objects.filter(pk__in=shown_proceedings(congress).order_by().values("pk"))
    return {one.contribution_id: one for one in found.filter(contribution__in=contributions)}


def programme_keys(congress: Congress) -> set[str]:
    """Of the items that have a page in the programme."""
    release = latest_release(congress)
    items = release.content["items"] if release else []
    return {item["key"] for item in items if item["span"] and not item["is_cancelled"]}
