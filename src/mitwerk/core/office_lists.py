"""Lists of the office: whose records they show, in which order, and what leaves them as a spreadsheet."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest
from openpyxl.cell import WriteOnlyCell
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from mitwerk.core.spreadsheets import csv_cell, xlsx_cell, xlsx_text
from mitwerk.core.translated import Translated, in_language


def text_column(name: str, label: Any, **kwargs: Any) -> Column:
    """A column that is not sorted."""
    return Column(name, label=label, **kwargs)


def changed_column(label: Any) -> DateColumn:
    return DateColumn("updated_at", label=label, sort_key="updated_at")


class RecordListMixin:
    """Narrows the list to the user's records and writes exports that no spreadsheet program runs."""

    list_prefetch: tuple[str, ...] = ()
    title_field = ""
    model: type[Model]
    request: HttpRequest
    permission_policy: Any

    def get_base_queryset(self) -> QuerySet[Any]:
        records = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view", "change"])
        records = records.prefetch_related(*self.list_prefetch)
        if self.title_field:
            records = records.annotate(sort_title=in_language(self.title_field))
        return records  # type: ignore[no-any-return]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordered = super().order_queryset(queryset)  # type: ignore[misc]
        return ordered.order_by(*ordered.query.order_by, "pk") if ordered.query.order_by else ordered  # type: ignore[no-any-return]

    def _get_title_column(self, field_name: str, column_class: type[Column] = TitleColumn, **kwargs: Any) -> Column:
        """The first column leads to the record; a translated title sorts by the reader's language."""
        column = super()._get_title_column(field_name, column_class, **kwargs)  # type: ignore[misc]
        if field_name == self.title_field:
            column.sort_key = "sort_title"
        return column

    # Exports

    export_verb: Callable[..., Any] | None = None
    """Writes down who took the list out, how many rows, and as which file."""

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> Any:
        if self.export_verb:
            rows, user = queryset.count(), self.request.user
            self.export_verb(model=self.model, rows=rows, kind=spreadsheet_format, actor=user)
        return super().as_spreadsheet(queryset, spreadsheet_format)  # type: ignore[misc]

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        return {name: cell(item, name) for name in self.list_export}  # type: ignore[attr-defined]

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        plain = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return csv_cell(plain) if export_format == "csv" else xlsx_text(plain)

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        name, _dot, language = field.partition(".")
        heading = super().get_heading(queryset, name)  # type: ignore[misc]
        return f"{heading} ({language})" if language else str(heading)

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Iterator[WriteOnlyCell]:
        """Every text is typed as text, so that `=1+1` and `#N/A` stay what somebody wrote."""
        for field, value in row_dict.items():
            made = xlsx_cell(worksheet, self.preprocess_field_value(field, value, "xlsx"))
            if date_format and isinstance(value, datetime):
                made.number_format = date_format
            yield made


def cell(item: Model, path: str) -> Any:
    """Value for an export: ``title.de`` takes one language, a relation becomes a list of names."""
    name, _dot, language = path.partition(".")
    shown = getattr(item, f"get_{name}_display", None)
    value = shown() if callable(shown) else getattr(item, name)
    if isinstance(value, Manager) or hasattr(value, "get_queryset"):
        return ", ".join(str(record) for record in value.all())
    if isinstance(value, Translated):
        return value.get(language, "") if language else str(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value) if isinstance(value, Model) else value
