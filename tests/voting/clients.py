"""Many clients of one site, as far as cookies, forms and the paper of a ballot go."""

import http.client
import json
import re
import socket
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from tests.installations import told_by

C = TypeVar("C")
TOKEN_FIELD = re.compile(r'csrfmiddlewaretoken" value="([^"]+)"')


def state(installation: dict[str, str], *words: str) -> Any:
    """What `ballot_state` prints."""
    return json.loads(told_by(installation, "-m", "tests.voting.ballot_state", *words) or "null")


class Client:
    """A browser of its own; `ask` gives the status, and notes the token of the form it gets. `sender`: the address it
    comes from, where the site trusts a proxy to say it."""

    def __init__(self, url: str, *cookies: tuple[str, str], sender: str = "") -> None:
        self.host, self.token, self.text, self.sender = urlsplit(url).netloc, "", "", sender
        self.cookies = dict(cookies)

    def lose(self, path: str, data: dict[str, str], *, share: float) -> None:
        """Send a form when the network fails: after this share of it, or of all of it when the answer is coming."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {cookies}\r\nOrigin: http://{self.host}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        host, _colon, port = self.host.partition(":")
        with socket.create_connection((host, int(port)), timeout=60) as wire:
            wire.sendall(head.encode() + body[: int(len(body) * share)])
            if share == 1:
                wire.recv(1)  # the rest of the answer gets lost

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> int:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}) if data is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.sender:
            headers["X-Forwarded-For"] = self.sender
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if found := TOKEN_FIELD.search(self.text):
            self.token = found[1]
        return answer.status


def paper(url: str, link: str) -> tuple[Client, str]:
    """A client that has the ballot paper of a mail's link before it, and where it sends it."""
    client, path = Client(url), f"/de/abstimmen/{link}/"
    assert client.ask("GET", path) == 200
    return client, path


def all_at_once(clients: Sequence[C], act: Callable[[C], int]) -> Counter[int]:
    """Every client does the same in the same moment; the answers by status."""
    barrier = Barrier(len(clients))

    def one(client: C) -> int:
        barrier.wait(30)
        return act(client)

    with ThreadPoolExecutor(len(clients)) as pool:
        return Counter(pool.map(one, clients))
