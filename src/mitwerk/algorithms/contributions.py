"""The way of a contribution from draft to stage, as data: which step leads where, whose it is, and what it needs."""

from dataclasses import dataclass

DRAFT, SUBMITTED, RESERVE, ACCEPTED, CONFIRMED, DECLINED, WITHDRAWN = (
    "draft", "submitted", "reserve", "accepted", "confirmed", "declined", "withdrawn",
)  # fmt: skip
STATES = (DRAFT, SUBMITTED, RESERVE, ACCEPTED, CONFIRMED, DECLINED, WITHDRAWN)
FIRM, OFFICE = "firm", "office"
HANDED_IN = frozenset({SUBMITTED, RESERVE, ACCEPTED, CONFIRMED})
"""The office works with it."""
DECIDABLE = frozenset({SUBMITTED, RESERVE})
"""The jury scores it, and the office decides."""
ON_STAGE = frozenset({ACCEPTED, CONFIRMED})
"""It may get a room and a time."""


@dataclass(frozen=True)
class Step:
    """`needs_call`: only while the call is open. `needs_text`: with words for who handed it in."""

    verb: str
    sources: frozenset[str]
    target: str
    who: str
    needs_call: bool = False
    needs_text: bool = False


STEPS = (
    Step("submit", frozenset({DRAFT}), SUBMITTED, FIRM, needs_call=True),
    Step("revise", frozenset({SUBMITTED}), DRAFT, FIRM, needs_call=True),
    Step("accept", DECIDABLE, ACCEPTED, OFFICE),
    Step("reserve", frozenset({SUBMITTED}), RESERVE, OFFICE),
    Step("decline", DECIDABLE, DECLINED, OFFICE, needs_text=True),
    Step("confirm", frozenset({ACCEPTED}), CONFIRMED, FIRM),
    Step("withdraw", frozenset({SUBMITTED, RESERVE, ACCEPTED, CONFIRMED}), WITHDRAWN, FIRM),
)


def step_for(verb: str, state: str) -> Step | None:
    """The step of this name, where it leads on from this state."""
    return next((step for step in STEPS if step.verb == verb and state in step.sources), None)


def steps_from(state: str, who: str, *, is_calling: bool) -> list[Step]:
    """What somebody may do next, in the order of the table."""
    return [
        step for step in STEPS if state in step.sources and step.who == who and (is_calling or not step.needs_call)
    ]
