"""Points in outlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.geometry import box, contains

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0], [1.0, 1.0]]
FAR = [[[10.0, 10.0], [12.0, 10.0], [11.0, 12.0], [10.0, 10.0]]]

coordinate = st.floats(-20, 20, allow_nan=False)


def test_a_hole_is_outside() -> None:
    ring = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    assert [contains(ring, x, 2.0) for x in (0.5, 2.0, 3.5, 5.0)] == [True, False, True, False]


def test_every_part_counts() -> None:
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE], FAR]}
    assert [contains(both, 2, 2), contains(both, 11, 11), contains(both, 7, 7)] == [True, True, False]
    assert box(both) == (0.0, 0.0, 12.0, 12.0)


def test_a_point_is_no_outline() -> None:
    with pytest.raises(ValueError, match="Polygon"):
        contains({"type": "Point", "coordinates": [1, 1]}, 1, 1)


@given(coordinate, coordinate)
def test_a_rectangle_agrees_with_its_borders(lon: float, lat: float) -> None:
    square = {"type": "Polygon", "coordinates": [SQUARE]}
    if not {lon, lat} & {0.0, 4.0}:
        assert contains(square, lon, lat) == (0 < lon < 4 and 0 < lat < 4)


corner = st.integers(-20, 20)
OFF_EVERY_LINE = (2**0.5 / 10, 3**0.5 / 10)
"""Added to whole numbers, it gives a point on no line between two corners: on the line itself either may be said."""


@given(st.lists(st.tuples(corner, corner), min_size=3, max_size=12), corner, corner, st.integers(0, 11))
def test_where_a_ring_begins_and_which_way_it_runs_does_not_matter(
    points: list[tuple[int, int]], lon: int, lat: int, start: int
) -> None:
    cut = start % len(points)
    turned = [*points[cut:], *points[:cut]]
    x, y = lon + OFF_EVERY_LINE[0], lat + OFF_EVERY_LINE[1]
    rings = (points, turned[::-1], [*points, points[0]])
    answers = {contains({"type": "Polygon", "coordinates": [ring]}, x, y) for ring in rings}
    assert len(answers) == 1


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12), coordinate, coordinate)
def test_a_point_inside_is_inside_the_box(points: list[tuple[float, float]], lon: float, lat: float) -> None:
    outline = {"type": "Polygon", "coordinates": [points]}
    west, south, east, north = box(outline)
    if contains(outline, lon, lat):
        assert west <= lon <= east
        assert south <= lat <= north
