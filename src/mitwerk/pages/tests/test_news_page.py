"""An article: where it is shown, its twin, its neighbours, and the time it appears."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django_scopes import scopes_disabled

from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import Cast


def path(cast: Cast, source_id: str, language: str = "de", cluster: str | None = "it") -> str:
    return cast.news(source_id, language).address_in(language, cluster)


def test_addresses_are_german_in_german(cast: Cast) -> None:
    assert path(cast, "n1") == "/de/it/aktuelles/groessere-plaene-n1/"
    assert path(cast, "n1", "en") == "/en/it/news/bigger-plans-n1/"
    assert path(cast, "n1", cluster=None) == "/de/aktuelles/groessere-plaene-n1/"


def test_it_shows_date_author_actors_projects_and_source(client: Client, cast: Cast) -> None:
    response = client.get(path(cast, "n1"))
    html = response.content.decode()
    assert response.status_code == 200
    assert [actor.name for actor in response.context["actors"]] == ["Muster GmbH"]
    assert [str(project.title) for project in response.context["projects"]] == ["Probe"]
    for words in ["14. Juli 2006", "Geschäftsstelle IT Mittelland", "example.org", "Stand 2006"]:
        assert words in html


def test_a_month_stays_a_month(client: Client, cast: Cast) -> None:
    html = client.get(path(cast, "n2")).content.decode()
    assert 'datetime="2019-12"' in html
    assert "1. Dezember" not in html


def test_a_shared_piece_stays_in_the_cluster_being_read(client: Client, cast: Cast) -> None:
    response = client.get("/de/food-land/aktuelles/groessere-plaene-n2/")
    assert response.status_code == 200
    assert response.context["canonical"] == "/de/it/aktuelles/groessere-plaene-n2/"
    assert response.context["site"]["name"] == "Ernährung"


def test_a_piece_of_another_cluster_leads_to_the_region(client: Client, cast: Cast) -> None:
    response = client.get("/de/food-land/aktuelles/groessere-plaene-n1/")
    assert (response.status_code, response["Location"]) == (302, "/de/aktuelles/groessere-plaene-n1/")
    assert client.get("/de/it/aktuelles/gibt-es-nicht/").status_code == 404


def test_the_language_switch_leads_to_the_twin(client: Client, cast: Cast) -> None:
    response = client.get("/de/food-land/aktuelles/groessere-plaene-n2/")
    links = {link.language: link.url for link in response.context["site"]["languages"]}
    assert links == {
        "de": "/de/food-land/aktuelles/groessere-plaene-n2/",
        "en": "/en/food-land/news/bigger-plans-n2/",
    }
    response = client.get("/en/it/news/groessere-plaene-n1/")
    assert (response.status_code, response["Location"]) == (302, "/en/it/news/bigger-plans-n1/")


def test_a_missing_twin_is_shown_in_the_other_language_and_told(client: Client, cast: Cast) -> None:
    cast.news("n1", "en").unpublish()
    switch = client.get(path(cast, "n1")).context["site"]["languages"]
    english = {link.language: link.url for link in switch}["en"]
    assert english == "/en/it/news/groessere-plaene-n1/"
    response = client.get(english)
    assert response.context["foreign_language"] == "de"
    assert 'lang="de"' in response.content.decode()
    listed = client.get("/en/it/news/").context["page_of_news"]
    assert [piece.title for piece in listed] == ["Bigger plans n2", "Größere Pläne n1"]


def test_earlier_and_later_stay_in_the_list_being_read(client: Client, cast: Cast) -> None:
    inside = client.get(path(cast, "n1")).context
    assert (inside["older"], inside["newer"].source_id) == (None, "n2")
    region = client.get(path(cast, "n1", cluster=None)).context
    assert (region["older"], region["newer"].source_id) == (None, "n3")


def test_drafts_and_closed_pages_are_not_shown(client: Client, cast: Cast) -> None:
    piece = cast.news("n1")
    assert client.get(path(cast, "n1")).status_code == 200
    piece.view_restrictions.create(restriction_type="login")
    assert client.get(path(cast, "n1")).status_code == 404
    assert [p.source_id for p in client.get("/de/it/aktuelles/").context["page_of_news"]] == ["n2"]
    assert [p.source_id for p in client.get("/en/it/news/").context["page_of_news"]] == ["n2", "n1"]


@pytest.mark.parametrize("is_due", [True, False])
def test_scheduled_publishing(client: Client, cast: Cast, is_due: bool) -> None:
    piece = cast.news("n1")
    url = path(cast, "n1")
    piece.unpublish()
    start = datetime(2030, 1, 1, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        piece.go_live_at = start + timedelta(hours=1)
        piece.expire_at = start + timedelta(days=1)
        piece.save_revision().publish()
        assert client.get(url).status_code == 404
    with time_machine.travel(start + timedelta(minutes=61 if is_due else 59), tick=False):
        with scopes_disabled():
            call_command("publish_scheduled")
        assert client.get(url).status_code == (200 if is_due else 404)
    if is_due:
        with time_machine.travel(start + timedelta(days=2), tick=False), scopes_disabled():
            call_command("publish_scheduled")
            assert client.get(url).status_code == 404


def test_one_slug_per_language(cast: Cast) -> None:
    piece = cast.news("n3")
    piece.slug = cast.news("n1").slug
    with pytest.raises(Exception, match=r"Adresse|address"):
        piece.full_clean()
    assert NewsPage.objects.get(pk=piece.pk).full_clean() is None
