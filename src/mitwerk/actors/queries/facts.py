"""What an organisation says of itself, fact by fact, as two of them are put side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation

WINNER, LOSER, BOTH = "winner", "loser", "both"
UNREAD = {"latitude", "longitude"}
"""Columns that nobody reads as figures; they go with the place."""


@dataclass(frozen=True)
class Fact:
    """A choice of a merge: columns that belong together, one language of a text, or a list."""

    name: str
    label: str | Promise
    columns: tuple[str, ...]
    language: str = ""
    is_list: bool = False
    is_links: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """Whose it may be; lists can be united."""
        return (BOTH, WINNER, LOSER) if self.is_list else (WINNER, LOSER)

    def keys(self, organisation: Organisation) -> list[int]:
        return list(getattr(organisation, self.name).values_list("pk", flat=True))

    def value(self, organisation: Organisation) -> Any:
        """For comparing: None where nothing is said."""
        if self.is_links:
            return sorted(self.keys(organisation)) or None
        values = [getattr(organisation, column) for column in self.columns]
        if self.language:
            return values[0].get(self.language) or None
        return values if any(value not in (None, "", []) for value in values) else None

    def shown(self, organisation: Organisation) -> list[str]:
        """For reading: each part in words, nothing where nothing is said."""
        if self.value(organisation) is None:
            return []
        if self.is_links:
            return [str(one) for one in getattr(organisation, self.name).all()]
        if self.language:
            return [str(self.value(organisation))]
        return [text for column in self.columns if column not in UNREAD for text in _texts(organisation, column)]


def _texts(organisation: Organisation, column: str) -> list[str]:
    shown = getattr(organisation, f"get_{column}_display", None)
    value = shown() if callable(shown) else getattr(organisation, Organisation._meta.get_field(column).name)
    if isinstance(value, list):
        return [str(one.get("url", one)) if isinstance(one, dict) else str(one) for one in value]
    return [] if value in (None, "") else [str(value)]


def _plain(name: str) -> Fact:
    field: Any = Organisation._meta.get_field(name)
    return Fact(name, field.verbose_name, (field.attname,))


FACTS: tuple[Fact, ...] = (
    _plain("name"),
    Fact("alternative_names", _("also called"), ("alternative_names",), is_list=True),
    _plain("kind"),
    _plain("legal_form"),
    _plain("register_number"),
    *(
        Fact(f"description.{code}", format_lazy("{} ({})", _("what they do"), code), ("description",), code)
        for code, _name in settings.LANGUAGES
    ),
    Fact("place", _("place"), ("postal_code", "town", "state_id", "district_id", "latitude", "longitude")),
    _plain("website"),
    _plain("founded"),
    _plain("size"),
    Fact("employees", _("employees"), ("employees", "employees_year")),
    Fact("sectors", _("sectors"), (), is_list=True, is_links=True),
    Fact("languages", _("languages"), ("languages",), is_list=True),
    _plain("logo"),
    _plain("ror_id"),
    Fact("sources", _("sources"), ("sources",), is_list=True),
    _plain("as_of"),
)


@dataclass(frozen=True)
class FactLine:
    """One fact of two organisations; `is_open` where they differ and somebody has to choose."""

    fact: Fact
    winner: Sequence[str]
    loser: Sequence[str]
    is_open: bool
    proposal: str


def fact_lines(winner: Organisation, loser: Organisation) -> Iterator[FactLine]:
    """Both side by side. Proposed is what the one that stays says, what the other says where it is silent, and both
    of a list."""
    for fact in FACTS:
        mine, theirs = fact.value(winner), fact.value(loser)
        if mine is None and theirs is None:
            continue
        proposal = BOTH if fact.is_list else LOSER if mine is None else WINNER
        yield FactLine(fact, fact.shown(winner), fact.shown(loser), mine != theirs, proposal)
