"""What is published of a ballot, and the hashes over it: plain data in, the same bytes out on every machine.

A hash is SHA-256 over JSON with sorted keys, without spaces and without escapes, in UTF-8. So everybody can make it
again with the tools of any language (`governance/static/governance/verify_ballot.py` does).
"""

import hashlib
import json
from typing import Any

from mitwerk.algorithms.tally import Result

FORMAT = "mitwerk-ballot-1"
FEW = 20
"""With fewer secret ballots than this only the outcome is told: the numbers would say how somebody voted."""


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def plain_result(result: Result, *, outcome_only: bool) -> dict[str, Any]:
    """A result as JSON: outcome, numbers and derivation; of few secret ballots the outcome alone."""
    if outcome_only:
        return {"outcome": result.outcome.value, "count": None, "derivation": None}
    count = result.count
    numbers = ("entitled", "yes", "no", "abstain", "blank", "invalid")
    steps = [
        {"step": one.code, "had": one.had, "needed": one.needed, "of": one.of, "holds": one.holds}
        for one in result.derivation
    ]
    return {
        "outcome": result.outcome.value,
        "count": {name: getattr(count, name) for name in numbers},
        "derivation": steps,
    }


def secret_file(
    paper: dict[str, Any],
    *,
    roll: list[dict[str, Any]],
    voted: list[str],
    choices: list[str],
    codes: list[str],
    salt: str,
    result: dict[str, Any],
) -> dict[str, Any]:
    """What is published of a secret ballot; where there are few, a salted hash stands for the ballots."""
    told = len(choices) >= FEW
    return _closed(
        paper, roll, voted, result, ballots=sorted(choices) if told else None, salt=salt if told else None,
        codes=sorted(codes), box_hash=hash_of([salt, sorted(choices)]),
    )  # fmt: skip


def open_file(
    paper: dict[str, Any],
    *,
    roll: list[dict[str, Any]],
    votes: list[dict[str, str]],
    result: dict[str, Any],
) -> dict[str, Any]:
    """What is published of an open ballot: how each organisation voted, by the roll's ids."""
    votes = sorted(votes, key=lambda vote: vote["organisation"])
    return _closed(paper, roll, [vote["organisation"] for vote in votes], result, votes=votes)


def _closed(
    paper: dict[str, Any], roll: list[dict[str, Any]], voted: list[str], result: dict[str, Any], **more: Any
) -> dict[str, Any]:
    told = {
        "format": FORMAT, "paper": paper, "wording_hash": hash_of(paper), "roll": roll, "roll_hash": hash_of(roll),
        "voted": sorted(voted), "result": result, **more,
    }  # fmt: skip
    return {**told, "closing_hash": hash_of(told)}


def turnout(cast: int, entitled: int, *, is_rounded: bool) -> tuple[int, bool]:
    """How many have voted, and whether it is only "at least": with few voters steps of five are told."""
    return (cast - cast % 5, True) if is_rounded and entitled < FEW else (cast, False)
