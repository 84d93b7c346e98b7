"""Ballots are counted once each, and what they decide follows the rule; a second count by other means agrees."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.tally import Choice, Count, Majority, Outcome, Result, Rule, count_ballots, decide

CARRIED, LOST, NO_QUORUM = Outcome.CARRIED, Outcome.LOST, Outcome.NO_QUORUM
SIMPLE, TWO_THIRDS, ABSOLUTE, CONSENT = Majority.SIMPLE, Majority.TWO_THIRDS, Majority.ABSOLUTE, Majority.CONSENT
BALLOTS = st.lists(st.sampled_from([*Choice, "maybe", ""]), max_size=60)
QUORUMS = st.fractions(0, 1, max_denominator=12)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    majority = draw(st.sampled_from(Majority))
    return Rule(majority, draw(QUORUMS), majority == SIMPLE and draw(st.booleans()))


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[str], int, Rule, Choice]:
    ballots = draw(BALLOTS)
    entitled = len(ballots) + draw(st.integers(0, 30))
    return ballots, entitled, draw(rules()), draw(st.sampled_from([Choice.YES, Choice.NO, Choice.ABSTAIN]))


def second_count(ballots: list[str], entitled: int, rule: Rule, chair: Choice) -> Outcome:
    """The same by other means: shares instead of numbers needed."""
    yes, no = ballots.count("yes"), ballots.count("no")
    if entitled and Fraction(len(ballots), entitled) < rule.quorum:
        return NO_QUORUM
    if rule.casting_vote and yes and yes == no:
        return CARRIED if chair == Choice.YES else LOST
    share = Fraction(yes, yes + no) if yes + no else Fraction(0)
    is_carried = {
        SIMPLE: share > Fraction(1, 2),
        TWO_THIRDS: share >= Fraction(2, 3),
        ABSOLUTE: bool(entitled) and Fraction(yes, entitled) > Fraction(1, 2),
        CONSENT: yes > 0 and no == 0,
    }
    return CARRIED if is_carried[rule.majority] else LOST


@given(questions())
def test_a_second_count_agrees(question: tuple[list[str], int, Rule, Choice]) -> None:
    ballots, entitled, rule, chair = question
    count = count_ballots(ballots, entitled=entitled)
    assert decide(count, rule, chair=chair).outcome == second_count(ballots, entitled, rule, chair)


@given(questions(), st.randoms())
def test_the_order_of_the_ballots_says_nothing(question: tuple[list[str], int, Rule, Choice], luck: Any) -> None:
    ballots, entitled, _rule, _chair = question
    mixed = list(ballots)
    luck.shuffle(mixed)
    assert count_ballots(mixed, entitled=entitled) == count_ballots(ballots, entitled=entitled)


@given(questions())
def test_each_ballot_is_counted_once(question: tuple[list[str], int, Rule, Choice]) -> None:
    ballots, entitled, _rule, _chair = question
    count = count_ballots(ballots, entitled=entitled)
    assert (count.cast, count.invalid) == (len(ballots), sum(one in ("invalid", "maybe", "") for one in ballots))


@given(questions(), st.data())
def test_one_more_yes_for_a_no_never_loses_a_question(
    question: tuple[list[str], int, Rule, Choice], data: st.DataObject
) -> None:
    ballots, entitled, rule, chair = question
    against = [place for place, choice in enumerate(ballots) if choice == Choice.NO]
    if not against:
        return
    changed = list(ballots)
    changed[data.draw(st.sampled_from(against))] = Choice.YES
    before, after = (decide(count_ballots(one, entitled=entitled), rule, chair=chair) for one in (ballots, changed))
    assert (before.outcome, after.outcome) != (CARRIED, LOST)


@given(questions(), st.integers(1, 20))
def test_whoever_abstains_moves_no_majority_of_the_votes(
    question: tuple[list[str], int, Rule, Choice], more: int
) -> None:
    """They count for the quorum alone; under an absolute majority the number of those who may vote decides anyway."""
    ballots, entitled, rule, chair = question
    rule = Rule(rule.majority, casting_vote=rule.casting_vote)
    before = decide(count_ballots(ballots, entitled=entitled + more), rule, chair=chair)
    after = decide(count_ballots([*ballots, *["abstain"] * more], entitled=entitled + more), rule, chair=chair)
    assert after.outcome == before.outcome


@given(questions())
def test_the_derivation_leads_to_the_outcome(question: tuple[list[str], int, Rule, Choice]) -> None:
    """Each line says what was needed, and the last one is the outcome."""
    ballots, entitled, rule, chair = question
    result = decide(count_ballots(ballots, entitled=entitled), rule, chair=chair)
    assert [step.holds for step in result.derivation] == [step.had >= step.needed for step in result.derivation]
    expected = {CARRIED: (True, True), LOST: (True, False), NO_QUORUM: (False, False)}[result.outcome]
    assert (result.derivation[0].holds, result.derivation[-1].holds) == expected


CASES = {
    "nobody came": (Count(12), Rule(), LOST),
    "more yes than no": (Count(12, yes=2, no=1, abstain=9), Rule(), CARRIED),
    "as many yes as no": (Count(12, yes=3, no=3), Rule(), LOST),
    "exactly two thirds": (Count(12, yes=4, no=2, abstain=6), Rule(TWO_THIRDS), CARRIED),
    "just below two thirds": (Count(12, yes=5, no=3), Rule(TWO_THIRDS), LOST),
    "half of all is not more than half": (Count(12, yes=6), Rule(ABSOLUTE), LOST),
    "more than half of all": (Count(12, yes=7, no=5), Rule(ABSOLUTE), CARRIED),
    "nobody objects": (Count(12, yes=1, abstain=11), Rule(CONSENT), CARRIED),
    "one objects": (Count(12, yes=11, no=1), Rule(CONSENT), LOST),
    "only abstentions are no consent": (Count(12, abstain=12), Rule(CONSENT), LOST),
    "half must come and half came": (Count(12, yes=1, blank=5), Rule(quorum=Fraction(1, 2)), CARRIED),
    "one too few came": (Count(12, yes=5), Rule(quorum=Fraction(1, 2)), NO_QUORUM),
    "half of an odd number is rounded up": (Count(13, yes=6), Rule(quorum=Fraction(1, 2)), NO_QUORUM),
}


@pytest.mark.parametrize("case", CASES)
def test_cases_from_the_hall(case: str) -> None:
    count, rule, outcome = CASES[case]
    assert decide(count, rule).outcome == outcome


@pytest.mark.parametrize(("chair", "outcome"), [(Choice.YES, CARRIED), (Choice.NO, LOST), (None, LOST)])
def test_the_chair_decides_a_tie(chair: Choice | None, outcome: Outcome) -> None:
    result = decide(Count(12, yes=3, no=3, abstain=1), Rule(casting_vote=True), chair=chair)
    assert (result.outcome, [step.code for step in result.derivation]) == (outcome, ["quorum", "tie", "casting-vote"])


def test_the_chair_decides_nothing_else() -> None:
    results: list[Result] = [decide(Count(12, yes=2, no=3), Rule(casting_vote=True), chair=one) for one in Choice]
    assert {result.outcome for result in results} == {LOST}


def test_the_derivation_can_be_read() -> None:
    result = decide(Count(12, yes=7, no=2, abstain=1), Rule(TWO_THIRDS, Fraction(1, 2)))
    assert [str(step) for step in result.derivation] == [
        "quorum: 10 of 12, 6 needed: yes", "two-thirds: 7 of 9, 6 needed: yes",
    ]  # fmt: skip


WRONG: dict[str, Any] = {
    "more ballots than voters": lambda: count_ballots(["yes"] * 3, entitled=2),
    "a negative number": lambda: Count(3, yes=-1),
    "a quorum above all": lambda: Rule(quorum=Fraction(3, 2)),
    "a casting vote under consent": lambda: Rule(CONSENT, casting_vote=True),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused(case: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        WRONG[case]()
