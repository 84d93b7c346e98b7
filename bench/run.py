"""`make bench`: Mitwerk beside a freshly made stock Wagtail project, one worker each, driven in turn.

Prints whatever it measures. The rate of the stock welcome page is taken in every round just before each of our
pages, so that a busy machine weighs on both alike; the table shows the median of the rounds.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import load
import sites

Pair = dict[str, load.Measured]
Found = dict[str, list[Pair]]
WELCOME = "/"
PAGES = {
    "cluster home": "/de/it/",
    "directory": "/de/akteure/",
    "directory, filtered": "/de/akteure/?q=daten",
    "profile": "/de/akteure/gisa-gmbh/",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--organisations", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="write every single measurement to this file as well")
    return parser.parse_args()


def say(text: str) -> None:
    print(text, flush=True)


def measure(mine: sites.Site, other: sites.Site, given: argparse.Namespace) -> Found:
    """A B A B: stock, our page, stock, our next page, …; all of it `rounds` times."""
    found: Found = {name: [] for name in PAGES}
    for turn in range(given.rounds):
        for name, path in PAGES.items():
            pair = {
                "stock": load.drive(other.url(WELCOME), given.connections, given.seconds),
                "ours": load.drive(mine.url(path), given.connections, given.seconds),
            }
            found[name].append(pair)
        say(f"  round {turn + 1} of {given.rounds}")
    return found


def warm(mine: sites.Site, other: sites.Site, connections: int) -> None:
    for url in (other.url(WELCOME), *(mine.url(path) for path in PAGES.values())):
        load.drive(url, connections, 2)


def median(pairs: Sequence[Pair], side: str, what: str) -> float:
    return statistics.median(getattr(pair[side], what) for pair in pairs)


def table(found: Found) -> str:
    """One line per page; `times stock` is how many times slower than the welcome page (below 1: faster)."""
    lines = [f"{'page':<22}{'requests/s':>12}{'p50 ms':>9}{'p95 ms':>9}{'times stock':>13}{'failed':>8}"]
    every = [pair for pairs in found.values() for pair in pairs]
    lines.append(_line("stock welcome page", every, "stock", ""))
    for name, pairs in found.items():
        ratio = statistics.median(pair["stock"].rate / pair["ours"].rate if pair["ours"].rate else 0 for pair in pairs)
        lines.append(_line(name, pairs, "ours", f"{ratio:.2f}"))
    return "\n".join(lines)


def _line(name: str, pairs: Sequence[Pair], side: str, ratio: str) -> str:
    rate, p50, p95 = (median(pairs, side, what) for what in ("rate", "p50", "p95"))
    failed = sum(pair[side].failed for pair in pairs)
    return f"{name:<22}{rate:>12.1f}{p50:>9.1f}{p95:>9.1f}{ratio:>13}{failed:>8}"


def main() -> int:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="mitwerk-bench-") as temporary:
        folder = Path(temporary)
        say("Making a stock Wagtail project …")
        other = sites.stock(folder / "stock")
        try:
            say(f"Loading the demo region and {given.organisations} made-up organisations …")
            started = time.monotonic()
            mine = sites.ours(folder / "data", given.organisations)
            say(f"  loaded in {time.monotonic() - started:.0f} s")
            try:
                warm(mine, other, given.connections)
                say(f"Driving both in turn with {load.generator()}, {given.connections} connections …")
                found = measure(mine, other, given)
            finally:
                mine.stop()
        finally:
            other.stop()
    say("\n" + table(found))
    say("No page cache; one worker each. Medians of the rounds; the aim for the directory is at most 2 times stock.")
    if given.json:
        rows = {
            name: [{side: vars(one) for side, one in pair.items()} for pair in pairs] for name, pairs in found.items()
        }
        given.json.write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
