"""What people typed, as an invoice can hold it: everything in its data, and on its page what our fonts can show."""

import re
import unicodedata

_NO_TEXT = ("Cc", "Cs")
"""Categories of signs that say nothing to a reader: control, and half of a pair. XML must not hold most of them."""
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""White space, but for the blanks that hold what stands beside them together."""
_NOT_OURS = re.compile(
    "[^\n\u0020-\u02af\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u04ff"
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u203a\u20ac\u2116\u2122\u2212]+"
)
"""Neither Latin, Greek, Cyrillic nor their punctuation. PDF/A must not hold a sign without a shape, and Typst 0.15 ends
with a panic, which is no `Exception`, over some Arabic texts with vowel signs."""


def clean(text: str) -> str:
    """Line by line without such signs and with single spaces, accents joined to their letters; no empty lines."""
    lines = ("".join(map(_said, line)) for line in unicodedata.normalize("NFC", text).splitlines())
    single = (_BLANKS.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in single if line)


def _said(sign: str) -> str:
    return " " if unicodedata.category(sign) in _NO_TEXT or sign in "\ufffe\uffff" else sign


def drawable(text: str) -> str:
    """`clean` with one question mark for each run of signs that the page cannot show."""
    return _NOT_OURS.sub("?", clean(text))
