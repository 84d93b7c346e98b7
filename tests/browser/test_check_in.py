"""Check-in in a browser: typed, with and without a network, on two devices that meet the same guest."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.installations import fresh_installation, manage, serving, shell

pytestmark = pytest.mark.browser

BUILD = "from tests.browser.congress_door import build; build()"
ARRIVED = "from tests.browser.congress_door import arrived; arrived()"
KEPT = """async (name) => {
  const deal = await new Promise((done) => { const a = indexedDB.open(name); a.onsuccess = () => done(a.result); });
  const count = (store) => new Promise((done) => {
    const asked = deal.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  return { queue: await count("queue"), guests: await count("guests") };
}"""


CAMERA = """
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.before ? [{ rawValue: window.before }] : []; }
  };
  const canvas = document.createElement("canvas");
  canvas.getContext("2d");
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => canvas.captureStream(5) } });
"""
"""A camera that sees what the test holds before it; the browser of the tests has none."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The installation: its environment, and what `build` printed."""
    environment = fresh_installation(tmp_path_factory.mktemp("door"), "door")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    return {"environment": environment, **json.loads(shell(environment, BUILD).splitlines()[-1])}


@pytest.fixture(scope="module")
def house(told: dict[str, Any]) -> Iterator[str]:
    with serving(told["environment"]) as url:
        yield url


def path(language: str, name: str, *places: str) -> str:
    with override(language):
        return reverse(f"registrations:{name}", args=places)


def arrived(told: dict[str, Any], *names: str) -> list[list[str]]:
    """Name, device and time of those of these names; the tests run in any order."""
    found: list[list[str]] = json.loads(shell(told["environment"], ARRIVED).splitlines()[-1])
    return [row for row in found if row[0] in names]


def take_back(told: dict[str, Any], token: str) -> None:
    """The office takes the link of a device back."""
    shell(told["environment"], f"from tests.browser.congress_door import revoke; revoke({token!r})")


def scan(page: Page, code: str) -> None:
    """As a hand scanner does: it types and presses Enter."""
    page.locator("#said").fill(code)
    page.locator("#said").press("Enter")


def kept(page: Page, address: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = page.evaluate(KEPT, f"check-in {address}")
    return found


def test_two_devices_without_a_network_make_one_arrival(chromium: Browser, told: dict[str, Any], house: str) -> None:
    """Both keep the page, lose the network, meet the same guest, and send when it is back: in any order, one arrival."""
    addresses = [path("en", "check_in", token) for token in told["doors"]]
    contexts = [chromium.new_context(viewport={"width": 360, "height": 800}, locale="en") for _door in addresses]
    pages = [context.new_page() for context in contexts]
    for page, address in zip(pages, addresses, strict=True):
        page.goto(house + address)
        page.locator("[data-keep-on]").click()
        expect(page.locator("[data-keep-off]")).to_be_visible()
        assert sorted(one["name"] for one in kept(page, address)["guests"]) == ["Ada", "Bo", "Cy", "Di", "Flo", "Gus"]
        assert told["codes"]["Ada"] not in json.dumps(kept(page, address)), "no code is kept, only what stands for it"
    for context, page, address in zip(contexts, pages, addresses, strict=True):
        context.set_offline(True)
        page.goto(house + address)
        scan(page, told["codes"]["Ada"].upper())
        expect(page.locator("#answer strong")).to_have_text("Arrived")
        expect(page.locator("#answer .check-name")).to_have_text("Ada")
        scan(page, told["codes"]["Ada"])
        expect(page.locator("#answer strong")).to_contain_text("Was already there since")
        scan(page, told["codes"]["Eve"])
        expect(page.locator("#answer strong")).to_have_text("Kept on this device")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    scan(pages[1], "bo")
    pages[1].locator("#guests .button").click()
    expect(pages[1].locator("#answer .check-name")).to_have_text("Bo")
    assert arrived(told, "Ada", "Bo") == []
    queues = [kept(page, address)["queue"] for page, address in zip(pages, addresses, strict=True)]
    assert [len(queue) for queue in queues] == [3, 4]
    for context, page in reversed(list(zip(contexts, pages, strict=True))):
        context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-waiting-told]")).to_be_hidden()
    expect(pages[0].locator("#answer strong")).to_have_text("Not booked")
    expect(pages[1].locator("[data-lost-told]")).to_have_text("Sent later and not found: Eve")
    found = arrived(told, "Ada", "Bo")
    assert [row[:2] for row in found] == [["Ada", "Left"], ["Bo", "Right"]], "the earlier one counts, though sent later"
    # What was kept is deleted: by the button on one device, on the other because its link is taken back.
    pages[0].locator("[data-keep-off]").click()
    expect(pages[0].locator("[data-keep-on]")).to_be_visible()
    assert kept(pages[0], addresses[0]) == {"queue": [], "guests": []}
    assert pages[0].evaluate("async () => (await caches.keys()).length") == 0
    take_back(told, told["doors"][1])
    pages[1].goto(house + addresses[1])
    expect(pages[1].locator("#said")).to_have_count(0)
    contexts[1].set_offline(True)
    with pytest.raises(Error):
        pages[1].goto(house + addresses[1])
    for context in contexts:
        context.close()


def test_control_without_the_button_nothing_is_kept(chromium: Browser, told: dict[str, Any], house: str) -> None:
    """No list, no page: who lost the network reads a code all the same, and it waits; the page does not open anew."""
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="en")
    page, address = context.new_page(), path("en", "check_in", told["doors"][0])
    page.goto(house + address)
    context.set_offline(True)
    scan(page, told["codes"]["Eve"])
    expect(page.locator("#answer strong")).to_have_text("Kept on this device")
    assert [len(rows) for rows in kept(page, address).values()] == [1, 0]
    with pytest.raises(Error):
        page.goto(house + address)
    context.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_answers_are_clear_with_and_without_a_script(
    chromium: Browser, told: dict[str, Any], house: str, has_script: bool
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="en", java_script_enabled=has_script)
    page = context.new_page()
    page.goto(house + path("en", "check_in", told["doors"][0]))
    answer = page.locator("#answer strong")
    name = "Cy" if has_script else "Di"
    for code, words in (
        (told["codes"][name], "Arrived"),
        (told["codes"][name], "Was already there since"),
        (told["codes"]["Eve"], "Not booked"),
        ("2222222222", "Unknown code"),
    ):
        scan(page, code)
        expect(answer).to_contain_text(words)
    assert answer.bounding_box() is not None
    scan(page, "muster")
    expect(page.locator("#guests li")).to_have_count(6)
    context.close()


def test_the_camera_reads_a_code_once(chromium: Browser, told: dict[str, Any], house: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="en")
    context.add_init_script(CAMERA)
    page = context.new_page()
    page.goto(house + path("en", "check_in", told["doors"][0]))
    expect(page.locator("[data-no-camera]")).to_be_hidden()
    page.locator("[data-camera]").click()
    expect(page.locator("[data-video]")).to_be_visible()
    page.evaluate("code => { window.before = code; }", told["codes"]["Gus"])
    expect(page.locator("#answer strong")).to_have_text("Arrived")
    expect(page.locator("#answer .check-name")).to_have_text("Gus")
    page.wait_for_timeout(1000)
    expect(page.locator("#answer strong")).to_have_text("Arrived")
    page.locator("[data-camera]").click()
    expect(page.locator("[data-video]")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pages_of_the_day_are_fine(chromium: Browser, told: dict[str, Any], house: str, language: str) -> None:
    for width in (360, 1280):
        context, page = window(chromium, width, language)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": told["sessions"][language], "url": house}
        context.add_cookies([cookie])  # type: ignore[list-item]
        for name in ("day", "pass_list", "walk_in_add", "bulletin_add", "badge_list"):
            page.goto(house + path(language, name, told["congress"]))
            is_fine(page)
        page.goto(house + path(language, "check_in", told["doors"][0]))
        is_fine(page)
        for code in (told["codes"]["Flo"], told["codes"]["Eve"], "muster"):
            scan(page, code)
            expect(page.locator("#answer strong, #guests li").first).to_be_visible()
            is_fine(page)
        page.goto(house + path(language, "check_in_rooms", told["doors"][0]))
        follow(page.locator("[name=step][value=more]").first)
        is_fine(page)
        page.goto(house + path(language, "lead_list", told["tickets"]["Ada"]))
        is_fine(page)
        context.close()
