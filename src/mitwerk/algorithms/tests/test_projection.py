"""Outlines on a flat map."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.projection import Frame, degrees, outline_path, point

SQUARE = {"type": "Polygon", "coordinates": [[[11, 51], [13, 51], [13, 52], [11, 52], [11, 51]]]}
FRAME = Frame.around([SQUARE], 200)


def test_corners_are_the_drawing_s_corners() -> None:
    assert point(11, 52, FRAME) == (0.0, 0.0)
    assert point(13, 51, FRAME) == (200.0, FRAME.height)


def test_a_degree_of_latitude_is_longer_than_one_of_longitude() -> None:
    # 1 / cos(51.5°) = 1.6064
    assert FRAME.height == 160.6


def test_a_margin_is_kept_free() -> None:
    wide = Frame.around([SQUARE], 240, margin=0.1)
    assert point(11, 52, wide) == (20.0, round(wide.height / 12, 1))


def test_a_path_closes_and_writes_each_spot_once() -> None:
    assert outline_path(SQUARE, FRAME) == "M0 161l200 0 0-161-200 0z"
    doubled = {"type": "Polygon", "coordinates": [[[11, 51], [11.00001, 51], [13, 51], [13, 52], [11, 51]]]}
    assert outline_path(doubled, FRAME) == "M0 161l200 0 0-161z"


def test_a_speck_is_not_drawn() -> None:
    speck = {"type": "Polygon", "coordinates": [[[11, 51], [11.0001, 51], [11.0001, 51.0001], [11, 51]]]}
    assert outline_path(speck, FRAME) == ""


def test_a_frame_needs_something_to_hold() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Frame.around([], 200)


@given(st.floats(11, 13), st.floats(51, 52))
def test_there_and_back(lon: float, lat: float) -> None:
    x, y = point(lon, lat, FRAME)
    back = degrees(x, y, FRAME)
    assert back == pytest.approx((lon, lat), abs=0.001)
    assert 0 <= x <= 200
    assert 0 <= y <= FRAME.height


@given(st.lists(st.tuples(st.floats(9, 15), st.floats(50, 53)), min_size=3, max_size=30))
def test_a_path_has_whole_steps_and_comes_back(points: list[tuple[float, float]]) -> None:
    path = outline_path({"type": "Polygon", "coordinates": [points]}, FRAME)
    assert re.fullmatch(r"(M-?\d+[ -]\d+l-?\d+[ -]\d+([ -]\d+[ -]\d+)+z)?", path)
    if path:
        steps = [int(number) for number in re.findall(r"-?\d+", path)]
        spots = {(round(x), round(y)) for x, y in (point(lon, lat, FRAME) for lon, lat in points)}
        x, y = steps[0], steps[1]
        for across, down in zip(steps[2::2], steps[3::2], strict=True):
            assert (x, y) in spots
            x, y = x + across, y + down
        assert (x, y) in spots
