"""What waits for somebody: the rows that subjects put on "my desk" (`portal`)."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class DeskRow:
    """One thing to do. `due` is the day it is wanted by; None stands last. `url` leads to where it is done."""

    title: Any
    text: Any
    url: str
    action: Any
    due: date | None = None


def most_urgent_first(rows: list[DeskRow]) -> list[DeskRow]:
    """By day, then in the order in which the subjects gave them."""
    return sorted(rows, key=lambda row: (row.due is None, row.due or date.max))
