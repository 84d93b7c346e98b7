"""Who reads of which stands, and of what is shown at a congress by competence."""

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.competences.models import Reference
from mitwerk.congress.models import Congress, Contribution, Room, Stand
from mitwerk.congress.queries.congresses import run_congresses
from mitwerk.events.queries import published_events
from mitwerk.people.queries import represented_organisations
from mitwerk.vocabularies.models import Concept


def shown_stands(congress: Congress) -> QuerySet[Stand]:
    """Everybody reads of them, but of those of hidden organisations."""
    visible = Organisation.Visibility.PUBLISHED
    found = congress.stands.filter(organisation__visibility=visible).select_related("organisation", "room")
    return found.prefetch_related("sectors__labels", "competences__labels").order_by("number", "pk")


def public_stands() -> QuerySet[Stand]:
    """Of every published congress, in the cluster (or region) that is in scope."""
    visible = Organisation.Visibility.PUBLISHED
    found = Stand.objects.filter(organisation__visibility=visible, congress__event__in=published_events())
    return found.select_related("congress__event")


def own_stands(user: Any) -> QuerySet[Stand]:
    """Of the organisations the user acts for, the latest congress first."""
    mine = represented_organisations(user).order_by().values("pk")
    found = Stand.objects.filter(organisation__in=mine).select_related("congress__event", "organisation", "room")
    return found.order_by("-congress__pk", "number")


def office_stands(user: Any) -> QuerySet[Stand]:
    """Of the congresses the user runs."""
    found = Stand.objects.filter(congress__in=run_congresses(user).order_by().values("pk"))
    return found.select_related("congress__event", "organisation", "room").order_by("congress", "number")


def halls(congress: Congress) -> list[tuple[Room, list[Stand]]]:
    """Rooms with a size, and the stands that have a place in them."""
    placed = defaultdict(list)
    for stand in shown_stands(congress).filter(x__isnull=False):
        placed[stand.room_id].append(stand)
    return [(room, placed[room.pk]) for room in congress.rooms.filter(width__isnull=False) if placed[room.pk]]


def shown_concepts(congress: Congress) -> QuerySet[Concept]:
    """Competences that a stand or a contribution on its stage shows."""
    talks = Contribution.competences.through.objects.filter(
        contribution__congress=congress, contribution__state__in=ON_STAGE
    )
    stands = Stand.competences.through.objects.filter(stand__congress=congress)
    found = Concept.objects.filter(Q(pk__in=talks.values("concept")) | Q(pk__in=stands.values("concept")))
    return found.prefetch_related("labels").order_by("pk")


def shown_of(congress: Congress, concept: Concept) -> dict[str, list[Any]]:
    """`contributions`, `stands` and `references` of those organisations, of one competence."""
    visible = Organisation.Visibility.PUBLISHED
    talks = congress.contributions.filter(
        state__in=ON_STAGE, competences=concept, organisation__visibility=visible
    ).select_related("organisation")
    stands = list(shown_stands(congress).filter(competences=concept))
    found = list(talks.order_by("number"))
    firms = {*(one.organisation_id for one in stands), *(one.organisation_id for one in found)}
    proofs = Reference.objects.filter(organisation__in=firms, concepts=concept).select_related("organisation")
    return {"contributions": found, "stands": stands, "references": list(proofs.order_by("pk"))}
