"""Cells that no spreadsheet runs (TRUST X10)."""

from io import BytesIO

import openpyxl
import pytest

from mitwerk.core.spreadsheets import csv_cell, table_as_csv, table_as_xlsx

RISKY = [
    "=1+1",
    "+49 341 1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "|calc",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
]


@pytest.mark.parametrize("text", RISKY)
def test_a_cell_that_begins_like_a_formula_is_disarmed(text: str):
    assert csv_cell(text)[0] == "'"


@pytest.mark.parametrize("text", ["", "A=1", "1-2", "Müller & Söhne"])
def test_other_cells_stay_as_they_are(text: str):
    assert csv_cell(text) == text


def test_the_table_is_what_excel_expects():
    table = table_as_csv(["Name", "Ort"], [["Müller; Söhne", "=1+1"], ['"x"', "a\nb"], [None, 1998]])
    assert table == (b"\xef\xbb\xbfName;Ort\r\n" + '"Müller; Söhne";\'=1+1\r\n"""x""";"a\nb"\r\n;1998\r\n'.encode())


def test_a_workbook_holds_what_was_written_and_no_formula():
    sheet = openpyxl.load_workbook(BytesIO(table_as_xlsx(["A"], [[text] for text in RISKY]))).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[1].value == "+49 341 1"
