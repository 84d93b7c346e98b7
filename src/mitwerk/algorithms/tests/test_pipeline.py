"""The way of a project: every phase is reached, none is a trap, and nothing becomes public before it was accepted."""

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms import pipeline as way

VERBS = sorted({move.verb for move in way.MOVES})


def test_every_phase_is_reached_from_an_idea() -> None:
    reached = {way.IDEA}
    for _round in way.PHASES:
        reached |= {move.target for move in way.MOVES if move.sources & reached}
    assert reached == set(way.PHASES)


def test_only_what_has_ended_leads_nowhere() -> None:
    stuck = {phase for phase in way.PHASES if not any(phase in move.sources for move in way.MOVES)}
    assert stuck == {way.STORY}
    assert {move.target for move in way.MOVES if move.sources & way.ENDED} == {way.STORY}


def test_a_verb_leads_from_a_phase_to_one_other() -> None:
    pairs = [(move.verb, source) for move in way.MOVES for source in move.sources]
    assert len(pairs) == len(set(pairs))
    assert {phase for move in way.MOVES for phase in (*move.sources, move.target)} == set(way.PHASES)


@given(st.lists(st.sampled_from(VERBS), max_size=30))
def test_whatever_is_tried_nothing_is_public_without_a_yes_of_the_board(verbs: list[str]) -> None:
    phase, has_yes = way.IDEA, False
    for verb in verbs:
        move = way.move_for(verb, phase)
        if move is None:
            continue
        assert phase not in way.ENDED or verb == "tell"
        has_yes = has_yes or verb in {"accept", "accept-with-conditions"}
        phase = move.target
        assert has_yes or phase not in way.PUBLIC


def test_the_board_decides_and_carriers_do_the_rest() -> None:
    assert way.DECISIONS == ("accept", "accept-with-conditions", "defer", "decline")
    assert [move.verb for move in way.moves_from(way.SUBMITTED, way.CARRIER)] == ["revise"]
    assert [move.verb for move in way.moves_from(way.FORMING, way.BOARD)] == []


def test_what_a_step_needs_is_told() -> None:
    defer = way.move_for("defer", way.SUBMITTED)
    assert defer
    assert way.lacking(defer, " \n", has_day=False) == ["text", "until"]
    assert way.lacking(defer, "Nach der Sommerpause", has_day=True) == []


def test_readers_see_three_states() -> None:
    assert {way.status_of(phase) for phase in way.PHASES} == {"planned", "running", "finished"}
    assert way.status_of(way.FORMING) == "planned"
