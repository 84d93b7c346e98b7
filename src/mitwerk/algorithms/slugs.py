"""Addresses that nobody has yet: `Köthen & Söhne` becomes `koethen-und-soehne`, the next one `koethen-und-soehne-2`."""

from collections.abc import Callable

from mitwerk.algorithms.text import slugify_de

_NUMBER = 5
"""Characters kept free for `-2` and the like."""


def slugify(text: str, max_length: int = 80) -> str:
    """Words of `[a-z0-9]` joined by `-`, umlauts written out, cut between words; empty where nothing Latin is left."""
    return slugify_de(text, max_length=max_length)


def free_slug(text: str, is_taken: Callable[[str], bool], *, fallback: str, max_length: int = 80) -> str:
    """The first of `slug`, `slug-2`, `slug-3` … that nobody has; `fallback` is used where the text gives none."""
    base = slugify(text, max_length - _NUMBER) or fallback
    number, slug = 1, base
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug
