"""The way of a file through the office, from the upload to the undo."""

from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.actions import change_organisation
from mitwerk.actors.models import Contact, Membership, NotDuplicate, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import HEADS, csv_file
from mitwerk.competences.models import Competence
from mitwerk.imports.exports import COLUMNS, contact_file
from mitwerk.imports.models import OwnId, Row
from mitwerk.imports.tests.browser import columns, press, upload
from mitwerk.imports.tests.conftest import As

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

FIRM = ["1", "Ährenwerk Software", "04109", "Leipzig", "aehrenwerk.example", "Anna Muster", "Vorstand"]
ROWS = [
    [*FIRM, "anna@aehrenwerk.example", "+49 341 12345"],
    ["2", "Neue Mühlen GmbH", "04109", "Leipzig", "", "Bert Beispiel", "", "bert@muehlen.example", ""],
    ["", "Neue Mühlen", "04109", "Leipzig", "", "Cora Beispiel", "", "cora@muehlen.example", ""],
    ["", "Institut für Messtechnik", "07743", "Jena", "", "", "", "", ""],
    ["4", "", "", "", "", "", "", "x@y.example", ""],
]


def test_from_upload_to_undo(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    before = {model: list(model.objects.order_by("pk").values()) for model in (Organisation, Membership, Contact)}
    job = upload(browser, csv_file(ROWS), cast.it)
    assert (job.state, job.problem, job.columns) == ("mapping", "", [
        "own_id", "name", "postal_code", "town", "website", "contact_name", "contact_function", "contact_email",
        "contact_phone",
    ])  # fmt: skip
    assert columns(browser, job).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.counts) == ("ready", {"changed": 2, "new": 2, "refused": 1})
    page = browser.get(reverse("office_imports:import_detail", args=[job.public_id]))
    assert page.status_code == 200
    assert Organisation.objects.count() == 8, "nothing before the button"
    press(browser, job, "run")
    assert (job.state, job.problem, job.index_from) == ("done", "", None)
    new = Organisation.objects.get(name="Neue Mühlen GmbH")
    assert [one.name for one in new.contacts.all()] == ["Bert Beispiel", "Cora Beispiel"]
    assert [(m.cluster, m.kind) for m in new.memberships.all()] == [(cast.it, "member")]
    assert OwnId.objects.get(key="2").organisation == new
    anna = Contact.objects.get(name="Anna Muster")
    assert (anna.organisation, anna.legal_basis, anna.email_visibility) == (cast.firm, "contract", "office")
    assert "liste.csv" in anna.source
    assert mail.outbox == []
    press(browser, job, "undo")
    assert (job.state, job.problem, list(Row.objects.exclude(kept=""))) == ("undone", "", [])
    for model, rows in before.items():
        now = list(model.objects.order_by("pk").values())
        assert [{**row, "updated_at": None} for row in now] == [{**row, "updated_at": None} for row in rows]
    assert OwnId.objects.count() == 0


def test_the_same_file_again_changes_nothing(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    for expected in ({"changed": 2, "new": 2, "refused": 1}, {"unchanged": 4, "refused": 1}):
        job = upload(browser, csv_file(ROWS), cast.it)
        columns(browser, job)
        job.refresh_from_db()
        assert job.counts == expected
        count = Organisation.objects.count(), Contact.objects.count(), Membership.objects.count()
        press(browser, job, "run")
    assert (Organisation.objects.count(), Contact.objects.count(), Membership.objects.count()) == count
    assert list(Row.objects.filter(job=job).exclude(done={})) == []


def test_columns_are_remembered_by_their_heads(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    job = upload(browser, csv_file(ROWS), cast.it)
    columns(browser, job, column_6="", column_8="")
    again = upload(as_user(cast.food_editor), csv_file(ROWS[:1]), cast.food)
    assert (again.is_remembered, again.columns[6], again.columns[8]) == (True, "", "")
    page = as_user(cast.food_editor).get(f"/office/imports/{again.public_id}/columns/").content.decode()
    assert "Mit diesen Spaltenköpfen wurde schon eine Datei importiert" in page
    other = upload(browser, csv_file(ROWS, [*HEADS[:-1], "Fax"]), cast.it)
    assert not other.is_remembered


def test_persons_need_a_reason(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    job = upload(browser, csv_file(ROWS), cast.it)
    answer = columns(browser, job, legal_basis="")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["legal_basis"])
    answer = columns(browser, job, legal_basis="interest")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["legal_note"])
    answer = columns(browser, job, column_1="")
    assert answer.status_code == 302, "an own id is enough to name an organisation"
    answer = columns(browser, job, column_1="", column_0="")
    assert answer.context["form"].non_field_errors() == [
        "Geben Sie an, in welcher Spalte der Name der Organisation steht."
    ]
    nobody = {f"column_{at}": "" for at in range(5, 9)}
    assert columns(browser, job, legal_basis="", **nobody).status_code == 302, "the control: no persons, no reason"


def test_the_office_decides_about_doubles(cast: Cast, as_user: As) -> None:
    """Similar names in one place: the same one, another one, or left out."""
    rows = [
        ["", name, "", "Leipzig", "", "", "", "", ""] for name in ("Aehrenwerk Softwere", "Backhaus Muldental Holding")
    ]
    browser = as_user(cast.umbrella_editor)
    job = upload(browser, csv_file(rows), None)
    columns(browser, job)
    job.refresh_from_db()
    assert job.counts == {"duplicate": 2}
    first, second = job.rows.order_by("number")
    assert (first.twins[0][0], second.twins[0][0]) == (cast.firm.pk, cast.bakery.pk)
    page = browser.get(f"/office/imports/{job.public_id}/?outcome=duplicate").content.decode()
    assert "dieselbe wie Backhaus Muldental AG" in page
    press(browser, job, "decide", **{f"row-{first.number}": f"same:{cast.firm.pk}", f"row-{second.number}": "new"})
    count = Organisation.objects.count()
    press(browser, job, "run")
    assert (job.state, Organisation.objects.count()) == ("done", count + 1)
    new = Organisation.objects.get(name="Backhaus Muldental Holding")
    assert NotDuplicate.objects.filter(one=cast.bakery, other=new).exists()
    again = upload(browser, csv_file(rows), None)
    columns(browser, again)
    again.refresh_from_db()
    press(browser, again, "decide", all="skip")
    press(browser, again, "run")
    assert Organisation.objects.count() == count + 1


def test_an_office_writes_only_to_its_own(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    rows = [["", "Backhaus Muldental AG", "", "Leipzig", "https://evil.example", "X", "", "x@y.example", ""]]
    job = upload(browser, csv_file(rows), cast.it)
    columns(browser, job)
    row = job.rows.get()
    assert (row.outcome, row.reason) == ("refused", "foreign")
    press(browser, job, "run")
    assert (Contact.objects.count(), Organisation.objects.get(pk=cast.bakery.pk).website) == (0, "")
    own = upload(as_user(cast.food_editor), csv_file(rows), cast.food)
    columns(as_user(cast.food_editor), own)
    assert own.rows.get().outcome == "changed", "the control"


def test_what_was_changed_since_is_kept_and_named(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.umbrella_editor)
    rows = [
        ["", "Institut für Messtechnik", "07743", "Jena", "https://messtechnik.example", "", "", "", ""],
        ["", "Neue Mühlen GmbH", "04109", "Leipzig", "", "Bert", "", "bert@muehlen.example", ""],
        ["", "Andere Mühlen GmbH", "04109", "Leipzig", "", "", "", "", ""],
    ]
    job = upload(browser, csv_file(rows), cast.it)
    columns(browser, job)
    press(browser, job, "run")
    institute = Organisation.objects.get(pk=cast.institute.pk)
    assert (institute.website, institute.postal_code) == ("https://messtechnik.example", "07743")
    change_organisation(
        organisation=institute, values={"website": "https://neu.example"}, rows={}, actor=cast.umbrella_editor
    )
    mills = Organisation.objects.get(name="Neue Mühlen GmbH")
    Competence.objects.create(organisation=mills, concept=cast.erp)
    press(browser, job, "undo")
    institute.refresh_from_db()
    assert (institute.website, institute.postal_code) == ("https://neu.example", "")
    assert [(row.name, row.kept) for row in job.rows.exclude(kept="")] == [
        ("Institut für Messtechnik", "changed"), ("Neue Mühlen GmbH", "used"),
    ]  # fmt: skip
    assert list(Organisation.objects.filter(name__endswith="Mühlen GmbH")) == [mills]
    page = browser.get(f"/office/imports/{job.public_id}/").content.decode()
    assert "etwas anderes bezieht sich inzwischen darauf" in page


def test_a_number_of_a_list_finds_the_organisation_under_a_new_name(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    for name in ("Mühlentechnik Nord GmbH", "Mühlentechnik Nordwest AG", "Ganz Anders e. V."):
        job = upload(browser, csv_file([["77", name, "", "Torgau", "", "", "", "", ""]]), cast.it)
        columns(browser, job)
        press(browser, job, "run")
    assert [one.organisation.name for one in OwnId.objects.all()] == ["Mühlentechnik Nordwest AG"]
    assert (job.rows.get().outcome, job.rows.get().reason) == ("duplicate", "number")
    assert not Organisation.objects.filter(name="Ganz Anders e. V.").exists()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_goes_out_comes_in_unchanged(cast: Cast, as_user: As, form: str, language: str) -> None:
    Contact.objects.create(organisation=cast.institute, name="=1+1", phone="+49 341 12345", email="a@b.example")
    Organisation.objects.filter(pk=cast.institute.pk).update(
        website="https://m.example/", size="10-49", legal_form="|x"
    )
    browser = as_user(cast.it_editor)
    with translation.override(language):
        content, _type, count = contact_file(cast.it_editor, form)
    job = upload(browser, content, cast.it, f"x.{form}")
    assert job.columns == list(COLUMNS)
    columns(browser, job)
    job.refresh_from_db()
    assert (job.counts, count) == ({"unchanged": 3}, 3)
    answer = browser.get(reverse("office_imports:contact_export", args=[form]))
    entry = AuditEntry.objects.get(verb="contact.export")
    assert (answer.status_code, entry.target_kind, entry.details) == (
        200,
        "actors.contact",
        {"rows": 3, "kind": form},
    )
    if form == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(BytesIO(answer.content)).active for cell in row if cell.value]
        assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
        assert "+49 341 12345" in [cell.value for cell in cells]
    else:
        assert ("'=1+1" in answer.content.decode(), "'+49" in answer.content.decode()) == (True, True)
