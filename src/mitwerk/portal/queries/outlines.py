"""The region as a drawing: the outlines of its districts in one frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mitwerk.algorithms.projection import Frame, outline_path, point
from mitwerk.places.queries import districts_with_outlines

WIDTH = 800


@dataclass(frozen=True)
class Outline:
    """A district on the drawing: `path` is the `d` of an SVG path."""

    slug: str
    path: str


@dataclass(frozen=True)
class RegionMap:
    """All districts in one frame. `None` stands for a region without outlines."""

    frame: Frame
    outlines: Sequence[Outline]

    @cached_property
    def ground(self) -> str:
        """All districts as one path."""
        return "".join(one.path for one in self.outlines)

    @cached_property
    def paths(self) -> dict[str, str]:
        """Path of each district by its slug."""
        return {one.slug: one.path for one in self.outlines}

    def spot(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """Where a place is on the drawing; None outside of it."""
        x, y = point(longitude, latitude, self.frame)
        return (x, y) if 0 <= x <= self.frame.width and 0 <= y <= self.frame.height else None


def read_region_map() -> RegionMap | None:
    """One query; a few milliseconds of drawing. Kept with the directory's table."""
    rows = list(districts_with_outlines().order_by("name"))
    if not rows:
        return None
    frame = Frame.around([row.outline for row in rows], WIDTH, margin=0.01)
    return RegionMap(frame, [Outline(row.slug, outline_path(row.outline, frame)) for row in rows])


def outlines_as_geojson() -> dict[str, Any]:
    """All districts with name and address part, for the map that can be moved."""
    features = [
        {
            "type": "Feature",
            "geometry": row.outline,
            "properties": {"name": row.name, "slug": row.slug},
        }
        for row in districts_with_outlines().order_by("name")
    ]
    return {"type": "FeatureCollection", "features": features}
