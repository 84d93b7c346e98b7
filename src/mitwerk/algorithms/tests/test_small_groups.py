"""Groups that are small enough to know somebody by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.small_groups import safe_groups

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, ([], 0)),
        ({"a": 4}, ([], 0)),
        ({"a": 5}, ([("a", 5)], 0)),
        ({"b": 7, "a": 7, "c": 9}, ([("c", 9), ("a", 7), ("b", 7)], 0)),
        ({"a": 9, "b": 3, "c": 2}, ([("a", 9)], 5)),
        ({"a": 9, "b": 6, "c": 1}, ([("a", 9)], 7)),
        ({"a": 9, "b": 1}, ([], 10)),
        ({"a": 3, "b": 1}, ([], 0)),
    ],
)
def test_examples(counts: dict[str, int], expected: tuple[list[tuple[str, int]], int]) -> None:
    assert safe_groups(counts) == expected


@given(COUNTS, st.integers(2, 8))
def test_neither_a_group_nor_the_rest_is_small_and_nobody_is_lost(counts: dict[str, int], least: int) -> None:
    shown, rest = safe_groups(counts, least)
    assert [number for _name, number in shown if number < least] == []
    assert rest == 0 or rest >= least
    told = sum(number for _name, number in shown) + rest
    assert told == sum(counts.values()) or (told == 0 and sum(counts.values()) < least)
    assert [counts[name] for name, _number in shown] == [number for _name, number in shown]
