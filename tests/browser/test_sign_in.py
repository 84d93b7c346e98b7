"""The sign-in in a real browser: by code, by password and app, by passkey; one's own account, phone and desk.

The site is served as `localhost`, because browsers allow passkeys there without https, and not at 127.0.0.1.
"""

import email
import re
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mitwerk.accounts.tests.factors import app_code
from tests.browser.test_pages import WATCH, axe
from tests.installations import free_port, manage, serving, shell

pytestmark = pytest.mark.browser

PASSWORD = "muster-passwort-1"
MAKE = """
from mitwerk.accounts.actions import create_user
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Cluster, Role
for name, language in (("code", "de"), ("passkey", "de"), ("app", "de"), ("devices", "en"), ("pages", "de"), ("locked", "de")):
    create_user(email=name + "@example.org", password="%s", name=name.title(), language=language)
user = create_user(email="editor@example.org", password="%s", name="Editor")
grant_role(user=user, kind=Role.Kind.EDITOR, cluster=Cluster.objects.get(slug="it"))
"""


@pytest.fixture(scope="session")
def door(installation: dict[str, str]) -> Iterator[str]:
    """The site with a few people who may sign in."""
    environment = {**installation, "BASE_URL": f"http://localhost:{free_port()}"}
    shell(environment, MAKE % (PASSWORD, PASSWORD))
    with serving(environment) as url:
        yield url


def newcomer(chromium: Browser, language: str, width: int = 1280) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, extra_http_headers={"Accept-Language": language}
    )
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH)
    return context


@pytest.fixture
def german(chromium: Browser) -> Iterator[Page]:
    context = newcomer(chromium, "de")
    yield context.new_page()
    context.close()


def last_mail(installation: dict[str, str], to: str) -> str:
    """Text of the newest mail to somebody."""
    return mails_to(installation, to)[-1]


def mails_to(installation: dict[str, str], to: str) -> list[str]:
    """Texts of all mails to somebody, the newest last; what waits is sent first, as the worker would."""
    manage(installation, "tick")
    folder = Path(installation["MITWERK_DATA"]) / "mail"
    found = [one for file in sorted(folder.iterdir(), key=lambda f: f.stat().st_mtime) for one in letters(file)]
    mine = [one for one in found if one["To"] == to]
    return [str(one.get_body(("plain",)).get_content()) for one in mine]  # type: ignore[union-attr]


def letters(file: Path) -> list[email.message.EmailMessage]:
    parts = re.split(r"(?m)^-{79}$", file.read_text())
    return [email.message_from_string(part.strip(), policy=default) for part in parts if part.strip()]  # type: ignore[misc]


def address(door: str, name: str, language: str = "de") -> str:
    with translation.override(language):
        return door + reverse(name)


DESK = {"de": "Mein Schreibtisch", "en": "My desk"}
"""Where a sign-in leads."""


def sign_in(page: Page, door: str, who: str, language: str = "de") -> None:
    page.goto(address(door, "account_login", language))
    button = {"de": "Anmelden", "en": "Sign in"}[language]
    page.locator("main [name=login]").fill(f"{who}@example.org")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name=button, exact=True).click()


def be_quiet(page: Page) -> None:
    """Nothing the policy forbids was tried on this page."""
    assert page.evaluate("window.violations") == []


def add_device(page: Page) -> None:
    """A computer with a fingerprint reader, as Chromium plays it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize(
    ("language", "way", "send", "go_on", "who"),
    [
        ("de", "Code per Mail schicken lassen", "Code schicken", "Weiter", "code"),
        ("en", "Have a code sent by mail", "Send the code", "Continue", "devices"),
    ],
)
@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_by_code(
    chromium: Browser, door: str, installation: dict[str, str], language: str, way: str, send: str, go_on: str,
    who: str, has_script: bool,
) -> None:  # fmt: skip
    context = chromium.new_context(
        viewport={"width": 360, "height": 780},
        java_script_enabled=has_script,
        extra_http_headers={"Accept-Language": language},
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(address(door, "account_login", language))
    page.get_by_role("link", name=way).click()
    page.locator("main [name=email]").fill(f"{who}@example.org")
    page.get_by_role("button", name=send).click()
    code = next(
        line for line in last_mail(installation, f"{who}@example.org").splitlines() if re.fullmatch(r"[A-Z-]{9}", line)
    )
    page.locator("main [name=code]").fill(code)
    page.locator("main").get_by_role("button", name=go_on, exact=True).click()
    expect(page.locator("h1")).to_have_text(DESK[language])
    context.close()


def test_a_passkey_is_set_up_and_opens_alone(german: Page, door: str) -> None:
    """Set up, sign out, in again with nothing typed; a locked password does not keep its owner out (TRUST N3, N7)."""
    page = german
    add_device(page)
    sign_in(page, door, "passkey")
    page.get_by_role("link", name="Mein Konto").click()
    page.get_by_role("link", name="Zweiten Schritt einrichten").click()
    page.get_by_role("link", name="Passkey einrichten").click()
    be_quiet(page)
    page.locator("[name=name]").fill("Dienstrechner")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.locator("h1")).to_have_text("Notfallcodes")
    expect(page.locator(".codes li")).to_have_count(10)
    leave(page, door)
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]
    for _number in range(6):
        sign_in_wrongly(stranger.new_page(), door, "passkey")
    sign_in(page, door, "passkey")
    expect(page.locator(".error-summary")).to_contain_text("zu viele Versuche")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.locator("h1")).to_have_text(DESK["de"])
    page.get_by_role("link", name="Mein Konto").click()
    expect(page.locator("main")).to_contain_text("Dienstrechner")
    be_quiet(page)
    stranger.close()


def sign_in_wrongly(page: Page, door: str, who: str) -> None:
    page.goto(address(door, "account_login"))
    page.locator("main [name=login]").fill(f"{who}@example.org")
    page.locator("main [name=password]").fill("wrong")
    page.locator("main form button").first.click()
    expect(page.locator(".error-summary")).to_be_visible()  # a page that is closed on its way to the next may never end
    page.close()


def leave(page: Page, door: str) -> None:
    page.goto(address(door, "account_logout"))
    page.locator("main").get_by_role("button", name="Abmelden").click()
    page.wait_for_url(re.compile("/de/|/en/"))


def test_a_passkey_that_fails_says_what_to_do(german: Page, door: str) -> None:
    """No device answers: the page says so and keeps the other ways open."""
    page = german
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('cancelled'))")
    page.goto(address(door, "account_login"))
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("nehmen Sie einen anderen Weg")
    be_quiet(page)


def test_an_editor_sets_up_the_app_and_reaches_the_office(german: Page, door: str) -> None:
    """Led to the set-up, told why, and taken to where they wanted to go; the next sign-in asks for the code."""
    page = german
    page.goto(f"{door}/office/projects/")
    sign_in_here(page, "editor")
    expect(page.locator("h1")).to_have_text("Anmelden in zwei Schritten")
    expect(page.locator(".notice.warning")).to_contain_text("öffnet ein Passwort allein sie nicht")
    page.get_by_role("link", name="App einrichten").click()
    secret = page.locator(".secret").inner_text()
    page.locator("[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Einschalten").click()
    be_quiet(page)
    page.get_by_role("link", name="Weiter in die Geschäftsstelle").click()
    page.wait_for_url("**/office/projects/")
    page.context.clear_cookies()
    page.goto(f"{door}/office/projects/")
    sign_in_here(page, "editor")
    expect(page.locator("h1")).to_have_text("Der zweite Schritt")
    page.goto(f"{door}/office/projects/")
    assert "/office/" not in page.url.partition("?")[0]


def sign_in_here(page: Page, who: str) -> None:
    page.locator("main [name=login]").fill(f"{who}@example.org")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Anmelden", exact=True).click()


def test_another_device_is_signed_out(chromium: Browser, door: str) -> None:
    here, there = newcomer(chromium, "en"), newcomer(chromium, "en")
    page, other = here.new_page(), there.new_page()
    for one in (page, other):
        sign_in(one, door, "devices", "en")
        expect(one.locator("h1")).to_have_text(DESK["en"])
    page.goto(address(door, "usersessions_list", "en"))
    ends = page.get_by_role("button", name=re.compile("^End:"))
    count = ends.count()
    ends.first.click()  # the newest of the others stands first
    expect(page.locator(".notice.good")).to_have_text("That device is signed out.")
    expect(ends).to_have_count(count - 1)
    other.goto(address(door, "accounts:account_show", "en"))
    expect(other.locator("main [name=password]")).to_be_visible()
    here.close()
    there.close()


PAGES = (
    "accounts:account_show", "accounts:account_edit", "account_email", "account_change_password", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list", "account_logout",
    "socialaccount_connections",
)  # fmt: skip
OUTSIDE = (
    "account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done",
    "account_inactive", "account_signup", "socialaccount_login_error", "socialaccount_login_cancelled",
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_of_the_account_are_accessible_and_fit(
    chromium: Browser, door: str, language: str, width: int, scheme: str
) -> None:
    """Axe finds nothing; nothing is wider than the window; the page is in its language."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce",  # type: ignore[arg-type]
        extra_http_headers={"Accept-Language": language},
    )  # fmt: skip
    page = context.new_page()
    found = {path: faults(page, address(door, path, language), language) for path in OUTSIDE}
    sign_in(page, door, "pages", language)
    expect(page.locator("h1")).to_have_text(DESK[language])
    found |= {path: faults(page, address(door, path, language), language) for path in PAGES}
    context.close()
    assert {path: told for path, told in found.items() if told} == {}


def faults(page: Page, url: str, language: str) -> list[str]:
    page.goto(url, wait_until="networkidle")
    told = axe(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        told.append("too wide")
    if page.locator("html").get_attribute("lang") != language or page.locator("h1").count() != 1:
        told.append("wrong language, or not one heading")
    return told


def test_no_page_of_the_account_tries_what_the_policy_forbids(german: Page, door: str) -> None:
    page = german
    sign_in(page, door, "pages")
    expect(page.locator("h1")).to_have_text(DESK["de"])
    for path in PAGES:
        page.goto(address(door, path), wait_until="networkidle")
        be_quiet(page)
