"""A network joins and stays itself: its list of 80 people comes in, each answers for themselves, 52 agree; what the cluster
may see is agreed by both sides; inside somebody asks without a name and is answered, a meeting is held and has minutes; then
the agreement is ended, and nothing of the network is seen outside any more."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_ballots import is_fine, window
from tests.browser.test_pages import follow
from tests.browser.test_sign_in import last_mail, mails_to
from tests.installations import manage, told_by

pytestmark = pytest.mark.browser

LINK = re.compile(r"http://\S+/(?:einladung/netzwerk|invitation/network)/[\w-]+/")
FIRST = "person01"
QUESTION, SAID = "Erpresst worden, wen ruft man an? Whom to call?", "Die Zentrale Ansprechstelle. The central office."
MINUTES = "Alle proben die Rücksicherung. All rehearse it."


def i_kam(installation: dict[str, str], *words: str) -> Any:
    """What `i_kam.py` prints."""
    return json.loads(told_by(installation, "-m", "tests.browser.i_kam", *words) or "null")


class Journey:
    """A window of each who takes part: the coordinator and the office at a desk, an invited person on a phone."""

    def __init__(self, chromium: Browser, site: str, installation: dict[str, str], language: str) -> None:
        self.installation, self.site, self.language = installation, site, language
        self.made = i_kam(installation, "make", language)
        self.contexts: list[BrowserContext] = []
        self.coordinator, self.manager = (self._signed_in(chromium, name) for name in ("coordinator", "manager"))
        self.phone, self.visitor = self._window(chromium, 360), self._window(chromium, 1280)

    def _window(self, chromium: Browser, width: int) -> Page:
        context, page = window(chromium, width, self.language)
        self.contexts.append(context)
        return page

    def _signed_in(self, chromium: Browser, name: str) -> Page:
        page = self._window(chromium, 1280)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.made["sessions"][name], "url": self.site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    def path(self, name: str, *places: str) -> str:
        with override(self.language):
            return self.site + reverse(name, args=[self.made["slug"], *places])

    def say(self, *words: str) -> Any:
        return i_kam(self.installation, *words)

    def tick(self) -> None:
        manage(self.installation, "tick")


@pytest.fixture(params=["de", "en"])
def journey(
    request: pytest.FixtureRequest, chromium: Browser, site: str, installation: dict[str, str]
) -> Iterator[Journey]:
    made = Journey(chromium, site, installation, request.param)
    yield made
    for context in made.contexts:
        context.close()


def send(page: Page, action: str = "") -> None:
    """Press the button of the page's form, or of the one that goes to this address."""
    form = f"main form[action$='{action}']" if action else "main form.form"
    follow(page.locator(f"{form} button[type=submit]").last)


def test_a_network_joins_and_stays_itself(journey: Journey, tmp_path: Path) -> None:
    bring_the_list(journey, tmp_path / "liste.xlsx")
    invite(journey)
    one_agrees(journey)
    journey.say("agree", journey.made["slug"], "51")
    journey.say("last_day", journey.made["slug"])
    journey.tick()
    # The five rows are those in which nobody could be read; they wait for a coordinator to set them right.
    assert journey.say("look", journey.made["slug"]) == {"agreed": 52, "unanswered": 28, "rows": 5, "people": 53}
    agree_on_what_is_shown(journey)
    ask_without_a_name(journey)
    meet(journey)
    end_the_agreement(journey)


def bring_the_list(journey: Journey, path: Path) -> None:
    page = journey.coordinator
    journey.say("sheet", str(path), journey.language)
    page.goto(journey.path("networks:list_home"))
    is_fine(page)
    page.locator("[name=file]").set_input_files(path)
    send(page)
    is_fine(page)
    follow(page.locator("main form[action*='/keep/'] button, main form[action*='/behalten/'] button"))
    is_fine(page)


def invite(journey: Journey) -> None:
    page = journey.coordinator
    page.goto(journey.path("networks:wave_list"))
    page.locator("[name=most]").fill("80")
    page.locator("[name=legal_basis]").fill("Seit Jahren dabei. With us for years.")
    page.locator("[name=ends_on]").fill((datetime.now() + timedelta(days=20)).date().isoformat())
    page.locator("[name=language]").select_option(journey.language)
    is_fine(page)
    send(page)
    journey.tick()
    page.reload()
    is_fine(page)
    expect(page.locator("main")).to_contain_text("80")


def one_agrees(journey: Journey) -> None:
    """On a phone, by the link of the mail: four boxes, none of them ticked; membership and the members may see me."""
    text = last_mail(journey.installation, address(journey))
    found = LINK.search(text)
    assert found is not None
    page = journey.phone
    page.goto(found[0])
    is_fine(page)
    expect(page.locator("main form.form [type=checkbox]")).to_have_count(4)
    expect(page.locator("main form.form [type=checkbox]:checked")).to_have_count(0)
    send(page)
    expect(page.locator("[name=membership]")).to_have_attribute("aria-invalid", "true")
    for name in ("membership", "shown_to_members"):
        page.locator(f"[name={name}]").check()
    send(page)
    is_fine(page)


def address(journey: Journey) -> str:
    return f"{FIRST}@{journey.language}.example.org"


def shown(journey: Journey) -> list[str]:
    """Which of its organisations anybody reads on the network's page."""
    page = journey.visitor
    page.goto(journey.path("networks:network_detail"))
    is_fine(page)
    words = page.content()
    return [name for name in journey.made["works"] if name in words]


def is_a_filter(journey: Journey) -> bool:
    """Whether the directory can be narrowed to the members of the network."""
    with override(journey.language):
        journey.visitor.goto(journey.site + reverse("portal:organisation_list"))
    return journey.made["slug"] in journey.visitor.content()


def agree_on_what_is_shown(journey: Journey) -> None:
    """The coordinator proposes, the office agrees; until then nothing but the name is seen."""
    assert shown(journey) == []
    page = journey.coordinator
    page.goto(journey.path("networks:affiliation_new", journey.made["cluster"]))
    is_fine(page)
    for key in ("counts", "organisations"):
        page.locator(f"[name=gives][value={key}]").check()
    send(page)
    is_fine(page)
    assert shown(journey) == []
    office = journey.manager
    office.goto(page.url)
    is_fine(office)
    follow(office.locator("section[aria-labelledby=agree] button[type=submit]"))
    is_fine(office)
    assert shown(journey) == journey.made["works"]
    assert is_a_filter(journey)


def ask_without_a_name(journey: Journey) -> None:
    page, coordinator = journey.phone, journey.coordinator
    page.goto(journey.path("rooms:topic_ask"))
    is_fine(page)
    page.locator("[name=title]").fill(QUESTION)
    page.locator("[name=text]").fill(QUESTION)
    page.locator("[name=is_unnamed]").check()
    send(page)
    is_fine(page)
    coordinator.goto(page.url)
    is_fine(coordinator)
    expect(coordinator.locator("main")).to_contain_text(QUESTION)
    expect(coordinator.locator("main")).not_to_contain_text(re.compile("person01", re.IGNORECASE))
    before = len(mails_to(journey.installation, address(journey)))
    coordinator.locator("[name=text]").fill(SAID)
    send(coordinator)
    journey.tick()
    assert len(mails_to(journey.installation, address(journey))) == before + 1
    page.reload()
    expect(page.locator("main")).to_contain_text(SAID)
    office = journey.manager
    answer = office.goto(page.url)
    assert answer is not None
    assert answer.status == 404


def meet(journey: Journey) -> None:
    """Planned, the phone says yes, it is held, the minutes are written and read."""
    page, phone = journey.coordinator, journey.phone
    page.goto(journey.path("rooms:meeting_plan"))
    begins = datetime.now() + timedelta(days=5)
    page.locator("[name=title]").fill("Rücksicherung. Restoring.")
    page.locator("[name=starts_at]").fill(begins.strftime("%Y-%m-%dT16:00"))
    page.locator("[name=ends_at]").fill(begins.strftime("%Y-%m-%dT18:00"))
    page.locator("[name=place]").fill("Jena")
    is_fine(page)
    send(page)
    is_fine(page)
    meeting = page.url
    phone.goto(meeting)
    is_fine(phone)
    follow(phone.locator("button[name=answer][value=comes]"))
    is_fine(phone)
    journey.say("after_the_meeting", journey.made["slug"])
    page.goto(meeting)
    follow(page.locator("section[aria-labelledby=keep] a.button").last)
    page.locator("[name=text]").fill(MINUTES)
    is_fine(page)
    send(page)
    follow(page.locator("section[aria-labelledby=draft] button[type=submit]"))
    is_fine(page)
    phone.reload()
    expect(phone.locator("main")).to_contain_text(MINUTES)
    is_fine(phone)


def end_the_agreement(journey: Journey) -> None:
    """One side is enough, and at that moment nothing is left outside; the room stays as it is."""
    page = journey.coordinator
    page.goto(journey.path("networks:affiliation_list"))
    is_fine(page)
    follow(page.locator("main .rows a").first)
    follow(page.locator("section[aria-labelledby=end] button[type=submit]"))
    is_fine(page)
    assert shown(journey) == []
    assert not is_a_filter(journey)
    page.goto(journey.path("rooms:topic_list"))
    expect(page.locator("main")).to_contain_text(QUESTION)
