"""A project's story tells the news that names it: written by the pages' floor, read by the projects' floor."""

import pytest
from django.test import Client

from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import Cast, play, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Of the three pieces of news `n1` names the project; here another one does."""
    cast = play()
    tell("month", "2007-01-01", [cast.it], projects=[cast.project], date_is_month=True)
    return cast


def told(client: Client, address: str) -> list[tuple[str, str, str]]:
    return [(piece["date"], piece["title"], piece["url"]) for piece in client.get(address).context["news"]]


def test_the_story_tells_the_news_of_its_language(cast: Cast, client: Client) -> None:
    assert told(client, "/de/projekte/probe/") == [
        ("Januar 2007", "Größere Pläne month", "/de/aktuelles/groessere-plaene-month/"),
        ("14. Juli 2006", "Größere Pläne n1", "/de/aktuelles/groessere-plaene-n1/"),
    ]
    assert [title for _date, title, _url in told(client, "/en/projects/probe/")] == [
        "Bigger plans month",
        "Bigger plans n1",
    ]


def test_inside_a_cluster_its_news_stay_inside(cast: Cast, client: Client) -> None:
    urls = [url for _date, _title, url in told(client, "/de/it/projekte/probe/")]
    assert urls == ["/de/it/aktuelles/groessere-plaene-month/", "/de/it/aktuelles/groessere-plaene-n1/"]


def test_what_is_not_published_is_not_told(cast: Cast, client: Client) -> None:
    NewsPage.objects.update(live=False)
    assert told(client, "/de/projekte/probe/") == []
