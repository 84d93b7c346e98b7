"""Longitude and latitude on a flat SVG map: equirectangular, narrowed by the cosine of the middle latitude.

Good to about one per cent over the three states; no more is needed to show where a district lies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

from mitwerk.algorithms.geometry import box, rings

DECIMALS = 1


@dataclass(frozen=True)
class Frame:
    """The part of the world a drawing shows: degrees, and the drawing's width in units (the height follows)."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @classmethod
    def around(cls, geometries: Iterable[Mapping[str, Any]], width: float, margin: float = 0.0) -> "Frame":
        """The frame that just holds all geometries; `margin` is a share of their size added on each side."""
        boxes = [box(geometry) for geometry in geometries]
        if not boxes:
            raise ValueError("a frame needs at least one geometry")
        west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
        east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
        across, up = (east - west) * margin, (north - south) * margin
        return cls(west - across, south - up, east + across, north + up, width)

    @property
    def _scale(self) -> float:
        """Units per degree of longitude."""
        return self.width / ((self.east - self.west) or 1)

    @property
    def _stretch(self) -> float:
        """Units per degree of latitude."""
        return self._scale / cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self._stretch, DECIMALS)


def point(lon: float, lat: float, frame: Frame) -> tuple[float, float]:
    """SVG coordinates (x to the right, y down), rounded to a tenth of a unit."""
    return (
        round((lon - frame.west) * frame._scale, DECIMALS),
        round((frame.north - lat) * frame._stretch, DECIMALS),
    )


def degrees(x: float, y: float, frame: Frame) -> tuple[float, float]:
    """The way back: longitude and latitude of a point of the drawing."""
    return frame.west + x / frame._scale, frame.north - y / frame._stretch


def outline_path(geometry: Mapping[str, Any], frame: Frame) -> str:
    """The `d` of an SVG path (use `fill-rule="evenodd"` for holes), in whole units and steps from spot to spot.

    Spots are rounded before the steps are taken, so that neighbours keep their common border; spots that fall
    together are written once. Whole steps make a page with 49 districts about 10 kB lighter than tenths.
    """
    return "".join(_ring_path(ring, frame) for ring in rings(geometry))


def _ring_path(ring: Iterable[Sequence[float]], frame: Frame) -> str:
    spots: list[tuple[int, int]] = []
    for lon, lat, *_height in ring:
        x, y = point(lon, lat, frame)
        spot = (round(x), round(y))
        if not spots or spots[-1] != spot:
            spots.append(spot)
    if len(spots) > 1 and spots[0] == spots[-1]:
        spots.pop()
    if len(spots) < 3:
        return ""
    steps = [f"{x - was_x} {y - was_y}" for (was_x, was_y), (x, y) in pairwise(spots)]
    return f"M{spots[0][0]} {spots[0][1]}l{' '.join(steps)}z".replace(" -", "-")
