"""Points in outlines. Outlines are GeoJSON geometries (Polygon or MultiPolygon), longitude before latitude."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]


def polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Ring]]:
    """The polygons of a geometry, each a list of rings: the outer one first, then holes."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return list(coordinates)
    raise ValueError(f"an outline must be a Polygon or a MultiPolygon, not {kind}")


def rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    for polygon in polygons(geometry):
        yield from polygon


def box(geometry: Mapping[str, Any]) -> Box:
    """Smallest rectangle around a geometry: west, south, east, north."""
    points = [point for ring in rings(geometry) for point in ring]
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def in_ring(lon: float, lat: float, ring: Ring) -> bool:
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1, *_a), (x2, y2, *_b) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def contains(geometry: Mapping[str, Any], lon: float, lat: float) -> bool:
    """Whether the point is inside the outline and in none of its holes. On the line itself either may be said."""
    return any(
        in_ring(lon, lat, outer) and not any(in_ring(lon, lat, hole) for hole in holes)
        for outer, *holes in polygons(geometry)
    )
