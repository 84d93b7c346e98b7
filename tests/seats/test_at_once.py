"""TRUST C1, C2, C6, C9 over real HTTP: whoever comes at the same moment, no seat is sold twice and none is lost."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.installations import free_port, fresh_installation, manage, serving, told_by
from tests.voting.clients import Client, all_at_once

WORKERS = 3
CLIENTS = 20
ROUNDS = int(os.environ.get("MITWERK_KILLS", "0")) or 3
"""The drill asks for many; here a few."""
IS_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")
KEY = re.compile(r'name="key" value="([^"]+)"')


def state(installation: dict[str, str], *words: str) -> Any:
    """What `seat_state` prints."""
    return json.loads(told_by(installation, "-m", "tests.seats.seat_state", *words))


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = fresh_installation(tmp_path_factory.mktemp("seats"), "seats", TRUSTED_PROXIES="1")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


@pytest.fixture(scope="module")
def site(installation: dict[str, str]) -> Iterator[str]:
    with serving(installation, workers=WORKERS) as url:
        yield url


def form(url: str, made: dict[str, Any], number: int) -> tuple[Client, str, dict[str, str]]:
    """A client that has the form before it, where it sends it, and what."""
    client, path = Client(url), f"/en/congresses/{made['slug']}/register/"
    assert client.ask("GET", path) == 200
    [key] = KEY.findall(client.text)
    return client, path, {"key": key, "kind": made["kind"], "name": f"N{number}", "email": f"n{number}@example.org"}


def send(one: tuple[Client, str, dict[str, str]]) -> int:
    client, path, said = one
    return client.ask("POST", path, said)


def test_c1_the_last_seat_is_sold_once(installation: dict[str, str], site: str) -> None:
    for _round in range(ROUNDS):
        made = state(installation, "make", "1")
        answers = all_at_once([form(site, made, number) for number in range(CLIENTS)], send)
        assert answers == {302: CLIENTS}
        found = state(installation, "look", made["slug"])
        assert found["states"] == {"booked": 1, "waiting": CLIENTS - 1}
        assert (found["seats"], found["mails"]) == (1, CLIENTS)


def test_c1_control_without_lock_and_constraint_it_is_sold_more_often(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite the write lock, taken before anything is read, keeps the others out by itself."""
    own = fresh_installation(tmp_path_factory.mktemp("unlocked"), "seats_unlocked", TRUSTED_PROXIES="1")
    elsewhere = {**own, "BASE_URL": f"http://127.0.0.1:{free_port()}"}
    manage(elsewhere, "collectstatic", "--noinput", "--verbosity=0")
    made = state(elsewhere, "make", "1")
    with serving(elsewhere, workers=WORKERS, application="tests.seats.unlocked_site:application") as url:
        answers = all_at_once([form(url, made, number) for number in range(CLIENTS)], send)
    assert answers[302] == CLIENTS
    found = state(elsewhere, "look", made["slug"])
    assert (found["seats"] > 1) is IS_POSTGRES


def test_c2_each_seat_that_is_freed_is_offered_once_and_in_order(installation: dict[str, str], site: str) -> None:
    seats, waiting = 12, 30
    made = state(installation, "make", str(seats), str(waiting))
    links = [f"/en/registrations/{token}/" for token in made["tokens"]]
    assert len(links) == seats
    clients = [(Client(site), link) for link in links]
    for client, link in clients:
        assert client.ask("GET", f"{link}cancel/") == 200
    twice = [*clients, *clients]
    answers = all_at_once(twice, lambda one: one[0].ask("POST", f"{one[1]}cancel/", {}))
    assert answers == {302: 2 * seats}
    found = state(installation, "look", made["slug"])
    assert found["states"] == {"cancelled": seats, "offered": seats, "waiting": waiting - seats}
    assert found["line"] == ["offered"] * seats + ["waiting"] * (waiting - seats)
    assert (found["seats"], found["different"]) == (seats, seats)
    assert state(installation, "tick") == 0


def test_c6_one_form_sent_many_times_at_once_is_one_registration(installation: dict[str, str], site: str) -> None:
    for _round in range(ROUNDS):
        made = state(installation, "make", "5")
        same = form(site, made, 1)
        assert all_at_once([same] * CLIENTS, send) == {302: CLIENTS}
        found = state(installation, "look", made["slug"])
        assert (found["states"], found["mails"]) == ({"booked": 1}, 1)


def test_one_person_in_many_windows_has_one_seat(installation: dict[str, str], site: str) -> None:
    made = state(installation, "make", "5")
    windows = [form(site, made, 1) for _place in range(CLIENTS)]
    assert all_at_once(windows, send) == {302: CLIENTS}
    found = state(installation, "look", made["slug"])
    assert Counter(found["states"]) == {"booked": 1, "double": CLIENTS - 1}
    assert found["mails"] in (2, 3), "the ticket, and once an hour that there is one"


def test_who_comes_and_who_goes_at_once_leave_no_seat_empty(installation: dict[str, str], site: str) -> None:
    seats = 8
    made = state(installation, "make", str(seats), "4")
    going = [(Client(site), f"/en/registrations/{token}/") for token in made["tokens"]]
    for client, link in going:
        assert client.ask("GET", f"{link}cancel/") == 200
    coming = [form(site, made, number) for number in range(100, 112)]
    acts = [*((client, f"{link}cancel/", {}) for client, link in going), *coming]
    assert all_at_once(acts, send) == {302: len(acts)}
    found = state(installation, "look", made["slug"])
    assert (found["seats"], found["different"]) == (seats, seats)
    assert found["states"]["cancelled"] == seats
    assert found["line"] == sorted(found["line"]), "whoever was offered a seat was in line before who waits"
