"""What the editor of a page says of its twin."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.conf import settings
from django.utils.translation import gettext
from wagtail.models import Page

from mitwerk.core.models import Standing
from mitwerk.pages.queries.twins import pair_of

register = template.Library()


@dataclass(frozen=True)
class TwinState:
    """The other language beside the page that is being edited. *Ahead*: it is this page that did not follow."""

    language: str
    twin: Page | None
    standing: Standing
    own: Standing
    since: datetime | None
    own_since: datetime | None

    @property
    def is_missing(self) -> bool:
        return self.standing is Standing.MISSING

    @property
    def is_behind(self) -> bool:
        return self.standing is Standing.BEHIND

    @property
    def is_ahead(self) -> bool:
        return self.own is Standing.BEHIND


@register.simple_tag
def page_twins(page: Page) -> list[TwinState]:
    """One state per other language."""
    pair, own = pair_of(page), page.locale.language_code
    return [
        TwinState(
            gettext(name), pair.pages.get(code), pair.standing(code), pair.standing(own), pair.since(code),
            pair.since(own),
        )
        for code, name in settings.LANGUAGES
        if code != own
    ]  # fmt: skip
