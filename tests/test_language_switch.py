"""The switch at the top leads to the same page in the other language, with the same filters."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mitwerk.accounts.actions import create_user
from mitwerk.pages.tests.cast import Cast, play_once

pytestmark = pytest.mark.django_db

LISTS = [
    ("/de/aktuelles/", "/en/news/", "year=2006&topic=unternehmen&q=M%C3%BCller"),
    ("/de/it/aktuelles/", "/en/it/news/", "year=2006&page=2"),
    ("/de/akteure/", "/en/organisations/", "kind=company&kind=university&view=map"),
    ("/de/it/akteure/", "/en/it/organisations/", "kind=company"),
    ("/de/projekte/", "/en/projects/", "status=finished&sort=oldest"),
    ("/de/termine/", "/en/events/", "year=2006"),
    ("/de/netzwerke/", "/en/networks/", "page=2"),
    ("/de/bedarfe/", "/en/needs/", "q=Wartung"),
    ("/de/suche/", "/en/search/", "q=M%C3%BCller+%26+S%C3%B6hne&kind=news"),
]


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    yield from play_once(django_db_blocker)


@pytest.fixture
def visitor(pages: Cast, region_scope: None, client: Client, db: None) -> Client:
    return client


def switch(client: Client, url: str) -> dict[str, str]:
    answer = client.get(url)
    assert answer.status_code == 200
    return {link.language: link.url for link in answer.context["site"]["languages"]}


@pytest.mark.parametrize(("german", "english", "query"), LISTS, ids=[one[0] for one in LISTS])
def test_filters_are_kept_in_both_directions(visitor: Client, german: str, english: str, query: str) -> None:
    wanted = {"de": f"{german}?{query}", "en": f"{english}?{query}"}
    assert switch(visitor, wanted["de"]) == wanted
    assert switch(visitor, wanted["en"]) == wanted


@pytest.mark.parametrize(("german", "english", "query"), LISTS, ids=[one[0] for one in LISTS])
def test_without_filters_there_is_no_question_mark(visitor: Client, german: str, english: str, query: str) -> None:
    """The control: what is kept above comes from the address that was asked for."""
    assert switch(visitor, german) == {"de": german, "en": english}


def test_a_page_that_has_its_language_in_the_query_keeps_one(visitor: Client) -> None:
    assert switch(visitor, "/ui/?lang=en") == {"de": "/ui/?lang=de", "en": "/ui/?lang=en"}


ACCOUNT = ["login/", "login/?next=/office/", "logout/", "signup/", "password/reset/", "password/reset/key/1-a/"]


def links(html: str) -> list[str]:
    """Where the switch leads; allauth's own pages call something else `site`."""
    switch = html.partition('id="languages"')[2].partition("</div>")[0]
    return re.findall(r'<a href="([^"]+)"', switch)


@pytest.mark.parametrize("page", ACCOUNT)
@pytest.mark.parametrize("browser", ["de", "en"])
def test_pages_of_the_account_have_a_twin_whatever_the_browser_speaks(client: Client, page: str, browser: str) -> None:
    if page == "logout/":
        client.force_login(create_user(email="s@example.org", password="muster-passwort-1", name="S"))
    for language, here, there in (("de", "/de/konto/", "/en/account/"), ("en", "/en/account/", "/de/konto/")):
        html = client.get(f"{here}{page}", headers={"accept-language": browser}).content.decode()
        assert (html.count(f'<html lang="{language}">'), links(html)) == (1, [f"{there}{page}"])


@pytest.mark.parametrize("page", ["login/", "login/?next=/office/%3Fp%3D2", "password/reset/key/1-a/", "logout/"])
@pytest.mark.parametrize(("browser", "home"), [("de", "/de/konto/"), ("en", "/en/account/"), ("fr", "/de/konto/")])
def test_the_old_addresses_lead_to_the_new_ones(client: Client, page: str, browser: str, home: str) -> None:
    answer = client.get(f"/account/{page}", headers={"accept-language": browser})
    assert (answer.status_code, answer["Location"]) == (302, f"{home}{page}")
    assert answer["Vary"] == "Accept-Language"


@pytest.mark.parametrize("page", ["", "nothing/", "%0D%0Ax/", "login/%3Fnext=x/", "//evil.example/"])
def test_what_was_no_page_of_the_account_is_none_now(client: Client, page: str) -> None:
    assert client.get(f"/account/{page}", follow=True).status_code == 404


def test_the_office_sends_to_the_door_in_the_visitors_language(client: Client) -> None:
    doors = [client.get("/office/", headers={"accept-language": code})["Location"] for code in ("de", "en")]
    assert doors == ["/de/konto/login/?next=/office/", "/en/account/login/?next=/office/"]
    signing_out = [client.get(f"{home}logout/")["Location"] for home in ("/de/konto/", "/en/account/")]
    assert signing_out == ["/de/", "/en/"]


@pytest.mark.usefixtures("commits_at_once")
@pytest.mark.parametrize("home", ["/de/konto/", "/en/account/"])
def test_the_mailed_link_keeps_the_language(client: Client, settings: Any, home: str) -> None:
    create_user(email="s@example.org", password="muster-passwort-1", name="S")
    client.post(f"{home}password/reset/", {"email": "s@example.org"})
    assert re.findall(r"https?://[^/]+(/\w+/\w+/)password/reset/key/", mail.outbox[0].body) == [home]
