"""The column of translated texts: search and order with umlauts, on both databases."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import gettext_lazy, override

from mitwerk.clusters.models import Cluster
from mitwerk.core.translated import Translated, in_both_languages, in_language

pytestmark = pytest.mark.django_db

TEXTS = {"de": "Bedarf", "en": "need"}


def test_orders_umlauts_as_a_dictionary_does() -> None:
    for slug, name in [("a", "Zeiss"), ("b", "Ärzte"), ("c", "Apolda"), ("d", "Öko"), ("e", "Oschatz")]:
        Cluster.objects.create(slug=slug, name={"de": name})
    names = [str(c.name) for c in Cluster.objects.order_by(in_language("name", "de"))]
    assert names == ["Apolda", "Ärzte", "Öko", "Oschatz", "Zeiss"]


def test_finds_umlauts_as_typed() -> None:
    Cluster.objects.create(slug="a", name={"de": "Müller"})
    assert Cluster.objects.filter(name__de__icontains="Müll").count() == 1


def test_falls_back_to_the_other_language_and_says_so() -> None:
    with override("en"):
        assert Translated({"de": "Bedarf"}).best() == ("Bedarf", "de")
        assert Translated({"de": "Bedarf", "en": "need"}).best() == ("need", "en")


def test_a_plain_dict_is_translated_before_the_first_save() -> None:
    assert str(Cluster(slug="a", name={"de": "Müller"}).name) == "Müller"


def test_a_text_of_ours_is_written_in_each_language() -> None:
    words = {"day": date(2006, 7, 14), "hour": datetime(2006, 7, 14, 22, 30, tzinfo=UTC), "what": Translated(TEXTS)}
    with override("en"):
        assert in_both_languages(gettext_lazy("Bodies")) == {"de": "Gremien", "en": "Bodies"}
        told = in_both_languages("%(day)s · %(hour)s · %(what)s", **words)
    assert told == {"de": "14. Juli 2006 · 15. Juli 2006 · Bedarf", "en": "14 July 2006 · 15 July 2006 · need"}
