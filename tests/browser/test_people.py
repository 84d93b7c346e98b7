"""A firm finds its unclaimed entry, takes it over, brings in a colleague, and completes its profile; the office clears
it, everybody reads it, and a year later one click says that it is still right."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import WATCH, axe, follow
from tests.browser.test_sign_in import last_mail
from tests.installations import manage, shell

pytestmark = pytest.mark.browser

COOKIE = settings.SESSION_COOKIE_NAME
MAKE = """
from django_scopes import scope
from mitwerk.actors.actions import save_organisation
with scope(cluster=None):
    for language in ("de", "en"):
        name, host = f"Musterwerk {language.upper()} GmbH", f"musterwerk-{language}.example"
        save_organisation(source_id=f"browser-{language}", name=name, website=f"https://www.{host}/", town="Leipzig")
"""
OFFICE = """
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from mitwerk.accounts.actions import create_user
from mitwerk.accounts.tests.factors import give_app
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
user = get_user_model().objects.filter(email="office@example.org").first()
if user is None:
    user = create_user(email="office@example.org", password=None, name="Office")
    grant_role(user=user, kind=Role.Kind.UMBRELLA_EDITOR)
    give_app(user)
client = Client()
client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
YEAR_LATER = """
from datetime import timedelta
from django.db.models import F
from mitwerk.actors.models import Organisation
year = timedelta(days=366)
Organisation.objects.filter(slug="%s").update(confirmed_at=F("confirmed_at") - year, claimed_at=F("claimed_at") - year)
"""
NEW = {"de": "Wir warten Mühlen in ganz Sachsen.", "en": "We look after mills all over Saxony."}
WORDS = {
    "de": {
        "profile": "/de/akteure/musterwerk-de-gmbh/", "claim": "Das ist unsere Organisation", "send": "An die Geschäftsstelle senden",
        "accept": "Einladung annehmen", "desk": "Mein Schreibtisch", "people": "Personen", "invite": "Einladung senden",
        "sent": "Die Einladung ist unterwegs.", "name": "Ihr Name", "acts": "Hauptvertretung",
        "save": "Entwurf speichern", "hand_in": "Einreichen", "waiting": "Eingereicht am",
        "confirmed": "Zuletzt bestätigt",
    },
    "en": {
        "profile": "/en/organisations/musterwerk-en-gmbh/", "claim": "This is our organisation", "send": "Send to the office",
        "accept": "Accept the invitation", "desk": "My desk", "people": "People", "invite": "Send the invitation",
        "sent": "The invitation is on its way.", "name": "Your name", "acts": "Delegate",
        "save": "Save the draft", "hand_in": "Hand in", "waiting": "Handed in on",
        "confirmed": "Last confirmed",
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def entries(installation: dict[str, str], site: str) -> str:
    """The site with an unclaimed entry per language."""
    shell(installation, MAKE)
    return site


@pytest.fixture(params=["de", "en"])
def visitor(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[Page, str]]:
    """Somebody on a phone."""
    context = chromium.new_context(viewport={"width": 360, "height": 760}, locale=request.param, bypass_csp=True)
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH)
    yield context.new_page(), request.param
    context.close()


@pytest.fixture(autouse=True)
def limits_are_forgotten(installation: dict[str, str]) -> Iterator[None]:
    """All visitors of these tests come from one machine; five claims an hour are meant for one visitor."""
    yield
    shell(installation, "from django.core.cache import cache; cache.clear()")


def test_a_firm_takes_over_its_entry(visitor: tuple[Page, str], entries: str, installation: dict[str, str]) -> None:
    page, language = visitor
    words, address = WORDS[language], f"leitung@musterwerk-{language}.example"
    page.goto(entries + words["profile"])
    page.get_by_role("link", name=words["claim"]).click()
    page.locator("[name=name]").fill("Geschäftsführung Musterwerk")
    page.locator("[name=email]").fill(address)
    follow(page.get_by_role("button", name=words["send"]))
    link = re.search(r"http://\S+/(?:einladung|invitation)/\S+", last_mail(installation, address))
    assert link is not None
    page.goto(link[0])
    assert axe(page) == []
    page.get_by_label(words["name"]).fill("Geschäftsführung Musterwerk")
    page.get_by_role("button", name=words["accept"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["desk"])
    expect(page.locator("main")).to_contain_text(words["acts"])
    assert axe(page) == []
    follow(page.get_by_role("link", name=words["people"]))
    assert axe(page) == []
    page.locator("[name=email]").fill(f"kollegin@musterwerk-{language}.example")
    page.get_by_role("button", name=words["invite"]).click()
    expect(page.locator("main")).to_contain_text(words["sent"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    completes_its_profile(page, words)
    office_clears(page, entries, installation)
    everybody_reads(page, entries + words["profile"], language)
    a_year_later_one_click_is_enough(page, entries, installation, words, address)
    again = page.goto(link[0])
    assert again is not None
    assert again.status == 410


def completes_its_profile(page: Page, words: dict[str, str]) -> None:
    """Texts in both languages, a competence, a contact for everybody; then the office has it."""
    page.goto(page.url.replace("/personen/", "/profil/").replace("/people/", "/profile/"))
    profile = page.url
    assert axe(page) == []
    page.locator("main a[href$='/ueber-uns/'], main a[href$='/about-us/']").first.click()
    for language, text in NEW.items():
        page.locator(f"[name=description_{language}]").fill(text)
    assert axe(page) == []
    page.get_by_role("button", name=words["save"]).click()
    page.locator("main a[href$='/kompetenzen/'], main a[href$='/competences/']").first.click()
    page.locator("[name=competences-0-concept]").select_option(index=1)
    assert axe(page) == []
    page.get_by_role("button", name=words["save"]).click()
    page.locator("main a[href$='/kontakte/'], main a[href$='/contacts/']").first.click()
    page.locator("[name=contacts-0-name]").fill("Empfang Musterwerk")
    page.locator("[name=contacts-0-name_visibility]").select_option("public")
    page.locator("[name=contacts-0-phone]").fill("+49 341 1234567")
    assert axe(page) == []
    follow(page.get_by_role("button", name=words["save"]))
    assert page.url == profile
    page.get_by_role("button", name=words["hand_in"]).click()
    expect(page.locator("main")).to_contain_text(words["waiting"])
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def office_clears(page: Page, site: str, installation: dict[str, str]) -> None:
    """Somebody of the office, on a large screen, reads what waits and clears it."""
    session = shell(installation, OFFICE).split()[-1]
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": COOKIE, "value": session, "url": site}])
    office = context.new_page()
    office.goto(f"{site}/office/profile-changes/?state=waiting")
    office.locator("main table a[href*='/inspect/']").first.click()
    expect(office.locator("main")).to_contain_text(NEW["de"])
    office.locator("form[action$='/act/" + office.url.rstrip("/").rpartition("/")[2] + "/clear/'] button").click()
    expect(office.locator(".messages")).to_be_visible()
    context.close()


def everybody_reads(page: Page, address: str, language: str) -> None:
    browser = page.context.browser
    assert browser is not None
    stranger = browser.new_context().new_page()
    stranger.goto(address)
    expect(stranger.locator("main")).to_contain_text(NEW[language])
    expect(stranger.locator("main")).to_contain_text("Empfang Musterwerk")
    assert stranger.locator("main", has_text="1234567").count() == 0, "the number is for the office only"
    stranger.context.close()


def a_year_later_one_click_is_enough(
    page: Page, site: str, installation: dict[str, str], words: dict[str, str], address: str
) -> None:
    """From the mail, without signing in."""
    slug = words["profile"].rstrip("/").rpartition("/")[2]
    shell(installation, YEAR_LATER % slug)
    manage(installation, "tick")
    link = re.search(r"http://\S+/(?:noch-richtig|still-right)/\S+", last_mail(installation, address))
    assert link is not None
    browser = page.context.browser
    assert browser is not None
    phone = browser.new_context(viewport={"width": 360, "height": 760}, bypass_csp=True).new_page()
    phone.goto(site + words["profile"])
    last_year = phone.locator("aside").inner_text()
    phone.goto(link[0])
    assert axe(phone) == []
    phone.locator("main form button").click()
    expect(phone.locator("main")).to_contain_text("Danke." if "noch-richtig" in link[0] else "Thank you.")
    assert axe(phone) == []
    phone.goto(site + words["profile"])
    assert words["confirmed"] in last_year
    assert phone.locator("aside").inner_text() != last_year
    phone.context.close()
