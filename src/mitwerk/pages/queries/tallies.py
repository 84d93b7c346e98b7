"""What the home pages count, and which records they show: numbers, keys and names of concepts, kept in memory.

Found out over 10,000 organisations this takes SQL 50 ms, and ten times as long as the rest of the page. It changes
seldom, so each process keeps it until the audit log tells of a change (`accounts.queries.Kept`). As with the directory,
it says *how many* and *which*; what is shown of a record is read from the database each time, by its subject's rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django_scopes import scope

from mitwerk.accounts.queries import Kept
from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships, visible_organisations
from mitwerk.charter.queries import charter_in_force, charter_of
from mitwerk.charter.queries.public import opening_of
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import clusters
from mitwerk.competences.models import Competence
from mitwerk.competences.queries import competence_concepts
from mitwerk.core.translated import Translated
from mitwerk.events.queries import published_events
from mitwerk.matching.queries import published_needs
from mitwerk.networks.queries import published_networks
from mitwerk.projects.models import Project
from mitwerk.projects.queries import published_projects
from mitwerk.vocabularies.models import Concept

KINDS = frozenset(
    {
        "actors.organisation",
        "actors.membership",
        "charter.charter",
        "clusters.cluster",
        "competences.competence",
        "events.event",
        "matching.need",
        "networks.network",
        "projects.project",
        "vocabularies.concept",
        "vocabularies.vocabulary",
    }
)
MOST_NEEDS = 40


class Group(NamedTuple):
    """A group of competences and the number of actors that have one of it."""

    slug: str
    name: Translated
    actors: int


@dataclass(frozen=True)
class Numbers:
    """`members` are memberships a source or the office knows; `others` are clusters worked with, of the region all."""

    actors: int
    members: int
    competences: int
    projects: int
    others: int


@dataclass(frozen=True)
class Needs:
    """Keys, and the names of the sectors by key of the need. Regional: the cluster has none, these are the others'."""

    keys: Sequence[int]
    sectors: Mapping[int, Translated]
    is_regional: bool


@dataclass(frozen=True)
class Tally:
    """Of a cluster or the region. Records by key, in the order in which they are shown."""

    numbers: Numbers
    groups: Sequence[Group]
    faces: Sequence[int]
    stories: Sequence[int]
    networks: Sequence[int]
    needs: Needs
    next_date: Sequence[int]
    is_coming: bool
    charter: Translated | None
    """The first words of the charter in force; None where none is."""


_kept: Kept[dict[int | None, Tally]] = Kept(KINDS, dict)
"""Begun empty; each home page adds its own when it is first shown."""
forget = _kept.forget


def tally(cluster: Cluster | None) -> Tally:
    """One query while it is good."""
    known = _kept.get()
    key = cluster.pk if cluster else None
    if key not in known:
        with scope(cluster=cluster):
            known[key] = _read(cluster)
    return known[key]


def _read(cluster: Cluster | None) -> Tally:
    actors = visible_organisations(cluster)
    claims = Competence.objects.filter(organisation__in=actors.values("pk")).order_by()
    events, is_coming = _next_date()
    return Tally(
        numbers=_numbers(cluster, actors, claims),
        groups=_groups(claims),
        faces=_faces(actors),
        stories=_stories(),
        networks=list(published_networks().values_list("pk", flat=True)),
        needs=_needs(cluster),
        next_date=events,
        is_coming=is_coming,
        charter=_charter(cluster),
    )


def _charter(cluster: Cluster | None) -> Translated | None:
    found = charter_of(cluster)
    in_force = charter_in_force(found) if found else None
    return opening_of(in_force.version.content) if in_force else None


def _numbers(cluster: Cluster | None, actors: QuerySet[Organisation], claims: QuerySet[Competence]) -> Numbers:
    members = current_memberships().filter(organisation__visibility=Organisation.Visibility.PUBLISHED)
    projects, others = _projects_and_partners(cluster)
    return Numbers(
        actors=actors.count(),
        members=members.aggregate(n=Count("organisation", distinct=True))["n"],
        competences=claims.aggregate(n=Count("concept", distinct=True))["n"],
        projects=projects,
        others=others,
    )


def _projects_and_partners(cluster: Cluster | None) -> tuple[int, int]:
    """Number of projects, and of the other clusters that take part in them."""
    projects = published_projects()
    if cluster is None:
        return projects.count(), clusters().count()
    through: Any = Project.clusters.through
    links = through.objects.filter(project__in=projects.values("pk"))
    counted = links.aggregate(
        projects=Count("project", distinct=True),
        others=Count("cluster", filter=~Q(cluster=cluster), distinct=True),
    )
    return counted["projects"], counted["others"]


def _groups(claims: QuerySet[Competence]) -> list[Group]:
    """Groups of competences, that of the most actors first.

    The vocabulary is asked of the few groups, not of the many claims: SQLite would begin with its concepts and try each
    of them on each actor, ten times as long with 10,000 organisations.
    """
    by_group = claims.annotate(group=Coalesce("concept__broader", "concept")).values_list("group")
    counted = dict(by_group.annotate(n=Count("organisation", distinct=True)).order_by("-n", "group"))
    concepts = competence_concepts().in_bulk(counted)
    return [Group(concepts[pk].slug, _names(concepts[pk]), n) for pk, n in counted.items() if pk in concepts]


def _names(concept: Concept) -> Translated:
    labels = (concept.label(code) for code, _name in settings.LANGUAGES)
    return Translated({label.language: label.text for label in labels})


def _faces(actors: QuerySet[Organisation]) -> list[int]:
    """Members first, the rest in an order that favours nobody (by public id, not by name)."""
    is_member = Exists(current_memberships().filter(organisation=OuterRef("pk")))
    return list(actors.order_by(is_member.desc(), "public_id").values_list("pk", flat=True))


def _stories() -> list[int]:
    """Projects with a result to tell, the latest first."""
    told = published_projects().exclude(result={}).annotate(year=Coalesce("end_year", "start_year"))
    return list(told.order_by(F("year").desc(nulls_last=True), "-pk").values_list("pk", flat=True))


def _next_date() -> tuple[list[int], bool]:
    """The next congress, else the next date, else the last one; and whether it is still to come."""
    events = published_events().values_list("pk", flat=True)
    coming = events.filter(Q(ends_on__gte=localdate()) | Q(starts_on__gte=localdate()))
    if found := list(coming.order_by("-is_congress", "starts_on", "-pk")[:1]):
        return found, True
    return list(events.order_by("-starts_on", "-pk")[:1]), False


def _needs(cluster: Cluster | None) -> Needs:
    """A cluster that has no needs of its own shows what the others look for: that is where its work is."""
    own = _sectors_of_needs()
    if cluster is None or own:
        return _named(own, is_regional=cluster is None)
    with scope(cluster=None):
        return _named(_sectors_of_needs(), is_regional=True)


def _sectors_of_needs() -> dict[int, int | None]:
    return dict(published_needs().values_list("pk", "sector_id")[:MOST_NEEDS])


def _named(sectors: Mapping[int, int | None], is_regional: bool) -> Needs:
    wanted: Iterable[int] = {sector for sector in sectors.values() if sector}
    concepts = Concept.objects.prefetch_related("labels").in_bulk(wanted)
    names = {need: _names(concepts[sector]) for need, sector in sectors.items() if sector}
    return Needs(list(sectors), names, is_regional)
