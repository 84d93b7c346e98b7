"""One spelling per word: what two people type differently must compare equal.

Everything here is linear in the length of the text. The work is done per *kind* of character
(``set(text)``), not per character, which is what keeps 100 kB fast in plain Python.

Sources: Unicode Standard Annex #15 (normalisation; its stream-safe format is the reason for the limit
on combining marks), DIN 5007-1 (order of words in dictionaries).
"""

import re
import unicodedata

# Letters that carry no separable accent in Unicode but are an accented letter to a reader.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
_DIAERESIS = "\u0308"
_UMLAUT = re.compile("([aou])" + _DIAERESIS)
_ACCENTS_FROM = 200  # canonical combining classes from here on are marks below and above the letter
_OVERLAY = 1  # … and this one is the stroke through it; the classes between are vowels of other scripts
_MAX_MARKS = 8  # a run of marks longer than this is an attack: sorting it takes quadratic time


def _is_removed(char: str) -> bool:
    """Control, format (zero width, soft hyphen, bidi), lone surrogate, variation selector."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0000"


def _is_accent(char: str) -> bool:
    mark = unicodedata.combining(char)
    return mark >= _ACCENTS_FROM or mark == _OVERLAY or char == "\u034f"


def clean(text: str) -> str:
    """The text without characters that show nothing: NUL, bidi controls, soft hyphens, zero width.

    Line breaks and tabs become spaces, runs of white space one space. Case and accents stay.
    """
    table = {ord(char): (" " if char.isspace() else None) for char in set(text) if _is_removed(char)}
    return " ".join(text.translate(table).split())


def _without_mark_floods(text: str) -> str:
    marks = "".join(char for char in set(text) if unicodedata.combining(char))
    if not marks:
        return text
    return re.sub(f"([{re.escape(marks)}]{{{_MAX_MARKS}}})[{re.escape(marks)}]+", r"\1", text)


def _decomposed(text: str) -> str:
    """Cleaned, NFKC, casefolded, then decomposed, so that accents stand alone."""
    if text.isascii():
        return clean(text).lower()
    text = _without_mark_floods(clean(text))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # Compatibility forms can bring out marks and spaces of their own, hence the second cleaning.
    return unicodedata.normalize("NFD", _without_mark_floods(clean(text)))


def _strip_accents(text: str) -> str:
    table = {ord(char): None for char in set(text) if _is_accent(char)}
    return unicodedata.normalize("NFC", text.translate(table).translate(_LETTERS))


def fold(text: str) -> str:
    """The comparison form of a text: lower case, ``ä ö ü ß`` as ``ae oe ue ss``, no other accents.

    ``Müller``, ``MÜLLER``, ``Mueller`` and the decomposed spelling meet; ``Muller`` does not (in
    :func:`~mitwerk.algorithms.text.analysis.analyse` it does). Punctuation stays. Invisible characters are
    gone, white space is collapsed and trimmed. Folding twice changes nothing. Never raises for a ``str``.
    """
    text = _decomposed(text)
    if text.isascii():
        return text
    return " ".join(_strip_accents(_UMLAUT.sub(r"\1e", text)).split())


def slugify_de(text: str, *, max_length: int = 80) -> str:
    """A part of an address: ``[a-z0-9]`` words joined by ``-``, umlauts written out, cut between words.

    ``C++`` and ``C#`` become ``c-plus-plus`` and ``c-sharp``, ``&`` becomes ``und``. The result is empty where
    nothing Latin is left (``"東京"``): callers then fall back to the public id, as they do for duplicates.
    """
    folded = fold(text[: max_length * 20])
    folded = folded.replace("++", " plus plus ").replace("#", " sharp ").replace("&", " und ")
    slug = re.sub("[^a-z0-9]+", "-", folded).strip("-")
    if len(slug) <= max_length:
        return slug
    head, dash, _rest = slug[: max_length + 1].rpartition("-")
    return head if dash else slug[:max_length]


def _sortable_number(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0") or "0"
    return f"1{min(len(digits), 9)}{digits}"


def sort_key(text: str) -> str:
    """A key for DIN 5007-1 order (``ä`` like ``a``, ``ß`` like ``ss``; not the phone book's), for a stored column.

    Latin text gives ``[a-z0-9]`` only, because database collations disagree about everything else: a gap between
    words is written ``0`` and sorts first, a number is written ``1``, its count of digits, its digits, so that
    ``Halle 2`` comes before ``Halle 10`` and both before letters. Words that differ in accents only
    are told apart by a tail (``00``, then a 1 per accented letter), the plain one first;
    *Maße* and *Masse* share a key. Letters of other scripts stay as they are and come last.
    """
    text = _decomposed(text)
    marked = re.sub("[^\\W_]", "0", text) if text.isascii() else _accent_pattern(text)
    base = text if text.isascii() else _strip_accents(text)
    base = re.sub("[\\W_]+", " ", base).strip()
    key = re.sub("[0-9]+", _sortable_number, base).replace(" ", "0")
    return f"{key}00{marked.rstrip('0')}" if "1" in marked else key


def _accent_pattern(text: str) -> str:
    """``0`` per letter, ``1`` per letter with an accent, from a decomposed text."""
    letters: list[str] = []
    for char in text:
        if _is_accent(char):
            letters[-1:] = ["1"]
        elif char.isalnum():
            letters.append("1" if ord(char) in _LETTERS else "0")
    return "".join(letters)
