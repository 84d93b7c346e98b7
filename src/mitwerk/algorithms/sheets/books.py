"""Workbooks (XLSX, ODS): the first sheet with anything on it, cell by cell as somebody reads it.

Formulas are never worked out: what counts is the result that the program saved with them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from mitwerk.algorithms.text_units import Unreadable

MISTAKES = frozenset("#N/A #REF! #NAME? #VALUE! #DIV/0! #NULL! #NUM! #NV #WERT! #BEZUG! #ZAHL! Err:502 Err:508".split())


def book_rows(content: bytes) -> Iterator[list[str]]:
    """Rows from the first one of the sheet on, so that numbers are those the program shows. Raises `Unreadable`."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible
                 and one.typ == SheetTypeEnum.WorkSheet]  # fmt: skip
        sheets = (book.get_sheet_by_name(name) for name in shown)
        sheet = next((one for one in sheets if one.start is not None), None)
    except PasswordError as error:
        raise Unreadable("locked") from error
    except (MemoryError, Unreadable):
        raise
    except BaseException as error:  # calamine tells of damage in many ways, a panic of its core among them
        raise Unreadable("broken") from error
    if sheet is not None:
        yield from _rows(sheet)


def _rows(sheet: Any) -> Iterator[list[str]]:
    _top, left = sheet.start
    merged = _merged(sheet)
    held: dict[tuple[int, int], str] = {}
    for number, values in enumerate(sheet.iter_rows()):  # from the very first row on, but not from the first column
        row = [*[""] * left, *map(shown_value, values)]
        for column in range(len(row)):
            origin = merged.get((number, column))
            if origin == (number, column):
                held[origin] = row[column]
            elif origin and not row[column]:
                row[column] = held.get(origin, "")
        yield row


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Each cell of a merged area with the one that holds its value. What spans half the sheet is a heading."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= 500 and len(found) < 200_000:
            cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            found |= dict.fromkeys(cells, (top, left))
    return found


def shown_value(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2026-11-27, nothing for a mistake."""
    match value:
        case bool():
            return "1" if value else "0"
        case str():
            return "" if value.strip() in MISTAKES else value
        case float() if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.12g}"
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return "" if value is None else str(value)
