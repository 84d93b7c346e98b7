"""TRUST V3: another program, which shares no code with ours, counts every published file to the same end."""

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mitwerk.algorithms.ballot_file import FEW, canonical, hash_of, open_file, plain_result, secret_file, turnout
from mitwerk.algorithms.tally import Choice, Majority, Rule, count_ballots, decide

VERIFIER = Path(__file__).resolve().parents[2] / "governance/static/governance/verify_ballot.py"
EXAMPLES = 5_000 if "MITWERK_KILLS" in os.environ else 1_000
"""The drill counts ten thousand."""
WORDS = [choice.value for choice in Choice]
RULES = st.builds(
    lambda majority, quorum, casting: Rule(majority, Fraction(quorum, 100), casting and majority == Majority.SIMPLE),
    st.sampled_from(Majority), st.integers(0, 100), st.booleans(),
)  # fmt: skip


def paper(rule: Rule) -> dict[str, Any]:
    told = {
        "majority": rule.majority.value,
        "quorum": [rule.quorum.numerator, rule.quorum.denominator],
        "casting_vote": rule.casting_vote,
    }
    return {"motion": {"de": "Übergänge prüfen"}, "rule": told}


def roll(number: int) -> list[dict[str, Any]]:
    return [{"id": f"id{place:04}", "name": f"Firma {place}", "chair": place == 0} for place in range(number)]


def make_open(rule: Rule, choices: list[str], idle: int) -> dict[str, Any]:
    entries = roll(len(choices) + idle)
    votes = [
        {"organisation": entry["id"], "choice": choice, "reason": ""}
        for entry, choice in zip(entries, choices, strict=False)
    ]
    chair = Choice(choices[0]) if choices else None
    result = decide(count_ballots(choices, entitled=len(entries)), rule, chair=chair)
    return open_file(paper(rule), roll=entries, votes=votes[::-1], result=plain_result(result, outcome_only=False))


def make_secret(rule: Rule, choices: list[str], idle: int) -> dict[str, Any]:
    rule = Rule(rule.majority, rule.quorum)
    entries = roll(len(choices) + idle)
    result = decide(count_ballots(choices, entitled=len(entries)), rule)
    return secret_file(
        paper(rule), roll=entries, voted=[entry["id"] for entry in entries[: len(choices)]], choices=choices,
        codes=[f"code{place}" for place in range(len(choices))], salt="5a",
        result=plain_result(result, outcome_only=len(choices) < FEW),
    )  # fmt: skip


def verifier() -> Any:
    """The program as a module: ten thousand processes would take an hour."""
    names: dict[str, Any] = {"__name__": "verifier"}
    exec(compile(VERIFIER.read_text(), str(VERIFIER), "exec"), names)  # noqa: S102 (our own file)
    return names["check"]


CHECK = verifier()


def verdict(told: dict[str, Any]) -> list[str]:
    """What the other program finds wrong."""
    return [name for name, holds in CHECK(json.loads(json.dumps(told))) if not holds]


@settings(max_examples=EXAMPLES, deadline=None)
@given(RULES, st.lists(st.sampled_from(WORDS), max_size=45), st.integers(0, 10))
def test_v3_open_ballots_are_counted_alike(rule: Rule, choices: list[str], idle: int) -> None:
    assert verdict(make_open(rule, choices, idle)) == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(RULES, st.lists(st.sampled_from(WORDS), max_size=45), st.integers(0, 10))
def test_v3_secret_ballots_are_counted_alike(rule: Rule, choices: list[str], idle: int) -> None:
    told = make_secret(rule, choices, idle)
    assert verdict(told) == []
    assert (told["ballots"] is None) is (len(choices) < FEW)


CHANGES = {
    "a vote": lambda told: told["ballots"].__setitem__(0, "no"),
    "a vote more": lambda told: told["ballots"].append("yes"),
    "a voter more": lambda told: told["voted"].append("id9999"),
    "a voter twice": lambda told: told["voted"].__setitem__(0, told["voted"][1]),
    "the wording": lambda told: told["paper"]["motion"].update(de="Anders"),
    "the roll": lambda told: told["roll"][0].update(name="Andere"),
    "the outcome": lambda told: told["result"].update(outcome="lost"),
    "a number": lambda told: told["result"]["count"].update(yes=99),
    "a receipt": lambda told: told["codes"].__setitem__(0, told["codes"][1]),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("hashed_anew", [False, True])
def test_v9_a_changed_file_is_noticed(what: str, hashed_anew: bool) -> None:
    """Also where somebody makes the last hash anew; then the mail with the old one tells, and often the count."""
    told = make_secret(Rule(), ["yes"] * 30, 5)
    CHANGES[what](told)
    if hashed_anew:
        told["closing_hash"] = hash_of({name: value for name, value in told.items() if name != "closing_hash"})
    assert verdict(told) != []


def test_the_program_runs_alone_and_says_what_it_found(tmp_path: Path) -> None:
    told = make_secret(Rule(), ["yes"] * 30, 5)
    file = tmp_path / "ballot.json"
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")

    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(  # noqa: S603 (our own file)
            [sys.executable, "-I", str(VERIFIER), str(file), *words], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout

    code, lines = run("code7")
    assert (code, "WRONG" in lines, lines.splitlines()[-1]) == (0, False, "right  your receipt is in the list")
    assert run("code77")[0] == 1
    file.write_text(json.dumps({**told, "voted": told["voted"][1:]}), encoding="utf-8")
    assert run()[0] == 1


def test_the_program_is_short_and_shares_no_code() -> None:
    text = VERIFIER.read_text()
    assert "mitwerk." not in text
    assert sum(1 for line in text.splitlines() if line.strip()) <= 70


def test_canonical_json_is_the_same_for_the_same_content() -> None:
    assert canonical({"b": 1, "a": "ü"}) == '{"a":"ü","b":1}'.encode()


@pytest.mark.parametrize(
    ("cast", "entitled", "expected"),
    [(0, 12, (0, True)), (7, 12, (5, True)), (12, 19, (10, True)), (7, 20, (7, False)), (0, 500, (0, False))],
)
def test_v5_the_turnout_of_few_is_rounded(cast: int, entitled: int, expected: tuple[int, bool]) -> None:
    assert turnout(cast, entitled, is_rounded=True) == expected
    assert turnout(cast, entitled, is_rounded=False) == (cast, False)
