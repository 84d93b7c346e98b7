"""The founding sitting of July 2006 as people click it: a provisional board, five proposals, votes by hand and by device, the four
founding projects accepted with volunteers and a day to report back, the fifth deferred; minutes for everybody; the summer passes, due
reports stand on the next agenda; one project ends and becomes a story with confirmed references."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.browser.test_sign_in import last_mail, letters
from tests.installations import manage, told_by

pytestmark = pytest.mark.browser

LINK = re.compile(r"https?://\S+")
WORDS = {
    "de": {
        "room": "/de/mein/gremien/", "sittings": "sitzungen/", "new": "Neue Sitzung", "save": "Speichern", "invite": "Einladen",
        "open": "Sitzung eröffnen", "here": "Wir sind da", "enough": "Das reicht für Beschlüsse.", "item": "Punkt aufrufen",
        "hands": "Handzeichen", "enter": "Ergebnis eintragen", "device": "Am Gerät abstimmen", "yes": "Ja",
        "cast": "Stimme abgeben", "count": "Abstimmung beenden und auszählen", "end": "Sitzung beenden",
        "project": "/de/mein/projekte/", "word": "Beschluss formulieren", "motion": "Antrag formulieren",
        "minutes": "protokoll/", "publish": "Veröffentlichen", "public": "/de/gremien/", "protocols": "protokolle/",
        "carried": "Angenommen", "volunteer": "Ich mache mit", "report": "Berichten", "form": "Öffentlich Partner suchen",
        "start": "Projekt starten", "finish": "Das Projekt beenden", "vote": "Abstimmen", "report_of": "Bericht: ",
        "all": "Ja, alle", "story": "Daraus eine Geschichte machen", "ask": "Die Partner um Freigabe bitten",
        "release": "Ja, freigeben", "tell": "Die Geschichte veröffentlichen", "invited": "Einladung", "record": "Mitschreiben",
        "group_link": "/dabei-sein/gruppe/", "proof_link": "/dabei-sein/belegt/", "story_link": "/dabei-sein/geschichte/",
    },
    "en": {
        "room": "/en/my/bodies/", "sittings": "sittings/", "new": "New sitting", "save": "Save", "invite": "Invite",
        "open": "Open the sitting", "here": "We are here", "enough": "That is enough to decide.", "item": "Open this item",
        "hands": "Show of hands", "enter": "Enter the result", "device": "Vote by device", "yes": "Yes",
        "cast": "Cast the vote", "count": "End the vote and count", "end": "End the sitting",
        "project": "/en/my/projects/", "word": "Word the decision", "motion": "Word the motion",
        "minutes": "minutes/", "publish": "Publish", "public": "/en/bodies/", "protocols": "minutes/",
        "carried": "Carried", "volunteer": "I volunteer", "report": "Report back", "form": "Look for partners in public",
        "start": "Start the project", "finish": "End the project", "vote": "Vote", "report_of": "Report: ",
        "all": "Yes, all of them", "story": "Make a story of it", "ask": "Ask the partners for release",
        "release": "Yes, release it", "tell": "Publish the story", "invited": "Invitation", "record": "Write down",
        "group_link": "/take-part/group/", "proof_link": "/take-part/proved/", "story_link": "/take-part/story/",
    },
}  # fmt: skip


def founding(installation: dict[str, str], *words: str) -> Any:
    """What `founding.py` prints."""
    return json.loads(told_by(installation, "-m", "tests.browser.founding", *words) or "null")


class House:
    """The board of one language, and a window of each who takes part: the chair at a desk, the carrier on a phone."""

    def __init__(self, chromium: Browser, site: str, installation: dict[str, str], language: str) -> None:
        self.installation, self.site, self.words = installation, site, WORDS[language]
        self.language = language
        self.made = founding(installation, "make", language)
        self.contexts, self.pages = [], {}
        for name, width in (("chair", 1280), ("carrier", 360), ("office", 1280), ("visitor", 1280)):
            context, self.pages[name] = window(chromium, width, language)
            self.contexts.append(context)
            if token := self.made["sessions"].get(name):
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": token, "url": site}]  # type: ignore[list-item]
                )

    def tick(self) -> None:
        manage(self.installation, "tick")

    def link_in_mail(self, to: str, part: str) -> str:
        """The newest link of this kind in the mails to somebody."""
        self.tick()
        folder = Path(self.installation["MITWERK_DATA"]) / "mail"
        files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
        texts = [
            str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]
            for file in files
            for letter in letters(file)
            if letter["To"] == to
        ]
        return [link for text in texts for link in LINK.findall(text) if self.words[part] in link][-1]

    def click(self, page: Page, name: str) -> None:
        called = re.compile(f"^{self.words[name]}\\s*(:|$)")  # after a colon it says what it is about
        follow(page.get_by_role("button", name=called).or_(page.get_by_role("link", name=called)).first)


@pytest.fixture(params=["de", "en"])
def house(
    request: pytest.FixtureRequest, chromium: Browser, site: str, installation: dict[str, str]
) -> Iterator[House]:
    made = House(chromium, site, installation, request.param)
    yield made
    for context in made.contexts:
        context.close()


def test_the_founding_sitting(house: House) -> None:
    sitting = plan(house, days=7)
    agenda = house.pages["chair"].locator("#agenda")
    assert agenda.is_visible()
    expect(items(house)).to_have_count(5)
    word_decisions(house)
    invite(house, sitting)
    hold(house, sitting)
    minutes(house, sitting)
    house.tick()
    phases = founding(house.installation, "look", house.made["body"])
    assert [phases[slug] for slug in house.made["slugs"]] == ["accepted"] * 4 + ["deferred"]
    group = volunteer(house)
    founding(house.installation, "summer", house.made["body"])
    report(house, group)
    plan(house, days=9)
    found = items(house)
    expect(found).to_have_count(5)  # the minutes, and a report of each of the four
    expect(found.filter(has_text=house.words["report_of"])).to_have_count(4)
    end_with_a_story(house)


def items(house: House) -> Any:
    return house.pages["chair"].locator("article.item")


def plan(house: House, days: int) -> str:
    """A new sitting; its agenda is filled by the timed work. Its address."""
    page, words = house.pages["chair"], house.words
    page.goto(f"{house.site}{words['room']}{house.made['body']}/{words['sittings']}")
    is_fine(page)
    house.click(page, "new")
    begins = (datetime.now() + timedelta(days=days)).strftime("%Y-%m-%dT16:00")
    page.locator("[name=starts_at]").fill(begins)
    page.locator("[name=place]").fill("Leipzig")
    is_fine(page)
    house.click(page, "save")
    house.tick()
    page.reload()
    is_fine(page)
    return page.url


def word_decisions(house: House) -> None:
    """Four are to report back by a day, the fifth waits until the autumn."""
    page, words = house.pages["chair"], house.words
    later = (datetime.now() + timedelta(days=60)).date().isoformat()
    for place, slug in enumerate(house.made["slugs"]):
        page.goto(f"{house.site}{words['project']}{slug}/")
        house.click(page, "word")
        if place == 0:
            is_fine(page)
        page.locator(f"[name=decision][value={'defer' if place == 4 else 'accept'}]").check()
        if place == 4:
            page.locator("[name=text]").fill("Erst nach dem Sommer.")
        page.locator("[name=until]" if place == 4 else "[name=report_due]").fill(later)
        house.click(page, "motion")
    expect(page.locator("main")).to_contain_text("Erst nach dem Sommer.")


def invite(house: House, sitting: str) -> None:
    page, words = house.pages["chair"], house.words
    page.goto(sitting)
    house.click(page, "invite")
    text = last_mail(house.installation, house.made["carrier_mail"])
    assert "Leipzig" in text
    assert house.site + words["room"] in text


def hold(house: House, sitting: str) -> None:
    """Two of four are there. The first proposal is voted on by device, the others by show of hands."""
    page, phone, words = house.pages["chair"], house.pages["carrier"], house.words
    page.goto(sitting)
    house.click(page, "open")
    house.click(page, "here")
    phone.goto(sitting)
    house.click(phone, "here")
    expect(phone.get_by_role("status").first).to_contain_text(words["enough"])
    is_fine(phone)
    for place in range(5):
        page.goto(sitting)
        item = items(house).nth(place)
        item.get_by_role("button", name=words["item"]).click()
        if place == 0:
            vote_by_device(house, sitting)
            continue
        item.get_by_role("link", name=words["hands"]).click()
        page.locator("[name=yes]").fill("2")
        page.locator("[name=no]").fill("0")
        if place == 1:
            is_fine(page)
        house.click(page, "enter")
        expect(item).to_contain_text(words["carried"])
    is_fine(page)
    house.click(page, "end")


def vote_by_device(house: House, sitting: str) -> None:
    page, phone, words = house.pages["chair"], house.pages["carrier"], house.words
    items(house).first.get_by_role("button", name=words["device"]).click()
    expect(page.get_by_role("button", name=words["count"])).to_be_visible()
    phone.goto(sitting)  # without this the page keeps up by itself, see `test_a_page_in_the_hall_keeps_up`
    for voter in (phone, page):
        voter.get_by_role("link", name=re.compile(f"^{words['vote']}: ")).click()
        voter.get_by_label(words["yes"], exact=True).check()
        house.click(voter, "cast")
    page.goto(sitting)
    house.click(page, "count")
    expect(items(house).first).to_contain_text(words["carried"])


def minutes(house: House, sitting: str) -> None:
    """Words are added, the minutes published; a visitor reads the short version."""
    page, visitor, words = house.pages["chair"], house.pages["visitor"], house.words
    page.goto(sitting)
    items(house).first.get_by_role("link", name=words["record"]).click()
    page.locator(f"[name=summary_{house.language}]").fill("Alle wollten sie. Everybody wanted it.")
    page.locator(f"[name=record_{house.language}]").fill("Nur unter uns. Between us.")
    house.click(page, "save")
    page.goto(sitting + words["minutes"])
    is_fine(page)
    expect(page.locator("main")).to_contain_text("Between us.")
    house.click(page, "publish")
    public_id = sitting.rstrip("/").rpartition("/")[2]
    visitor.goto(f"{house.site}{words['public']}{house.made['body']}/{words['protocols']}{public_id}/")
    is_fine(visitor)
    expect(visitor.locator("main")).to_contain_text("Everybody wanted it.")
    expect(visitor.locator("main")).not_to_contain_text("Between us.")
    expect(visitor.locator(".motion .kicker").filter(has_text=words["carried"])).to_have_count(5)


def volunteer(house: House) -> str:
    """The carrier's delegate is asked by mail, and volunteers with one click. The address of the group's room."""
    visitor = house.pages["visitor"]
    visitor.goto(house.link_in_mail(house.made["carrier_mail"], "group_link"))
    is_fine(visitor)
    house.click(visitor, "volunteer")
    page = house.pages["carrier"]
    page.goto(f"{house.site}{house.words['project']}{house.made['slugs'][3]}/")
    is_fine(page)
    return page.locator("a[href*='arbeitsgruppe'], a[href*='group']").first.get_attribute("href") or ""


def report(house: House, group: str) -> None:
    page = house.pages["carrier"]
    page.goto(house.site + group)
    is_fine(page)
    house.click(page, "report")
    page.locator("[name=text]").fill("Erster Vorschlag liegt vor. First proposal is there.")
    page.locator("[name=status][value=done]").check()
    is_fine(page)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("First proposal is there.")


def end_with_a_story(house: House) -> None:
    carrier, office, visitor, words = (
        house.pages["carrier"], house.pages["office"], house.pages["visitor"], house.words,
    )  # fmt: skip
    slug = house.made["slugs"][1]
    room = f"{house.site}{words['project']}{slug}/"
    carrier.goto(room)
    for step in ("form", "start", "finish"):
        house.click(carrier, step)
    is_fine(carrier)
    carrier.locator("[name=verb][value=achieve]").check()
    carrier.locator("[name=text]").fill("Es kamen viele. Many came.")
    carrier.locator(f"[name=result_{house.language}]").fill("250 Gäste. 250 guests.")
    carrier.locator("[name=value_1]").fill("250")
    carrier.locator(f"[name=label_1_{house.language}]").fill("Gäste, guests")
    carrier.locator("[name=proved]").first.check()
    house.click(carrier, "finish")
    visitor.goto(house.link_in_mail(house.made["carrier_mail"], "proof_link"))
    is_fine(visitor)
    house.click(visitor, "all")
    office.goto(room)
    house.click(office, "story")
    is_fine(office)
    for language in ("de", "en"):
        office.locator(f"[name=result_{language}]").fill("250 Gäste. 250 guests.")
    house.click(office, "save")
    house.click(office, "ask")
    visitor.goto(house.link_in_mail(house.made["carrier_mail"], "story_link"))
    house.click(visitor, "release")
    office.reload()
    house.click(office, "tell")
    visitor.goto(house.site + ("/de/projekte/" if house.language == "de" else "/en/projects/") + slug + "/")
    is_fine(visitor)
    expect(visitor.locator("main")).to_contain_text("250 guests.")


def test_a_page_in_the_hall_keeps_up(house: House) -> None:
    """What the chair does shows on a phone that nobody touches."""
    sitting = plan(house, days=5)
    page, phone, words = house.pages["chair"], house.pages["carrier"], house.words
    house.click(page, "invite")
    house.click(page, "open")
    phone.goto(sitting)
    house.click(phone, "here")
    page.reload()
    house.click(page, "here")
    expect(phone.get_by_role("status").first).to_contain_text(words["enough"], timeout=15_000)
    items(house).first.get_by_role("button", name=words["item"]).click()
    items(house).first.get_by_role("button", name=words["device"]).click()
    expect(phone.get_by_role("link", name=re.compile(f"^{words['vote']}: "))).to_be_visible(timeout=15_000)
    is_fine(phone)
