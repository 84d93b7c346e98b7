"""An invoice as plain data that a database keeps, and back: the two are equal."""

from dataclasses import asdict
from datetime import date
from typing import Any

from mitwerk.algorithms.invoices.model import Category, Invoice, Kind, Line, Party, Period, Preceding, Vat

Packed = dict[str, Any]


def pack(invoice: Invoice) -> Packed:
    """Only texts, whole numbers, lists and dictionaries: what JSON keeps."""
    return _plain(asdict(invoice))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def unpack(packed: Packed) -> Invoice:
    """Raises `ValueError`, `TypeError` or `KeyError` for what `pack` did not write."""
    before, due = packed["preceding"], packed["due"]
    given = {
        "issued": date.fromisoformat(packed["issued"]),
        "service": Period(*(date.fromisoformat(packed["service"][name]) for name in ("first", "last"))),
        "seller": Party(**packed["seller"]),
        "buyer": Party(**packed["buyer"]),
        "lines": tuple(_line(line) for line in packed["lines"]),
        "kind": Kind(packed["kind"]),
        "due": date.fromisoformat(due) if due else None,
        "preceding": Preceding(before["number"], date.fromisoformat(before["issued"])) if before else None,
    }
    return Invoice(**{**packed, **given})


def _line(packed: Packed) -> Line:
    vat = packed["vat"]
    return Line(**{**packed, "vat": Vat(Category(vat["category"]), vat["rate"], vat["reason"])})
