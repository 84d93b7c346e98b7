"""Every public page in both languages: quiet, light, still, and fit for a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, Route

from tests.browser.places import PLACES, Place

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KILOBYTES, REQUESTS = 60, 12
WATCH = """
window.shifts = 0; window.violations = [];
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifts += e.value })
  .observe({type: 'layout-shift', buffered: true});
document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""

both_languages = pytest.mark.parametrize("language", ["de", "en"])
every_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)


def open_page(page: Page, site: str, place: Place, language: str) -> None:
    page.goto(site + place.path(language), wait_until="networkidle")


def follow(link: Locator) -> None:
    """Click, and wait for the page it leads to; otherwise what comes next may still find the one before."""
    with link.page.expect_navigation():
        link.click()


def axe(page: Page) -> list[str]:
    """What axe finds, one line a finding."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]
    ]


@both_languages
@every_place
def test_quiet_light_and_still(page: Page, site: str, place: Place, language: str) -> None:
    """In its language; no cookie, nothing stored, no foreign request, no policy violation; small; nothing jumps."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.add_init_script(WATCH)
    open_page(page, site, place, language)
    page.evaluate("document.fonts.ready")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert [r.url for r in requests if not r.url.startswith((site, "data:", "blob:"))] == []
    assert page.evaluate("window.violations") == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    has_form = page.locator("form[method=post]").count() > 0
    assert page.context.cookies() == [] or has_form
    if place.name not in {"directory as a map"}:
        sizes = {r.url: r.sizes()["responseBodySize"] for r in requests if r.resource_type not in {"image"}}
        assert sum(sizes.values()) / 1024 <= KILOBYTES, sizes
        assert len(requests) <= REQUESTS
    # Looked at with the fonts at hand: one that comes in the tenth of a second for which a browser waits may move a line.
    page.reload(wait_until="networkidle")
    assert page.evaluate("window.shifts") < 0.01
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def shifts_when_fonts_are_late(page: Page, url: str) -> float:
    """Opens a page, lets its fonts come half a second after it, and tells how far things moved."""
    held: list[Route] = []
    page.route(re.compile(r"\.woff2"), lambda route: held.append(route))
    page.add_init_script(WATCH)
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_timeout(500)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    return float(page.evaluate("window.shifts"))


def test_late_fonts_move_nothing(page: Page, site: str) -> None:
    assert shifts_when_fonts_are_late(page, f"{site}/en/privacy/") == 0


def test_fonts_exchanged_under_the_readers_eyes_would_move_something(page: Page, site: str) -> None:
    def swapping(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("font-display: optional", "font-display: swap")
        route.fulfill(response=answer, body=re.sub(r"local\([^)]*\),?", "", body))

    page.route(re.compile(r"\.css"), swapping)
    assert shifts_when_fonts_are_late(page, f"{site}/en/privacy/") > 0


def shifts_when_the_maps_styles_are_late(page: Page, site: str) -> float:
    """Opens the map, lets the styles of its library come when all else is there, and tells how far things moved."""
    held: list[Route] = []
    page.route(re.compile(r"maplibre-gl.*\.css"), lambda route: held.append(route))
    page.add_init_script(WATCH)
    page.goto(f"{site}/en/organisations/?view=map", wait_until="domcontentloaded")
    page.wait_for_timeout(2000)
    assert len(held) == 1
    held[0].continue_()
    page.locator("[data-map][data-state=live]").wait_for()
    page.wait_for_timeout(300)
    return float(page.evaluate("window.shifts"))


def test_late_styles_of_the_map_move_nothing(page: Page, site: str) -> None:
    assert shifts_when_the_maps_styles_are_late(page, site) < 0.01


def test_a_map_laid_before_its_styles_would_move(page: Page, site: str) -> None:
    def hasty(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("onload: resolve });", "}); resolve();")
        assert body != answer.text()
        route.fulfill(response=answer, body=body)

    page.route(re.compile(r"portal/map.*\.js"), hasty)
    assert shifts_when_the_maps_styles_are_late(page, site) > 0.01
