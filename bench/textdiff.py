"""Suggestions for a charter: how long grouping them, putting them together and moving them to a new version takes.

`python bench/textdiff.py`. A made-up charter, many suggestions in each paragraph, a third of the paragraphs changed.
Beside it the same work with the comparison of Python's library (difflib, without its guess of what is junk) in place of
ours, everything else alike. Both run in turn, in this process on one core; the table shows the median of the rounds.
Nothing is asserted: a busy machine would fail what is right.
"""

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from mitwerk.algorithms.textdiff import carry, comparing, groups, merge_all  # noqa: E402
from mitwerk.algorithms.textdiff.tokens import word  # noqa: E402

COMMON = "die der und in den für mit von zu wir das ist im auf eine als Region Cluster gemeinsam".split()
SIGNS = (". ", ", ", " – ", "; ")
Charter = list[tuple[str, dict[str, str], str]]
"""Of each paragraph the wording, the suggestions (id → wording) and the next version's wording."""
Work = Callable[[Charter], int]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=400)
    parser.add_argument("--words", type=int, default=60, help="in a paragraph")
    parser.add_argument("--suggestions", type=int, default=5, help="for each paragraph")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def made_up(given: argparse.Namespace) -> Charter:
    chance = random.Random(given.seed)  # noqa: S311
    charter: Charter = []
    for _number in range(given.paragraphs):
        text = paragraph(chance, given.words)
        suggested = {f"s{at}": changed(chance, text) for at in range(given.suggestions)}
        charter.append((text, suggested, changed(chance, text, 3) if chance.random() < 1 / 3 else text))
    return charter


def some_word(chance: random.Random) -> str:
    """Half of a German text are some hundred words, the rest is rare."""
    return chance.choice(COMMON) if chance.random() < 0.5 else f"Wort{int(20 * chance.paretovariate(0.6)) % 5000}schaft"


def paragraph(chance: random.Random, count: int) -> str:
    said = [some_word(chance) + (chance.choice(SIGNS) if chance.random() < 0.12 else " ") for _at in range(count)]
    return "".join(said).strip(" ,;–.") + "."


def changed(chance: random.Random, text: str, places: int = 0) -> str:
    """The text with one or two phrases (or `places` of them) replaced, put in or struck out."""
    said = text.split(" ")
    for _place in range(places or chance.choice((1, 1, 2))):
        at, length = chance.randrange(len(said)), chance.choice((0, 1, 1, 2, 3))
        said[at : at + length] = [some_word(chance) for _word in range(chance.choice((0, 1, 1, 2, 4)) or 1 - length)]
    return " ".join(said)


@contextmanager
def library() -> Iterator[None]:
    """Python's own comparison in place of ours."""

    def gaps(base: Sequence[str], text: Sequence[str]) -> list[comparing._Gap]:
        was, now = [word(token) for token in base], [word(token) for token in text]
        codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        return [comparing._Gap(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]

    with patch.object(comparing, "_gaps", gaps):
        yield


def group(charter: Charter) -> int:
    return sum(len(groups(text, suggested)) for text, suggested, _now in charter)


def preview(charter: Charter) -> int:
    return sum(len(merge_all(text, suggested)[1]) for text, suggested, _now in charter)


def move(charter: Charter) -> int:
    return sum(not carry(text, one, now).reason for text, suggested, now in charter for one in suggested.values())


def seconds(work: Work, charter: Charter) -> tuple[float, int]:
    gc.collect()
    started = time.process_time()
    found = work(charter)
    return time.process_time() - started, found


def measure(charter: Charter, rounds: int, work: Work) -> tuple[list[float], list[float], list[int]]:
    ours, theirs, found = [], [], []
    for _round in range(rounds):
        taken, number = seconds(work, charter)
        ours.append(taken)
        found.append(number)
        with library():
            theirs.append(seconds(work, charter)[0])
    return ours, theirs, found


def line(name: str, ours: Sequence[float], theirs: Sequence[float], told: Any) -> str:
    ratio = statistics.median(one / other for one, other in zip(theirs, ours, strict=True))
    mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return f"{name:<22}{mine:>10.0f}{other:>12.0f}{ratio:>8.1f}   {told}"


def main() -> None:
    given = arguments()
    charter = made_up(given)
    count = sum(len(suggested) for _text, suggested, _now in charter)
    print(f"{given.paragraphs} paragraphs of {given.words} words, {count} suggestions.")
    print(f"{'':<22}{'ours ms':>10}{'difflib ms':>12}{'ratio':>8}")
    works = (("group", group, "groups"), ("merge preview", preview, "collide"), ("carry over", move, "moved"))
    for name, work, told in works:
        ours, theirs, found = measure(charter, given.rounds, work)
        print(line(name, ours, theirs, f"{found[0]} {told}"), flush=True)
    print(f"CPU time, medians of {given.rounds} rounds.")


if __name__ == "__main__":
    main()
