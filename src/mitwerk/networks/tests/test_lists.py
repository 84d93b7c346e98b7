"""A network's own list: what is understood of a messy file, who sees it, and that nobody is written to."""

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import csv_file, ods_file, xlsx_file
from mitwerk.core.changes import Refused
from mitwerk.networks.actions.lists import change_row, discard_list, keep_list, remove_row, take_list
from mitwerk.networks.models import ListRow, PeopleList
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.networks.tests.messy import NAMES, address, messy_rows
from mitwerk.operations.tasks import TIMED, do_timed_work
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person

As = Callable[[User | None], Client]
HEADS = ["Firma", "Ansprechpartner", "E-Mail"]


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


def where(name: str, *args: str, slug: str = "leiter") -> str:
    return reverse(f"networks:{name}", args=[slug, *args])


def taken(networks: Networks, circle: Circle, content: bytes, kind: str = "csv") -> PeopleList:
    return take_list(network=networks.heads, file_name="x", kind=kind, content=content, actor=circle.coordinator)


def people(count: int, start: int = 0) -> bytes:
    rows = [[f"Firm {n}", f"Person {n}", f"p{n}@example.org"] for n in range(start, start + count)]
    return csv_file(rows, HEADS)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx_file(messy_rows()), "xlsx"),
        (ods_file([[cell.replace("<", "&lt;").replace("\n", "; ") for cell in row] for row in messy_rows()]), "ods"),
        (csv_file(messy_rows()[3:], messy_rows()[2], "cp1252"), "csv"),
    ],
    ids=["xlsx", "ods", "cp1252"],
)
def test_a_messy_list_of_eighty_people_is_understood(
    networks: Networks, circle: Circle, content: bytes, kind: str
) -> None:
    found = taken(networks, circle, content, kind)
    usable = {(row.name, row.email) for row in found.rows.filter(problem="")}
    assert usable == {(f"Prüf {name}", address(name)) for name in NAMES}
    problems = Counter(found.rows.exclude(problem="").values_list("problem", flat=True))
    assert problems == {"email": 2, "broken": 1, "name": 1, "again": 1}
    assert found.rows.get(email=address(NAMES[4])).firm == "Größe 5 GmbH"
    assert set(found.rows.filter(problem="").values_list("position", flat=True)) == {"Leitung IT", "IT"}


def test_p5_a_list_of_a_thousand_mails_nobody_and_makes_nothing_known(
    networks: Networks, circle: Circle, commits_at_once: None
) -> None:
    """TRUST P5; the directory learns of no firm either."""
    before = Organisation.objects.count(), Person.objects.count()
    found = taken(networks, circle, people(1000))
    keep_list(people_list=found, actor=circle.coordinator)
    assert do_timed_work() == []
    assert (len(mail.outbox), Mail.objects.count(), found.rows.count()) == (0, 0, 1000)
    assert (Organisation.objects.count(), Person.objects.count()) == before


def test_control_the_timed_work_would_send(networks: Networks, circle: Circle) -> None:
    Mail.objects.create(to="a@example.org", subject="S", template="x/y.txt", language="de", text="T")
    TIMED["send waiting mails"]()
    assert len(mail.outbox) == 1


def test_what_is_known_already_is_told(networks: Networks, circle: Circle) -> None:
    rows = [["F", "Member", "MEMBER@example.org"], ["F", "New", "new@example.org"], ["F", "New", "New@example.org"]]
    first = taken(networks, circle, csv_file(rows, HEADS))
    second = taken(networks, circle, csv_file(rows, HEADS))
    found = [list(one.rows.values_list("problem", flat=True)) for one in (first, second)]
    assert found == [["known", "", "again"], ["known", "again", "again"]]


def test_the_database_holds_an_address_once_and_a_usable_row_whole(networks: Networks, circle: Circle) -> None:
    found = taken(networks, circle, people(1))
    for values in ({"name": "X", "email": "P0@example.org"}, {"name": "", "email": "x@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ListRow.objects.create(network=networks.heads, source=found, number=2, **values)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"Firma;Name\r\n", "csv"), (people(5001), "csv"), (b"PK\x03\x04broken", "xlsx")]
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    networks: Networks, circle: Circle, content: bytes, kind: str
) -> None:
    with pytest.raises(Refused):
        taken(networks, circle, content, kind)
    assert PeopleList.objects.count() == 0


def upload(browser: Client, content: bytes, slug: str = "leiter") -> Any:
    return browser.post(where("list_home", slug=slug), {"file": SimpleUploadedFile("liste.csv", content)})


def test_from_the_file_to_kept_rows(networks: Networks, circle: Circle, as_user: As) -> None:
    browser = as_user(circle.coordinator)
    answer = upload(browser, csv_file([["F", "P 1", "a@example.org"], ["F", "P 2", ""], ["F", "P 3", "x@"]], HEADS))
    found = PeopleList.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, where("list_detail", found.public_id))
    page = browser.get(answer["Location"])
    assert [row.name for row in page.context["page"]] == ["P 2", "P 3", "P 1"]
    row = found.rows.get(name="P 2")
    values = {"name": "P 2", "email": "B@example.org", "firm": "F", "position": "IT"}
    assert browser.post(where("row_change", row.public_id), {**values, "email": "a@example.org"}).status_code == 302
    row.refresh_from_db()
    assert row.problem == "again"
    browser.post(where("row_change", row.public_id), values)
    browser.post(where("row_remove", found.rows.get(name="P 3").public_id))
    assert browser.post(where("list_keep", found.public_id))["Location"] == where("list_home")
    assert browser.post(where("list_keep", found.public_id)).status_code == 404
    found.refresh_from_db()
    assert (found.cells, found.file_name, found.kept_at is None) == ([], "", False)
    kept = browser.get(where("list_home")).context
    assert ([(row.email, row.problem) for row in kept["page"]], kept["numbers"]) == (
        [("a@example.org", ""), ("b@example.org", "")], (2, 0),
    )  # fmt: skip
    lines = AuditEntry.objects.filter(target_kind="networks.network", actor=circle.coordinator).order_by("pk")
    assert [line.verb for line in lines] == ["network.take_list", "network.remove_row", "network.keep_list"]
    assert "example.org" not in str([line.details for line in lines])


def test_columns_can_be_said_anew(networks: Networks, circle: Circle, as_user: As) -> None:
    browser = as_user(circle.coordinator)
    upload(browser, csv_file([["P 1", "Werk", "a@example.org"]], ["Wer", "Wo", "E-Mail"]))
    found = PeopleList.objects.get()
    assert found.rows.get().problem == "name"
    url = where("list_columns", found.public_id)
    browser.post(url, {"column_0": "contact_name", "column_1": "contact_name", "column_2": ""})
    assert found.rows.get().name == ""
    browser.post(url, {"column_0": "contact_name", "column_1": "name", "column_2": "contact_email"})
    row = found.rows.get()
    assert (row.name, row.firm, row.email, row.problem) == ("P 1", "Werk", "a@example.org", "")
    browser.post(where("list_discard", found.public_id))
    assert (PeopleList.objects.count(), ListRow.objects.count()) == (0, 0)


def test_files_that_are_no_table_and_too_many_uploads(
    networks: Networks, circle: Circle, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_user(circle.coordinator)
    for content in (b"", b"%PDF-1.4", b"x" * (5 * 1024 * 1024 + 1), BytesIO(b"PK\x03\x04").getvalue()):
        assert upload(browser, content).context["form"].has_error("file")
    monkeypatch.setattr("mitwerk.networks.views.lists.LISTS_PER_HOUR", 1)
    assert [upload(browser, people(1)).status_code for _ in range(2)] == [302, 429]


def test_only_coordinators_see_the_list_the_office_does_not(
    cast: Cast, networks: Networks, circle: Circle, as_user: As
) -> None:
    found = taken(networks, circle, people(1))
    row = found.rows.get()
    users = {
        **vars(circle), "office": cast.it_editor, "umbrella": cast.umbrella_editor, "administrator": cast.administrator
    }  # fmt: skip
    gets = [where("list_home"), where("list_detail", found.public_id), where("row_change", row.public_id)]
    names = ("list_columns", "list_keep", "list_discard")
    posts = [*(where(name, found.public_id) for name in names), where("row_remove", row.public_id)]
    for name, user in users.items():
        if name != "coordinator":
            browser = as_user(user)
            assert [browser.get(url).status_code for url in gets] == [404] * 3, name
            assert [browser.post(url).status_code for url in posts] == [404] * 4, name
    assert [as_user(None).get(url).status_code for url in gets] == [302] * 3
    assert [as_user(circle.coordinator).get(url).status_code for url in gets] == [200] * 3, "control"
    foreign = [
        where("list_detail", found.public_id, slug="baecker"),
        where("row_change", row.public_id, slug="baecker"),
    ]
    assert [as_user(circle.baker).get(url).status_code for url in foreign] == [404, 404], "TRUST A2, A14"


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    keep_list(people_list=taken(networks, circle, people(count)), actor=circle.coordinator)
    for number in range(count):
        taken(networks, circle, people(count, 10 * (number + 1)))
    last = PeopleList.objects.order_by("pk").last()
    assert last
    browser = as_user(circle.coordinator)
    browser.get(where("list_home"))
    with django_assert_num_queries(10):
        browser.get(where("list_home"))
    with django_assert_num_queries(11):
        browser.get(where("list_detail", last.public_id))


def test_what_is_kept_cannot_be_discarded(networks: Networks, circle: Circle) -> None:
    found = taken(networks, circle, people(2))
    keep_list(people_list=found, actor=circle.coordinator)
    discard_list(people_list=found, actor=circle.coordinator)
    assert found.rows.count() == 2
    row = found.rows.first()
    assert row
    remove_row(row=row, actor=circle.coordinator)
    other = found.rows.get()
    change_row(row=other, values={"name": "", "email": "", "firm": "", "position": ""}, actor=circle.coordinator)
    assert other.problem == "name"
