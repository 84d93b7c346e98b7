"""Accents stay readable on light and on dark paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.colour import DARK_GROUNDS, LIGHT_GROUNDS, companions, contrast, ink_on, readable, vivid

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@given(colours)
def test_every_accent_gets_a_readable_tone_on_both_papers(colour: str) -> None:
    for grounds in (LIGHT_GROUNDS, DARK_GROUNDS):
        tone = readable(colour, grounds)
        assert min(contrast(tone, ground) for ground in grounds) >= 4.5


def test_a_readable_accent_stays_as_it_is() -> None:
    assert readable("#1d4e9e", LIGHT_GROUNDS) == "#1d4e9e"
    # control: yellow cannot be read on light paper as it is
    assert contrast("#f0b323", LIGHT_GROUNDS[0]) < 4.5
    assert readable("#f0b323", LIGHT_GROUNDS) != "#f0b323"


@given(colours)
def test_text_on_an_accent_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.2


def test_a_dull_accent_does_not_make_dull_pictures() -> None:
    assert [vivid(colour) for colour in ("#2b2d33", "#777777", "#f7f7f7")] == ["#1d4e9e"] * 3
    assert vivid("#2e7d4f") == "#2e7d4f"


def test_three_colours_stay_three() -> None:
    assert companions("#1d4e9e") == ("#c8372a", "#f0b323")
    assert companions("#c8372a") == ("#1d4e9e", "#f0b323")
    assert companions("#f0b323") == ("#c8372a", "#1d4e9e")


@pytest.mark.parametrize("text", ["", "red", "#12345", "#12345g", "#1d4e9e;}"])
def test_only_six_digits_are_a_colour(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        contrast(text, "#ffffff")
