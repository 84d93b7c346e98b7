"""The number of an invoice: year and counter, such as ``2026-0001``. That none is left out is up to the database.

And whether a bank account's number can be one.
"""

import re

_NUMBER = re.compile(r"(\d{4})-(\d{4}|[1-9]\d{4,8})", re.ASCII)


def write_number(year: int, count: int) -> str:
    """Raises `ValueError` for a year or counter that could not be read again."""
    written = f"{year:04}-{count:04}"
    if count < 1 or read_number(written) is None:
        raise ValueError("An invoice is counted from 1 in a year of four digits.")
    return written


def read_number(text: str) -> tuple[int, int] | None:
    """Year and counter, or None for anything `write_number` does not write."""
    found = _NUMBER.fullmatch(text)
    if not found or not int(found[2]):
        return None
    return int(found[1]), int(found[2])


_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616); `text` in capitals and without spaces."""
    if not _IBAN.fullmatch(text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1
