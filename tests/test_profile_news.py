"""News on the profile of an organisation: `pages` and `portal` are neighbours, so neither of them tests this."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from mitwerk.pages.models import NewsIndexPage
from mitwerk.pages.tests.cast import Cast, play, tell

pytestmark = pytest.mark.django_db

FIRM = "/de/akteure/muster/"
OF_IT = "/de/it/akteure/muster/"
QUERIES = {FIRM: 11, OF_IT: 13}


@pytest.fixture
def cast() -> Cast:
    return play()


def mention(cast: Cast, number: int) -> None:
    tell(f"about-{number}", f"2010-01-0{number}", [cast.it], organisations=[cast.firm])


@pytest.mark.parametrize("address", [FIRM, OF_IT])
def test_queries_do_not_grow_with_the_news(
    client: Client, cast: Cast, django_assert_num_queries: Any, address: str
) -> None:
    mention(cast, 1)
    client.get(address)
    with django_assert_num_queries(QUERIES[address]):
        assert client.get(address).content.decode().count("Größere Pläne about") == 1
    mention(cast, 2)
    mention(cast, 3)
    client.get(address)
    with django_assert_num_queries(QUERIES[address]):
        assert client.get(address).content.decode().count("Größere Pläne about") == 3


def test_closed_news_is_not_told(client: Client, cast: Cast) -> None:
    mention(cast, 1)
    assert "Größere Pläne about" in client.get(FIRM).content.decode()
    for index in NewsIndexPage.objects.all():
        PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert "Größere Pläne about" not in client.get(FIRM).content.decode()
