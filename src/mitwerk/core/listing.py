"""What every list page does the same way: filters that forgive, and pages that exist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

QUERY_LIMIT = 5000
PAGE_SIZE = 24


@dataclass(frozen=True)
class Option:
    """One value of a filter: what the address says, what the reader sees, how many records it leaves."""

    value: str
    label: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """A group of options under one name in the address."""

    name: str
    label: str
    options: Sequence[Option]

    @property
    def is_active(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Choice:
    """What the address asks for, after what is unknown was dropped."""

    values: dict[str, list[str]]
    query: str = ""
    dropped: list[str] = field(default_factory=list)

    def one(self, name: str) -> str:
        """The first chosen value of a filter, or an empty string."""
        return (self.values.get(name) or [""])[0]

    def address(self, **changes: str | None) -> str:
        """Query string of this choice with some filters changed (None takes one away); page 1 again."""
        pairs = [("q", self.query)] if self.query else []
        for name, values in self.values.items():
            if name not in changes:
                pairs += [(name, value) for value in values]
        pairs += [(name, value) for name, value in changes.items() if value]
        return "?" + urlencode(pairs) if pairs else "?"

    def without(self, name: str, value: str) -> str:
        """Query string with one chosen value taken away."""
        kept = {**self.values, name: [v for v in self.values.get(name, []) if v != value]}
        return Choice(kept, self.query).address()


def clean_query(text: str) -> str:
    """What somebody typed into a search box, without control characters, at most `QUERY_LIMIT` characters."""
    return "".join(c if c.isprintable() else " " for c in text[:QUERY_LIMIT].replace("\u00ad", "")).strip()


def read_choice(parameters: QueryDict, allowed: Mapping[str, Iterable[str]]) -> Choice:
    """Read the filters named in `allowed`; a value that is not allowed is dropped and told, never an error."""
    values: dict[str, list[str]] = {}
    dropped = []
    for name, known in allowed.items():
        accepted = set(known)
        given = list(dict.fromkeys(v for v in parameters.getlist(name) if v))
        values[name] = [v for v in given if v in accepted]
        dropped += [v for v in given if v not in accepted]
    values = {name: chosen for name, chosen in values.items() if chosen}
    return Choice(values, clean_query(parameters.get("q", "")), [clean_query(v)[:60] for v in dropped])


def options(labels: Mapping[str, str], chosen: Iterable[str], counts: Mapping[str, int] | None = None) -> list[Option]:
    """Options in the order of `labels`; with `counts`, those nobody has are left out unless chosen."""
    picked = set(chosen)
    return [
        Option(value, label, counts.get(value, 0) if counts is not None else None, value in picked)
        for value, label in labels.items()
        if counts is None or counts.get(value) or value in picked
    ]


def page_of(items: Any, number: str | None, size: int = PAGE_SIZE) -> Page[Any]:
    """The page asked for, the nearest one that exists otherwise: 0 and words give the first, 99999 the last."""
    asked = number if number and number.isdecimal() and len(number) < 9 and int(number) > 0 else 1
    return Paginator(items, size).get_page(asked)


def notice(choice: Choice) -> str:
    """Sentence about what was dropped, or an empty string."""
    if not choice.dropped:
        return ""
    return str(_("We do not know this choice and left it out: %(values)s") % {"values": ", ".join(choice.dropped)})
