"""Reads of needs. What nobody has cleared yet is seen by the office alone, and never passes here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import MOST_ROWS, editable
from mitwerk.clusters.rules import is_editor
from mitwerk.competences.models import Competence
from mitwerk.core.desk import DeskRow
from mitwerk.core.listing import Choice
from mitwerk.core.words import has_words
from mitwerk.matching.models import Need
from mitwerk.vocabularies.models import SECTORS, Concept

_ASKED: Any = Need.concepts.through


def published_needs() -> QuerySet[Need]:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Need.objects.filter(state=Need.State.PUBLISHED)


def need_page(slug: str) -> Need | None:
    """One need with all that its page shows."""
    return (
        published_needs()
        .select_related("sector")
        .prefetch_related("sector__labels", "concepts__labels", "clusters")
        .filter(slug=slug)
        .first()
    )


def narrowed(choice: Choice, but: str = "") -> QuerySet[Need]:
    """Published needs that fit the choice; `but` leaves one filter out, to count what it offers."""
    needs = published_needs().filter(has_words(choice.query, translated=("title", "text")))
    if but != "sector" and (sectors := choice.values.get("sector")):
        needs = needs.filter(sector__slug__in=sectors)
    if but != "competence" and (slugs := choice.values.get("competence")):
        links = _ASKED.objects.filter(need=OuterRef("pk"), concept__slug__in=slugs)
        needs = needs.filter(Exists(links))
    return needs


def chosen_needs(choice: Choice) -> QuerySet[Need]:
    """The list itself, the latest first."""
    return narrowed(choice).select_related("sector").prefetch_related("sector__labels", "concepts__labels")


def count_sectors(choice: Choice) -> dict[str, int]:
    """Slug of a sector to number of needs."""
    rows = narrowed(choice, "sector").filter(sector__isnull=False).order_by()
    return dict(rows.values_list("sector__slug").annotate(Count("pk")))


def count_competences(choice: Choice) -> dict[str, int]:
    """Slug of an asked competence to number of needs, the most frequent first."""
    links = _ASKED.objects.filter(need__in=narrowed(choice, "competence").values("pk"))
    rows = links.values_list("concept__slug").annotate(number=Count("pk"))
    return dict(rows.order_by("-number", "concept__slug"))


def sectors() -> QuerySet[Concept]:
    """The sectors a need can come from, with their labels."""
    return Concept.objects.filter(vocabulary__slug=SECTORS).prefetch_related("labels")


def concepts_by_slug(slugs: Sequence[str]) -> dict[str, Concept]:
    """Concepts with their labels."""
    if not slugs:
        return {}
    return {c.slug: c for c in Concept.objects.filter(slug__in=slugs).prefetch_related("labels")}


def organisations_for(need: Need, cluster: Cluster | None) -> QuerySet[Organisation]:
    """Who can do what is asked for: those with most of the asked concepts first, then by name.

    Each carries `matching_count` and, as `matching`, the competences that answer the need.
    """
    asked = [concept.pk for concept in need.concepts.all()]
    answers = (
        Competence.objects.filter(concept__in=asked).order_by("concept", "position").prefetch_related("concept__labels")
    )
    return (
        visible_organisations(cluster)
        .filter(competences__concept__in=asked)
        .annotate(matching_count=Count("competences__concept", distinct=True))
        .prefetch_related(Prefetch("competences", answers, to_attr="matching"))
        .order_by("-matching_count", "sort_name", "pk")
    )


def needs_asking_for(concepts: Iterable[Concept]) -> QuerySet[Need]:
    """Published needs that ask for any of these concepts, those that ask for most of them first."""
    asked = [concept.pk for concept in concepts]
    return (
        published_needs()
        .filter(concepts__in=asked)
        .annotate(shared_count=Count("concepts", distinct=True))
        .select_related("sector")
        .prefetch_related("sector__labels")
        .order_by("-shared_count", "-pk")
    )


def desk_rows(user: Any) -> list[DeskRow]:
    """For the office: reported needs that wait to be published, the longest waiting first."""
    if not is_editor(user):
        return []
    waiting = editable(user, Need).filter(state=Need.State.REPORTED).order_by("created_at")
    return [
        DeskRow(
            title=_("Reported need"),
            text=str(need.title),
            url=reverse("office_needs:inspect", args=[need.pk]),
            action=_("Read and publish"),
            due=timezone.localdate(need.created_at),
        )
        for need in waiting[:MOST_ROWS]
    ]
