"""A congress from the call to its proceedings, as people click it: the office announces it, a firm hands in on a phone, the
speaker agrees by a mail, a blind jury gives points, the office decides, the firm confirms; the programme is released, a guest
registers and arrives, and slides and answers are what is left."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from tests.browser import kongress_later as later
from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.browser.test_sign_in import mails_to
from tests.installations import told_by

pytestmark = pytest.mark.browser

LINK = re.compile(r"https?://\S+")
TITLE = {"de": "Kongress der Reise", "en": "Congress of the journey"}
TALK = {"de": "Rezepturen im Griff", "en": "Recipes under control"}
ABSTRACT = {"de": "Was Bäcker davon haben.", "en": "What bakers gain by it."}
WORDS = {"de": "Wir freuen uns auf Sie.", "en": "We look forward to it."}
SPEAKER = "Wer hier spricht"


class Journey:
    """Windows of everybody who takes part: the office at a desk, the firm and the speaker on phones."""

    def __init__(self, chromium: Browser, site: str, installation: dict[str, str], language: str) -> None:
        self.installation, self.site, self.language = installation, site, language
        self.made: dict[str, Any] = json.loads(told_by(installation, "-m", "tests.browser.kongress", "make", language))
        self.contexts, self.pages = [], {}
        for name, width in (("office", 1280), ("firm", 360), ("juror", 360), ("speaker", 360), ("visitor", 1280)):
            context, self.pages[name] = window(chromium, width, language)
            self.contexts.append(context)
            if token := self.made["sessions"].get(name):
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": token, "url": site}]  # type: ignore[list-item]
                )

    def path(self, name: str, *places: Any) -> str:
        with override(self.language):
            return reverse(f"congress:{name}", args=places)

    def go(self, who: str, path: str) -> Page:
        page = self.pages[who]
        page.goto(self.site + path)
        if not path.startswith("/office/"):
            is_fine(page)
        return page

    def link_in_mail(self, to: str, part: str) -> str:
        """The newest link of this kind in the mails to somebody."""
        texts = mails_to(self.installation, to)
        return [link for text in texts for link in LINK.findall(text) if part in link][-1]


@pytest.fixture(params=["de", "en"])
def journey(
    request: pytest.FixtureRequest, chromium: Browser, site: str, installation: dict[str, str]
) -> Iterator[Journey]:
    made = Journey(chromium, site, installation, request.param)
    yield made
    for context in made.contexts:
        context.close()


def submit(page: Page, action: str = "") -> None:
    """The button of the form with this action, or of the one form of the page."""
    chosen = f"main form[action$='{action}']" if action else "main form.form"
    page.locator(f"{chosen} button[type=submit]").first.click()


def test_a_congress_from_the_call_to_its_proceedings(journey: Journey) -> None:
    congress = announce(journey)
    contribution = hand_in(journey, congress)
    speak(journey)
    score(journey, congress)
    decide(journey)
    confirm(journey, contribution)
    slug = later.plan(journey, congress, contribution, TALK[journey.language])
    ticket = later.register(journey, congress, slug)
    later.arrive(journey, congress, ticket)
    later.look_back(journey, congress, contribution, ticket, TALK[journey.language])


def announce(journey: Journey) -> str:
    """One form; then the jury, which is to be blind."""
    page = journey.go("office", journey.path("congress_add"))
    page.locator("[name=title_de]").fill(TITLE["de"])
    page.locator("[name=title_en]").fill(TITLE["en"])
    first = datetime.now().date() + timedelta(days=200 if journey.language == "de" else 220)
    page.locator("[name=starts_on]").fill(f"{first}")
    page.locator("[name=cluster]").select_option(journey.made["cluster"])
    submit(page)
    page.locator("[role=tab]", has_text="Jury").click()
    page.locator("select[name=jury]").select_option(str(journey.made["jury"]))
    page.locator("[name=is_blind]").check()
    page.locator("footer.footer button[type=submit]").first.click()
    page.wait_for_load_state()
    copying = page.locator("main a[href*='/kopieren/'], main a[href*='/copy/']").first.get_attribute("href")
    return str(copying).rstrip("/").split("/")[-2]


def hand_in(journey: Journey, congress: str) -> str:
    """On a phone: a draft, who speaks, and in it goes."""
    page = journey.go("firm", journey.path("contribution_add", congress, journey.made["firm"]))
    submit(page)
    is_fine(page)  # nothing was written, and the page says so
    page.locator(f"[name=title_{journey.language}]").fill(TALK[journey.language])
    page.locator(f"[name=abstract_{journey.language}]").fill(ABSTRACT[journey.language])
    submit(page)
    is_fine(page)
    contribution = page.url.rstrip("/").rpartition("/")[2]
    page = journey.go("firm", journey.path("speaker_add", contribution))
    page.locator("[name=name]").fill(SPEAKER)
    page.locator("[name=email]").fill(f"speaker-{journey.language}@example.org")
    submit(page)
    submit(page, journey.path("contribution_step", contribution, "submit"))
    expect(page.locator("main")).to_contain_text(SPEAKER)
    is_fine(page)
    return contribution


def speak(journey: Journey) -> None:
    """By the mail, without signing in; the mail is in German, for of the speaker nothing else is known."""
    with override("de"):
        part = reverse("congress:speaker_link", args=["x"]).removesuffix("x/")
    link = journey.link_in_mail(f"speaker-{journey.language}@example.org", part)
    page = journey.pages["speaker"]
    page.goto(link)
    is_fine(page)
    expect(page.locator("main")).to_contain_text(TALK[journey.language])
    follow(page.locator("button[value=yes]"))
    is_fine(page)
    expect(page.locator("button[value=yes]")).to_have_count(0)


def score(journey: Journey, congress: str) -> None:
    """The firm's own is not among what the firm scores; the institute sees no name, and gives points."""
    page = journey.go("firm", journey.path("review_list", congress))
    expect(page.locator("main")).not_to_contain_text(TALK[journey.language])
    page = journey.go("juror", journey.path("review_list", congress))
    follow(page.locator("main li a").first)
    is_fine(page)
    expect(page.locator("main")).to_contain_text(ABSTRACT[journey.language])
    expect(page.locator("main")).not_to_contain_text(SPEAKER)
    expect(page.locator("main")).not_to_contain_text(journey.made["firm"])
    submit(page)
    is_fine(page)
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    for question in page.locator("fieldset:has([type=radio])").all():
        question.locator("[value='4']").check()
    submit(page)
    is_fine(page)


def decide(journey: Journey) -> None:
    page = journey.go("office", f"/office/contributions/?q={TALK[journey.language].split()[0]}")
    expect(page.locator("main table")).to_contain_text("4,0 (1)" if journey.language == "de" else "4.0 (1)")
    page.locator("main table a[href*='/inspect/']").first.click()
    expect(page.locator("main")).to_contain_text(SPEAKER)
    page.locator("[name=text]").fill(WORDS[journey.language])
    page.locator("[formaction$='/accept/']").click()
    expect(page.locator(".messages")).to_be_visible()


def confirm(journey: Journey, contribution: str) -> None:
    """The link in the mail leads to the office's words, and to the yes."""
    part = journey.path("contribution_detail", contribution)
    link = journey.link_in_mail(f"kongress-{journey.language}-firm-delegate@example.org", part)
    page = journey.pages["firm"]
    page.goto(link)
    is_fine(page)
    expect(page.locator("main")).to_contain_text(WORDS[journey.language])
    submit(page, journey.path("contribution_step", contribution, "confirm"))
    is_fine(page)
    expect(page.locator("main form")).to_have_count(2)  # it can still be withdrawn, and the speaker taken out
