"""Counts a ballot again from its published file: python verify_ballot.py ballot-….json [receipt code]

Needs Python and nothing else, and none of the platform's code. Exit code 1 if anything is wrong.
"""

import hashlib
import json
import sys


def digest(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def outcome(rule, entitled, said, chair):
    yes, no = said.count("yes"), said.count("no")
    part, whole = rule["quorum"]
    if len(said) * whole < part * entitled:
        return "no-quorum"
    if rule["casting_vote"] and yes == no > 0:
        return "carried" if chair == "yes" else "lost"
    carried = {
        "simple": yes > no,
        "two-thirds": yes > 0 and 3 * yes >= 2 * (yes + no),
        "absolute": 2 * yes > entitled,
        "consent": yes > 0 and no == 0,
    }
    return "carried" if carried[rule["majority"]] else "lost"


def check(told):
    said = told["ballots"] if "ballots" in told else [vote["choice"] for vote in told["votes"]]
    ids, voted = [entry["id"] for entry in told["roll"]], told["voted"]
    rest = {name: value for name, value in told.items() if name != "closing_hash"}
    yield "mark of the wording", digest(told["paper"]) == told["wording_hash"]
    yield "mark of the roll", digest(told["roll"]) == told["roll_hash"]
    yield "mark of the result", digest(rest) == told["closing_hash"]
    yield "who voted stands on the roll, and once", set(voted) <= set(ids) and len(set(voted)) == len(voted)
    if "codes" in told:
        yield "as many receipts as voters, all different", len(set(told["codes"])) == len(told["codes"]) == len(voted)
    if said is None:
        yield "few votes, so only the outcome is told", len(voted) < 20 and told["result"]["count"] is None
        return
    yield "as many votes as voters", len(said) == len(voted)
    if "box_hash" in told:
        yield "mark of the box", digest([told["salt"], sorted(said)]) == told["box_hash"]
    count = {name: said.count(name) for name in ("yes", "no", "abstain", "blank", "invalid")}
    yield "numbers", told["result"]["count"] == {"entitled": len(ids), **count}
    chairs = [entry["id"] for entry in told["roll"] if entry["chair"]]
    by = {vote["organisation"]: vote["choice"] for vote in told.get("votes", [])}
    chair = by.get(chairs[0]) if len(chairs) == 1 else None
    yield "outcome", outcome(told["paper"]["rule"], len(ids), said, chair) == told["result"]["outcome"]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        published = json.load(file)
    lines = list(check(published))
    if len(sys.argv) > 2:
        lines.append(("your receipt is in the list", sys.argv[2] in published["codes"]))
    print("\n".join(f"{'right' if holds else 'WRONG'}  {name}" for name, holds in lines))
    sys.exit(0 if all(holds for _name, holds in lines) else 1)
