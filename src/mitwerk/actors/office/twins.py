"""How the office is told that an entry may be there twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import TwinPair, likely_duplicates
from mitwerk.algorithms.duplicates import Reason

REASONS: dict[Reason, str | Promise] = {
    Reason.REGISTER: gettext_lazy("same register number"),
    Reason.DOMAIN: gettext_lazy("same website"),
    Reason.NAME: gettext_lazy("same name"),
    Reason.CLOSE_NAME: gettext_lazy("similar name"),
    Reason.PLACE: gettext_lazy("same place"),
}
BANDS: dict[str, tuple[str | Promise, range]] = {
    "sure": (pgettext_lazy("duplicates", "almost certain"), range(90, 101)),
    "likely": (pgettext_lazy("duplicates", "likely"), range(65, 90)),
    "possible": (pgettext_lazy("duplicates", "possible"), range(65)),
}
"""How sure it is, in words; the scores come from the reasons."""


def why(reasons: Iterable[Reason]) -> str:
    """ "same name, same place" """
    return ", ".join(str(REASONS[reason]) for reason in reasons)


def band_of(score: int) -> str:
    return next(name for name, (_label, scores) in BANDS.items() if score in scores)


@dataclass(frozen=True)
class Twin:
    """An entry that may be the same as the one on the page."""

    organisation: Organisation
    why: str
    url: str


def twins_of(organisation: Organisation, user: Any) -> list[Twin]:
    """Only those that the user may know of."""
    pairs = likely_duplicates(organisation, user)
    found = [(pair, pair.other if pair.one.pk == organisation.pk else pair.one) for pair in pairs]
    return [
        Twin(other, why(pair.reasons), reverse("office_duplicates:compare", args=[organisation.pk, other.pk]))
        for pair, other in found
    ]


class TwinsMixin:
    """Puts the likely twins of the organisation on the page of a record."""

    object: Any
    request: Any

    def organisation(self) -> Organisation:
        organisation: Organisation = self.object
        return organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "twins": twins_of(self.organisation(), self.request.user)}


def twins_warning(pairs: Sequence[TwinPair]) -> SafeString:
    """Above the form of a new organisation: what is there already, with links."""
    links = ((other.get_absolute_url(), other.name, why(pair.reasons)) for pair, other in _others(pairs))
    told = format_html_join(", ", '<a href="{}" target="_blank">{}</a> ({})', links)
    return format_html(
        "{} {}. {}", _("It may be there already:"), told, _("Press Save once more to save it all the same.")
    )


def _others(pairs: Sequence[TwinPair]) -> list[tuple[TwinPair, Organisation]]:
    return [(pair, pair.one if pair.one.pk else pair.other) for pair in pairs]
