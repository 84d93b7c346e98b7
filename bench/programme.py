"""The programme of a congress: how long it takes to find what is wrong in it.

`python bench/programme.py`. A made-up programme of three days, in which every room is in use from nine to six, every
track has its room and some items lie wrongly. Beside it the same work where every pair of items is looked at, which is
how the tests say what is right. Both run in turn, in this process on one core; the table shows the median of the
rounds. Nothing is asserted: a busy machine would fail what is right.
"""

import argparse
import datetime as dt
import gc
import random
import statistics
import sys
import time
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from mitwerk.algorithms.programme import warnings as module  # noqa: E402 - the path comes first
from mitwerk.algorithms.programme.model import Item, Room, Span, Speaker  # noqa: E402 - the path comes first
from mitwerk.algorithms.tests.programme_plain import plain_between  # noqa: E402 - the path comes first

BEGIN = dt.datetime(2027, 5, 11, 7, tzinfo=dt.UTC)
DAYS = 3
MINUTES = 540
"""Of a day."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[300, 1200])
    parser.add_argument("--rooms", type=int, default=12, help="for 300 items; more items have more rooms")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def made_up(chance: random.Random, count: int, rooms: int) -> list[Item]:
    """As many items a room and day as there is time for; one in twenty is moved by some minutes, into others."""
    length = dt.timedelta(minutes=MINUTES * rooms * DAYS // count)
    people = [Speaker(f"p{number}", f"Speaker {number}") for number in range(count * 3 // 2)]
    items = []
    for number in range(count):
        slot, room = divmod(number, rooms)
        day, place = divmod(slot, -(-count // rooms // DAYS))
        start = BEGIN + dt.timedelta(days=day) + place * length
        start += dt.timedelta(minutes=chance.choice([0] * 19 + [10]))
        items.append(
            Item(
                f"i{number}",
                "talk",
                {"de": "Titel", "en": "Title"},
                {"de": "Text", "en": "Text"},
                track=f"t{room}",
                room=f"r{room}",
                span=Span(start, start + length),
                speakers=tuple(chance.sample(people, chance.choice((1, 1, 2, 3)))),
                seats=chance.randrange(20, 100),
            )
        )
    chance.shuffle(items)
    return items


def seconds(items: list[Item], rooms: list[Room], opening: list[Span]) -> tuple[float, int]:
    gc.collect()
    started = time.process_time()
    found = module.warnings(items, rooms, opening, ("de", "en"))
    return time.process_time() - started, len(found)


def measure(given: argparse.Namespace, count: int) -> str:
    places = given.rooms * max(count // 300, 1)
    items = made_up(random.Random(given.seed), count, places)  # noqa: S311 - made up, no secret
    rooms = [Room(f"r{number}", {}, 95) for number in range(places)]
    starts = [BEGIN + dt.timedelta(days=day) for day in range(DAYS)]
    opening = [Span(start, start + dt.timedelta(minutes=MINUTES)) for start in starts]
    ours, plain = [], []
    for _round in range(given.rounds):
        taken, found = seconds(items, rooms, opening)
        ours.append(taken)
        with patch.object(module, "_between", plain_between):
            taken, same = seconds(items, rooms, opening)
        plain.append(taken)
    ratio = statistics.median(slow / quick for slow, quick in zip(plain, ours, strict=True))
    mine, other = statistics.median(ours) * 1000, statistics.median(plain) * 1000
    told = f"{found} warnings" + ("" if found == same else f", but {same} by pairs")
    return f"{count:>6}{places:>7}{mine:>10.1f}{other:>12.1f}{ratio:>8.1f}   {told}"


def main() -> None:
    given = arguments()
    print(f"{'items':>6}{'rooms':>7}{'ours ms':>10}{'pairs ms':>12}{'ratio':>8}")
    for count in given.items:
        print(measure(given, count), flush=True)
    print(f"CPU time, medians of {given.rounds} rounds.")


if __name__ == "__main__":
    main()
