"""What was contributed while the editors collected."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.charter.models import Charter, Contribution


def contributions_by_theme(charter: Charter) -> QuerySet[Contribution]:
    """All of them: grouped ones first, in the order of the themes, then by question; what is new comes last."""
    found = charter.contributions.select_related("organisation", "question", "theme__section")
    return found.order_by(
        F("theme__position").asc(nulls_last=True), F("theme").asc(nulls_last=True),
        F("question__position").asc(nulls_last=True), "at", "pk",
    )  # fmt: skip


def own_contributions(organisations: Sequence[Organisation], charter: Charter) -> QuerySet[Contribution]:
    return charter.contributions.filter(organisation__in=organisations)
