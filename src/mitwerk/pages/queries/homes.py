"""Reads of the home pages: what the blocks show. Every one asks the subjects' own queries; nothing is copied.

Which records it is has been found out before (`tallies`). They open the scope themselves, because a page may also be
rendered where no request has opened one, and return plain lists, read in full.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

from django.db.models import Count, Model, Prefetch, QuerySet
from django_scopes import scope

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships, visible_organisations
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import clusters as all_clusters
from mitwerk.events.models import Event
from mitwerk.events.queries import published_events
from mitwerk.matching.models import Need
from mitwerk.matching.queries import published_needs
from mitwerk.networks.models import Network
from mitwerk.networks.queries import published_networks
from mitwerk.pages.queries.tallies import Tally
from mitwerk.projects.models import Partner, Project
from mitwerk.projects.queries import published_projects

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)
EXAMPLE_LENGTH = 48


def _in_region(read: Callable[P, R]) -> Callable[P, R]:
    """Runs a read in the scope of the region: what belongs to a cluster was found out before."""

    def reader(*args: P.args, **kwargs: P.kwargs) -> R:
        with scope(cluster=None):
            return read(*args, **kwargs)

    return reader


def _shown(records: QuerySet[M], keys: Sequence[int]) -> list[M]:
    """The records with these keys, in their order. What was hidden a moment ago is no longer among `records`."""
    found = records.in_bulk(list(keys)) if keys else {}
    return [found[key] for key in keys if key in found]


@_in_region
def stories(found: Tally, count: int, with_clusters: bool) -> list[Project]:
    """Projects with a result to tell, the latest first."""
    return _shown(_projects(with_clusters), found.stories[:count])


@_in_region
def faces(found: Tally, count: int) -> list[Organisation]:
    """Actors to show."""
    return _shown(_actors(), found.faces[:count])


@_in_region
def next_date(found: Tally) -> Event | None:
    """The next congress, else the next date, else the last one."""
    return next(iter(_shown(_events(), found.next_date)), None)


@_in_region
def networks(found: Tally, count: int) -> list[Network]:
    return _shown(_networks(), found.networks[:count])


@_in_region
def needs(found: Tally) -> list[Need]:
    """What firms look for: enough for a list and for examples."""
    return _shown(_needs(), found.needs.keys)


# The next five are questions alone, put together once in the scope of the region, narrowed and never asked themselves:
# to put them together takes as long as to answer them.


@lru_cache(maxsize=2)
def _projects(with_clusters: bool) -> QuerySet[Project]:
    named = Partner.objects.filter(is_named=True).only("project", "name", "is_named").order_by("position", "pk")
    partners = Prefetch("partners", named)
    projects = published_projects().only("public_id", "slug", "title", "summary", "result", "picture").order_by()
    return projects.prefetch_related(partners, "picture", *(["clusters"] if with_clusters else []))


@lru_cache(maxsize=1)
def _actors() -> QuerySet[Organisation]:
    return visible_organisations(None).only("public_id", "slug", "name").order_by()


@lru_cache(maxsize=1)
def _events() -> QuerySet[Event]:
    return published_events().order_by()


@lru_cache(maxsize=1)
def _networks() -> QuerySet[Network]:
    return published_networks().only("public_id", "slug", "name", "purpose").order_by()


@lru_cache(maxsize=1)
def _needs() -> QuerySet[Need]:
    return published_needs().only("slug", "title").order_by()


def examples(found: list[Need], count: int = 4) -> list[Need]:
    """Needs short enough to stand on a button, from the end: the list on the page has the first."""
    short = [need for need in found if len(str(need.title)) <= EXAMPLE_LENGTH]
    return short[-count:]


@dataclass(frozen=True)
class ClusterFace:
    """A cluster with its numbers, for the region's home."""

    cluster: Cluster
    members: int
    projects: int


@_in_region
def cluster_faces() -> list[ClusterFace]:
    """All clusters, in the office's order, in a fixed number of queries."""
    members = current_memberships().filter(organisation__visibility=Organisation.Visibility.PUBLISHED)
    counted = dict(members.exclude(cluster=None).values_list("cluster").annotate(n=Count("pk")).order_by())
    through: Any = Project.clusters.through
    links = through.objects.filter(project__in=published_projects().values("pk"))
    projects = dict(links.values_list("cluster").annotate(n=Count("pk")).order_by())
    rows = all_clusters().select_related("sector").prefetch_related("sector__labels")
    return [ClusterFace(row, counted.get(row.pk, 0), projects.get(row.pk, 0)) for row in rows]
