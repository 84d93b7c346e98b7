"""What follows on the decisions: a programme, guests, the door, and what is left when it is over. Each step as somebody
clicks it; the months between are skipped by `kongress.over`."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.test_ballots import is_fine
from tests.browser.test_pages import follow
from tests.installations import told_by

if TYPE_CHECKING:
    from tests.browser.test_congress import Journey

GUEST = "Gast der Reise"
SLIDES = b"%PDF-1.4\n%%EOF\n"
WORDS = {"de": "Mehr Zeit zum Reden", "en": "More time to talk"}


def path(journey: "Journey", name: str, *places: str) -> str:
    with override(journey.language):
        return reverse(f"registrations:{name}", args=places)


def click(page: Page, action: str = "") -> None:
    chosen = f"main form[action$='{action}']" if action else "main form.form"
    page.locator(f"{chosen} button[type=submit]").first.click()
    page.wait_for_load_state()


def plan(journey: "Journey", congress: str, contribution: str, title: str) -> str:
    """On the office's plan by form, then released; a visitor finds it and ticks it. Returns the congress's slug."""
    page = journey.go("office", journey.path("session_place", congress, contribution))
    page.locator("[name=room]").select_option(index=1)
    page.locator("[name=start]").fill("10:00")
    click(page)
    expect(page.locator(".plan-block")).to_have_count(1)
    page = journey.go("office", journey.path("programme_release", congress))
    click(page)
    slug = told_by(journey.installation, "-m", "tests.browser.kongress", "slug", congress).strip()
    page = journey.go("visitor", journey.path("programme", slug))
    expect(page.locator(".programme-item")).to_contain_text(title)
    page.locator("[name=s]").check()
    page.locator(".programme-bar button").click()
    expect(page.locator(".timeline li")).to_have_count(1)
    return slug


def register(journey: "Journey", congress: str, slug: str) -> str:
    """The office opens registration, a guest registers on a phone; returns the way to the ticket in the mail."""
    page = journey.go("office", path(journey, "admission_add"))
    page.locator("[name=congress]").select_option(congress)
    click(page)
    page = journey.go("speaker", path(journey, "registration_add", slug))
    page.locator("[name=name]").fill(GUEST)
    address = f"guest-{journey.language}@example.org"
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(3500)  # a form that is sent at once is a machine's
    click(page)
    is_fine(page)
    part = path(journey, "registration_detail", "x").removesuffix("x/")
    page.goto(journey.link_in_mail(address, part))
    is_fine(page)
    return page.url


def arrive(journey: "Journey", congress: str, ticket: str) -> None:
    """A link for a phone at the door; the code of the ticket is typed, and the office sees who came."""
    page = journey.go("office", path(journey, "pass_list", congress))
    page.locator("[name=device]").fill("Haupteingang")
    click(page)
    is_fine(page)
    link = page.locator("main a[href*='/check-in/'], main a[href*='/einlass/']").first.get_attribute("href")
    journey.pages["speaker"].goto(ticket)
    code = journey.pages["speaker"].locator("main .num").first.inner_text()
    door = journey.pages["juror"]
    door.goto(str(link))
    is_fine(door)
    door.locator("#said").fill(code)
    door.locator("#said").press("Enter")
    expect(door.locator("#answer .check-name")).to_have_text(GUEST)
    page = journey.go("office", path(journey, "day", congress))
    expect(page.locator("main")).to_contain_text(GUEST)


def look_back(journey: "Journey", congress: str, contribution: str, ticket: str, title: str) -> None:
    """It is over: the firm gives its slides, the guest answers three questions, everybody reads the proceedings."""
    slug = told_by(journey.installation, "-m", "tests.browser.kongress", "over", congress).strip()
    page = journey.go("firm", journey.path("proceeding_edit", contribution))
    file = {"name": "folien.pdf", "mimeType": "application/pdf", "buffer": SLIDES}
    page.locator("[name=slides]").set_input_files(file)  # type: ignore[arg-type]
    click(page)
    is_fine(page)
    page = journey.pages["speaker"]
    page.goto(ticket)
    follow(page.locator("main a[href*='/feedback/'], main a[href*='/rueckmeldung/']"))
    is_fine(page)
    for number in (1, 2, 3):
        page.locator(f"[name=mark_{number}][value='4']").check()
    page.locator("[name=words]").fill(WORDS[journey.language])
    click(page)
    is_fine(page)
    expect(page.locator("main form")).to_have_count(0)
    page = journey.go("visitor", journey.path("congress_detail", slug))
    follow(page.locator(f"main a[href$='{journey.path('proceeding_list', slug)}']").first)
    is_fine(page)
    expect(page.locator("main")).to_contain_text(title)
    with page.expect_download() as slides:
        page.locator("main a[href*='/folien/'], main a[href*='/slides/']").first.click()
    assert slides.value.path().read_bytes() == SLIDES
