"""The way of a contribution."""

from hypothesis import given
from hypothesis import strategies as some

from mitwerk.algorithms.contributions import (
    ACCEPTED,
    CONFIRMED,
    DECLINED,
    DRAFT,
    FIRM,
    HANDED_IN,
    OFFICE,
    ON_STAGE,
    RESERVE,
    STATES,
    STEPS,
    SUBMITTED,
    WITHDRAWN,
    step_for,
    steps_from,
)


def test_each_state_has_its_steps() -> None:
    found = {
        state: [step.verb for who in (FIRM, OFFICE) for step in steps_from(state, who, is_calling=True)]
        for state in STATES
    }
    assert found == {
        DRAFT: ["submit"], SUBMITTED: ["revise", "withdraw", "accept", "reserve", "decline"],
        RESERVE: ["withdraw", "accept", "decline"], ACCEPTED: ["confirm", "withdraw"], CONFIRMED: ["withdraw"],
        DECLINED: [], WITHDRAWN: [],
    }  # fmt: skip


def test_after_the_call_nothing_is_handed_in_or_written_anew() -> None:
    found = {state: [step.verb for step in steps_from(state, FIRM, is_calling=False)] for state in STATES}
    assert found == {
        DRAFT: [], SUBMITTED: ["withdraw"], RESERVE: ["withdraw"], ACCEPTED: ["confirm", "withdraw"],
        CONFIRMED: ["withdraw"], DECLINED: [], WITHDRAWN: [],
    }  # fmt: skip


def test_who_is_declined_learns_why() -> None:
    assert [step.verb for step in STEPS if step.needs_text] == ["decline"]
    assert step_for("decline", ACCEPTED) is None


@given(some.lists(some.sampled_from([step.verb for step in STEPS]), max_size=12))
def test_nobody_comes_to_the_stage_without_the_office(verbs: list[str]) -> None:
    state, taken = DRAFT, []
    for verb in verbs:
        step = step_for(verb, state)
        if step is not None:
            state = step.target
            taken.append(step)
    assert state not in ON_STAGE or any(step.who == OFFICE for step in taken)
    assert state in STATES
    assert ON_STAGE < HANDED_IN
