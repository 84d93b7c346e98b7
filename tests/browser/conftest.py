"""A real installation for the browser: production settings, the real region, granian, headless Chromium."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.installations import ROOT, fresh_installation, manage, serving

REGION = ROOT / "regions" / "mitteldeutschland"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, str]:
    """Environment of a fresh installation with the demo region loaded."""
    environment = fresh_installation(tmp_path_factory.mktemp("site"), f"browser_{worker_id}")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    manage(environment, "load_region", str(REGION))
    return environment


@pytest.fixture(scope="session")
def site(installation: dict[str, str]) -> Iterator[str]:
    """Address of the running site."""
    with serving(installation) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor with a wide window and nothing stored."""
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    return opened
