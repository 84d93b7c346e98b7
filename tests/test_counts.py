"""Each list with filters says how many it shows, also when it is none, in the one element that screen readers hear."""

import re

import pytest
from django.test import Client

from mitwerk.pages.tests.cast import play

pytestmark = pytest.mark.django_db

NONE = [
    ("/de/akteure/", "0 Organisationen"),
    ("/de/projekte/", "0 Projekte"),
    ("/de/aktuelles/", "0 Meldungen"),
    ("/de/termine/", "0 Termine"),
    ("/de/bedarfe/", "0 Bedarfe"),
]


def said(html: str) -> list[str]:
    """The words of the live elements in the list."""
    results = html.partition('id="results"')[2].partition("</main>")[0]
    found = re.findall(r'<(\w+)[^>]* role="status">(.*?)</\1>', results, re.S)
    return [re.sub(r"<[^>]+>", "", words).strip() for _tag, words in found]


@pytest.mark.parametrize(("path", "words"), NONE, ids=[one[0] for one in NONE])
def test_a_list_without_results_says_so(region_scope: None, client: Client, path: str, words: str) -> None:
    play()
    assert said(client.get(path, {"q": "zeppelinhangar"}).content.decode()) == [words]


def test_a_second_live_element_would_be_noticed() -> None:
    """The control: two of them, or none, are not what a list says."""
    one = '<main><div id="results"><p role="status">0 Termine</p>'
    assert (said(f"{one}</main>"), said(f'{one}<h2 role="status">x</h2></main>')) == (["0 Termine"], ["0 Termine", "x"])
    assert said('<p role="status">0</p><main><div id="results">0 Termine</main>') == []
