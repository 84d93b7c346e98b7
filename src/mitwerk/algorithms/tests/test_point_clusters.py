"""Points gathered into circles."""

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.point_clusters import gather

COORDINATE = st.floats(-500, 500)


@given(st.lists(st.tuples(COORDINATE, COORDINATE), max_size=60), st.floats(1, 100))
def test_every_point_is_in_exactly_one_circle_near_it(points: list[tuple[float, float]], cell: float):
    found = gather(points, cell)
    assert sorted(number for one in found for number in one.members) == list(range(len(points)))
    assert all(
        abs(points[n][0] - one.x) <= cell + 0.1 and abs(points[n][1] - one.y) <= cell + 0.1
        for one in found
        for n in one.members
    )


def test_small_circles_are_drawn_last():
    found = gather([(1, 1), (2, 2), (3, 3), (50, 50)], 10)
    assert [(one.x, one.y, list(one.members)) for one in found] == [(2, 2, [0, 1, 2]), (50, 50, [3])]


def test_no_points_no_circles():
    assert gather([], 10) == []
