"""Every address the site has, read from the URL resolver, so that tests cover pages that land later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils import translation

PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
STAFF_ONLY = ("/office/",)


@dataclass(frozen=True)
class Address:
    """One pattern in one language: `/de/akteure/<slug:slug>/` with its view and full name."""

    route: str
    name: str
    language: str
    view: Any

    @property
    def places(self) -> list[tuple[str, str]]:
        """(kind, name) of each part that a visitor chooses."""
        return [(found["kind"] or "str", found["name"]) for found in PLACE.finditer(self.route)]

    def filled(self, *values: object) -> str:
        """The path with its places taken by `values`, in order."""
        rest = iter(values)
        return PLACE.sub(lambda _found: str(next(rest)), self.route)


def all_addresses() -> list[Address]:
    """All of them in both languages; those of other people's apps that are no plain routes are left out."""
    found: dict[str, Address] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for address in _walk(get_resolver(), "/", "", code):
                found.setdefault(address.route, address)
    return list(found.values())


def public_addresses() -> list[Address]:
    """What anybody may ask for."""
    return [address for address in all_addresses() if not address.route.startswith(STAFF_ONLY)]


def _walk(resolver: URLResolver, prefix: str, spaces: str, language: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _walk(pattern, prefix + _text(pattern), inner, language)
        elif isinstance(pattern, URLPattern):
            yield Address(prefix + _text(pattern), f"{spaces}{pattern.name or ''}", language, pattern.callback)


def _text(pattern: URLResolver | URLPattern) -> str:
    """A regular expression becomes a route as far as it is one; each group is a place."""
    text = str(pattern.pattern)
    if not isinstance(pattern.pattern, RegexPattern):
        return text
    text = text.removeprefix("^").removesuffix("$")
    counter = iter(range(100))
    while (group := _outer_group(text)) is not None:
        start, end = group
        text = f"{text[:start]}<str:part{next(counter)}>{text[end:]}"
    return text.replace("\\", "")


def _outer_group(text: str) -> tuple[int, int] | None:
    """Start and end of the first group in brackets, with what repeats it."""
    start = text.find("(")
    if start < 0:
        return None
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            end = place + 1
            while end < len(text) and text[end] in "*+?":
                end += 1
            return start, end
    return None
