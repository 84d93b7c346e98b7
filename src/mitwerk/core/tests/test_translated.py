"""The column of translated texts: search and order with umlauts, on both databases."""

import pytest
from django.utils.translation import override

from mitwerk.clusters.models import Cluster
from mitwerk.core.translated import Translated, in_language

pytestmark = pytest.mark.django_db


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
