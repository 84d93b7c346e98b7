"""Pages of the office and of networks, with much in them: accessible, and nothing is cut off on a phone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import axe
from tests.installations import fresh_installation, manage, serving, shell

pytestmark = pytest.mark.browser

BUILD = "from tests.browser.busy_office import build; build()"
CUT_OFF = """
() => {
  const scrolls = node => /auto|scroll/.test(getComputedStyle(node).overflowX);
  const parents = node => node.parentElement ? [node.parentElement, ...parents(node.parentElement)] : [];
  return [...document.querySelectorAll('main *')]
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1 && node.getBoundingClientRect().width > 0)
    .filter(node => !node.closest('.w-minimap, .form-side, header, .w-slim-header') && !parents(node).some(scrolls))
    .map(node => 'cut off: ' + node.outerHTML.slice(0, 120));
}
"""
"""What stands beyond the edge of the window and cannot be moved into it. Wagtail's own bars are left out."""
NETWORK = {"de": ("/de/mein/netzwerke/leiter/personen/", "/de/mein-schreibtisch/"),
           "en": ("/en/my/networks/leiter/people/", "/en/my-desk/")}  # fmt: skip

INSPECTED = {"profile-changes", "removed", "log", "roles"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The busy installation: its environment, and what `build` printed."""
    environment = fresh_installation(tmp_path_factory.mktemp("busy"), "busy")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return {"environment": environment, **json.loads(shell(environment, BUILD).splitlines()[-1])}


@pytest.fixture(scope="module")
def office(told: dict[str, Any]) -> Iterator[str]:
    with serving(told["environment"]) as url:
        yield url


def pages_of(told: dict[str, Any], who: str, language: str) -> list[str]:
    records, jobs = told["records"], told["imports"]
    lists = {
        "office": ("roles", "invitations", "representatives", "profile-changes", "yearly-questions", "removed", "bodies",
                   "resolutions"),
        "top": ("accounts", "log") if language == "de" else ("log",),  # accounts are the administrator's
    }
    special = {
        "network": NETWORK[language],
        "office": (
            "/office/", "/office/imports/", f"/office/imports/{jobs['mapping']}/columns/",
            f"/office/imports/{jobs['ready']}/", f"/office/imports/{jobs['ready']}/?outcome=duplicate",
            f"/office/imports/{jobs['done']}/", f"/office/imports/{jobs['done']}/inform/",
            f"/office/imports/{jobs['undone']}/", "/office/imports/late/", "/office/invitations/new/",
            f"/office/bodies/edit/{records['bodies']}/", f"/office/resolutions/edit/{records['resolutions']}/",
        ),
        "top": ("/office/imports/new/", "/office/retention/", "/office/roles/new/"),
    }  # fmt: skip
    named = lists.get(who, ())
    looked_at = [f"/office/{name}/inspect/{records[name]}/" for name in named if name in INSPECTED]
    return [*special[who], *(f"/office/{name}/" for name in named), *looked_at]


def faults(page: Page, url: str) -> list[str]:
    """What axe finds and what is cut off. That two search forms of Wagtail's have no names is Wagtail's."""
    answer = page.goto(url, wait_until="load")
    assert answer is not None
    assert (answer.status, page.url) == (200, url)
    found = [line for line in axe(page) if not line.startswith("landmark-unique: ['.w-h-")]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("too wide")
    return [*found, *page.evaluate(CUT_OFF)[:3]]


@pytest.mark.parametrize("who", ["network", "office", "top"])
@pytest.mark.parametrize(("width", "language"), [(360, "de"), (1280, "en")])
def test_accessible_and_nothing_cut_off(
    chromium: Browser, office: str, told: dict[str, Any], who: str, width: int, language: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce",
        extra_http_headers={"Accept-Language": language},
    )  # fmt: skip
    session = {"name": settings.SESSION_COOKIE_NAME, "value": told["sessions"][who][language], "url": office}
    context.add_cookies([session])  # type: ignore[list-item]
    page = context.new_page()
    found = {path: faults(page, office + path) for path in pages_of(told, who, language)}
    context.close()
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_control_what_is_cut_off_is_noticed(page: Page) -> None:
    page.set_content("<main><div style='overflow:auto'><p style='width:2000px'>x</p></div></main>")
    assert page.evaluate(CUT_OFF) == []
    page.set_content("<main><div style='overflow:hidden'><p style='width:2000px'>x</p></div></main>")
    assert len(page.evaluate(CUT_OFF)) == 1
