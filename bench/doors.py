"""Whether the clock tells who has an account: `python bench/doors.py --requests 300`.

An installation of its own behind the production server; each door is asked in turn for addresses that are known and
that are not, each time another one. Prints medians in ms, their ratio, and how likely so great a difference would be by
chance (Mann-Whitney, two-sided). Nothing is asserted: a busy machine would fail what is right.
"""

import argparse
import http.client
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import sites

WHO = ("known", "unknown")
PATHS = {"login": "login/", "code": "login/code/", "reset": "password/reset/"}
TOKEN = "a" * 32
Times = dict[tuple[str, str], list[float]]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300, help="for each door and each kind of address")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def address(who: str, number: int) -> str:
    """Equally long for both."""
    return f"{who:x>7}{number:05}@example.org"


def people(count: int) -> None:
    """Accounts with a password; hashed once, because only reading it is measured."""
    import django

    django.setup()
    from mitwerk.accounts.actions import create_user
    from mitwerk.accounts.models import User

    first = create_user(email="first@example.org", password="a-long-password-1", name="First")  # noqa: S106
    for number in range(count):
        create_user(email=address("known", number), password=None, name=f"User {number}")
    User.objects.update(password=first.password)


def ask(connection: http.client.HTTPConnection, door: str, who: str, number: int) -> float:
    """Seconds of one request. Each comes from an address of its own, so that no limit is met."""
    email = address(who, number)
    fields = {"login": email, "password": "wrong-password-1"} if door == "login" else {"email": email}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrf={TOKEN}",
        "X-Forwarded-For": f"2001:db8:{random.getrandbits(16):x}:{random.getrandbits(16):x}::1",
    }
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
    started = time.perf_counter()
    connection.request("POST", f"/de/konto/{PATHS[door]}", body, headers)
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - started
    expected = 200 if door == "login" else 302
    if answer.status != expected:
        raise SystemExit(f"{door} answered {answer.status} instead of {expected} for {email}")
    return taken


def measure(url: str, count: int) -> Times:
    """Door by door, known and unknown in an order that chance decides."""
    times: Times = {(door, who): [] for door in PATHS for who in WHO}
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    for door in PATHS:
        for number in range(5):
            ask(connection, door, "unknown", 90_000 + number)  # warm
    for number in range(count):
        for door in PATHS:
            for who in random.sample(WHO, 2):
                times[door, who].append(ask(connection, door, who, number))
    return times


def chance(one: Sequence[float], other: Sequence[float]) -> float:
    """Two-sided p of the Mann-Whitney test, by the normal distribution, with equal values sharing their ranks."""
    values = sorted([*one, *other])
    first: dict[float, int] = {}
    last: dict[float, int] = {}
    for rank, value in enumerate(values, 1):
        first.setdefault(value, rank)
        last[value] = rank
    n, m = len(one), len(other)
    wins = sum((first[value] + last[value]) / 2 for value in one) - n * (n + 1) / 2
    ties = sum((last[value] - first[value] + 1) ** 3 - (last[value] - first[value] + 1) for value in first)
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return math.erfc(max(abs(wins - n * m / 2) - 0.5, 0) / spread / math.sqrt(2)) if spread else 1.0


def table(times: Times) -> str:
    lines = [f"{'door':<8}{'known ms':>10}{'unknown ms':>12}{'ratio':>8}{'p':>9}"]
    for door in PATHS:
        known, unknown = (times[door, who] for who in WHO)
        one, other = statistics.median(known) * 1000, statistics.median(unknown) * 1000
        lines.append(f"{door:<8}{one:>10.1f}{other:>12.1f}{one / other:>8.3f}{chance(known, unknown):>9.2g}")
    return "\n".join(lines)


def main() -> None:
    given = arguments()
    if given.inside:
        people(given.requests)
        return
    with tempfile.TemporaryDirectory(prefix="mitwerk-doors-") as folder:
        port = sites.free_port()
        env = sites.environment(
            PYTHONPATH=str(sites.ROOT / "src"), MITWERK_DATA=folder, EMAIL_URL=f"filemail://{folder}/mail",
            BASE_URL=f"http://127.0.0.1:{port}", TRUSTED_PROXIES="1",
            DJANGO_SETTINGS_MODULE="mitwerk.config.settings.production",
        )  # fmt: skip
        manage = [sys.executable, str(sites.ROOT / "manage.py")]
        for words in (
            [*manage, "migrate", "--verbosity=0"],
            [*manage, "createcachetable"],
            [*manage, "collectstatic", "--noinput", "--verbosity=0"],
            [*manage, "load_region", "--verbosity=0", "regions/mitteldeutschland"],
            [sys.executable, str(Path(__file__)), "--inside", *sys.argv[1:]],
        ):
            subprocess.run(words, cwd=sites.ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        site = sites.serve("Mitwerk", "mitwerk.config.wsgi:application", sites.ROOT, env, port, "/de/")
        try:
            times = measure(site.url("/"), given.requests)
        finally:
            site.stop()
    print(table(times))
    print(f"{given.requests} requests each, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
