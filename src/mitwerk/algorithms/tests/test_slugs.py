"""Addresses out of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.slugs import free_slug, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Köthen & Söhne GmbH", "koethen-und-soehne-gmbh"),
        ("Weißenfels", "weissenfels"),
        ("IT-Fachtag für Kommunen", "it-fachtag-fuer-kommunen"),
        ("  –  ", ""),
    ],
)
def test_umlauts_are_written_out(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_the_second_of_a_name_gets_a_number() -> None:
    taken = {"gisa", "gisa-2"}
    assert free_slug("GISA", taken.__contains__, fallback="x") == "gisa-3"


def test_a_name_without_latin_letters_falls_back() -> None:
    assert free_slug("東京", lambda slug: False, fallback="a7k2m9p4qx") == "a7k2m9p4qx"


@given(st.text(max_size=300), st.sets(st.sampled_from(["a", "a-2", "ab", "x"])))
def test_the_slug_is_free_and_fits(text: str, taken: set[str]) -> None:
    slug = free_slug(text, taken.__contains__, fallback="x", max_length=40)
    assert slug not in taken
    assert len(slug) <= 40
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
