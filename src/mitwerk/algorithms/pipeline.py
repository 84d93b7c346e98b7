"""The way of a project from idea to end, as data: which step leads from where to where, whose it is, what it needs.

Plain words in and out, so that the table can be read, tested and drawn without the database.
"""

from collections.abc import Collection
from dataclasses import dataclass

IDEA, SUBMITTED, ACCEPTED, CONDITIONAL, DEFERRED, DECLINED, FORMING, RUNNING, ACHIEVED, PARTLY, STOPPED, STORY = (
    "idea", "submitted", "accepted", "conditional", "deferred", "declined", "forming", "running", "achieved",
    "partly", "stopped", "story",
)  # fmt: skip
PHASES = (
    IDEA, SUBMITTED, DEFERRED, CONDITIONAL, ACCEPTED, FORMING, RUNNING, ACHIEVED, PARTLY, STOPPED, STORY, DECLINED,
)  # fmt: skip
"""In the order of the board."""
ENDS = (ACHIEVED, PARTLY, STOPPED)
"""The kinds of end. A story may be made of each."""
ENDED = frozenset({*ENDS, STORY})
PUBLIC = frozenset({FORMING, RUNNING, *ENDED})
"""From forming on everybody may read of it."""
OPEN = frozenset({FORMING, RUNNING})
"""Partners are looked for."""
AT_WORK = frozenset({ACCEPTED, CONDITIONAL, *OPEN})
"""Working groups are opened, and report."""
CARRIER, BOARD, OFFICE = "carrier", "board", "office"
TEXT, UNTIL = "text", "until"


@dataclass(frozen=True)
class Move:
    """One step. `needs` names what must come with it: a text (wording, conditions, reason, lessons), a day."""

    verb: str
    sources: frozenset[str]
    target: str
    who: str
    needs: frozenset[str] = frozenset()


def _move(verb: str, sources: Collection[str], target: str, who: str, *needs: str) -> Move:
    return Move(verb, frozenset(sources), target, who, frozenset(needs))


DECIDED_FROM = (SUBMITTED, DEFERRED)
MOVES = (
    _move("submit", (IDEA,), SUBMITTED, CARRIER),
    _move("accept", DECIDED_FROM, ACCEPTED, BOARD),
    _move("accept-with-conditions", DECIDED_FROM, CONDITIONAL, BOARD, TEXT),
    _move("defer", DECIDED_FROM, DEFERRED, BOARD, TEXT, UNTIL),
    _move("decline", DECIDED_FROM, DECLINED, BOARD, TEXT),
    _move("revise", (SUBMITTED, DEFERRED, DECLINED), IDEA, CARRIER),
    _move("form", (ACCEPTED, CONDITIONAL), FORMING, CARRIER),
    _move("start", (FORMING,), RUNNING, CARRIER),
    _move("achieve", (RUNNING,), ACHIEVED, CARRIER, TEXT),
    _move("achieve-partly", (RUNNING,), PARTLY, CARRIER, TEXT),
    _move("stop", (ACCEPTED, CONDITIONAL, FORMING, RUNNING), STOPPED, CARRIER, TEXT),
    _move("tell", ENDS, STORY, OFFICE),
)
ENDING = tuple(move.verb for move in MOVES if move.target in ENDS)
DECISIONS = tuple(move.verb for move in MOVES if move.who == BOARD)


def move_for(verb: str, phase: str) -> Move | None:
    """The step of this name, where it leads on from this phase."""
    return next((move for move in MOVES if move.verb == verb and phase in move.sources), None)


def moves_from(phase: str, who: str) -> list[Move]:
    """What somebody may do next, in the order of the table."""
    return [move for move in MOVES if phase in move.sources and move.who == who]


def lacking(move: Move, text: str, has_day: bool) -> list[str]:
    """What the step needs and did not get."""
    given = {TEXT: bool(text.strip()), UNTIL: has_day}
    return sorted(need for need in move.needs if not given[need])


def status_of(phase: str) -> str:
    """What readers see of a phase: `planned`, `running` or `finished`."""
    if phase in ENDED:
        return "finished"
    return "running" if phase == RUNNING else "planned"
