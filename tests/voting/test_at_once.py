"""TRUST C3, C4, C12, O3 over real HTTP: whoever comes at the same moment, an organisation has one vote."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.installations import ROOT, free_port, fresh_installation, manage, serving
from tests.voting.clients import Client, all_at_once, paper, state

WORKERS = 3
CLIENTS = 20
ROUNDS = int(os.environ.get("MITWERK_KILLS", "0")) or 3
"""The drill asks for many; here a few."""
MANY = 2000 if "MITWERK_KILLS" in os.environ else 40
IS_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")
KINDS = ("open", "secret")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = fresh_installation(tmp_path_factory.mktemp("voting"), "voting")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


@pytest.fixture(scope="module")
def site(installation: dict[str, str]) -> Iterator[str]:
    with serving(installation, workers=WORKERS) as url:
        yield url


def vote_at_once(url: str, made: dict[str, Any]) -> Counter[int]:
    """Delegate and substitute of one organisation, each many times in the same moment, on papers that were open."""
    links = (made["links"][made["first"]], made["substitute"])
    papers = [paper(url, links[place % 2]) for place in range(CLIENTS)]
    return all_at_once(papers, lambda one: one[0].ask("POST", one[1], {"choice": "yes"}))


@pytest.mark.parametrize("kind", KINDS)
def test_c3_twenty_at_once_are_one_vote(installation: dict[str, str], site: str, kind: str) -> None:
    for _round in range(ROUNDS):
        made = state(installation, "make", "2", kind)
        assert vote_at_once(site, made) == {200: 1, 409: CLIENTS - 1}
        found = state(installation, "look", made["ballot"])
        kept = {"open": (1, 0, 0), "secret": (0, 1, 1)}[kind]
        assert (found["voted"], found["cast"]) == (1, 1)
        assert (found["votes"], found["sealed"], found["codes"]) == kept


def test_c3_control_without_lock_and_constraint_there_would_be_more(installation: dict[str, str]) -> None:
    """On SQLite the write lock, taken before anything is read, keeps the others out by itself."""
    elsewhere = {**installation, "BASE_URL": f"http://127.0.0.1:{free_port()}"}
    made = state(installation, "make", "2", "secret")
    with serving(elsewhere, workers=WORKERS, application="tests.voting.unlocked_site:application") as url:
        answers = vote_at_once(url, made)
    assert (answers[200] > 1) is IS_POSTGRES


def test_a_vote_and_its_withdrawal_at_the_same_moment(installation: dict[str, str], site: str) -> None:
    """Whichever comes last stands, whole: as many votes as marks."""
    for _round in range(ROUNDS):
        made = state(installation, "make", "1", "open")
        own, organisation = f"/de/mein/gremien/{made['body']}/abstimmungen/{made['ballot']}/", made["first"]
        signed_in = [Client(site, made["cookie"]) for _place in range(6)]
        for client in signed_in:
            assert client.ask("GET", f"{own}stimme/{organisation}/") == 200
        by_link = [paper(site, made["substitute"]) for _place in range(6)]
        acts = [
            *((client, f"{own}stimme/{organisation}/zuruecknehmen/", {}) for client in signed_in),
            *((client, path, {"choice": "no"}) for client, path in by_link),
        ]
        answers = all_at_once(acts, lambda one: one[0].ask("POST", one[1], one[2]))
        assert set(answers) <= {200, 302, 409}
        found = state(installation, "look", made["ballot"])
        assert found["votes"] == found["voted"] == found["cast"]
        assert found["cast"] in (0, 1)


def test_c4_around_the_close_every_accepted_vote_is_counted(installation: dict[str, str], site: str) -> None:
    """They come from two seconds before the end until one after; what was accepted is counted, and nothing else."""
    seats = 24
    made = state(installation, "make", str(seats), "secret", "20")
    papers = [paper(site, link) for link in made["links"].values()]
    begin, span = made["closes_at"] - 2, 3.0

    def come(place: int) -> int:
        time.sleep(max(0.0, begin + span * place / seats - time.time()))
        client, path = papers[place]
        return client.ask("POST", path, {"choice": "yes"})

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(come, range(seats)))
    assert set(answers) <= {200, 409, 410}
    time.sleep(max(0.0, made["closes_at"] - time.time()))
    assert state(installation, "tick") == 1
    late = papers[0][0].ask("POST", papers[0][1], {"choice": "yes"})
    found = state(installation, "look", made["ballot"])
    assert late in (409, 410)
    assert (found["state"], found["voted"], found["opened"]) == ("closed", answers[200], answers[200])
    assert 0 < answers[200] < seats, "control: some came in time, some too late"


def test_c12_two_schedulers_count_it_once(installation: dict[str, str]) -> None:
    made = state(installation, "make", "1", "open")
    state(installation, "over", made["ballot"])
    command = [sys.executable, "-m", "tests.voting.ballot_state", "tick"]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=installation, stdout=subprocess.PIPE, text=True) for _place in range(3)
    ]
    told = [int(one.communicate(timeout=120)[0]) for one in running]
    assert sum(told) == 1
    found = state(installation, "look", made["ballot"])
    assert (found["counted"], found["state"]) == (1, "closed")


@pytest.mark.parametrize("kind", KINDS)
def test_o3_everybody_votes_at_once_and_all_are_counted(installation: dict[str, str], site: str, kind: str) -> None:
    made = state(installation, "make", str(MANY), kind)
    papers = [paper(site, link) for link in made["links"].values()]
    with ThreadPoolExecutor(16) as pool:
        answers = Counter(pool.map(lambda one: one[0].ask("POST", one[1], {"choice": "yes"}), papers))
    assert answers == {200: MANY}
    state(installation, "over", made["ballot"])
    assert state(installation, "tick") == 1
    found = state(installation, "look", made["ballot"])
    assert (found["voted"], found["yes"], found["state"]) == (MANY, MANY, "closed")


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_that_fails_in_the_hall_loses_no_vote_and_counts_none_twice(
    installation: dict[str, str], site: str, kind: str
) -> None:
    """Half of the form arrives, then all of it while the answer is lost; the third try says that the vote counts."""
    made = state(installation, "hall", "2", kind)
    client, path = paper(site, made["links"][made["first"]])
    client.lose(path, {"choice": "yes"}, share=0.5)
    assert state(installation, "look", made["ballot"])["cast"] == 0
    client.lose(path, {"choice": "yes"}, share=1.0)
    assert client.ask("POST", path, {"choice": "yes"}) == 409
    assert "Ihre Stimme zählt" in client.text
    state(installation, "count", made["ballot"])
    found = state(installation, "look", made["ballot"])
    assert (found["state"], found["voted"], found["cast"]) == ("closed", 1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_c4_the_chair_counts_while_votes_come(installation: dict[str, str], site: str, kind: str) -> None:
    """What was accepted before the chair's word is counted, and nothing is accepted after it."""
    seats = 24
    made = state(installation, "hall", str(seats), kind)
    papers = [paper(site, link) for link in made["links"].values()]
    begin, span = time.time() + 0.5, 5.0

    def come(place: int) -> int:
        time.sleep(max(0.0, begin + span * place / seats - time.time()))
        client, path = papers[place]
        return client.ask("POST", path, {"choice": "yes"})

    with ThreadPoolExecutor(9) as pool:
        counting = pool.submit(state, installation, "count", made["ballot"])
        answers = Counter(pool.map(come, range(seats)))
        counting.result()
    found = state(installation, "look", made["ballot"])
    assert set(answers) <= {200, 409, 410}
    assert (found["state"], found["voted"], found["cast"]) == ("closed", answers[200], answers[200])
    assert papers[-1][0].ask("POST", papers[-1][1], {"choice": "yes"}) in (409, 410)
