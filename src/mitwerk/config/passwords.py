"""What a password may not be, beside Django's own rules. No rule asks for signs of a certain kind."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitwerk.clusters.queries import clusters, the_region

LONGEST = 128


class NotTooLong:
    """A limit, because hashing takes the longer the more there is."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("A password has at most %(count)d characters.") % {"count": LONGEST}


class NotOurName:
    """The names of the region and its clusters are the first that somebody tries."""

    def validate(self, password: str, user: Any = None) -> None:
        given = _bare(password)
        if any(given == name or given == name * (len(given) // len(name)) for name in _names()):
            raise ValidationError(_("This is a name everybody here knows. Choose something else."), code="our_name")

    def get_help_text(self) -> str:
        return _("The name of the region or of a cluster is no password.")


def _bare(text: str) -> str:
    """Letters only: what is put around a name, such as a year or a dash, makes no new word of it."""
    return "".join(sign for sign in text.casefold() if sign.isalpha())


def _names() -> Iterator[str]:
    region = the_region()
    yield "mitwerk"
    for home in [*([region] if region else []), *clusters()]:
        for field in ("name", "short_name"):
            for text in dict(getattr(home, field) or {}).values():
                if bare := _bare(str(text)):
                    yield bare
