"""The tree of pages: there from the first day, made once, addresses as the house has them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from mitwerk.pages.actions import change_operator, ensure_page_tree
from mitwerk.pages.actions.tree import last_step
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, RegionHomePage, StandardPage
from mitwerk.pages.tests.cast import Cast
from mitwerk.pages.texts import TEXTS, text_of


def snapshot() -> list[tuple[object, ...]]:
    return list(Page.objects.order_by("pk").values_list("pk", "path", "slug", "title", "translation_key", "live"))


def test_it_makes_two_trees_of_twins(cast: Cast) -> None:
    assert RegionHomePage.objects.count() == 2
    assert ClusterHomePage.objects.count() == 4
    assert NewsIndexPage.objects.count() == 6
    assert StandardPage.objects.count() == 10
    for model in (RegionHomePage, ClusterHomePage, NewsIndexPage, StandardPage):
        keys = list(model.objects.values_list("translation_key", flat=True))
        assert len(keys) == 2 * len(set(keys))
    assert Site.objects.get().root_page.specific == RegionHomePage.objects.get(locale__language_code="de")


def test_making_it_again_changes_nothing(cast: Cast) -> None:
    before = snapshot()
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    assert snapshot() == before


def test_closed_pages_stay_closed(client: Client, cast: Cast) -> None:
    page = StandardPage.objects.get(kind="about", locale__language_code="de")
    page.unpublish()
    ensure_page_tree(region=cast.region, clusters=[cast.it])
    assert StandardPage.objects.filter(kind="about").count() == 2
    assert not StandardPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", TEXTS)
def test_every_text_is_at_its_address_with_its_twin(client: Client, cast: Cast, kind: str, language: str) -> None:
    with override(language):
        url = reverse(f"pages:{kind}")
    response = client.get(url)
    assert response.status_code == 200
    page = response.context["page"]
    assert (page.kind, page.language, page.slug) == (kind, language, last_step(f"pages:{kind}", language))
    links = {link.language: link.url for link in response.context["site"]["languages"]}
    assert client.get(links["en" if language == "de" else "de"]).context["page"].kind == kind
    assert "{{" not in response.content.decode()


def test_texts_are_there_in_both_languages() -> None:
    for kind in TEXTS:
        (title, lead, body), (twin, *_rest) = text_of(kind, "de"), text_of(kind, "en")
        assert title
        assert lead
        assert body.startswith("<")
        assert title != twin


def test_a_text_missing_in_one_language_is_shown_in_the_other(client: Client, cast: Cast) -> None:
    StandardPage.objects.get(kind="about", locale__language_code="en").unpublish()
    switch = client.get("/de/ueber-uns/").context["site"]["languages"]
    english = {link.language: link.url for link in switch}["en"]
    response = client.get(english)
    assert (response.status_code, english) == (200, "/en/ueber-uns/")
    assert response.context["foreign_language"] == "de"
    assert "not there in your language" in response.content.decode()


def test_unknown_clusters_and_pages_are_missing(client: Client, cast: Cast) -> None:
    for url in ["/de/gibt-es-nicht/", "/de/it/gibt-es-nicht/", "/de/gibt-es-nicht/aktuelles/", "/fr/it/"]:
        assert client.get(url, follow=True).status_code == 404, url
    assert client.get("/de/IT/").status_code == 301


def test_the_imprint_shows_what_the_operator_filled_in(client: Client, cast: Cast) -> None:
    assert "noch nicht eingetragen" in client.get("/de/impressum/").content.decode()
    change_operator(
        name="Verein e. V.", street="Straße 1", postal_code="04109", town="Leipzig",
        represented_by="den Vorstand", email="post@example.org",
    )  # fmt: skip
    german, english = (client.get(url).content.decode() for url in ("/de/impressum/", "/en/imprint/"))
    assert "noch nicht eingetragen" not in german
    assert "Straße 1" in german
    assert "Straße 1" in english
