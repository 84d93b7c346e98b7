"""TRUST X6 and X13: no address of ours sends a visitor elsewhere, and nobody else can send our forms."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from tests.trust.addresses import Address, public_addresses
from tests.trust.conftest import Find

from mitwerk.accounts.actions import create_user

PUBLIC = public_addresses()
NAMES = [f"{address.name or address.route} [{address.language}]" for address in PUBLIC]
every_page = pytest.mark.parametrize("address", PUBLIC, ids=NAMES)
EVIL = "evil.example"
PASSWORD = "a long enough password"
OUTWARD = (
    f"https://{EVIL}",
    f"http://{EVIL}/",
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"/\\/{EVIL}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"HTTPS://{EVIL}",
    f"https:\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"\t//{EVIL}",
    f"/\n/{EVIL}",
    f"\x00//{EVIL}",
    f"\x08//{EVIL}",
    f" //{EVIL}",
    f"https://testserver@{EVIL}",
    f"https://testserver:pw@{EVIL}",
    f"https://testserver.{EVIL}",
    f"https://{EVIL}#testserver",
    f"https://{EVIL}\\.testserver",
    f"//{EVIL}\u3002",
    "//evil\u3002example",
    "https://evil\uff0eexample",
    f"javascript:location='//{EVIL}'",
    "data:text/html,<script>1</script>",
    f"//[{EVIL}]",
)
PARAMETERS = ("next", "url", "return_url", "redirect", "redirect_to", "continue", "goto", "back")


def target(base: str, location: str) -> str:
    """The host that a browser would go to: it drops tabs and line ends, and takes a backslash for a slash."""
    clean = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if re.match(r"(?i)(javascript|data|vbscript):", clean):
        return clean
    clean = re.sub(r"(?i)^(https?):/*(?=[^/])", r"\1://", clean)
    clean = re.sub(r"^/{3,}", "//", clean)
    try:
        return urlsplit(urljoin(base, clean)).netloc
    except ValueError:  # no browser goes there either, but it is not home
        return clean


def leaves(answer: Any) -> str:
    """The place outside that the answer leads to, or nothing."""
    location = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    host = target("http://testserver/", location) if location else "testserver"
    return "" if host == "testserver" else location


@every_page
def test_no_page_leads_outside(visitor: Client, path_to: Find, address: Address) -> None:
    path = path_to(address)
    forms = OUTWARD if "/konto/" in path or "/account/" in path or "/_util/" in path else OUTWARD[:6]
    led = [leaves(visitor.get(path, dict.fromkeys(PARAMETERS, form))) for form in forms]
    assert [place for place in led if place] == []


@pytest.mark.parametrize("form", OUTWARD)
@pytest.mark.parametrize("path", ["/de/konto/login/", "/office/login/", "/de/_util/login/", "/en/account/logout/"])
def test_signing_in_and_out_leads_home(visitor: Client, path: str, form: str) -> None:
    user = create_user(email="somebody@example.org", password=PASSWORD, name="S")
    if "logout" in path:
        visitor.force_login(user)
    answer = visitor.post(path, {"login": user.email, "password": PASSWORD, "next": form}, follow=False)
    by_query = visitor.post(f"{path}?next=", {"login": user.email, "password": PASSWORD}, query_params={"next": form})
    assert (leaves(answer), leaves(by_query)) == ("", "")


@pytest.mark.parametrize("path", ["//evil.example//", "/\\evil.example//x", "/%5Cevil.example//x", "//evil.example/DE"])
def test_cleaning_an_address_stays_here(visitor: Client, path: str) -> None:
    assert leaves(visitor.get(path)) == ""


def test_control_the_judge_knows_the_tricks() -> None:
    judged = [target("http://testserver/", form) for form in OUTWARD]
    assert [form for form, host in zip(OUTWARD, judged, strict=True) if host == "testserver"] == []


@every_page
def test_no_form_without_its_token(region: None, db: None, path_to: Find, address: Address) -> None:
    """403 before any view runs; 404 where the cluster or page is not there; 405 where nothing can be sent."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    path = path_to(address)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(strict, method)(path).status_code in {403, 404, 405}


@pytest.mark.parametrize(
    "path", ["/de/konto/login/", "/en/account/password/reset/", "/de/konto/logout/", "/de/kontakt/"]
)
def test_neither_a_token_from_elsewhere_helps(region: None, db: None, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', strict.get("/de/konto/login/").content.decode())
    assert token
    data = {"csrfmiddlewaretoken": token[1], "login": "x@example.org", "password": "x"}
    assert strict.post(path, data, headers={"origin": f"https://{EVIL}"}).status_code == 403
    assert strict.post(path, data, headers={"origin": "http://testserver"}).status_code != 403  # the control
