"""What leaves the office as a spreadsheet runs no formula (TRUST X10)."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.office_lists import RecordListMixin
from mitwerk.core.spreadsheets import csv_cell

As = Callable[[User | None], Client]
RISKY = ["=1+1", "+49 341 1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "|calc", " =1+1", "#N/A"]


def export(browser: Client, kind: str) -> bytes:
    return b"".join(browser.get(f"/office/organisations/?export={kind}").streaming_content)


def xlsx_cells(body: bytes) -> list[Any]:
    return [cell for row in openpyxl.load_workbook(BytesIO(body)).active.iter_rows() for cell in row]


@pytest.mark.parametrize("text", [*RISKY[:-1], "\0=1+1"])
def test_risky_text_is_shown_not_run(text: str) -> None:
    assert csv_cell(text)[0] == "'"


def test_harmless_text_is_left_alone() -> None:
    assert [csv_cell(x) for x in ("Müller = Söhne", "a-b", 5, None, "")] == ["Müller = Söhne", "a-b", 5, None, ""]


@pytest.mark.parametrize("text", RISKY)
def test_csv_holds_no_formula(cast: Cast, as_user: As, text: str) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(legal_form=text)
    body = export(as_user(cast.it_editor), "csv").decode()
    plain = text.strip() if text.startswith(("\t", "\r")) else text
    assert ("'" + text in body) or ("'" + plain in body) or text == "#N/A"


@pytest.mark.parametrize("text", RISKY)
def test_xlsx_holds_no_formula(cast: Cast, as_user: As, text: str) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(legal_form=text)
    cells = xlsx_cells(export(as_user(cast.it_editor), "xlsx"))
    found = [cell for cell in cells if cell.value is not None and str(cell.value).strip() == text.strip()]
    assert [cell.data_type for cell in found] == ["s"]


def test_xlsx_survives_control_characters(cast: Cast, as_user: As) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(town="Leip\x01zig")
    assert "Leipzig" in [cell.value for cell in xlsx_cells(export(as_user(cast.it_editor), "xlsx"))]


def test_control_wagtail_alone_writes_the_formula(cast: Cast, as_user: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordListMixin, "preprocess_field_value", SpreadsheetExportMixin.preprocess_field_value)
    Organisation.objects.filter(pk=cast.firm.pk).update(legal_form="=1+1")
    assert ",=1+1," in export(as_user(cast.it_editor), "csv").decode()


def test_export_holds_only_the_editors_records(cast: Cast, as_user: As) -> None:
    names = {cell.value for cell in xlsx_cells(export(as_user(cast.food_editor), "xlsx"))}
    known = {o.name for o in Organisation.objects.all()}
    assert names & known == {"Backhaus Muldental AG", "Institut für Messtechnik"}
