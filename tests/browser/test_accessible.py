"""Every public page in both languages, on a phone and on a desk: axe finds nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.places import Place
from tests.browser.test_pages import axe, both_languages, every_place, open_page

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(360, "light"), (1280, "dark")], ids=["360 light", "1280 dark"])
def any_window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    width, scheme = request.param
    # The page's own policy would keep the examiner's script out, so it is off here; `test_quiet` looks at it.
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@both_languages
@every_place
def test_axe_finds_nothing(any_window: Page, site: str, place: Place, language: str) -> None:
    open_page(any_window, site, place, language)
    assert axe(any_window) == []


def test_axe_would_find_something(any_window: Page) -> None:
    any_window.set_content("<html lang=de><title>x</title><main><h1>x</h1><img src=x><input></main>")
    assert {line.split(":")[0] for line in axe(any_window)} >= {"image-alt", "label"}
