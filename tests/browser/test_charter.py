"""How a charter comes about, as people click it: twelve organisations in two languages contribute by page and by mail, the editors
write a draft, organisations suggest (with a change of a suggestion, and two that collide), the editors look and merge, a new version
carries the rest over, the board adopts with a quorum, twelve sign, and everybody reads it, prints it and takes it along."""

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

from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.browser.test_sign_in import mails_to
from tests.installations import manage, told_by

pytestmark = pytest.mark.browser

LINK = re.compile(r"https?://\S+")
SELF = {"de": "Wir sind die IT-Firmen der Region.", "en": "We are the IT firms of the region."}
BETTER = {"de": "Wir sind die IT-Firmen Mitteldeutschlands.", "en": "We are the IT firms of Central Germany."}
BEST = {
    "de": "Wir sind die IT-Firmen und Institute Mitteldeutschlands.",
    "en": "We are the IT firms and institutes of Central Germany.",
}
OTHER = {"de": "Wir sind die IT-Firmen Sachsens.", "en": "We are the IT firms of Saxony."}
WORK = {
    "de": "Wir arbeiten in kleinen Gruppen und berichten zu einem festen Tag.",
    "en": "We work in small groups and report back by a fixed day.",
}
OPEN = {"de": ("kleinen", "offenen"), "en": ("small", "open")}
AGREED = {"de": ("festen", "vereinbarten"), "en": ("a fixed", "an agreed")}
PASTE = {
    "de": f"# Selbstverständnis\n\n{SELF['de']}\n\n# Arbeitsweise\n\n{WORK['de']}\n\n# Ziele\n\n- Zehn Projekte im Jahr.\n",
    "en": f"# Self-understanding\n\n{SELF['en']}\n\n# Way of working\n\n{WORK['en']}\n\n# Goals\n\n- Ten projects a year.\n",
}
SIGNED = {"de": "12 Organisationen haben", "en": "12 organisations have"}


class Workshop:
    """The charter of one language, and a window of each who takes part: the office at a desk, the firms on phones."""

    def __init__(self, chromium: Browser, site: str, installation: dict[str, str], language: str) -> None:
        self.installation, self.site, self.language = installation, site, language
        self.made = self.state("make", language)
        self.contexts, self.pages = [], {}
        for name, width in (("office", 1280), ("firm0", 360), ("firm2", 1280), ("firm3", 360), ("firm4", 360),
                            ("visitor", 1280), ("by_mail", 360)):  # fmt: skip
            context, self.pages[name] = window(chromium, width, language)
            self.contexts.append(context)
            if token := self.made["sessions"].get(name):
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": token, "url": site}]  # type: ignore[list-item]
                )

    def state(self, *words: str) -> Any:
        """What `leitbild.py` prints."""
        return json.loads(told_by(self.installation, "-m", "tests.browser.leitbild", *words) or "null")

    def go(self, who: str, name: str, *places: Any) -> Page:
        """Open a page of the workshop in somebody's window; it is fine."""
        with override(self.language):
            path = reverse(f"charter:{name}", args=[self.made["charter"], *places])
        page = self.pages[who]
        page.goto(self.site + path)
        is_fine(page)
        return page

    def tick(self) -> None:
        manage(self.installation, "tick")

    def link_in_mail(self, to: str, name: str) -> str:
        """The newest link of this kind in the mails to somebody."""
        with override(self.language):
            part = reverse(f"charter:{name}", args=["x"]).removesuffix("x/")
        texts = mails_to(self.installation, to)
        return [link for text in texts for link in LINK.findall(text) if part in link][-1]


@pytest.fixture(params=["de", "en"])
def workshop(
    request: pytest.FixtureRequest, chromium: Browser, site: str, installation: dict[str, str]
) -> Iterator[Workshop]:
    made = Workshop(chromium, site, installation, request.param)
    yield made
    for context in made.contexts:
        context.close()


def submit(page: Page, action: str = "") -> None:
    """The button of the form with this action, or of the one form of the page."""
    chosen = f"main form[action$='{action}']" if action else "main form.form"
    page.locator(f"{chosen} button[type=submit]").first.click()


def path(workshop: Workshop, name: str, *places: Any) -> str:
    with override(workshop.language):
        return reverse(f"charter:{name}", args=[workshop.made["charter"], *places])


def test_a_charter_from_the_first_question_to_the_twelfth_signature(workshop: Workshop) -> None:
    collect(workshop)
    draft(workshop)
    anchors = suggest(workshop)
    merge(workshop, anchors)
    carry_over(workshop, anchors)
    adopt(workshop)
    sign(workshop)
    read(workshop)


def collect(workshop: Workshop) -> None:
    """The office asks and sets the days; one answers on a phone, one by the link of a mail; the office groups."""
    language = workshop.language
    page = workshop.go("office", "question_add")
    page.locator(f"[name=text_{language}]").fill("Was eint uns? What unites us?")
    submit(page)
    page = workshop.go("office", "phase_plan")
    now = datetime.now()
    page.locator("[name=collect_from]").fill((now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=collect_until]").fill((now + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M"))
    submit(page)
    phone = workshop.go("firm0", "contribution_list")
    phone.locator("[name=question]").select_option(index=1)
    phone.locator("[name=text]").fill("Vertrauen. Trust.")
    submit(phone)
    expect(phone.locator("main")).to_contain_text("Trust.")
    by_mail = workshop.pages["by_mail"]
    by_mail.goto(workshop.link_in_mail(workshop.made["mails"][1], "link_home"))
    is_fine(by_mail)
    follow(by_mail.locator("main a.button").first)
    is_fine(by_mail)
    by_mail.locator("[name=text]").fill("Verlässlichkeit. Reliability.")
    submit(by_mail)
    page = workshop.go("office", "theme_add")
    page.locator(f"[name=title_{language}]").fill("Miteinander, together")
    submit(page)
    for box in page.locator("[name=chosen]").all():
        box.check()
    page.locator("[name=theme]").select_option(index=1)
    submit(page, path(workshop, "contribution_group"))
    expect(page.locator("main h3").first).to_contain_text("together")
    is_fine(page)


def draft(workshop: Workshop) -> None:
    """A text is pasted, looked at and taken over; one paragraph is translated; the first version goes out."""
    language = workshop.language
    other = "en" if language == "de" else "de"
    page = workshop.go("office", "phase_plan")
    submit(page, path(workshop, "phase_open", "draft"))
    page = workshop.go("office", "manuscript_add")
    page.locator("[name=text]").fill(PASTE[language])
    submit(page)
    is_fine(page)
    expect(page.locator("main")).to_contain_text(SELF[language])
    follow(page.locator("main form[action*='datei'], main form[action*='files']").first.locator("button"))
    is_fine(page)
    follow(page.locator(f"article:has-text('{SELF[language]}') a.button").first)
    is_fine(page)
    page.locator(f"[name=text_{other}]").fill(SELF[other])
    submit(page)
    page = workshop.go("office", "version_publish")
    submit(page)
    page = workshop.go("office", "phase_plan")
    submit(page, path(workshop, "phase_open", "suggest"))


def suggest(workshop: Workshop) -> list[str]:
    """Two collide, one of them is changed by a third and supported by a fourth; a fifth is about other words. The ids of
    the paragraphs."""
    language = workshop.language
    phone = workshop.go("firm0", "workshop")
    anchors = [str(one.get_attribute("id")).removeprefix("p-") for one in phone.locator(".charter-paragraph").all()]
    phone = workshop.go("firm0", "paragraph", anchors[0])
    phone = workshop.go("firm0", "suggestion_add", anchors[0], "replace", language)
    phone.locator("[name=text]").fill(BETTER[language])
    phone.locator("[name=reason]").fill("Die Region ist größer. The region is larger.")
    submit(phone)
    is_fine(phone)
    by_mail = workshop.pages["by_mail"]
    by_mail.goto(workshop.link_in_mail(workshop.made["mails"][1], "link_home"))
    is_fine(by_mail)
    follow(by_mail.locator(f"#p-{anchors[0]} .charter-tools a").first)
    is_fine(by_mail)
    expect(by_mail.locator("main")).to_contain_text("The region is larger.")
    follow(by_mail.locator(f"main a[href*='/replace/{language}/']").first)
    is_fine(by_mail)
    by_mail.locator("[name=text]").fill(OTHER[language])
    submit(by_mail)
    page = workshop.go("firm2", "suggestion_change", 1)
    page.locator("[name=text]").fill(BEST[language])
    submit(page)
    phone = workshop.go("firm0", "suggestion_detail", 3)
    submit(phone, path(workshop, "change_take", 3))
    expect(phone.locator("main")).to_contain_text(BEST[language].split()[-1])
    phone = workshop.go("firm3", "suggestion_detail", 1)
    follow(phone.locator("main form[action*='/1/'] button").first)
    is_fine(phone)
    phone = workshop.go("firm4", "suggestion_add", anchors[1], "replace", language)
    phone.locator("[name=text]").fill(WORK[language].replace(*OPEN[language]))
    submit(phone)
    return anchors


def merge(workshop: Workshop, anchors: list[str]) -> None:
    """The list shows the conflict, the preview what would be; one is accepted, one declined with a reason."""
    page = workshop.go("office", "suggestion_list")
    expect(page.locator(".charter-conflict")).to_have_count(1)
    page = workshop.go("office", "merge_preview")
    expect(page.locator(".notice.warning")).to_have_count(1)
    page.goto(page.url + "?s=1")
    expect(page.locator(".charter-paragraph.is-changed")).to_have_count(1)
    submit(page, path(workshop, "merge_accept"))
    is_fine(page)
    page = workshop.go("office", "suggestion_answer", 2)
    page.locator("[name=decision][value=decline]").check()
    page.locator("[name=answer]").fill("Zu eng. Too narrow.")
    submit(page)
    assert [(number, state) for number, state, _version in workshop.state("look", workshop.made["charter"])] == [
        (1, "accepted"), (2, "declined"), (3, "accepted"), (4, "open"),
    ]  # fmt: skip


def carry_over(workshop: Workshop, anchors: list[str]) -> None:
    """The editors change other words of the same paragraph; the new version takes the open suggestion along."""
    language = workshop.language
    page = workshop.go("office", "paragraph_edit", anchors[1])
    page.locator(f"[name=text_{language}]").fill(WORK[language].replace(*AGREED[language]))
    submit(page)
    page = workshop.go("office", "version_publish")
    submit(page)
    assert workshop.state("look", workshop.made["charter"])[3] == [4, "open", 2]
    page = workshop.go("office", "suggestion_answer", 4)
    submit(page)
    page = workshop.go("office", "version_publish")
    submit(page)
    page = workshop.go("firm4", "version_read", 3)
    expect(page.locator(".charter-text")).to_contain_text(
        WORK[language].replace(*AGREED[language]).replace(*OPEN[language])
    )


def adopt(workshop: Workshop) -> None:
    """Seven of twelve vote, which is enough; within a minute it is in force."""
    page = workshop.go("office", "phase_plan")
    submit(page, path(workshop, "phase_open", "decide"))
    page = workshop.go("office", "adoption")
    page.locator("[name=body]").select_option(workshop.made["body"])
    submit(page)
    is_fine(page)
    workshop.state("vote", workshop.made["body"], "7")
    workshop.tick()
    page = workshop.go("office", "workshop")


def sign(workshop: Workshop) -> None:
    """One by the link of a mail, one signed in, the others as they like."""
    by_mail = workshop.pages["by_mail"]
    by_mail.goto(workshop.link_in_mail(workshop.made["mails"][1], "sign_link"))
    is_fine(by_mail)
    follow(by_mail.locator("main form button[type=submit]"))
    is_fine(by_mail)
    phone = workshop.go("firm0", "workshop")
    follow(phone.locator("main .act-row form button").first)
    is_fine(phone)
    workshop.state("sign_all", workshop.made["charter"])


def read(workshop: Workshop) -> None:
    """The public page, its history, a comparison, and its files, for everybody."""
    language, visitor = workshop.language, workshop.pages["visitor"]
    with override(language):
        home = workshop.site + reverse("portal:charter", args=[workshop.made["cluster"]])
        more = [
            workshop.site + reverse(f"charter:{name}", args=[workshop.made["cluster"]])
            for name in ("history", "compare")
        ]
        files = [
            workshop.site + reverse("charter:file", args=[workshop.made["cluster"], kind])
            for kind in ("pdf", "html", "json")
        ]
    visitor.goto(home)
    is_fine(visitor)
    expect(visitor.locator("main")).to_contain_text(BEST[language])
    expect(visitor.locator("main")).to_contain_text(SIGNED[language])
    visitor.set_viewport_size({"width": 360, "height": 800})
    is_fine(visitor)
    for address in more:
        visitor.goto(address)
        is_fine(visitor)
    contents = [visitor.request.get(address).body() for address in files]
    assert contents[0].startswith(b"%PDF-")
    assert BEST[language] in contents[1].decode()
    assert json.loads(contents[2])["content"]["sections"][1]["paragraphs"][0]["text"][language] == BEST[language]
