"""How a subject's addresses are declared: once, for the region and for each cluster."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, get_script_prefix, get_urlconf, include, path, register_converter, reverse
from django.urls.converters import SlugConverter
from django.utils.translation import get_language


class ClusterConverter(SlugConverter):
    """A cluster's address; the middleware has already looked it up."""

    regex = "[a-z0-9-]+"

    def to_python(self, value: str) -> str:
        """Refuses the platform's own words, so that ``/de/suche/`` is never taken for a cluster."""
        if value in settings.RESERVED_SLUGS:
            raise ValueError(value)
        return value


register_converter(ClusterConverter, "cluster")


def in_region_and_clusters(patterns: list[URLPattern]) -> list[Any]:
    """The same pages at ``/de/…`` for the whole region and at ``/de/<cluster>/…`` inside a cluster."""
    return [*patterns, path("<cluster:cluster>/", include(patterns))]


def address_of(name: str, **values: str | None) -> str:
    """`reverse` that remembers its answers: a page asks for up to eighty, most of them at every request.

    An answer depends on the language, the values and where the site is mounted, so it is never out of date. Values
    that are None or empty are left out, as the cluster is where none is being read.
    """
    given = tuple((key, value) for key, value in values.items() if value)
    return _remembered(name, given, get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=4096)
def _remembered(
    name: str, given: tuple[tuple[str, str], ...], _language: str | None, _prefix: str, urlconf: str
) -> str:
    return reverse(name, urlconf=urlconf, kwargs=dict(given))


def host(url: str) -> str:
    """An address elsewhere as the reader knows it: `https://www.example.org/a` is example.org."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
