"""TRUST O2: the rush when registration opens: `python bench/registrations.py --guests 2000 --seconds 600`.

An installation of its own behind the production server. So many guests come within `--seconds`, evenly spread, each by
an address of their own: the congress's page, the form, sending it, the page of thanks. Then the timed work runs. Prints
how many were answered and how, who has a seat and who waits, and the times of each step. Nothing is asserted: a busy
machine would fail what is right.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.installations import fresh_installation, manage, serving  # noqa: E402
from tests.seats.test_at_once import KEY, state  # noqa: E402
from tests.voting.clients import Client  # noqa: E402

STEPS = ("page", "form", "send", "thanks")
Answer = tuple[list[int], list[float]]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guests", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600.0, help="within which they come")
    parser.add_argument("--seats", type=int, default=300)
    parser.add_argument("--workers", type=int, default=3, help="of the server")
    parser.add_argument("--clients", type=int, default=64, help="guests that can be under way at once")
    return parser.parse_args()


def journey(url: str, made: dict[str, Any], number: int) -> Answer:
    """Statuses and seconds of the four steps; it ends where a page does not come."""
    client = Client(url, sender=f"2001:db8:{number >> 8:x}:{number & 255:x}::1")
    congress = f"/en/congresses/{made['slug']}/"
    statuses: list[int] = []
    times: list[float] = []

    def ask(method: str, path: str, said: dict[str, str] | None = None) -> bool:
        started = time.monotonic()
        statuses.append(client.ask(method, path, said))
        times.append(time.monotonic() - started)
        return statuses[-1] < 400

    if ask("GET", congress) and ask("GET", f"{congress}register/"):
        [key] = KEY.findall(client.text)
        said = {"key": key, "kind": made["kind"], "name": f"Guest {number}", "email": f"guest{number}@example.org"}
        if ask("POST", f"{congress}register/", said):
            ask("GET", f"{congress}registered/")
    return statuses, times


def rush(url: str, made: dict[str, Any], given: argparse.Namespace) -> list[Answer]:
    begin = time.monotonic()

    def one(number: int) -> Answer:
        time.sleep(max(0.0, begin + given.seconds * number / given.guests - time.monotonic()))
        return journey(url, made, number)

    with ThreadPoolExecutor(given.clients) as pool:
        return list(pool.map(one, range(given.guests)))


def share(times: list[float], part: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1000 if ordered else 0.0


def report(answers: list[Answer], took: float, found: dict[str, Any], given: argparse.Namespace) -> str:
    statuses = Counter(status for one, _times in answers for status in one)
    taken = sum(one[2:3] == [302] for one, _times in answers)
    lines = [
        f"{given.guests} guests in {took:.1f} s: {taken} taken on, {taken / took:.1f} a second; "
        f"statuses {dict(sorted(statuses.items()))}",
        f"{given.seats} seats: {found['different']} given, {found['seats'] - found['different']} of them twice; "
        f"{found['states']}; {found['mails']} mails queued",
        f"{'step':<8}{'median ms':>10}{'p95 ms':>10}{'p99 ms':>10}{'longest':>10}",
    ]
    for place, step in enumerate(STEPS):
        times = [one[place] for _statuses, one in answers if len(one) > place]
        shares = "".join(f"{share(times, part):>10.0f}" for part in (0.5, 0.95, 0.99, 1.0))
        lines.append(f"{step:<8}{shares}")
    return "\n".join(lines)


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        environment = fresh_installation(Path(folder) / "data", "registrations", TRUSTED_PROXIES="1")
        manage(environment, "collectstatic", "--noinput", "--verbosity=0")
        made = state(environment, "make", str(given.seats))
        with serving(environment, workers=given.workers) as url:
            started = time.monotonic()
            answers = rush(url, made, given)
            took = time.monotonic() - started
        state(environment, "tick")
        print(report(answers, took, state(environment, "look", made["slug"]), given))
        print(f"{given.workers} workers, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
