"""The programme of a congress in a browser: planned by pointer and by form, read and chosen from, and opened without a
network once somebody has pressed the button."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.installations import fresh_installation, manage, serving, shell

pytestmark = pytest.mark.browser

BUILD = "from tests.browser.congress_day import build; build()"
STORED = "async () => [localStorage.length, (await caches.keys()).length, document.cookie]"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The installation: its environment, and what `build` printed."""
    environment = fresh_installation(tmp_path_factory.mktemp("congress"), "congress")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return {"environment": environment, **json.loads(shell(environment, BUILD).splitlines()[-1])}


@pytest.fixture(scope="module")
def house(told: dict[str, Any]) -> Iterator[str]:
    with serving(told["environment"]) as url:
        yield url


def path(language: str, name: str, **places: str) -> str:
    with override(language):
        return reverse(f"congress:{name}", kwargs=places)


def signed_in(context: BrowserContext, told: dict[str, Any], house: str, language: str) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": told["sessions"][language], "url": house}
    context.add_cookies([cookie])  # type: ignore[list-item]


def drag(page: Page, key: str, room: str, line: int) -> None:
    """The item onto the line of the plan, below the room's head."""
    item = page.locator(key).bounding_box()
    head, hour = page.locator(f"#r-{room}").bounding_box(), page.locator(f"#h-{line}").bounding_box()
    assert item
    assert head
    assert hour
    page.mouse.move(item["x"] + 40, item["y"] + 12)
    page.mouse.down()
    page.mouse.move(item["x"] + 20, item["y"] + 40, steps=4)
    page.mouse.move(head["x"] + 30, hour["y"] + 3, steps=6)
    expect(page.locator(".plan-ghost")).to_have_text("11:00")
    page.mouse.up()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", ["en", "de"])
def test_planned_by_pointer_and_by_form(chromium: Browser, told: dict[str, Any], house: str, language: str) -> None:
    context, page = window(chromium, 1280, language)
    signed_in(context, told, house, language)
    plan = path(language, "programme_edit", public_id=told["congress"])
    place = path(language, "session_place", public_id=told["congress"], key=told["waiting"])
    page.goto(house + plan)
    is_fine(page)
    drag(page, f'[data-drag="{place}"]', told["rooms"][1], 2 + 2 * 12)
    block = page.locator(".plan-block", has_text="9").filter(has_text="11:00–11:30")
    expect(block).to_have_count(1)
    page.set_viewport_size({"width": 360, "height": 800})
    page.reload()
    is_fine(page)
    follow(block.get_by_role("link"))
    is_fine(page)
    page.locator("[name=start]").fill("13:00")
    page.locator("form.form [type=submit]").click()
    expect(page.locator(".plan-block", has_text="13:00–13:30")).to_have_count(1)
    page.locator(".plan-block", has_text="13:00–13:30").get_by_role("link").click()
    page.locator("form.stack [type=submit]").click()
    expect(page.locator(f'.plan-waiting a[href*="{told["waiting"]}"]')).to_have_count(1)
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_opens_without_a_network_once_it_is_kept(
    chromium: Browser, told: dict[str, Any], house: str, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale=language)
    page = context.new_page()
    programme = house + path(language, "programme", slug=told["slug"])
    page.goto(programme)
    assert page.evaluate(STORED) == [0, 0, ""]
    page.locator("[data-keep-on]").click()
    expect(page.locator("[data-keep-off]")).to_be_visible()
    page.locator("[name=s]").first.check()
    item = page.locator(".programme-item h4 a").first.get_attribute("href")
    context.set_offline(True)
    page.goto(programme)
    expect(page.locator(".programme-item")).to_have_count(4)
    expect(page.locator("[name=s]:checked")).to_have_count(1)
    page.goto(house + str(item))
    expect(page.locator("section[lang=de] li")).to_have_count(4)
    expect(page.locator("section[lang=en] li")).to_have_count(4)
    context.set_offline(False)
    page.goto(programme)
    page.locator("[data-keep-off]").click()
    expect(page.locator("[data-keep-on]")).to_be_visible()
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("has_script", [True, False])
def test_what_somebody_chose_comes_together(
    chromium: Browser, told: dict[str, Any], house: str, language: str, has_script: bool
) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, locale=language, java_script_enabled=has_script
    )
    page = context.new_page()
    page.goto(house + path(language, "programme", slug=told["slug"]))
    for place in (0, 2):
        page.locator("[name=s]").nth(place).check()
    page.locator(".programme-bar button").click()
    expect(page.locator(".timeline li")).to_have_count(2)
    assert page.url.count("s=") == 2
    page.locator(".timeline li").first.locator("p a").click()
    expect(page.locator(".timeline li")).to_have_count(1)
    if has_script:
        fresh = context.browser.new_context() if context.browser else context
        other = fresh.new_page()
        other.goto(page.url.replace(path(language, "programme_mine", slug=told["slug"]),
                                    path(language, "programme", slug=told["slug"])))  # fmt: skip
        expect(other.locator("[name=s]:checked")).to_have_count(1)
        assert other.evaluate(STORED) == [0, 0, ""]  # a link that is opened stores nothing
        other.locator("[name=s]:not(:checked)").first.check()
        other.reload()
        expect(other.locator("[name=s]:checked")).to_have_count(2)
        fresh.close()
    context.close()
