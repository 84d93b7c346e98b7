"""Addresses that people type, guess or keep from elsewhere."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from mitwerk.clusters.models import Cluster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("/de/organisations/", "/de/akteure/"),
        ("/en/akteure/", "/en/organisations/"),
        ("/en/akteure/?kind=company&page=2", "/en/organisations/?kind=company&page=2"),
        ("/de/account/login/?next=/office/", "/de/konto/login/?next=/office/"),
        ("/de/it/projects/", "/de/it/projekte/"),
        ("/de//akteure/", "/de/akteure/"),
        ("/de/Akteure/", "/de/akteure/"),
        ("/de/IT/akteure/", "/de/it/akteure/"),
    ],
)
def test_leads_to_the_right_spelling(client: Client, typed: str, right: str) -> None:
    Cluster.objects.create(slug="it", name={"de": "IT"})
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, right)


@pytest.mark.parametrize("path", ["/de/zeppelin/", "/de/zeppelin/akteure/", "/de/akteure/no-such/", "/en/x/y/z/"])
def test_what_is_missing_is_a_page_in_the_visitors_language(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert f'<html lang="{path[1:3]}"' in answer.content.decode()


def test_a_path_of_another_host_is_never_redirected_to(client: Client) -> None:
    assert client.get("/", PATH_INFO="//evil.example/DE/")["Location"] == "/evil.example/DE/"


def first_words() -> set[str]:
    """First part of every address behind the language, in both languages."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            for part in get_resolver().url_patterns:
                found |= _words_of(part)
    return found


def _words_of(part: URLPattern | URLResolver) -> set[str]:
    route = str(part.pattern)
    if isinstance(part, URLResolver) and route in {"", *(f"{code}/" for code, _name in settings.LANGUAGES)}:
        return set().union(*(_words_of(inner) for inner in part.url_patterns))
    word = route.split("/")[0]
    return {word} if re.fullmatch("[a-z0-9-]+", word) else set()


def test_every_first_word_is_reserved_so_that_no_cluster_can_hide_it() -> None:
    assert first_words() - settings.RESERVED_SLUGS == set()
