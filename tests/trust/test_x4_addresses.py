"""TRUST X4: an address that somebody types becomes a link only where a browser opens a page with it."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.office.browser import form_data
from tests.trust.hostile_markup import ODD, URLS

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
from mitwerk.core.models import WebAddress
from mitwerk.core.office_forms import SourcesField
from mitwerk.people.tests.cast import People, make_people
from mitwerk.profiles.forms import AboutForm

pytestmark = pytest.mark.django_db
HOSTILE = [url for url in (*URLS, *ODD) if url.split() and not url.strip().startswith(("https://", "http://"))]
OPENS = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\])|\?|#|data:image/svg\+xml,)[^\s\\]*|\.|", re.IGNORECASE)


@pytest.fixture
def people(cast: Cast) -> People:
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    return make_people(cast)


def strange_links(page: str) -> list[str]:
    """Every address in a page that leads to no other page."""
    found = re.findall(r"""\b(?:href|src|action|formaction|data)=["']([^"']*)["']""", page)
    return [one for one in map(unescape, found) if not OPENS.fullmatch(one)]


def taken_by(clean: Any, url: str) -> list[str]:
    """What a field makes of a text; nothing where it refuses it."""
    try:
        return [str(clean(url))]
    except ValidationError:
        return []


def test_x4_no_form_takes_an_address_that_runs_something() -> None:
    """X4: website and sources, in the office and for members; what is taken has become an address of the web."""
    field: Any = Organisation._meta.get_field("website")
    office = field.formfield(assume_scheme="https")
    ways = (lambda text: field.clean(office.clean(text), None), AboutForm.base_fields["website"].clean)
    for url in HOSTILE:
        made = [one for way in ways for one in taken_by(way, url)]
        assert (url, [one for one in made if not re.match(r"https?://[\w.]", one)]) == (url, [])
        assert (url, taken_by(lambda text: field.clean(text, None), url)) == (url, [])
        assert (url, taken_by(SourcesField().clean, f"https://good.example\n{url} 2012-05")) == (url, [])


def test_x4_control_good_addresses_are_taken() -> None:
    field: Any = Organisation._meta.get_field("website")
    assert isinstance(field, WebAddress)
    assert field.clean("https://example.org/a?b=c#d", None) == "https://example.org/a?b=c#d"
    lines = "https://example.org/ä 2012-05\nHTTP://example.org\nowner/name:path/to-file.csv"
    assert [one["url"] for one in SourcesField().clean(lines)] == [
        "https://example.org/ä", "HTTP://example.org", "owner/name:path/to-file.csv",
    ]  # fmt: skip


def test_x4_the_office_cannot_give_a_source_that_runs_something(cast: Cast, people: People, as_user: Any) -> None:
    """X4: over the office's form and the public page."""
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    data = form_data(browser.get(url).context["form"])
    told = {}
    for text in ("javascript:alert(1)", "https://example.org/a"):
        answer = browser.post(url, {**data, "sources": text})
        told[text] = (answer.status_code, strange_links(Client().get(cast.firm.get_absolute_url()).content.decode()))
    assert told == {"javascript:alert(1)": (200, []), "https://example.org/a": (302, [])}


def test_x4_a_member_cannot_give_a_website_that_runs_something(cast: Cast, people: People, as_user: Any) -> None:
    browser, url = as_user(people.editor), reverse("profiles:profile_about", args=[cast.firm.slug])
    told = {}
    for text in ("javascript:alert(1)", "ftp://example.org", "https://example.org"):
        told[text] = browser.post(url, {"name": cast.firm.name, "website": text}).status_code
    assert told == {"javascript:alert(1)": 200, "ftp://example.org": 200, "https://example.org": 302}


def test_x4_control_a_strange_link_on_a_page_would_be_found() -> None:
    links = [f'<a href="{url}">x</a>' for url in ("ftp://example.org", "javascript:alert(1)", "https://example.org")]
    assert strange_links(" ".join(links)) == ["ftp://example.org", "javascript:alert(1)"]


def test_x4_a_website_that_is_no_address_is_no_link(cast: Cast, client: Client) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(website="ftp://example.org")
    assert strange_links(client.get(cast.firm.get_absolute_url()).content.decode()) == []


def test_x4_a_source_that_is_no_address_is_shown_as_text(cast: Cast, client: Client) -> None:
    """X4: one that was stored before the form looked, or a file of a repository."""
    sources = [{"url": "javascript:alert(1)", "date": None}, {"url": "owner/name:path", "date": None}]
    Organisation.objects.filter(pk=cast.firm.pk).update(sources=sources)
    page = client.get(cast.firm.get_absolute_url()).content.decode()
    assert (strange_links(page), page.count("javascript:alert(1), owner/name:path")) == ([], 1)
