"""TRUST C5 over real HTTP: of many who write the same paragraph one wins, and nobody's words are lost."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.installations import free_port, fresh_installation, manage, serving, told_by
from tests.voting.clients import Client, all_at_once

WORKERS = 3
WRITERS = 32


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = fresh_installation(tmp_path_factory.mktemp("writing"), "writing")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


@pytest.fixture(scope="module")
def site(installation: dict[str, str]) -> Iterator[str]:
    with serving(installation, workers=WORKERS) as url:
        yield url


def state(installation: dict[str, str], *words: str) -> Any:
    """What `text_state` prints."""
    return json.loads(told_by(installation, "-m", "tests.writing.text_state", *words) or "null")


def workshop(made: dict[str, Any]) -> str:
    return f"/de/mein/leitbilder/{made['charter']}/"


def text_of(place: int) -> str:
    return f"Wir sind die Firmen Nummer {place}."


def write_at_once(url: str, made: dict[str, Any]) -> tuple[list[Client], Counter[int]]:
    """Everybody loads the form, and then all of them send it in the same moment."""
    page = f"{workshop(made)}text/{made['paragraph']}/"
    clients = [Client(url, tuple(cookie)) for cookie in made["cookies"]]
    for client in clients:
        assert client.ask("GET", page) == 200
    acts = list(enumerate(clients))

    def send(act: tuple[int, Client]) -> int:
        place, client = act
        return client.ask("POST", page, {"text_de": text_of(place), "text_en": "We are the firms.", "revision": "1"})

    return clients, all_at_once(acts, send)


def test_c5_of_many_writers_one_wins_and_nobodys_words_are_lost(installation: dict[str, str], site: str) -> None:
    made = state(installation, "make", str(WRITERS))
    clients, answers = write_at_once(site, made)
    assert answers == {302: 1, 409: WRITERS - 1}
    found = state(installation, "look", made["charter"])
    assert [revision for revision, _text in found["wordings"]] == [1, 2]
    winner = found["wordings"][1][1]
    texts = [text_of(place) for place in range(WRITERS)]
    assert found["attempts"] == sorted(text for text in texts if text != winner)
    losers = [(text, client.text) for text, client in zip(texts, clients, strict=True) if text != winner]
    told = [(text in page, winner in page, "<ins>" in page) for text, page in losers]
    assert told == [(True, True, True)] * (WRITERS - 1)


def test_c5_closing_the_window_loses_nothing(installation: dict[str, str], site: str) -> None:
    """The loser comes back another day, sees both texts, and saves what was made of them."""
    made = state(installation, "make", "2")
    write_at_once(site, made)
    winner = state(installation, "look", made["charter"])["wordings"][1][1]
    loser = 1 if winner == text_of(0) else 0
    back = Client(site, tuple(made["cookies"][loser]))
    assert back.ask("GET", workshop(made)) == 200
    link = back.text.split("nicht-gespeichert/")[1].split("/")[0]
    assert back.ask("GET", f"{workshop(made)}nicht-gespeichert/{link}/") == 200
    assert (text_of(loser) in back.text, winner in back.text) == (True, True)
    both = {"text_de": "Wir sind alle Firmen.", "text_en": "We are the firms.", "revision": "2"}
    assert back.ask("POST", f"{workshop(made)}text/{made['paragraph']}/", both) == 302
    found = state(installation, "look", made["charter"])
    assert (found["wordings"][2], found["attempts"]) == ([3, "Wir sind alle Firmen."], [])


def test_c5_control_without_the_condition_texts_are_lost(installation: dict[str, str]) -> None:
    elsewhere = {**installation, "BASE_URL": f"http://127.0.0.1:{free_port()}"}
    made = state(installation, "make", "6")
    with serving(elsewhere, workers=WORKERS, application="tests.writing.unlocked_site:application") as url:
        _clients, answers = write_at_once(url, made)
    found = state(installation, "look", made["charter"])
    assert (answers, found["attempts"]) == ({302: 6}, [])


def test_two_who_sign_at_once_are_one_signature(installation: dict[str, str], site: str) -> None:
    made = state(installation, "sign")
    clients = [Client(site, tuple(cookie)) for cookie in made["cookies"] for _twice in range(5)]
    for client in clients:
        assert client.ask("GET", workshop(made)) == 200
    page = f"{workshop(made)}unterzeichnen/{made['firm']}/"
    assert all_at_once(clients, lambda client: client.ask("POST", page, {})) == {302: 10}
    assert state(installation, "look", made["charter"])["signatures"] == 1
