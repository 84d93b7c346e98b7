"""The Atom feed: valid, stable ids, per home, language and topic."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import Cast, tell

FEED_QUERIES = 5
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, url: str) -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own feed


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def test_each_home_and_language_has_its_feed(client: Client, cast: Cast) -> None:
    everything = ["Größere Pläne n2", "Größere Pläne n3", "Größere Pläne n1"]
    assert titles(read(client, "/de/aktuelles/feed.atom")) == everything
    assert titles(read(client, "/de/food-land/aktuelles/feed.atom")) == ["Größere Pläne n2"]
    assert titles(read(client, "/en/it/news/feed.atom")) == ["Bigger plans n2", "Bigger plans n1"]


def test_a_topic_has_its_feed(client: Client, cast: Cast) -> None:
    feed = read(client, "/de/it/aktuelles/feed.atom?topic=unternehmen")
    assert titles(feed) == ["Größere Pläne n1"]
    assert feed.findtext(f"{ATOM}title") == "IT Mittelland: Aktuelles · Unternehmen"
    for unknown in ["gibtesnicht", "%00", "x" * 5000]:
        assert client.get(f"/de/it/aktuelles/feed.atom?topic={unknown}").status_code == 404


def test_it_has_what_the_standard_asks_for(client: Client, cast: Cast) -> None:
    feed = read(client, "/de/it/aktuelles/feed.atom")
    ids = [feed.findtext(f"{ATOM}id"), *(e.findtext(f"{ATOM}id") for e in feed.findall(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids) == 3
    assert all(one and one.startswith("urn:uuid:") for one in ids)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert feed.findtext(f"{ATOM}updated")
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}updated")
        assert (entry.findtext(f"{ATOM}published") or "")[:10] in {"2006-07-14", "2019-12-01"}
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "IT Mittelland"
        assert "Müller" in (entry.findtext(f"{ATOM}summary") or "")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert (links["self"] or "").endswith("/de/it/aktuelles/feed.atom")


def test_an_entry_has_one_id_in_every_feed_of_its_language(client: Client, cast: Cast) -> None:
    def first(url: str) -> str | None:
        return read(client, url).findtext(f"{ATOM}entry/{ATOM}id")

    assert first("/de/it/aktuelles/feed.atom") == first("/de/food-land/aktuelles/feed.atom")
    assert first("/de/it/aktuelles/feed.atom") != first("/en/it/news/feed.atom")


def test_unchanged_is_answered_in_one_line(client: Client, cast: Cast) -> None:
    tag = client.get("/de/it/aktuelles/feed.atom")["ETag"]
    assert client.get("/de/it/aktuelles/feed.atom", headers={"if-none-match": tag}).status_code == 304
    page = cast.news("n1")
    page.title = "Neu"
    page.save_revision().publish()
    assert client.get("/de/it/aktuelles/feed.atom", headers={"if-none-match": tag}).status_code == 200


def test_an_empty_feed_is_a_feed(client: Client, cast: Cast) -> None:
    NewsPage.objects.all().delete()
    assert titles(read(client, "/de/it/aktuelles/feed.atom")) == []


def test_only_reading(client: Client, cast: Cast) -> None:
    assert client.post("/de/it/aktuelles/feed.atom").status_code == 405


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    NewsPage.objects.filter(source_id="n1").update(live=False)
    for number in range(more):
        tell(f"m{number}", "2020-01-02", [cast.it, cast.food])
    with django_assert_num_queries(FEED_QUERIES):
        assert len(titles(read(client, "/de/it/aktuelles/feed.atom"))) == 1 + more
