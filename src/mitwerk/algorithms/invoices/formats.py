"""Amounts and days as readers of German and English expect them."""

from datetime import date

from mitwerk.algorithms.invoices.model import Period

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_NARROW, _MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def money(cents: int, language: str) -> str:
    """German ``1.234,56 €``, English ``€1,234.56``; no line breaks within it."""
    euros, rest = divmod(abs(cents), 100)
    sign, whole = _MINUS if cents < 0 else "", f"{euros:,}"
    if language == "de":
        return f"{sign}{whole.replace(',', '.')},{rest:02}{_NARROW}€"
    return f"{sign}€{whole}.{rest:02}"


def count(number: int, language: str) -> str:
    """A whole number, grouped by thousands."""
    written = f"{abs(number):,}"
    return (_MINUS if number < 0 else "") + (written.replace(",", ".") if language == "de" else written)


def percent(rate: int, language: str) -> str:
    """German ``19 %``, English ``19%``."""
    return f"{rate}{_NARROW}%" if language == "de" else f"{rate}%"


def day(when: date, language: str) -> str:
    """German ``3. März 2026``, English ``3 March 2026``."""
    point = "." if language == "de" else ""
    return f"{when.day}{point}{_NARROW}{_MONTHS[language][when.month - 1]} {when.year}"


def period(when: Period, language: str) -> str:
    """One day, or both with a dash between."""
    if when.first == when.last:
        return day(when.first, language)
    return f"{day(when.first, language)} – {day(when.last, language)}"


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as it is printed."""
    joined = "".join(iban.split())
    return " ".join(joined[at : at + 4] for at in range(0, len(joined), 4))
