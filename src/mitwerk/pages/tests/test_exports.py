"""What machines read: JSON-LD of homes, lists and articles; the deploy check of the imprint."""

from typing import Any

from django.test import Client

from mitwerk.pages.actions import change_operator
from mitwerk.pages.checks import imprint_is_filled_in
from mitwerk.pages.tests.cast import Cast


def facts(client: Client, url: str) -> list[Any]:
    return list(client.get(url).context["jsonld"])


def test_homes_say_who_they_are(client: Client, cast: Cast) -> None:
    assert [thing["@type"] for thing in facts(client, "/de/")] == ["Organization", "WebSite"]
    assert [thing["@type"] for thing in facts(client, "/en/it/")] == ["Organization"]
    assert facts(client, "/en/it/")[0]["name"] == "IT Midland"


def test_lists_and_articles(client: Client, cast: Cast) -> None:
    listed, way = facts(client, "/de/it/aktuelles/")
    assert (listed["@type"], listed["numberOfItems"], way["@type"]) == ("ItemList", 2, "BreadcrumbList")
    assert listed["itemListElement"][0]["url"].endswith("/de/it/aktuelles/groessere-plaene-n2/")
    article, way = facts(client, "/de/it/aktuelles/groessere-plaene-n1/")
    assert (article["@type"], article["datePublished"], article["inLanguage"]) == ("NewsArticle", "2006-07-14", "de")
    assert article["mentions"][0]["name"] == "Muster GmbH"
    assert len(way["itemListElement"]) == 4
    month, _way = facts(client, "/en/it/news/bigger-plans-n2/")
    assert month["datePublished"] == "2019-12"


def test_a_public_server_must_have_an_imprint(cast: Cast) -> None:
    assert [error.id for error in imprint_is_filled_in(None)] == ["mitwerk.E010"]
    change_operator(
        name="Verein e. V.", street="Straße 1", postal_code="04109", town="Leipzig",
        represented_by="den Vorstand", email="post@example.org",
    )  # fmt: skip
    assert imprint_is_filled_in(None) == []
