"""TRUST X2, X17, P1, P12: what every public answer carries, and what it never carries."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from csp.middleware import CSPMiddleware
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.trust.addresses import Address, public_addresses
from tests.trust.conftest import Find, Visit

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.tests.factors import give_app

PUBLIC = public_addresses()
NAMES = [f"{address.name or address.route} [{address.language}]" for address in PUBLIC]
every_page = pytest.mark.parametrize("address", PUBLIC, ids=NAMES)
NONCE = re.compile(r"'nonce-([^']+)'")
POLICY = {
    "default-src": "'self'",
    "script-src": "NONCE",
    "style-src": "'self' NONCE",
    "img-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
OFFICE_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
}
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|track|input)\b[^>]*?\s(?:src|srcset|data|poster)=\"([^\"]+)\""
    r"|<link\b(?![^>]*rel=\"(?:canonical|alternate|next|prev|license)\")[^>]*?\shref=\"([^\"]+)\"|url\(([^)]+)\)"
)


def policy(header: str) -> dict[str, str]:
    """Directive to sources; the nonce, which differs each time and is left out where no script is used, as NONCE."""
    found = dict(part.strip().partition(" ")[::2] for part in header.split(";"))
    return {name: NONCE.sub("NONCE", sources) for name, sources in found.items()}


def expected(found: dict[str, str]) -> dict[str, str]:
    if found["script-src"] == "NONCE":
        return POLICY
    return {**POLICY, "script-src": "", "style-src": "'self'"}  # no nonce was asked for: no script may run at all


def foreign(page: str) -> list[str]:
    """Addresses that a browser would fetch by itself from somewhere else."""
    loaded = ["".join(found).strip("'\"") for found in LOADED.findall(page)]
    own = urlsplit(django_settings.BASE_URL).netloc
    return [one for one in loaded if urlsplit(one).netloc not in {"", own, "testserver"}]


@every_page
def test_policy_and_privacy_of_every_page(visit: Visit, address: Address) -> None:
    answer, _page = visit(address)
    if answer.headers.get("Content-Security-Policy") == "default-src 'none'":
        assert address.name.startswith("wagtaildocs")  # a document gets an even stricter one from Wagtail
    else:
        found = policy(answer.headers["Content-Security-Policy"])
        assert found == expected(found)
    kept = {name: answer.headers[name] for name in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")}
    assert kept == {
        # The address of a calendar is a secret; nothing that a program opens next may learn it.
        "Referrer-Policy": "no-referrer" if address.name == "rooms:feed" else "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


@every_page
def test_no_cookie_but_a_forms_own_and_nothing_from_elsewhere(visit: Visit, address: Address) -> None:
    answer, page = visit(address)
    allowed = {django_settings.CSRF_COOKIE_NAME} if "csrfmiddlewaretoken" in page else set()
    assert set(answer.cookies) - allowed == set()
    assert foreign(page) == []


@every_page
def test_a_wrong_host_is_refused(visitor: Client, path_to: Find, address: Address) -> None:
    path = path_to(address)
    wrong = visitor.get(path, headers={"host": "evil.example"})
    assert (wrong.status_code, b"evil.example" in wrong.content) == (400, False)
    forwarded = visitor.get(path, headers={"x-forwarded-host": "evil.example"})
    body = b"".join(forwarded) if forwarded.streaming else forwarded.content
    assert (forwarded.status_code < 500, b"evil.example" in body, "evil.example" in forwarded.get("Location", "")) == (
        True,
        False,
        False,
    )


@every_page
def test_addresses_tell_nothing_and_outbound_windows_know_nothing(visit: Visit, address: Address) -> None:
    _answer, page = visit(address)
    links = re.findall(r"<a\b[^>]*>", page)
    blank = [link for link in links if 'target="_blank"' in link and "noopener" not in link]
    telling = [link for link in links if re.search(r'href="(?!mailto:)[^"]*(?:@|%40|token=|sessionid=)', link)]
    assert (blank, telling) == ([], [])


@pytest.mark.parametrize("path", ["/de/nirgends/", "/nirgends/", "//de//", "/DE/", "/documents/1/x/"])
def test_answers_that_are_no_pages_carry_it_too(visitor: Client, path: str) -> None:
    found = policy(visitor.get(path).headers["Content-Security-Policy"])
    assert found == expected(found)


def test_the_error_page_carries_it_too(visitor: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.trust.broken_urls"
    answer = visitor.get("/broken/")
    found = policy(answer.headers["Content-Security-Policy"])
    assert (answer.status_code, found) == (500, expected(found))
    assert b"RuntimeError" not in answer.content


def test_a_nonce_is_never_used_twice() -> None:
    def view(request: Any) -> HttpResponse:
        return HttpResponse(str(request.csp_nonce))

    middleware, factory = CSPMiddleware(view), RequestFactory()
    answers = [middleware(factory.get("/")) for _ in range(10_000)]
    bodies = {answer.content.decode() for answer in answers}
    headers = {NONCE.search(answer.headers["Content-Security-Policy"])[1] for answer in answers}  # type: ignore[index]
    assert (len(bodies), bodies == headers) == (10_000, True)


def test_the_nonce_of_the_page_is_that_of_its_header(visitor: Client) -> None:
    answer = visitor.get("/de/akteure/")
    in_page = set(re.findall(r'nonce="([^"]+)"', answer.content.decode()))
    in_header = set(NONCE.findall(answer.headers["Content-Security-Policy"]))
    assert in_page == in_header


def test_control_a_foreign_picture_is_noticed() -> None:
    page = '<img alt="" src="https://evil.example/a.png"><link rel="canonical" href="https://other.example/">'
    assert foreign(page) == ["https://evil.example/a.png"]


def test_the_office_has_its_own_policy(visitor: Client) -> None:
    user = create_user(email="admin@example.org", password="a long enough password", name="A", is_superuser=True)
    give_app(user)
    visitor.force_login(user)
    answer = visitor.get("/office/")
    assert (answer.status_code, policy(answer.headers["Content-Security-Policy"])) == (200, OFFICE_POLICY)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_nothing_but_the_office_has_that_policy(visitor: Client) -> None:
    found = policy(visitor.get("/officer/").headers["Content-Security-Policy"])
    assert found == expected(found)
