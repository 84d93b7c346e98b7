"""Points of a drawing gathered into circles, so that a map of thousands stays readable."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor


@dataclass(frozen=True)
class PointCluster:
    """Points that lie close together: their middle (drawing units), and which ones they are."""

    x: float
    y: float
    members: Sequence[int]


def gather(points: Sequence[tuple[float, float]], cell: float) -> list[PointCluster]:
    """Points (x, y) gathered by the square of a grid they fall into; `cell` is its side in drawing units.

    Small circles come last, so that they are drawn above large ones.
    """
    squares: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(points):
        squares.setdefault((floor(x / cell), floor(y / cell)), []).append(number)
    found = []
    for members in squares.values():
        x = sum(points[number][0] for number in members) / len(members)
        y = sum(points[number][1] for number in members) / len(members)
        found.append(PointCluster(round(x, 1), round(y, 1), members))
    return sorted(found, key=lambda one: (-len(one.members), one.x, one.y))
