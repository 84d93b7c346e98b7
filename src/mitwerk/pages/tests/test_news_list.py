"""The list of news: who sees what, filters that forgive, a fixed number of queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import Cast, tell

LIST_QUERIES = 20


def titles(client: Client, url: str) -> list[str]:
    return [piece.title for piece in client.get(url).context["page_of_news"]]


def test_the_region_shows_all_and_a_cluster_its_own_and_those_naming_it(client: Client, cast: Cast) -> None:
    assert titles(client, "/de/aktuelles/") == ["Größere Pläne n2", "Größere Pläne n3", "Größere Pläne n1"]
    assert titles(client, "/de/it/aktuelles/") == ["Größere Pläne n2", "Größere Pläne n1"]
    assert titles(client, "/de/food-land/aktuelles/") == ["Größere Pläne n2"]
    assert titles(client, "/en/it/news/") == ["Bigger plans n2", "Bigger plans n1"]


def test_an_editors_piece_counts_as_its_clusters_without_being_named(client: Client, cast: Cast) -> None:
    cast.news("n1").clusters.through.objects.filter(newspage=cast.news("n1")).delete()
    assert titles(client, "/de/it/aktuelles/") == ["Größere Pläne n2", "Größere Pläne n1"]
    assert titles(client, "/de/food-land/aktuelles/") == ["Größere Pläne n2"]


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    NewsPage.objects.filter(source_id="n1").update(live=False)
    for number in range(more):
        tell(f"m{number}", "2020-01-02", [cast.it, cast.food], organisations=[cast.firm])
    client.get("/de/it/aktuelles/")  # Wagtail keeps where sites are rooted
    with django_assert_num_queries(LIST_QUERIES):
        assert len(titles(client, "/de/it/aktuelles/")) == 1 + more


def test_year_and_topic_filter_and_count(client: Client, cast: Cast) -> None:
    response = client.get("/de/it/aktuelles/?year=2006&topic=unternehmen")
    assert [piece.source_id for piece in response.context["page_of_news"]] == ["n1"]
    year, topic = response.context["filters"]
    assert [(o.value, o.count, o.is_chosen) for o in year.options] == [("2006", 1, True)]
    assert [(o.value, o.count, o.is_chosen) for o in topic.options] == [("unternehmen", 1, True)]


def test_an_unknown_value_is_dropped_and_told(client: Client, cast: Cast) -> None:
    response = client.get("/de/it/aktuelles/?topic=gibtesnicht&year=%00&year=1999")
    assert response.status_code == 200
    assert response.context["choice"].values == {}
    assert "gibtesnicht" in response.context["dropped_notice"]
    assert len(response.context["page_of_news"]) == 2


@pytest.mark.parametrize("page", ["0", "99999", "-1", "x", "", "²"])
def test_pages_that_do_not_exist_give_one_that_does(client: Client, cast: Cast, page: str) -> None:
    response = client.get("/de/aktuelles/", {"page": page})
    assert (response.status_code, response.context["page_of_news"].number) == (200, 1)


@pytest.mark.parametrize("words", ["Größere", "groessere", "PLÄNE", "x" * 5000, "%_'\"*(", "\x00"])
def test_any_words_may_be_searched(client: Client, cast: Cast, words: str) -> None:
    assert client.get("/de/it/aktuelles/", {"q": words}).status_code == 200


def test_an_empty_list_says_what_it_is_for(client: Client, cast: Cast) -> None:
    NewsPage.objects.all().delete()
    assert "Noch keine Meldungen" in client.get("/de/it/aktuelles/").content.decode()
    assert "Keine Meldung für diese Auswahl" in client.get("/de/it/aktuelles/?q=zzz").content.decode()


def test_text_is_shown_once_escaped(client: Client, cast: Cast) -> None:
    page = client.get("/de/it/aktuelles/").content.decode()
    assert "Müller &amp; Söhne" in page
    assert "&amp;amp;" not in page
