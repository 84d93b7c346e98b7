"""The lines of the directory, ready to be written: a page of 24 is made without 24 model objects and addresses.

Everything a template would look up per line is looked up here once per page (docs/decisions/0011).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mitwerk.actors.queries import Line, organisation_lines
from mitwerk.clusters.exports import inside
from mitwerk.clusters.models import Cluster
from mitwerk.portal.queries.facet_labels import Names, active_language
from mitwerk.portal.queries.table import Directory

TEXT_LENGTH = 200
STAND_IN = "0-slug-0"


class Row(NamedTuple):
    """One line. `language` is empty where the text is in the reader's own."""

    pk: int
    slug: str
    key: str
    url: str
    name: str
    kicker: str
    text: str
    language: str
    meta: str

    def __str__(self) -> str:
        return self.name


def rows_of(known: Directory, pks: Sequence[int], cluster: Cluster | None, sort: str = "name") -> list[Row]:
    """The lines of these organisations, in their order; one query. What stands at the end depends on the order."""
    names = known.labels.here()
    address = pattern_of("portal:organisation", cluster)
    language = active_language()
    return [_row(line, names, address, language, sort) for line in organisation_lines(pks, cluster)]


def _row(line: Line, names: Mapping[str, Names], address: str, language: str, sort: str) -> Row:
    text = line.description.best(language)
    return Row(
        pk=line.pk,
        slug=line.slug,
        key=line.public_id,
        url=address.replace(STAND_IN, line.slug),
        name=line.name,
        kicker=" · ".join(part for part in (capfirst(names["kind"][line.kind]), line.town) if part),
        text=shortened(text.text, TEXT_LENGTH),
        language="" if text.language == language else text.language,
        meta=_meta(line, names, sort),
    )


def _meta(line: Line, names: Mapping[str, Names], sort: str) -> str:
    if sort == "founded" and line.founded:
        return _("founded %(year)s") % {"year": line.founded}
    if sort == "newest":
        return date_format(line.created_at, "SHORT_DATE_FORMAT")
    return names["size"].get(line.size, "")


def pattern_of(url_name: str, cluster: Cluster | None) -> str:
    """Address of a page with a stand-in for its slug: looking it up for every line costs milliseconds."""
    return reverse(url_name, kwargs={"slug": STAND_IN, **inside(cluster)})


def shortened(text: str, length: int) -> str:
    """The beginning of a text, ending with a whole word."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:–-(") + " …"
