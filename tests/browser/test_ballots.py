"""A board decides in secret: the chair writes and starts the ballot, a substitute votes by the link of the mail on a phone,
the time runs out, and everybody reads the resolution and counts again (TRUST V4, V5, V15)."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.test_pages import WATCH, axe
from tests.browser.test_sign_in import last_mail
from tests.installations import MOST_WAIT, ROOT, manage, shell

pytestmark = pytest.mark.browser

VERIFIER = ROOT / "src/mitwerk/governance/static/governance/verify_ballot.py"
MAKE = """
import json
from django_scopes import scope
from mitwerk.governance.models import Body, Mandate
from tests.browser.busy_office import session
from tests.voting.ballot_state import seat
with scope(cluster=None):
    name = {"de": "Vorstand %(language)s", "en": "Board %(language)s"}
    body = Body.objects.create(slug="board-%(language)s", name=name, watchers="everybody")
    firms = [seat(body, f"board-%(language)s-{place}", "%(language)s") for place in range(2)]
    Mandate.objects.filter(organisation=firms[0][0]).update(function="chair", is_provisional=True)
    print(json.dumps({"session": session(firms[0][1].user, "%(language)s"), "substitute": firms[0][2].email}))
"""
OVER = """
from datetime import timedelta
from django.utils import timezone
from mitwerk.governance.models import Ballot
now = timezone.now()
Ballot.objects.filter(state="open").update(opened_at=now - timedelta(days=9), closes_at=now)
"""
WORDS = {
    "de": {
        "room": "/de/mein/gremien/board-de/", "new": "Neue Abstimmung", "save": "Entwurf speichern", "start": "Abstimmung starten",
        "few": "Bei weniger als 20 Stimmen", "vote": "Stimme abgeben", "thanks": "Danke, die Stimme zählt", "yes": "Ja",
        "twice": "Diese Organisation hat bereits abgestimmt.", "turnout": "mindestens 0 von 2", "carried": "Angenommen",
        "file": "Ergebnisdatei", "register": "/de/beschluesse/?body=board-de", "title": "Kongress vorbereiten",
        "choose": "Wählen Sie eine der Antworten.", "provisional": "vorläufig", "body": "/de/gremien/board-de/",
    },
    "en": {
        "room": "/en/my/bodies/board-en/", "new": "New ballot", "save": "Save the draft", "start": "Start the ballot",
        "few": "With fewer than 20 votes", "vote": "Cast the vote", "thanks": "Thank you, the vote is counted", "yes": "Yes",
        "twice": "This organisation has voted already.", "turnout": "at least 0 of 2", "carried": "Carried",
        "file": "File of the result", "register": "/en/resolutions/?body=board-en", "title": "Prepare the congress",
        "choose": "Choose one of the answers.", "provisional": "provisional", "body": "/en/bodies/board-en/",
    },
}  # fmt: skip


def window(chromium: Browser, width: int, language: str, **options: Any) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale=language, bypass_csp=True, reduced_motion="reduce", **options
    )
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH)
    return context, context.new_page()


def is_fine(page: Page) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_board_decides_in_secret(
    chromium: Browser, site: str, installation: dict[str, str], language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    made = json.loads(shell(installation, MAKE % {"language": language}).splitlines()[-1])
    at_desk, chair = window(chromium, 1280, language, accept_downloads=True)
    session = {"name": settings.SESSION_COOKIE_NAME, "value": made["session"], "url": site}
    at_desk.add_cookies([session])  # type: ignore[list-item]
    the_chair_starts(chair, site + words["room"], words)
    manage(installation, "tick")
    on_phone, voter = window(chromium, 360, language)
    code = the_substitute_votes(voter, last_mail(installation, made["substitute"]), words)
    chair.reload()
    expect(chair.locator("main")).to_contain_text(words["turnout"])
    expect(chair.locator("main")).not_to_contain_text(words["carried"])
    shell(installation, OVER)
    manage(installation, "tick")
    chair.reload()
    expect(chair.get_by_role("heading", name=words["carried"], exact=True)).to_be_visible()
    is_fine(chair)
    with chair.expect_download() as taken:
        chair.get_by_role("link", name=words["file"]).click()
    file = tmp_path / "ballot.json"
    taken.value.save_as(file)
    count_again = [sys.executable, "-I", str(VERIFIER), str(file), code]
    assert subprocess.run(count_again, check=False, timeout=MOST_WAIT).returncode == 0
    everybody_reads(voter, site, words)
    at_desk.close()
    on_phone.close()


def the_chair_starts(page: Page, room: str, words: dict[str, str]) -> None:
    page.goto(room)
    is_fine(page)
    page.get_by_role("link", name=words["new"]).click()
    page.locator("[name=title_de]").fill("Kongress vorbereiten")
    page.locator("[name=title_en]").fill("Prepare the congress")
    page.locator("[name=motion_de]").fill("Eine Arbeitsgruppe legt nach der Sommerpause einen Vorschlag vor.")
    page.locator("[name=motion_en]").fill("A working group presents a proposal after the summer break.")
    page.locator("[name=is_secret]").check()
    is_fine(page)
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator("main")).to_contain_text(words["few"])
    is_fine(page)
    page.get_by_role("button", name=words["start"]).click()
    expect(page.locator("main")).to_contain_text(words["turnout"])
    is_fine(page)


def the_substitute_votes(page: Page, mail: str, words: dict[str, str]) -> str:
    """By the link of the mail, without signing in; the code of the receipt."""
    link = re.search(r"http://\S+/(?:abstimmen|vote)/\S+", mail)
    assert link is not None
    page.goto(link[0])
    is_fine(page)
    page.get_by_role("button", name=words["vote"]).click()
    expect(page.locator("main")).to_contain_text(words["choose"])
    is_fine(page)
    page.get_by_label(words["yes"], exact=True).check()
    page.get_by_role("button", name=words["vote"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["thanks"])
    is_fine(page)
    code = page.locator(".receipt").inner_text()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser keeps neither the receipt nor the paper
        page.go_back()
    again = page.context.new_page()
    again.goto(link[0])
    expect(again.locator("main")).to_contain_text(words["twice"])
    assert code not in again.content()
    again.close()
    return code


def everybody_reads(page: Page, site: str, words: dict[str, str]) -> None:
    """The register and the body's own page, signed out, on a phone."""
    page.goto(site + words["register"])
    is_fine(page)
    page.get_by_role("link", name=words["title"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["title"])
    is_fine(page)
    page.goto(site + words["body"])
    expect(page.locator("main")).to_contain_text(words["provisional"])
    is_fine(page)
