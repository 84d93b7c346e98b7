"""Dictionary order for German and English names (DIN 5007-1: ä sorts like a, ß like ss)."""

import unicodedata

_EXPAND = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


def sort_key(text: str) -> str:
    """Text as it sorts: case folded, accents gone, digits and letters kept. Same order everywhere it is stored."""
    lowered = text.casefold().translate(_EXPAND)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def compare_german(left: str, right: str) -> int:
    """Three-way comparison for SQLite's `create_collation`: −1, 0 or 1; equal keys fall back to the raw text."""
    a, b = (sort_key(left), left), (sort_key(right), right)
    return (a > b) - (a < b)
