"""Whose imports they are; lists with as many queries for three rows as for one."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mitwerk.actors.models import Contact
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import csv_file
from mitwerk.imports.actions.starting import forget_imports
from mitwerk.imports.models import Import
from mitwerk.imports.tests.browser import columns, press, upload
from mitwerk.imports.tests.conftest import As

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

PAGES = ("detail", "columns", "inform")
BUTTONS = ("decide", "run", "undo", "discard", "columns")
ROW = ["", "Neue Mühlen GmbH", "04109", "Leipzig", "", "Bert", "", "bert@muehlen.example", ""]


def test_an_import_is_its_offices_alone(cast: Cast, as_user: As) -> None:
    job = upload(as_user(cast.it_editor), csv_file([ROW]), cast.it)
    columns(as_user(cast.it_editor), job)
    for name in (*PAGES, *BUTTONS):
        url = reverse(f"office_imports:import_{name}", args=[job.public_id])
        browser = as_user(cast.food_editor)
        assert (browser.get(url).status_code if name in PAGES else browser.post(url).status_code) == 404, name
    job.refresh_from_db()
    assert (job.state, as_user(cast.umbrella_editor).get(url).status_code) == ("ready", 200), "the control"


def test_nobody_imports_for_another_office(cast: Cast, as_user: As) -> None:
    for cluster in (cast.food.pk, ""):
        data = {"file": SimpleUploadedFile("a.csv", csv_file([ROW])), "cluster": cluster}
        answer = as_user(cast.it_editor).post(reverse("office_imports:import_new"), data)
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["cluster"])
    assert Import.objects.count() == 0


def test_a_bad_file_is_told_on_the_form(cast: Cast, as_user: As) -> None:
    data = {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7"), "cluster": cast.it.pk}
    answer = as_user(cast.it_editor).post(reverse("office_imports:import_new"), data)
    assert answer.context["form"].errors["file"][0].startswith("Das ist keine Tabelle, die hier gelesen werden kann.")
    assert Import.objects.count() == 0


def test_a_file_that_breaks_while_it_is_read_says_so(cast: Cast, as_user: As) -> None:
    job = upload(as_user(cast.it_editor), b"Firma\n" + b"A\n" * 60_001, cast.it)
    page = as_user(cast.it_editor).get(reverse("office_imports:import_detail", args=[job.public_id])).content.decode()
    assert (job.state, "Die Datei hat mehr als 60.000 Zeilen." in page) == ("failed", True)
    assert as_user(cast.it_editor).post(
        reverse("office_imports:import_discard", args=[job.public_id])
    ).headers["Location"] == reverse("office_imports:import_list")  # fmt: skip
    assert Import.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_literal_query_counts(cast: Cast, as_user: As, rows: int) -> None:
    browser = as_user(cast.it_editor)
    names = ["Neue Mühlen GmbH", "Ganz Andere AG", "Dritte Werke KG"][:rows]
    for name in names:
        job = upload(browser, csv_file([["", name, "", "Leipzig", "", "P", "", "", ""]]), cast.it)
        columns(browser, job)
        press(browser, job, "run")
    Contact.objects.update(created_at=timezone.now() - timedelta(days=31))
    again = [["", "Aehrenwerk Softwere", "", "Leipzig", "", "", "", f"{n}@x.example", ""] for n in range(rows)]
    job = upload(browser, csv_file(again), cast.it)
    columns(browser, job)
    counts = []
    for url in ("", "late/", f"{job.public_id}/"):
        browser.get(f"/office/imports/{url}")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/office/imports/{url}").status_code == 200
        counts.append(len(asked))
    assert counts == [14, 13, 19]


def test_what_stood_in_a_file_is_forgotten(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    job = upload(browser, csv_file([ROW]), cast.it)
    columns(browser, job)
    press(browser, job, "run")
    assert forget_imports() == 0
    Import.objects.update(done_at=timezone.now() - timedelta(days=31))
    assert forget_imports() == 1
    row = job.rows.get()
    assert (row.cells, row.said, row.done, row.name, row.contact is not None) == ([], {}, {}, "", True)
    page = browser.get(reverse("office_imports:import_detail", args=[job.public_id])).content.decode()
    assert "Diesen Import rückgängig machen" not in page
    press(browser, job, "undo")
    assert job.state == "done", "too late"
