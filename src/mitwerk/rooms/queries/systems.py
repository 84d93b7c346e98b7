"""Which systems the members of a network work with, and who of them is named.

Who does not wish to be seen is in no list, and a system that only they use is in none either: in a small circle its
name alone would say whose it is. Where `MANY` of them use it, readers learn that there are others; never how many,
because two numbers on two days would say who came in between. Coordinators read the same as everybody.
"""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.rooms.models import SystemInUse
from mitwerk.rooms.queries.people import insiders, seen_keys
from mitwerk.vocabularies.models import SYSTEMS, Concept

MANY = 5


@dataclass(frozen=True)
class Used:
    """A system, how many are named with it, and whether there are others."""

    concept: Concept
    named: int
    has_others: bool
    is_mine: bool


def systems() -> QuerySet[Concept]:
    """The products of the vocabulary; their kinds are their groups."""
    found = Concept.objects.filter(vocabulary__slug=SYSTEMS, broader__isnull=False)
    return found.select_related("broader").prefetch_related("labels", "broader__labels").order_by("position", "pk")


def kinds_of_systems() -> QuerySet[Concept]:
    found = Concept.objects.filter(vocabulary__slug=SYSTEMS, broader=None)
    return found.prefetch_related("labels").order_by("position", "pk")


def systems_found(query: str, kind: str) -> QuerySet[Concept]:
    """By words of their own labels or their kind's, and by the kind's public id."""
    found = systems()
    for word in query.split():
        labels = Q(labels__text__icontains=word) | Q(broader__labels__text__icontains=word)
        found = found.filter(pk__in=Concept.objects.filter(labels).order_by().values("pk"))
    return found.filter(broader__public_id=kind) if kind else found


def _entries(network: Network) -> QuerySet[SystemInUse]:
    return SystemInUse.objects.filter(person__in=insiders(network).order_by().values("pk"))


def systems_in(network: Network, me: NetworkPerson) -> list[Used]:
    """Those the reader may know to be in use, the most named first."""
    seen = Q(person__in=seen_keys(network))
    rows = _entries(network).order_by().values("concept").annotate(
        named=Count("pk", filter=seen), hidden=Count("pk", filter=~seen & ~Q(person=me)),
        mine=Count("pk", filter=Q(person=me)),
    )  # fmt: skip
    counts = {row["concept"]: row for row in rows if row["named"] or row["mine"] or row["hidden"] >= MANY}
    concepts = systems().filter(pk__in=counts)
    found = [
        Used(one, counts[one.pk]["named"], counts[one.pk]["hidden"] >= MANY, counts[one.pk]["mine"] > 0)
        for one in concepts
    ]
    return sorted(found, key=lambda used: -used.named)


def users_of(network: Network, concept: Concept, me: NetworkPerson) -> QuerySet[SystemInUse]:
    """Who is named with it, and the reader's own entry."""
    named = Q(person__in=seen_keys(network)) | Q(person=me)
    rows = _entries(network).filter(named, concept=concept).select_related("person__person", "person__organisation")
    return rows.order_by("person__person__name", "pk")


def has_unnamed_users(network: Network, concept: Concept, me: NetworkPerson) -> bool:
    hidden = _entries(network).filter(concept=concept).exclude(person__in=seen_keys(network)).exclude(person=me)
    return hidden.count() >= MANY


def my_systems(me: NetworkPerson) -> QuerySet[SystemInUse]:
    labels = Prefetch("concept__labels"), Prefetch("concept__broader__labels")
    return me.systems.select_related("concept__broader").prefetch_related(*labels).order_by("concept__position", "pk")
