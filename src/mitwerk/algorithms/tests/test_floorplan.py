"""Stands on a floor."""

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.floorplan import Spot, free_spots, overlaps

lengths = st.integers(1, 8)
spots = st.builds(Spot, st.integers(0, 30), st.integers(0, 30), lengths, lengths)


def floor(spot: Spot) -> set[tuple[int, int]]:
    return {(x, y) for x in range(spot.x, spot.x + spot.width) for y in range(spot.y, spot.y + spot.depth)}


@given(spots, spots)
def test_two_cover_each_other_where_they_share_a_square_metre(one: Spot, other: Spot) -> None:
    assert one.covers(other) == other.covers(one) == bool(floor(one) & floor(other))


def test_touching_is_no_overlap() -> None:
    side_by_side, across = [Spot(0, 0, 3, 2), Spot(3, 0, 3, 2), Spot(0, 2, 3, 2)], Spot(2, 1, 3, 2)
    assert overlaps(side_by_side) == []
    assert overlaps([*side_by_side, across]) == [(0, 3), (1, 3), (2, 3)]


def test_rows_stand_back_to_back_with_an_aisle_behind_two() -> None:
    found = free_spots([], 99, hall=(12, 14), size=(3, 2))
    assert sorted({spot.y for spot in found}) == [2, 4, 8, 10]
    assert [spot.x for spot in found if spot.y == 2] == [3, 6]


@given(st.lists(spots, max_size=6), st.integers(0, 12), st.integers(4, 40), st.integers(4, 40), lengths, lengths)
def test_what_is_free_is_free(
    taken: list[Spot], count: int, hall_width: int, hall_depth: int, width: int, depth: int
) -> None:
    hall, size = (hall_width, hall_depth), (width, depth)
    found = free_spots(taken, count, hall=hall, size=size)
    assert len(found) <= count
    assert all(spot.fits(*hall) and (spot.width, spot.depth) == size for spot in found)
    assert overlaps(found) == []
    assert not any(spot.covers(other) for spot in found for other in taken)
    assert found == free_spots(taken, count + 3, hall=hall, size=size)[:count], "more places change none"
