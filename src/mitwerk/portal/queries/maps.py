"""The answer of the directory as a map, and the same as a list by district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from mitwerk.algorithms.point_clusters import gather
from mitwerk.clusters.models import Cluster
from mitwerk.portal.queries.directory import Found
from mitwerk.portal.queries.outlines import RegionMap
from mitwerk.portal.queries.rows import Row, rows_of

CELL = 34
NAMED_AT_MOST = 300
"""So many organisations are named one by one in the list beside the map; more are counted."""


@dataclass(frozen=True)
class Circle:
    """One organisation, or several close together. Whole units: templates write fractions with a comma in German."""

    x: int
    y: int
    size: int
    count: int


def circles(spots: Iterable[tuple[float, float] | None]) -> list[Circle]:
    """Circles for organisations at these points of the drawing; those without a place are left out."""
    gathered = gather([spot for spot in spots if spot is not None], CELL)
    return [Circle(round(one.x), round(one.y), _size(len(one.members)), len(one.members)) for one in gathered]


def _size(count: int) -> int:
    """Radius: the area grows with the number, up to a largest circle; from two on there is room for the number."""
    return 7 if count == 1 else round(min(30, 10 + 2.2 * sqrt(count - 1)))


@dataclass(frozen=True)
class Area:
    """A district in the list beside the map. `organisations` is empty where there are too many to name."""

    slug: str
    name: str
    path: str
    count: int
    is_chosen: bool
    organisations: Sequence[Row] = ()


@dataclass(frozen=True)
class MapView:
    """What the map shows of an answer. `elsewhere` were found in none of its districts."""

    drawing: RegionMap
    areas: Sequence[Area]
    circles: Sequence[Circle]
    elsewhere: Sequence[Row]
    is_named: bool


def map_view(found: Found, cluster: Cluster | None) -> MapView | None:
    """The answer as a map and as a list by district; at most one query. None for a region without outlines."""
    drawing, names = found.known.region_map, found.known.labels.here()["district"]
    if drawing is None:
        return None
    is_named = len(found.pks) <= NAMED_AT_MOST
    named: dict[str, list[Row]] = {}
    for one in rows_of(found.known, found.pks, cluster) if is_named else ():
        named.setdefault(found.spot(one.pk).district, []).append(one)
    chosen = found.choice.values.get("district", [])
    areas = [
        Area(
            one.slug, names[one.slug], one.path, found.district_counts.get(one.slug, 0), one.slug in chosen,
            named.pop(one.slug, ()),
        )
        for one in drawing.outlines
    ]  # fmt: skip
    drawn = [found.known.drawn[found.known.position[pk]] for pk in found.pks]
    elsewhere = [one for rest in named.values() for one in rest]
    return MapView(drawing, areas, circles(drawn), elsewhere, is_named)
