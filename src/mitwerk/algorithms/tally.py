"""Counts the ballots of one question and says what was decided, step by step, so that everybody can follow it.

A question is answered with yes, no or abstention. A ballot may be blank (nothing chosen) or invalid (something else);
both show that somebody took part and count for nothing else. Who may vote is a number: one vote per organisation.

The rules follow what associations in Germany write into their statutes: a simple or a two-thirds majority is one of the
yes and no votes, abstentions apart (BGH, 25 January 1982, II ZR 164/81); an absolute one is more than half of all who
may vote; consent means that nobody objects with a reason, so a no stands for a reasoned objection.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Choice(StrEnum):
    """What a ballot can say."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BLANK = "blank"
    INVALID = "invalid"


class Majority(StrEnum):
    """How many yes votes carry a question."""

    SIMPLE = "simple"
    TWO_THIRDS = "two-thirds"
    ABSOLUTE = "absolute"
    CONSENT = "consent"


class Outcome(StrEnum):
    """What became of a question."""

    CARRIED = "carried"
    LOST = "lost"
    NO_QUORUM = "no-quorum"


@dataclass(frozen=True)
class Rule:
    """`quorum`: which share of those who may vote must take part, from 0 to 1. `casting_vote`: where as many say yes
    as no, the vote of the chair decides; it does so only under a simple majority."""

    majority: Majority = Majority.SIMPLE
    quorum: Fraction = Fraction(0)
    casting_vote: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.quorum <= 1:
            raise ValueError("A quorum is a share between 0 and 1.")
        if self.casting_vote and self.majority != Majority.SIMPLE:
            raise ValueError("A casting vote decides only under a simple majority.")


@dataclass(frozen=True)
class Count:
    """How many ballots say what. `entitled`: how many might have voted."""

    entitled: int
    yes: int = 0
    no: int = 0
    abstain: int = 0
    blank: int = 0
    invalid: int = 0

    def __post_init__(self) -> None:
        if min(self.entitled, self.yes, self.no, self.abstain, self.blank, self.invalid) < 0:
            raise ValueError("A number of ballots cannot be negative.")
        if self.cast > self.entitled:
            raise ValueError("There are more ballots than organisations that may vote.")

    @property
    def cast(self) -> int:
        """All who took part."""
        return self.yes + self.no + self.abstain + self.blank + self.invalid


@dataclass(frozen=True)
class Step:
    """One line of the derivation: `had` against `needed`, and whether that is enough.

    `code` is ``quorum``, one of `Majority`, ``tie`` (as many yes as no) or ``casting-vote``; `of` is the number that
    `needed` was taken from: those who may vote, or the yes and no votes.
    """

    code: str
    had: int
    needed: int
    of: int
    holds: bool

    def __str__(self) -> str:
        return f"{self.code}: {self.had} of {self.of}, {self.needed} needed: {'yes' if self.holds else 'no'}"


@dataclass(frozen=True)
class Result:
    """The outcome, the numbers it comes from, and how."""

    outcome: Outcome
    count: Count
    derivation: tuple[Step, ...]


def count_ballots(ballots: Iterable[str], *, entitled: int) -> Count:
    """Count what the ballots say; what is no `Choice` is invalid. Raises `ValueError` for more ballots than voters."""
    known = frozenset(Choice)
    found = Counter(choice if choice in known else Choice.INVALID for choice in ballots)
    return Count(entitled, **{choice.value: found[choice] for choice in Choice})


def decide(count: Count, rule: Rule, *, chair: Choice | None = None) -> Result:
    """What was decided. `chair`: how the chair voted, where the rule gives them a casting vote."""
    steps = tuple(_steps(count, rule, chair))
    decided = Outcome.CARRIED if steps[-1].holds else Outcome.LOST
    return Result(decided if steps[0].holds else Outcome.NO_QUORUM, count, steps)


def quorum_of(rule: Rule, entitled: int) -> int:
    """So many of those who may vote must take part."""
    return _up(rule.quorum * entitled)


def _steps(count: Count, rule: Rule, chair: Choice | None) -> Iterator[Step]:
    """The first is the quorum, the last one decides."""
    quorum = quorum_of(rule, count.entitled)
    yield Step("quorum", count.cast, quorum, count.entitled, count.cast >= quorum)
    if count.cast < quorum:
        return
    if rule.casting_vote and count.yes == count.no > 0:
        yield Step("tie", count.yes, count.no + 1, count.yes + count.no, False)
        yield Step("casting-vote", int(chair == Choice.YES), 1, 1, chair == Choice.YES)
        return
    yield _majority(count, rule.majority)


def _majority(count: Count, majority: Majority) -> Step:
    said = count.yes + count.no
    match majority:
        case Majority.SIMPLE:
            had, needed, of = count.yes, count.no + 1, said
        case Majority.TWO_THIRDS:
            had, needed, of = count.yes, max(_up(Fraction(2, 3) * said), 1), said
        case Majority.ABSOLUTE:
            had, needed, of = count.yes, count.entitled // 2 + 1, count.entitled
        case Majority.CONSENT:
            had, needed, of = said - count.no, max(said, 1), said
    return Step(majority.value, had, needed, of, had >= needed)


def _up(share: Fraction) -> int:
    """The smallest whole number that is not below."""
    return -(-share.numerator // share.denominator)
