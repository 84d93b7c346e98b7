"""TRUST X13: nothing that writes listens to a request that another site made the browser send, the office included."""

from typing import Any

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from tests.matrix.asking import Asker, Places, asker, leave_undrawn, letter, ways
from tests.matrix.cast import House

UNSAFE = ("POST", "DELETE")
REFUSED = ("f", "x", "d")
"""Forbidden; and Wagtail's read-only interface, which takes no such method and asks strangers to sign in first."""
OPEN = {"consents:unsubscribe", "rooms:mail_stop"}
"""One click in a mail program (RFC 8058): it brings no cookie, and the key in the address is what counts."""


@pytest.fixture(autouse=True)
def quick(db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    leave_undrawn(monkeypatch)


def unprotected(house: House, browser: Asker, **headers: Any) -> set[str]:
    """The addresses that answered anything but "forbidden" to some method."""
    places = Places(house)
    return {
        name
        for name, addresses in ways("de").items()
        for address in addresses
        if any(
            browser.send(method, places.fill(address), letter, is_checked=True, **headers) not in REFUSED
            for method in UNSAFE
        )
    }


@pytest.mark.parametrize("who", ["signed out", "administrator"])
def test_without_a_token_nothing_listens(house: House, who: str) -> None:
    assert unprotected(house, asker(house.users[who])) == OPEN


def with_token(browser: Asker) -> dict[str, Any]:
    token = _get_new_csrf_string()
    browser.cookies[settings.CSRF_COOKIE_NAME] = token
    return {"HTTP_X_CSRFTOKEN": token}


@pytest.mark.parametrize("who", ["signed out", "administrator"])
def test_from_another_site_not_even_with_a_token(house: House, who: str) -> None:
    browser = asker(house.users[who])
    headers = with_token(browser) | {"HTTP_ORIGIN": "https://evil.example"}
    assert unprotected(house, browser, **headers) == OPEN


def test_control_with_a_token_from_our_own_page_it_is_heard(house: House) -> None:
    browser = asker(house.users["administrator"])
    path = Places(house).fill(ways("de")["accounts:account_edit"][0])
    assert browser.send("POST", path, letter, is_checked=True) == "f"
    assert browser.send("POST", path, letter, is_checked=True, **with_token(browser)) != "f"
