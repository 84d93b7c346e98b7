"""What templates of charters ask."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.text import Truncator

from mitwerk.charter.models import Suggestion
from mitwerk.charter.views.access import Visit

register = template.Library()


@register.filter
def by(values: Mapping[str, Any] | None, key: str) -> Any:
    """The value of a key; nothing where there is none."""
    return (values or {}).get(key, "")


@register.filter
def shortened(text: Any) -> str:
    """The first words, to tell links of one name apart."""
    return Truncator(str(text)).chars(40)


@register.filter
def gist(suggestion: Suggestion) -> str:
    """A suggestion in one line."""
    return Truncator(suggestion.text or suggestion.base).chars(90)


@register.simple_tag
def page_of_visit(visit: Visit, name: str, *places: Any) -> str:
    """Address of a page of the workshop, signed in or behind the link of a mail."""
    return visit.url(name, *places)
