"""Where stands go on the floor of a hall: what overlaps, and free places row by row. Lengths are whole metres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product


@dataclass(frozen=True)
class Spot:
    """A rectangle on the floor; `x` and `y` are its corner nearest to the hall's own, at the top left."""

    x: int
    y: int
    width: int
    depth: int

    def covers(self, other: "Spot") -> bool:
        """Whether they share floor; touching at an edge is none."""
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        behind = self.y + self.depth <= other.y or other.y + other.depth <= self.y
        return not (beside or behind)

    def fits(self, width: int, depth: int) -> bool:
        """Whether it lies inside a hall of this size."""
        return self.x + self.width <= width and self.y + self.depth <= depth


def overlaps(spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """The places in the list of any two that share floor."""
    numbered = enumerate(spots)
    return [(a, b) for (a, one), (b, other) in combinations(numbered, 2) if one.covers(other)]


def free_spots(taken: Sequence[Spot], count: int, *, hall: tuple[int, int], size: tuple[int, int]) -> list[Spot]:
    """As many free places of this size as there are, at most `count`, in rows back to back with aisles between.

    Rows are two stands deep and then an aisle as wide as a stand is deep, so that every stand has an open front.
    """
    found: list[Spot] = []
    for spot in _raster(hall, size):
        if len(found) == count:
            break
        if not any(spot.covers(other) for other in taken):
            found.append(spot)
    return found


def _raster(hall: tuple[int, int], size: tuple[int, int]) -> Iterator[Spot]:
    (hall_width, hall_depth), (width, depth) = hall, size
    rows = [y for y in range(depth, hall_depth - depth + 1, depth) if (y // depth) % 3]
    for y, x in product(rows, range(width, hall_width - 2 * width + 1, width)):
        yield Spot(x, y, width, depth)
