"""The way of a registration: nobody holds a seat by a wrong turn, and no seat is given twice."""

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms import registrations as way

VERBS = [step.verb for step in way.STEPS]
BEGINNINGS = (way.ASKED, way.WAITING)


def test_every_state_but_the_double_is_reached() -> None:
    reached = set(BEGINNINGS)
    for _round in way.STATES:
        reached |= {step.target for step in way.STEPS if step.sources & reached}
    assert reached == set(way.STATES) - {way.DOUBLE}


def test_what_has_ended_leads_nowhere_but_back_into_the_line() -> None:
    ended = set(way.STATES) - way.OPEN
    assert {(step.verb, step.target) for step in way.STEPS if step.sources & ended} == {("queue", way.WAITING)}


@given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(VERBS), max_size=20))
def test_whatever_is_tried_who_was_not_approved_has_no_seat(state: str, verbs: list[str]) -> None:
    is_approved = state != way.ASKED
    for verb in verbs:
        step = way.step_for(verb, state)
        if step is None:
            continue
        state, is_approved = step.target, is_approved or verb == "approve"
        assert is_approved or state not in way.SEATED


def test_who_may_do_what() -> None:
    assert {state: way.verbs_from(state, way.GUEST) for state in way.STATES} == {
        "asked": ["cancel"], "waiting": ["cancel"], "offered": ["take", "cancel"], "booked": ["cancel"],
        "cancelled": [], "refused": [], "lapsed": ["queue"], "double": [],
    }  # fmt: skip
    assert {state: way.verbs_from(state, way.OFFICE) for state in way.STATES} == {
        "asked": ["approve", "refuse", "cancel"], "waiting": ["refuse", "cancel"], "offered": ["cancel"],
        "booked": ["cancel"], "cancelled": [], "refused": [], "lapsed": [], "double": [],
    }  # fmt: skip


def test_the_lowest_free_seat_is_given() -> None:
    assert [way.free_seat(taken, 3) for taken in ([], [1], [2], [1, 3], [1, 2, 3])] == [1, 2, 1, 2, None]
    assert way.free_seat([], 0) is None
    assert way.free_seat([4, 5, 6], 3) is None, "the quota was lowered"


@given(st.sets(st.integers(1, 40)), st.integers(0, 40))
def test_a_seat_is_given_once_and_within_the_quota(taken: set[int], quota: int) -> None:
    seat = way.free_seat(taken, quota)
    assert (seat is None) == (len(taken) >= quota)
    if seat is not None:
        assert 1 <= seat <= quota
        assert seat not in taken


@given(st.integers(0, 30))
def test_all_are_given_and_no_more(quota: int) -> None:
    taken: list[int] = []
    while (seat := way.free_seat(taken, quota)) is not None:
        taken.append(seat)
    assert taken == list(range(1, quota + 1))


def test_a_code_is_compared_as_people_type_it() -> None:
    assert [way.plain_code(text) for text in ("gast-2007", " GAST 2007", "Gäste/07", "–")] == [
        "GAST2007", "GAST2007", "GÄSTE07", "",
    ]  # fmt: skip
