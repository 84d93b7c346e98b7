"""The map of the region: districts as SVG outlines with the number of actors in each."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from mitwerk.actors.queries import visible_organisations
from mitwerk.algorithms.projection import Frame, outline_path
from mitwerk.places.queries import districts, districts_with_outlines

WIDTH = 600.0
KEPT_FOR = 60 * 60


@dataclass(frozen=True)
class Shape:
    """A district on the map: its outline as an SVG path, how many actors sit in it, and the step of its shade."""

    slug: str
    name: str
    state: str
    path: str
    count: int

    @property
    def tone(self) -> int:
        """0 (nobody) to 4 (twenty and more)."""
        return sum(self.count >= step for step in (1, 3, 8, 20))


@dataclass(frozen=True)
class Map:
    """All districts in a drawing of `width` × `height` units, and the busiest of them as a list."""

    width: float
    height: float
    shapes: list[Shape]

    @property
    def busiest(self) -> list[Shape]:
        return sorted((s for s in self.shapes if s.count), key=lambda s: (-s.count, s.name))[:10]


def districts_on_map() -> Map | None:
    """None where no districts are known. Outlines change only with a new data set and are kept for an hour."""
    rows = list(districts())
    if not rows:
        return None
    drawn: dict[str, Any] = cache.get_or_set(f"pages:map:{len(rows)}:{rows[0].pk}", _draw, KEPT_FOR) or {}
    counted = visible_organisations(None).exclude(district=None).order_by()
    counts = dict(counted.values_list("district").annotate(n=Count("pk")))
    shapes = [
        Shape(row.slug, row.name, str(row.state), drawn["paths"].get(row.slug, ""), counts.get(row.pk, 0))
        for row in rows
    ]
    return Map(WIDTH, drawn["height"], shapes)


def _draw() -> dict[str, Any]:
    rows = list(districts_with_outlines())
    frame = Frame.around([row.outline for row in rows], WIDTH, margin=0.01)
    return {"height": frame.height, "paths": {row.slug: outline_path(row.outline, frame) for row in rows}}
