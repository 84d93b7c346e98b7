"""One text cleaned for storing: one spelling for line ends, spaces and accents, and no signs that show nothing."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Scripts whose letters join: Arabic, Syriac, N'Ko, those of India, Burmese, Khmer, Mongolian."""
_PICTURES = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    f"|(?<![{_JOINING}])\u200c"
    f"|(?<![{_JOINING}{_PICTURES}\ufe0f])\u200d"
    f"|(?<=[{_PICTURES}\ufe0f])\u200d(?![{_PICTURES}])"
    "|(?<![\u2000-\u33ff\U0001f000-\U0001faff#*0-9\xa9\xae])[\ufe00-\ufe0f]"
    "|(?<![\u3400-\u9fff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
)
_SPACES = re.compile("(?:[^\\S\n]|\u2800)+")
_MOST_MARKS = 16
"""Accents on one letter; to bring a longer run into order takes quadratic time, and no script needs it."""


def plain(text: str) -> str:
    """The text in NFC, lines ended by a line feed, at most one empty line in a row, at most one space in a row.

    Removed are control signs, soft hyphens, zero-width signs, byte order marks, fillers, tags, and all signs that turn
    the direction of writing. Kept are the zero-width joiner inside an emoji and after a letter of a script that joins,
    the zero-width non-joiner after such a letter, and a variation selector after a sign that has variants. No-break
    and other wide or narrow spaces and tabs become a space.
    """
    return cleaned(text)[0]


def cleaned(text: str) -> tuple[str, int]:
    """The text as `plain` gives it, and how many signs that nobody sees were removed."""
    removed = 0
    for _round in range(8):  # what is removed may bring together what is removed next
        once, unseen = _once(text)
        removed += unseen
        if once == text:
            break
        text = once
    return text, removed


def line(text: str) -> tuple[str, int]:
    """The same for a text of one line."""
    text, removed = cleaned(text)
    return text.replace("\n\n", " ").replace("\n", " "), removed


def _once(text: str) -> tuple[str, int]:
    text = _LINE_ENDS.sub("\n", text)
    text, unseen = _UNSEEN.subn("", text)
    if not text.isascii():
        whole = len(text)
        text = _without_mark_floods(text)
        unseen += whole - len(text)
        text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n")
    return re.sub("\n{3,}", "\n\n", text).strip(" \n"), unseen


def _without_mark_floods(text: str) -> str:
    marks = "".join(sign for sign in set(text) if unicodedata.combining(sign))
    if not marks:
        return text
    marks = re.escape(marks)
    return re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+", r"\1", text)
