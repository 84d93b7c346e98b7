"""TRUST C8, D5 over real HTTP: many devices meet the same guests at the same moment, one of them loses its answer, and
each guest has arrived once. Nobody is shown an error."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.installations import fresh_installation, manage, serving, shell
from tests.voting.clients import Client, all_at_once

WORKERS = 3
CLIENTS = 20
BUILD = "from tests.browser.congress_door import build; build()"
ARRIVED = "from tests.browser.congress_door import arrived; arrived()"
GUESTS = ("Ada", "Bo", "Cy")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = fresh_installation(tmp_path_factory.mktemp("at_door"), "at_door")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


@pytest.fixture(scope="module")
def made(installation: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell(installation, BUILD).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def site(installation: dict[str, str], made: dict[str, Any]) -> Iterator[str]:
    with serving(installation, workers=WORKERS) as url:
        yield url


def at_door(site: str, made: dict[str, Any], number: int) -> tuple[Client, str, dict[str, str]]:
    """A device with the page before it, where it sends, and whom it has read."""
    client, path = Client(site), f"/en/check-in/{made['doors'][number % 2]}/"
    assert client.ask("GET", path) == 200
    said = made["codes"][GUESTS[number % len(GUESTS)]]
    return client, path, {"said": said, "client_id": f"made-by-the-test-{number:06}"}


def send(one: tuple[Client, str, dict[str, str]]) -> int:
    client, path, said = one
    return client.ask("POST", path, said)


def test_each_guest_arrives_once(installation: dict[str, str], made: dict[str, Any], site: str) -> None:
    devices = [at_door(site, made, number) for number in range(CLIENTS)]
    client, path, said = at_door(site, made, 99)
    client.lose(path, {**said, "said": made["codes"]["Di"]}, share=1)
    assert all_at_once(devices, send) == {200: CLIENTS}
    assert send((client, path, {**said, "said": made["codes"]["Di"]})) == 200
    shown = [client.text.count("is-arrived") for client, _path, _said in devices]
    assert sum(shown) == len(GUESTS), "one of those who met a guest was the first"
    assert all_at_once(devices, send) == {200: CLIENTS}, "all of them send once more"
    found = json.loads(shell(installation, ARRIVED).splitlines()[-1])
    assert [row[0] for row in found] == [*GUESTS, "Di"]
