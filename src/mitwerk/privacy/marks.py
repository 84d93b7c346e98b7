"""How a table is marked: whose rows they are, and which columns speak of a person (`registry.MARKS`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from mitwerk.accounts.models import User


@dataclass(frozen=True)
class Subject:
    """A person as the tables know them: sign-in, person, and the addresses they have proved to be theirs."""

    user: User
    person_pk: int | None
    emails: tuple[str, ...]
    session_keys: tuple[str, ...] = ()


Find = Callable[[Subject], Q]


@dataclass(frozen=True)
class Personal:
    """Rows that are about a person: how they are found, what of them the person reads, and what is left out."""

    find: Find
    own: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """Columns that say nothing of the person, are secret, or are somebody else's."""
    more: Callable[[Any], dict[str, Any]] | None = None
    """What a column holds in code, in words."""
    stays: bool = False
    """The row outlives the account, without what leads back to the person."""


@dataclass(frozen=True)
class Named:
    """Rows of others in which a user is named for what they did. The person reads what and when; never whose it was."""

    columns: tuple[str, ...]
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nobody:
    """No person in it; `why` where that does not go without saying."""

    why: str = ""


Mark = tuple[Personal, ...] | Named | Nobody
NOBODY = Nobody()


def by_user(column: str = "user") -> Find:
    return lambda subject: Q(**{column: subject.user.pk})


def by_email(column: str = "email") -> Find:
    return lambda subject: _any(column, subject.emails)


def by_person(column: str) -> Find:
    return lambda subject: Q(**{column: subject.person_pk}) if subject.person_pk else Q(pk__in=[])


def _any(column: str, emails: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for email in emails:
        found |= Q(**{f"{column}__iexact": email})
    return found


def columns_of(model: type[Model]) -> set[str]:
    """Names of the columns a mark must speak of: all but the key."""
    return {field.name for field in model._meta.concrete_fields if not field.primary_key or field.name != "id"}
