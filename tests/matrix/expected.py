"""Reads and writes `expected.txt`: which answer everybody gets at each address."""

from pathlib import Path

FILE = Path(__file__).parent / "expected.txt"
Row = tuple[str, ...]
HEAD = """\
# Every address × everybody × GET, POST, PUT, DELETE (TRUST A1, A4). A new address needs a line here.
#
# A rule is a name and one letter for each of `cast.WHO`, in its order:
#   {who}
# o here it is · d sign in first · h nothing for you here, back home · r led on, as after an act · m missing
# x not by this method · f forbidden · b told what is wrong
# An address has the rules of its four methods; a row of letters will do where no rule has a name for it.
# Where an address stands for a record, it is one of cluster A, of the firm (a member of A) or of A's network.
# ! broken: three forms of Wagtail's, named in test_matrix.py
# `MITWERK_MATRIX=write` makes the tests write what they find, and `writing.main` this file of it; read the difference.
"""


def read(text: str) -> tuple[dict[str, str], dict[str, Row]]:
    """Rules, and the four rows of letters of each address."""
    rules: dict[str, str] = {}
    rows: dict[str, Row] = {}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "=":
            rules[words[1]] = "".join(words[2:])
        else:
            rows[words[0]] = tuple(rules.get(word, word) for word in words[1:])
    return rules, rows


def write(rules: dict[str, str], rows: dict[str, Row], who: list[str]) -> str:
    names = {letters: name for name, letters in rules.items()}
    lines = [HEAD.format(who=" · ".join(who))]
    lines += [f"= {name:<22} {letters}" for name, letters in rules.items()]
    lines.append("")
    for address, row in sorted(rows.items()):
        lines.append(f"{address:<58} " + " ".join(f"{names.get(letters, letters):<20}" for letters in row).rstrip())
    return "\n".join(lines) + "\n"
