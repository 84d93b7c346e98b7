"""The way of a charter from the first question to the yearly review, as data: what follows what, who may do what when.

Plain words in and out, so that the table can be read, tested and drawn without the database.
"""

from dataclasses import dataclass

COLLECT, DRAFT, SUGGEST, DECIDE, ADOPTED, REVIEW = "collect", "draft", "suggest", "decide", "adopted", "review"

CONTRIBUTE, PROPOSE, ANSWER, PUBLISH, SUBMIT, SIGN = (
    "contribute", "propose", "answer", "publish", "submit", "sign",
)  # fmt: skip
"""What is done: organisations contribute, propose changes and support them, and sign; editors answer suggestions,
publish a version and submit it to a body. Writing the text is no verb of a phase: it is never locked."""
CONTRIBUTIONS, TEXT, SUGGESTIONS = "contributions", "text", "suggestions"


@dataclass(frozen=True)
class Phase:
    """One phase: what may be done in it, what those who take part read, and where it leads. `told`: it is announced."""

    name: str
    may: frozenset[str]
    reads: frozenset[str]
    follows: tuple[str, ...]
    told: bool = True


PHASES = {
    phase.name: phase
    for phase in (
        Phase(COLLECT, frozenset({CONTRIBUTE}), frozenset({CONTRIBUTIONS}), (DRAFT,)),
        Phase(DRAFT, frozenset({PUBLISH}), frozenset({CONTRIBUTIONS}), (SUGGEST, COLLECT), told=False),
        Phase(
            SUGGEST, frozenset({PROPOSE, ANSWER, PUBLISH}), frozenset({CONTRIBUTIONS, TEXT, SUGGESTIONS}),
            (DECIDE, DRAFT),
        ),
        Phase(
            DECIDE, frozenset({ANSWER, PUBLISH, SUBMIT}), frozenset({CONTRIBUTIONS, TEXT, SUGGESTIONS}),
            (ADOPTED, SUGGEST),
        ),
        Phase(ADOPTED, frozenset({SIGN}), frozenset({CONTRIBUTIONS, TEXT, SUGGESTIONS}), (REVIEW,)),
        Phase(
            REVIEW, frozenset({SIGN, CONTRIBUTE, PROPOSE, ANSWER, PUBLISH}),
            frozenset({CONTRIBUTIONS, TEXT, SUGGESTIONS}), (SUGGEST, DRAFT, DECIDE, ADOPTED),
        ),
    )
}  # fmt: skip
ORDER = tuple(PHASES)
TIMED = (COLLECT, DRAFT, SUGGEST, DECIDE)
"""Phases that have days. A charter is adopted when a body has said so, never by the calendar alone."""


UNTIL_THE_END = frozenset({CONTRIBUTE, PROPOSE})
"""What stops by itself when the days of its phase are over, also where the next phase has not begun."""


def may(phase: str, verb: str) -> bool:
    return verb in PHASES[phase].may


def reads(phase: str, what: str) -> bool:
    return what in PHASES[phase].reads


def leads_to(phase: str, target: str) -> bool:
    """Whether the editors may open this phase now. What a body decides (adopted) they cannot open by hand; only a
    review that changes nothing ends where it began."""
    return target in PHASES[phase].follows and (target != ADOPTED or phase == REVIEW)


def is_onward(phase: str, target: str) -> bool:
    """Whether the calendar may open this phase: forward, or after a review a new round. Only an editor goes back."""
    return leads_to(phase, target) and (phase == REVIEW or ORDER.index(target) > ORDER.index(phase))
