"""Texts to translate as a workbook: one row a text, for translators without a program of their own."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from mitwerk.algorithms.text_units import MOST_UNITS, Bundle, TextUnit, Unreadable, holdable
from mitwerk.algorithms.zips import check_zip

WIDTHS = {"A": 36, "B": 36, "C": 60, "D": 60, "E": 12}


def write_workbook(bundle: Bundle) -> bytes:
    """Columns: id, note, source, target, state. The first row names the languages; only the target is to be filled."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("texts")
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    head = ("id", "note", f"source:{bundle.source_language}", f"target:{bundle.target_language}", "state")
    for row in (head, *((u.id, u.note, u.source, u.target, u.state) for u in bundle.units)):
        sheet.append([_cell(sheet, text) for text in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str) -> WriteOnlyCell:
    """Typed as text, so that `=1+1` stays what somebody wrote."""
    cell = WriteOnlyCell(sheet, holdable(text))
    cell.data_type = "s"
    return cell


def read_workbook(content: bytes) -> Bundle:
    """What a translator sent back. Raises `Unreadable`."""
    if "[Content_Types].xml" not in check_zip(content):
        raise Unreadable("kind")
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return _bundle(sheet.iter_rows(values_only=True, max_col=30))
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook makes openpyxl raise nearly anything
        raise Unreadable("broken") from error


def _bundle(rows: Iterator[tuple[Any, ...]]) -> Bundle:
    head = [str(value or "").strip() for value in next(rows, ())]
    places = {name.partition(":")[0]: number for number, name in enumerate(head)}
    if not {"id", "source", "target"} <= set(places):
        raise Unreadable("kind")
    languages = {name.partition(":")[0]: name.partition(":")[2].lower() for name in head}
    units: list[TextUnit] = []
    for row in rows:
        cells = {name: _text(row[n]) if n < len(row) else "" for name, n in places.items()}
        if cells["id"]:
            units.append(TextUnit(cells["id"].strip(), cells["source"], cells["target"]))
        if len(units) > MOST_UNITS:
            raise Unreadable("many")
    return Bundle(languages["source"], languages["target"], units)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
