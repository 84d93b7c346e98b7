"""TRUST C10, C6, N1 over real HTTP: many clients at once, several worker processes, one effect, one limit."""

import http.client
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from tests.installations import free_port, fresh_installation, manage, serving, told_by

CLIENTS, WORKERS = 20, 3
TOKEN_FIELD = re.compile(r'csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = fresh_installation(tmp_path_factory.mktemp("links"), "links")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return environment


@pytest.fixture(scope="module")
def site(installation: dict[str, str]) -> Iterator[str]:
    with serving(installation, workers=WORKERS) as url:
        yield url


def state(installation: dict[str, str], *words: str) -> str:
    return told_by(installation, "-m", "tests.trust.link_state", *words)


def counted(installation: dict[str, str], token: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(state(installation, "count", token))
    return found


class Visitor:
    """A browser of its own, as far as cookies and forms go."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}) if data is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if found := TOKEN_FIELD.search(text):
            self.token = found[1]
        return answer.status, text


def all_at_once(visitors: list[Visitor], act: Callable[[Visitor], int]) -> Counter[int]:
    """Every visitor does the same in the same moment; the answers by status."""
    barrier = Barrier(len(visitors))

    def one(visitor: Visitor) -> int:
        barrier.wait(30)
        return act(visitor)

    with ThreadPoolExecutor(len(visitors)) as pool:
        return Counter(pool.map(one, visitors))


def take_at_once(url: str, token: str) -> Counter[int]:
    path, visitors = f"/de/einladung/{token}/", [Visitor(url) for _ in range(CLIENTS)]
    for visitor in visitors:
        assert visitor.ask("GET", path)[0] == 200
    return all_at_once(visitors, lambda visitor: visitor.ask("POST", path, {"name": "Neu"})[0])


def test_c10_one_link_taken_by_twenty_at_once_works_once(installation: dict[str, str], site: str) -> None:
    state(installation, "make", "one")
    answers = take_at_once(site, "one")
    assert answers == {302: 1, 410: CLIENTS - 1}
    assert counted(installation, "one") == {
        "accepted": 1, "users": 1, "representatives": 1, "invitations": 1, "mails": 0,
    }  # fmt: skip


def test_c10_control_checked_and_then_written_nobody_is_refused(installation: dict[str, str]) -> None:
    state(installation, "make", "two")
    elsewhere = {**installation, "BASE_URL": f"http://127.0.0.1:{free_port()}"}
    with serving(elsewhere, workers=WORKERS, application="tests.trust.unguarded_site:application") as url:
        answers = take_at_once(url, "two")
    assert (answers[302] > 0, answers[410]) == (True, 0), "nobody is told that it has been taken"


def signed_in(url: str) -> Visitor:
    visitor = Visitor(url)
    visitor.ask("GET", "/de/konto/login/")
    status, _text = visitor.ask(
        "POST", "/de/konto/login/", {"login": "delegate@example.org", "password": "muster-passwort-1"}
    )
    assert status == 302
    return visitor


def test_c6_the_same_form_sent_twenty_times_at_once_invites_once(installation: dict[str, str], site: str) -> None:
    """A double click, a client that tries again: the same answer each time, one invitation, one mail."""
    state(installation, "make", "three")
    state(installation, "forget")
    first, path = signed_in(site), "/de/mein/organisationen/muster/personen/"
    assert first.ask("GET", path)[0] == 200
    visitors = [Visitor(site) for _ in range(10)]
    for visitor in visitors:
        visitor.cookies, visitor.token = dict(first.cookies), first.token
    form = {"email": "four@example.org", "represents_as": "editor", "language": "de"}
    answers = all_at_once(visitors, lambda visitor: visitor.ask("POST", path, form)[0])
    assert answers == {302: 10}
    found = counted(installation, "four")
    assert (found["invitations"], found["mails"]) == (1, 1)


def test_p3_the_first_consents_given_at_once_make_one_chain(installation: dict[str, str], site: str) -> None:
    """There is no link yet that the next one could wait for."""
    visitors = {Visitor(site): f"/de/newsletter/bestaetigen/asked-{number}/" for number in range(8)}
    state(installation, "ask", *(f"asked-{number}" for number in range(8)))
    for visitor, path in visitors.items():
        assert visitor.ask("GET", path)[0] == 200
    assert all_at_once(list(visitors), lambda visitor: visitor.ask("POST", visitors[visitor], {})[0]) == {302: 8}
    assert json.loads(state(installation, "chain")) == [8, []]


def test_n1_the_limit_counts_over_all_workers(installation: dict[str, str], site: str) -> None:
    """Thirty wrong passwords for one account, whichever process answers: five are looked at."""
    state(installation, "forget")
    told = Counter[bool]()
    for _ in range(30):
        visitor = Visitor(site)
        visitor.ask("GET", "/de/konto/login/")
        status, text = visitor.ask("POST", "/de/konto/login/", {"login": "nobody@example.org", "password": "wrong"})
        told["Das waren zu viele Versuche" in text or status == 429] += 1
    assert told == {False: 5, True: 25}
