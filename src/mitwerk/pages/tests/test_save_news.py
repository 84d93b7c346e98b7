"""News from a source: made once, changed when the source changes, never over an editor's head."""

import pytest

from mitwerk.pages.actions import load_topics
from mitwerk.pages.models import NewsPage
from mitwerk.pages.tests.cast import Cast, tell, topic


def test_both_languages_are_twins_in_the_first_clusters_list(cast: Cast) -> None:
    german, english = cast.news("n2"), cast.news("n2", "en")
    assert german.translation_key == english.translation_key
    assert german.home_slug == english.home_slug == "it"
    assert cast.news("n3").home_slug == ""


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    before = list(NewsPage.objects.order_by("pk").values_list("pk", "latest_revision_created_at", "source_hash"))
    again = tell("n2", "2019-12-01", [cast.it, cast.food], date_is_month=True, topics=[topic("meetings")])
    assert again is False
    after = list(NewsPage.objects.order_by("pk").values_list("pk", "latest_revision_created_at", "source_hash"))
    assert after == before


def test_an_editors_words_stay_until_the_source_changes(cast: Cast) -> None:
    page = cast.news("n3")
    page.title = "Von Hand"
    page.save_revision().publish()
    assert tell("n3", "2019-03-02", []) is False
    assert cast.news("n3").title == "Von Hand"
    assert tell("n3", "2019-03-03", []) is True
    assert cast.news("n3").title == "Größere Pläne n3"
    assert cast.news("n3").get_latest_revision_as_object().title == "Größere Pläne n3"


def test_it_moves_with_its_cluster_and_keeps_its_address(cast: Cast) -> None:
    slug = cast.news("n3").slug
    assert tell("n3", "2019-03-02", [cast.food]) is True
    assert (cast.news("n3").home_slug, cast.news("n3").slug) == ("food-land", slug)
    assert NewsPage.objects.filter(source_id="n3").count() == 2


def test_a_title_twice_gets_two_addresses(cast: Cast) -> None:
    same = {"de": "Größere Pläne n1", "en": "Bigger plans n1"}
    assert tell("n9", "2010-01-01", [cast.food], title=same) is True
    assert cast.news("n9").slug == "groessere-plaene-n1-2"


def test_text_is_never_markup(cast: Cast) -> None:
    tell("n9", "2010-01-01", [], text={"de": "<script>alert(1)</script>\n\nZweiter", "en": "b"})
    assert cast.news("n9").body == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>Zweiter</p>"


def test_without_a_tree_it_says_what_to_do(cast: Cast) -> None:
    NewsPage.objects.all().delete()
    for index in cast.food, cast.it:
        index.pk = 999
    with pytest.raises(LookupError, match="ensure_page_tree"):
        tell("n9", "2010-01-01", [cast.food])


def test_topics_load_once(cast: Cast) -> None:
    rows = [{"id": "companies", "label_de": "Firmen", "label_en": "Firms"}]
    load_topics(rows=rows)
    assert topic("companies").label("de").text == "Firmen"
    assert load_topics(rows=rows) == 0
