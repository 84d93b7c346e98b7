"""Ballots that nobody reads before the box is opened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mitwerk.algorithms.sealed_box import Broken, is_seal, make_keys, make_seal, open_ballots, seal_ballot
from mitwerk.algorithms.tally import Choice

HOUSE = "a key of the installation with more than thirty-two characters"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([choice.value for choice in Choice]), max_size=20))
def test_what_goes_in_comes_out_sorted(choices: list[str]) -> None:
    public_key, locked_key = make_keys(HOUSE)
    sealed = sorted(seal_ballot(public_key, choice) for choice in choices)
    assert open_ballots(locked_key, HOUSE, sealed) == sorted(choices)


def test_the_same_choice_looks_different_each_time_and_every_choice_is_as_long() -> None:
    public_key, _locked = make_keys(HOUSE)
    sealed = [seal_ballot(public_key, choice.value) for choice in Choice for _time in range(2)]
    assert (len(set(sealed)), {len(one) for one in sealed}) == (10, {128})
    with pytest.raises(ValueError, match="short word"):
        seal_ballot(public_key, "a" * 17)


@pytest.mark.parametrize("broken", ["", "zz", "00" * 64])
def test_what_was_not_put_in_by_us_breaks_the_box(broken: str) -> None:
    public_key, locked_key = make_keys(HOUSE)
    fine = seal_ballot(public_key, "yes")
    assert open_ballots(locked_key, HOUSE, [fine]) == ["yes"], "control"
    for sealed in ([fine, broken], [fine[:-2] + ("00" if fine[-2:] != "00" else "01")]):
        with pytest.raises(Broken):
            open_ballots(locked_key, HOUSE, sealed)


def test_another_house_or_another_box_opens_nothing() -> None:
    public_key, locked_key = make_keys(HOUSE)
    _other_public, other_locked = make_keys(HOUSE)
    sealed = [seal_ballot(public_key, "yes")]
    for locked, house in ((locked_key, HOUSE + "x"), (other_locked, HOUSE)):
        with pytest.raises(Broken):
            open_ballots(locked, house, sealed)


def test_a_seal_is_made_with_the_key_of_the_house() -> None:
    seal = make_seal(HOUSE, b"content")
    assert [is_seal(HOUSE, b"content", seal), is_seal(HOUSE, b"contenT", seal), is_seal("other", b"content", seal)] == [
        True, False, False
    ]  # fmt: skip
