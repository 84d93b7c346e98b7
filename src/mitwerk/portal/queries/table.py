"""The directory in memory: which organisation has which value of which filter, as sets of bits.

Counting ten filters over 10,000 organisations takes SQL 60 ms and more, and every choice asks again; here it takes
one (docs/decisions/0011-facets-in-memory.md). The table is an index and never an answer: it says *which* and
*how many*; what is shown of an organisation is read from the database, by the rules of `actors.queries`.

It is kept until the audit log tells of a change to one of `KINDS` (every action writes there); see
`accounts.queries.Kept`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django_scopes import scope

from mitwerk.accounts.queries import Kept
from mitwerk.actors.queries import visible_organisations
from mitwerk.algorithms.collation import sort_key
from mitwerk.algorithms.facets import Bits, FacetTable, bits_of, build
from mitwerk.clusters.models import Cluster
from mitwerk.portal.queries import facet_sources as sources
from mitwerk.portal.queries.facet_labels import Labels, read_labels
from mitwerk.portal.queries.outlines import RegionMap, read_region_map

KINDS = frozenset(
    {
        "actors.organisation",
        "actors.membership",
        "clusters.cluster",
        "clusters.region",
        "competences.competence",
        "networks.network",
        "networks.networkmember",
        "places.district",
        "places.state",
        "vocabularies.concept",
        "vocabularies.vocabulary",
    }
)


@dataclass(frozen=True)
class Spot:
    """Where an organisation stands on the map."""

    latitude: float | None
    longitude: float | None
    district: str


@dataclass(frozen=True)
class Directory:
    """All published organisations of the region, by position: their place in the order of names."""

    pks: Sequence[int]
    facets: FacetTable
    orders: Mapping[str, Sequence[int]]
    spots: Sequence[Spot]
    labels: Labels
    _within: dict[int, Bits] = field(default_factory=dict)

    @cached_property
    def position(self) -> dict[int, int]:
        return {pk: position for position, pk in enumerate(self.pks)}

    @cached_property
    def region_map(self) -> RegionMap | None:
        """The outlines, drawn when a map is first asked for."""
        return read_region_map()

    @cached_property
    def drawn(self) -> Sequence[tuple[float, float] | None]:
        """Where each organisation is on the drawing; None where that is not known or not in the region."""
        drawing = self.region_map
        return [
            drawing.spot(spot.latitude, spot.longitude)
            if drawing and spot.latitude is not None and spot.longitude is not None
            else None
            for spot in self.spots
        ]

    def bits_of_pks(self, pks: Iterable[int]) -> Bits:
        """The organisations with these keys that are in the table."""
        found = map(self.position.get, pks)
        return bits_of([position for position in found if position is not None], self.facets.size)

    def within(self, cluster: Cluster | None) -> Bits:
        """The organisations a cluster shows, by the one rule in `actors.queries`; asked once per table."""
        if cluster is None:
            return self.facets.everything
        if cluster.pk not in self._within:
            pks = list(visible_organisations(cluster).values_list("pk", flat=True))
            self._within[cluster.pk] = self.bits_of_pks(pks)
        return self._within[cluster.pk]


def read_directory() -> Directory:
    """Build the table: ten queries. It is the region's, whatever cluster is being read; `within` narrows it."""
    with scope(cluster=None):
        rows = sources.organisations()
        position = {row.pk: number for number, row in enumerate(rows)}
        pairs = sources.facet_pairs(rows, position)
        return Directory(
            pks=[row.pk for row in rows],
            facets=build(len(rows), pairs),
            orders=_orders(rows),
            spots=[Spot(row.latitude, row.longitude, row.district or "") for row in rows],
            labels=read_labels(),
        )


def _orders(rows: Sequence[sources.Row]) -> dict[str, list[int]]:
    """Positions in each order other than by name; who has no town or year comes last, equals by name."""
    keys: dict[str, Callable[[int], tuple[bool, object]]] = {
        "newest": lambda p: (False, -rows[p].created_at.timestamp()),
        "place": lambda p: (not rows[p].town, sort_key(rows[p].town)),
        "founded": lambda p: (not rows[p].founded, rows[p].founded or 0),
    }
    return {name: sorted(range(len(rows)), key=key) for name, key in keys.items()}


_kept = Kept(KINDS, read_directory)
directory = _kept.get
"""The table as it is now."""
forget = _kept.forget
