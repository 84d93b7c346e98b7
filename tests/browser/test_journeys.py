"""What people come for, done in a real browser: with a mouse, by keyboard alone, and without JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import follow

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What stands on the buttons in one language."""

    language: str
    actors: str
    search: str
    claim: str
    send: str
    thanks: str
    news: str


GERMAN = Words("de", "Akteure", "Suche", "uebernehmen", "senden", "Dank", "Aktuelles")
ENGLISH = Words("en", "Actors", "Search", "claim", "send", "Thank you", "News")
both_languages = pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=["de", "en"])


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def search_for(page: Page, site: str, words: Words, query: str) -> None:
    page.goto(f"{site}/{words.language}/{'suche' if words.language == 'de' else 'search'}/")
    box = page.locator("main input[name=q]")
    box.fill(query)
    box.press("Enter")


@both_languages
def test_a_firm_finds_a_partner_and_claims_its_own_entry(visitor: Page, site: str, words: Words) -> None:
    page = visitor
    directory = "akteure" if words.language == "de" else "organisations"
    page.goto(f"{site}/{words.language}/it/{directory}/")
    page.locator("main input[name=q]").fill("GISA")
    page.locator("main input[name=q]").press("Enter")
    page.locator("main").get_by_role("link", name="GISA GmbH").first.click()
    expect(page.locator("h1")).to_have_text("GISA GmbH")
    page.locator(f"main a[href$='/{words.claim}/']").first.click()
    form = page.locator("main form[method=post]")
    form.locator("[name=name]").fill("Office test")
    form.locator("[name=email]").fill("not an address")
    form.get_by_role("button", name=re.compile(words.send, re.I)).click()
    expect(form.locator("[name=name]")).to_have_value("Office test")
    form.locator("[name=email]").fill("office@example.org")
    form.get_by_role("button", name=re.compile(words.send, re.I)).click()
    expect(page.locator("main")).to_contain_text(re.compile(words.thanks, re.I))


@pytest.mark.parametrize(
    ("words", "query", "result"),
    [
        (GERMAN, "vier Projekte 2006", "IT-Cluster startet vier Projekte"),
        (GERMAN, "Kongresse der IT-Wirtschaft", "Cluster-Kongress der IT-Wirtschaft"),
        (GERMAN, "Leitbild", "Leitbild des IT-Clusters"),
        (GERMAN, "i-kam", "i-kam"),
        (ENGLISH, "four projects", "IT cluster starts four projects"),
        (ENGLISH, "mission statement", "Mission statement of the IT cluster"),
        (ENGLISH, "i-kam", "i-kam"),
    ],
)
def test_the_founding_of_2006_is_found_by_searching(
    visitor: Page, site: str, words: Words, query: str, result: str
) -> None:
    search_for(visitor, site, words, query)
    link = visitor.locator("main").get_by_role("link", name=result, exact=True).first
    expect(link).to_be_visible()
    link.click()
    expect(visitor.locator("h1")).to_have_text(result)


@both_languages
def test_the_founding_of_2006_is_found_by_clicking(page: Page, site: str, words: Words) -> None:
    page.goto(f"{site}/{words.language}/it/")
    follow(page.get_by_role("navigation").first.get_by_role("link", name=words.news))
    page.goto(page.url + "?year=2006")
    title = "IT-Cluster startet vier Projekte" if words.language == "de" else "IT cluster starts four projects"
    page.locator("main").get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text("2006")


@both_languages
def test_at_least_120_organisations_can_be_paged_through(page: Page, site: str, words: Words) -> None:
    directory = "akteure" if words.language == "de" else "organisations"
    seen: set[str] = set()
    page.goto(f"{site}/{words.language}/{directory}/")
    for _number in range(30):
        links = page.locator(f"main a[href^='/{words.language}/{directory}/']")
        seen |= {str(link.get_attribute("href")) for link in links.all()}
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.first.click()
        page.wait_for_load_state()
    assert len({url for url in seen if "?" not in url}) >= 120


@both_languages
def test_by_keyboard_alone(page: Page, site: str, words: Words) -> None:
    page.goto(f"{site}/{words.language}/it/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    page.keyboard.press("Enter")
    for _number in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("name") == "q":
            break
    page.keyboard.type("Softwarelösungen" if words.language == "de" else "software")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    expect(page.locator("main [role=status]")).to_be_visible()


@both_languages
def test_the_language_switch_stays_on_the_page(page: Page, site: str, words: Words) -> None:
    other = "en" if words.language == "de" else "de"
    start = "/de/it/akteure/?kind=company" if words.language == "de" else "/en/it/organisations/?kind=company"
    target = "/en/it/organisations/?kind=company" if words.language == "de" else "/de/it/akteure/?kind=company"
    page.goto(site + start)
    follow(page.locator(f"header a[hreflang={other}]").first)
    assert page.url == site + target
    assert page.locator("html").get_attribute("lang") == other


def choose(page: Page, name: str, value: str) -> None:
    """Tick a filter as somebody with JavaScript does, and wait until the list has followed."""
    page.evaluate("document.querySelectorAll('#filters details').forEach(one => { one.open = true })")
    page.locator(f"#filters input[name={name}][value='{value}']").check()
    page.wait_for_url(f"**{name}={value}**")


@both_languages
def test_the_language_switch_knows_filters_that_applied_themselves(page: Page, site: str, words: Words) -> None:
    german, english = "/de/it/akteure/", "/en/it/organisations/"
    start, target = (german, english) if words.language == "de" else (english, german)
    page.goto(site + start)
    choose(page, "kind", "company")
    follow(page.locator("header .languages a"))
    assert page.url == f"{site}{target}?kind=company"


LISTS = [
    ("/de/akteure/", "kind", "university"),
    ("/de/akteure/?view=map", "kind", "university"),
    ("/de/projekte/", "status", "finished"),
    ("/de/aktuelles/", "year", "2006"),
    ("/de/termine/", "year", "2006"),
    ("/de/bedarfe/", "sector", "branche-ernaehrungswirtschaft"),
]
STAYS = "node => node.isConnected && node === document.querySelector('#results [role=status]')"


@pytest.mark.parametrize(("path", "name", "value"), LISTS, ids=[one[0] for one in LISTS])
def test_a_filter_gives_the_status_new_words_in_the_same_element(
    page: Page, site: str, path: str, name: str, value: str
) -> None:
    page.goto(site + path)
    status = page.locator("#results [role=status]")
    before, node = status.inner_text(), status.element_handle()
    choose(page, name, value)
    expect(status).not_to_have_text(before)
    assert node.evaluate(STAYS) is True
    if "view=map" not in path:  # a map that can be moved draws itself anew
        shown = page.locator("#results").inner_html()
        page.reload()
        assert page.locator("#results").inner_html() == shown


def test_the_map_of_a_filtered_list_starts_anew(page: Page, site: str) -> None:
    page.goto(f"{site}/de/akteure/?view=map")
    frame = page.locator("[data-map]")
    expect(frame).to_have_attribute("data-state", re.compile("."))
    before = frame.element_handle()
    choose(page, "kind", "university")
    expect(frame).to_have_attribute("data-state", re.compile("."))
    assert before.evaluate("node => node.isConnected") is False


def test_a_status_that_is_replaced_would_be_noticed(page: Page, site: str) -> None:
    """The control of the test above: what `replaceWith` would do."""
    page.goto(f"{site}/de/akteure/")
    node = page.locator("#results [role=status]").element_handle()
    page.evaluate("const old = document.querySelector('#results'); old.replaceWith(old.cloneNode(true))")
    assert node.evaluate(STAYS) is False
