"""What leaves the house: the table as a spreadsheet, and texts to translate as XLIFF or a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mitwerk.algorithms.text_units import Bundle
from mitwerk.algorithms.unit_tables import write_workbook
from mitwerk.algorithms.xliff import write_xliff
from mitwerk.clusters.models import Cluster
from mitwerk.core.spreadsheets import CSV, XLSX, table_as_csv, table_as_xlsx
from mitwerk.languages.queries.table import Entry

WRITERS = {"xliff": ("application/xliff+xml", "xlf", write_xliff), "xlsx": (XLSX, "xlsx", write_workbook)}
"""Type, ending and writer of each format of texts."""


def table_rows(found: Iterable[Entry], clusters: Mapping[int, Cluster]) -> list[list[Any]]:
    head = [_("Kind"), _("Title"), _("Clusters")]
    head += [part for _code, name in settings.LANGUAGES for part in (name, _("Texts lacking (%s)") % name)]
    rows: list[list[Any]] = [[*head, _("Behind since"), _("Address here")]]
    for entry in found:
        row: list[Any] = [entry.label, entry.title, ", ".join(names_of(entry, clusters))]
        for code, _name in settings.LANGUAGES:
            row += [str(entry.standing[code].label), entry.count.get(code, 0)]
        rows.append([*row, _day(entry.since), f"{settings.BASE_URL}{entry.url}"])
    return rows


def names_of(entry: Entry, clusters: Mapping[int, Cluster]) -> list[str]:
    return sorted(clusters[pk].menu_name for pk in entry.clusters if pk in clusters)


def _day(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d}" if at else ""


def table_file(rows: Sequence[Sequence[Any]], kind: str) -> tuple[bytes, str]:
    """The table and its content type."""
    if kind == "csv":
        return table_as_csv(rows[0], rows[1:]), CSV
    return table_as_xlsx(rows[0], rows[1:]), XLSX


def bundle_file(bundle: Bundle, form: str) -> tuple[bytes, str, str]:
    """The texts, their content type and the file's name."""
    content_type, ending, write = WRITERS[form]
    name = f"mitwerk-{bundle.source_language}-{bundle.target_language}.{ending}"
    return write(bundle), content_type, name
