"""TRUST O3: how long a vote takes while everybody votes at once: `python bench/votes.py --voters 2000`.

An installation of its own behind the production server with three workers; so many organisations stand on a roll and
send their papers within `--seconds`, evenly spread, first in an open and then in a secret ballot. Prints how many were
accepted and counted, and the times of an answer. Nothing is asserted: a busy machine would fail what is right.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.installations import fresh_installation, manage, serving  # noqa: E402
from tests.voting.clients import Client, paper, state  # noqa: E402

CLIENTS = 32


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60.0, help="within which they come")
    return parser.parse_args()


def vote(seconds: float, number: int) -> Callable[[tuple[int, tuple[Client, str]]], tuple[int, float]]:
    """Sends the paper when its turn has come; the status and how long the answer took."""
    begin = time.monotonic()

    def one(turn: tuple[int, tuple[Client, str]]) -> tuple[int, float]:
        place, (client, path) = turn
        time.sleep(max(0.0, begin + seconds * place / number - time.monotonic()))
        started = time.monotonic()
        return client.ask("POST", path, {"choice": "yes"}), time.monotonic() - started

    return one


def measure(environment: dict[str, str], url: str, kind: str, given: argparse.Namespace) -> str:
    made: dict[str, Any] = state(environment, "make", str(given.voters), kind)
    papers = [paper(url, link) for link in made["links"].values()]
    started = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(vote(given.seconds, given.voters), enumerate(papers)))
    took = time.monotonic() - started
    state(environment, "over", made["ballot"])
    state(environment, "tick")
    found = state(environment, "look", made["ballot"])
    times = sorted(seconds for _status, seconds in answers)
    p50, p99 = (times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.99))
    accepted = Counter(status for status, _seconds in answers)[200]
    return (
        f"{kind:<7} {accepted:>6} accepted {found['yes']:>6} counted  in {took:5.1f} s   "
        f"median {p50 * 1000:6.0f} ms   p99 {p99 * 1000:6.0f} ms   longest {times[-1] * 1000:6.0f} ms"
    )


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        environment = fresh_installation(Path(folder) / "data", "votes")
        manage(environment, "collectstatic", "--noinput", "--verbosity=0")
        with serving(environment, workers=3) as url:
            for kind in ("open", "secret"):
                print(measure(environment, url, kind, given), flush=True)


if __name__ == "__main__":
    main()
