"""The way of a registration, as data: which step leads where and whose it is; and which seat is given next."""

from collections.abc import Collection
from dataclasses import dataclass

ASKED, WAITING, OFFERED, BOOKED, CANCELLED, REFUSED, LAPSED, DOUBLE = (
    "asked", "waiting", "offered", "booked", "cancelled", "refused", "lapsed", "double",
)  # fmt: skip
STATES = (ASKED, WAITING, OFFERED, BOOKED, CANCELLED, REFUSED, LAPSED, DOUBLE)
OPEN = frozenset({ASKED, WAITING, OFFERED, BOOKED})
"""Somebody may come. An address has one of these for a congress."""
SEATED = frozenset({OFFERED, BOOKED})
"""They hold a seat."""
GUEST, OFFICE, HOUSE = "guest", "office", "house"


@dataclass(frozen=True)
class Step:
    """`who`: the guest by their link, the office, or the house by itself, at once or when a time is over."""

    verb: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]


STEPS = (
    Step("approve", frozenset({ASKED}), WAITING, frozenset({OFFICE})),
    Step("refuse", frozenset({ASKED, WAITING}), REFUSED, frozenset({OFFICE})),
    Step("seat", frozenset({WAITING}), BOOKED, frozenset({HOUSE})),
    Step("offer", frozenset({WAITING}), OFFERED, frozenset({HOUSE})),
    Step("take", frozenset({OFFERED}), BOOKED, frozenset({GUEST})),
    Step("lapse", frozenset({OFFERED}), LAPSED, frozenset({HOUSE})),
    Step("queue", frozenset({LAPSED}), WAITING, frozenset({GUEST})),
    Step("cancel", OPEN, CANCELLED, frozenset({GUEST, OFFICE})),
)


def step_for(verb: str, state: str) -> Step | None:
    """The step of this name, where it leads on from this state."""
    return next((step for step in STEPS if step.verb == verb and state in step.sources), None)


def verbs_from(state: str, who: str) -> list[str]:
    """What somebody may do next, in the order of the table."""
    return [step.verb for step in STEPS if state in step.sources and who in step.who]


def free_seat(taken: Collection[int], quota: int) -> int | None:
    """The lowest seat from 1 to `quota` that is not `taken`; None where there is none.

    A quota that was lowered below what is taken gives none either, though a low number may be free.
    """
    if len(taken) >= quota:
        return None
    held = set(taken)
    return next(seat for seat in range(1, quota + 1) if seat not in held)


def plain_code(text: str) -> str:
    """An access code as it is compared: people type it in any case, with spaces or dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())
