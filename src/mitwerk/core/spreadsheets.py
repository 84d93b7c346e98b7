"""Cells that a spreadsheet program shows and never runs (ASVS V1.2.10)."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins like this; the full-width signs count as well in some of them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def csv_cell(value: Any) -> Any:
    """A text that could start a formula gets an apostrophe before it; numbers and dates pass."""
    if not isinstance(value, str):
        return value
    plain = _CONTROL.sub("", value)
    is_risky = value.startswith(RISKY) or plain.lstrip(" ").startswith(RISKY)
    return f"'{plain}" if is_risky else plain


def xlsx_text(value: Any) -> Any:
    """A text without the control characters that no workbook can hold."""
    return _CONTROL.sub("", value) if isinstance(value, str) else value


def xlsx_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """Typed as text where it is one, so that `=1+1` and `+49 341` stay what somebody wrote."""
    cell = WriteOnlyCell(sheet, xlsx_text(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def table_as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as Excel opens it with a double click in Germany: UTF-8 with its mark, semicolons, CRLF.

    Every cell passes `csv_cell`, the head too: it is translated, but a reader's program does not know that.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in ([*head], *rows):
        writer.writerow([csv_cell(value if value is None or isinstance(value, int) else str(value)) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def table_as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same table as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A2"
    for row in ([*head], *rows):
        sheet.append([xlsx_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
