"""What the office sees, decides, changes and takes out; and that another cluster's office does not."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.office.browser import form_data

from mitwerk.accounts.actions import restore_record
from mitwerk.accounts.models import AuditEntry, Removed, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import remove_congress
from mitwerk.congress.models import Congress, Room
from mitwerk.congress.tests.cast import TODAY, make_congress
from mitwerk.core.translated import Translated
from mitwerk.registrations.models import AccessCode, Admission, Question, Registration, Seller, TicketKind
from mitwerk.registrations.queries import run_admissions, run_invoices, run_registrations, run_sellers
from mitwerk.registrations.tests.cast import come, make_admission, make_kind, make_seller, one, states

As = Callable[[User | None], Client]
ADD = "/en/my/congresses/registration/add/"


@pytest.fixture
def congress(cast: Cast, time_machine: Any) -> Congress:
    time_machine.move_to(TODAY, tick=False)
    return make_congress(cast)


@pytest.fixture
def admission(congress: Congress) -> Admission:
    return make_admission(congress)


def row(name: str, number: int, **values: str) -> dict[str, str]:
    """Another row, beside as many as are there."""
    return {f"{name}-TOTAL_FORMS": str(number + 1), **{f"{name}-{number}-{key}": one for key, one in values.items()}}


def edit(admission: Admission) -> str:
    return reverse("office_admissions:edit", args=[admission.pk])


def test_one_button_opens_registration_with_the_usual_ticket(as_user: As, cast: Cast, congress: Congress) -> None:
    Room.objects.create(congress=congress, name={"de": "Arena"}, seats=350)
    browser = as_user(cast.it_editor)
    assert congress.public_id in browser.get(ADD).content.decode()
    for _time in range(2):
        browser.post(ADD, {"congress": congress.public_id})
    [kind] = TicketKind.objects.all()
    assert (kind.name, kind.quota, kind.price) == (Translated({"de": kind.name["de"], "en": "Free ticket"}), 350, 0)
    assert kind.admission.congress == congress
    assert AuditEntry.objects.filter(verb="admission.add", cluster_slug="it").count() == 1
    assert congress.public_id not in browser.get(ADD).content.decode()


def test_without_a_room_there_are_a_hundred_seats(as_user: As, cast: Cast, congress: Congress) -> None:
    congress.rooms.all().delete()
    as_user(cast.it_editor).post(ADD, {"congress": congress.public_id})
    assert TicketKind.objects.get().quota == 100


def test_only_whose_congress_it_is(as_user: As, client: Client, cast: Cast, congress: Congress) -> None:
    as_user(cast.food_editor).post(ADD, {"congress": congress.public_id})
    stranger = User.objects.create_user("stranger@example.org")
    assert as_user(stranger).get(ADD).status_code == 404
    assert client.get(ADD).status_code == 302
    assert Admission.objects.count() == 0


def test_who_sees_what(as_user: As, cast: Cast, admission: Admission) -> None:
    make_seller(cast)
    come(admission, "ada")
    users = (cast.umbrella_editor, cast.it_editor, cast.food_editor)
    for found in (run_admissions, run_registrations, run_sellers):
        assert [found(user).count() for user in users] == [1, 1, 0], found.__name__
    assert [run_invoices(user).count() for user in users] == [0, 0, 0]
    key = one("Ada").pk
    for name, pk in (("admissions:edit", admission.pk), ("registrations:inspect", key)):
        address = reverse(f"office_{name}", args=[pk])
        answers = [as_user(user).get(address).status_code for user in users]
        assert (answers[0], answers[1], answers[2] in (302, 404)) == (200, 200, True), name
    act = reverse("office_registrations:act", args=[key, "cancel"])
    assert as_user(cast.food_editor).post(act).status_code in (302, 404)
    assert one("Ada").state == "booked"


def test_filters_offer_what_is_theirs(as_user: As, cast: Cast, admission: Admission) -> None:
    foreign = make_admission(make_congress(cast, cluster=None, title=Translated({"de": "Geheimer Kongress"})))
    make_kind(foreign, name=Translated({"de": "Geheime Karte"}))
    seller = make_seller(cast)
    Seller.objects.filter(pk=seller.pk).update(cluster=None, name="Geheimer Verein")
    for page, names in (("registrations", ("Geheimer Kongress", "Geheime Karte")), ("invoices", ("Geheimer Verein",))):
        address = reverse(f"office_{page}:index")
        texts = [as_user(user).get(address).content.decode() for user in (cast.umbrella_editor, cast.it_editor)]
        assert [[name in text for name in names] for text in texts] == [[True] * len(names), [False] * len(names)]
    come(admission, "ada")
    found = as_user(cast.it_editor).get(reverse("office_registrations:index"), {"state": "waiting"})
    assert "Ada" not in found.content.decode()
    found = as_user(cast.it_editor).get(reverse("office_registrations:index"), {"admission": admission.pk})
    assert "Ada" in found.content.decode()


def test_the_office_decides_with_a_button(as_user: As, cast: Cast, admission: Admission) -> None:
    kind = make_kind(admission, 1, needs_approval=True)
    for name in ("ada", "ben"):
        come(admission, name, kind=kind)
    browser = as_user(cast.it_editor)
    for name, act in (("Ada", "approve"), ("Ben", "refuse"), ("Ada", "cancel")):
        assert browser.post(reverse("office_registrations:act", args=[one(name).pk, act])).status_code == 302
    assert states(admission) == {"Ada": "cancelled", "Ben": "refused"}
    gone = browser.post(reverse("office_registrations:act", args=[one("Ada").pk, "approve"]))
    assert (gone.status_code in (302, 404), one("Ada").state) == (True, "cancelled")


def test_tickets_questions_and_codes_are_changed(as_user: As, cast: Cast, admission: Admission) -> None:
    for name in ("ada", "ben", "cleo", "dan"):
        come(admission, name)
    seller = make_seller(cast)
    browser, kind = as_user(cast.it_editor), admission.kinds.get()
    sent = form_data(browser.get(edit(admission)).context["form"])
    more = {
        **row("kinds", 1, name_de="Karte", quota="5", price_class="invoice", price="190.50", vat="19", ORDER="2"),
        **row("questions", 0, wording_de="Thema?", kind="line", ORDER="1"),
        **row("codes", 0, code="Gast-07", kind=str(kind.pk), most="3", ORDER="1"),
        "kinds-0-quota": "4", "seller": str(seller.pk),
    }  # fmt: skip
    answer = browser.post(edit(admission), {**sent, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(TicketKind.objects.values_list("quota", "price")) == [(4, 0), (5, 190_50)]
    assert (Question.objects.get().wording, AccessCode.objects.get().plain) == ({"de": "Thema?"}, "GAST07")
    assert (one("Dan").state, Admission.objects.get().seller) == ("offered", seller), "the new seat is held"


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": "2006-07-01 10:00"},
        {"pay_within": "91"},
        {"kinds-0-price": "1.00"},
        {"kinds-0-price_class": "invoice"},
        {"kinds-0-price_class": "invoice", "kinds-0-price": "5", "kinds-0-vat": "0"},
        {"kinds-0-quota": "-1"},
        {"kinds-0-price": "-1"},
        {"kinds-0-DELETE": "on"},
        row("codes", 0, code="–", kind="1", most="3", ORDER="1"),
    ],
)
def test_what_is_wrong_is_not_saved(as_user: As, cast: Cast, admission: Admission, wrong: dict[str, str]) -> None:
    come(admission, "ada")
    browser = as_user(cast.it_editor)
    sent = form_data(browser.get(edit(admission)).context["form"])
    before = list(TicketKind.objects.values())
    assert browser.post(edit(admission), {**sent, **wrong}).status_code == 200
    assert (list(TicketKind.objects.values()), AccessCode.objects.count()) == (before, 0)


def test_a_code_is_there_once_and_for_a_ticket_of_this_congress(as_user: As, cast: Cast, admission: Admission) -> None:
    browser, kind = as_user(cast.it_editor), admission.kinds.get()
    sent = form_data(browser.get(edit(admission)).context["form"])
    first = row("codes", 0, code="Gast 07", kind=str(kind.pk), most="3", ORDER="1")
    second = row("codes", 1, code="gast-07", kind=str(kind.pk), most="3", ORDER="2")
    assert browser.post(edit(admission), {**sent, **first, **second}).status_code == 200
    foreign = row("codes", 0, code="Gast 07", kind=str(kind.pk + 1000), most="3", ORDER="1")
    assert browser.post(edit(admission), {**sent, **foreign}).status_code == 200
    assert AccessCode.objects.count() == 0


HOSTILE = ("=1+1", "@SUM(A1)", "+49 341 1")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_leaves_the_house_as_text(as_user: As, cast: Cast, admission: Admission, kind: str) -> None:
    admission.kinds.update(quota=9)
    for number, name in enumerate(HOSTILE):
        come(admission, f"x{number}")
        Registration.objects.filter(name=f"X{number}").update(name=name, diet="=2+2")
    answer = as_user(cast.it_editor).get(reverse("office_registrations:index"), {"export": kind})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        cells = {cell for line in csv.reader(io.StringIO(body.decode())) for cell in line}
        assert {f"'{name}" for name in HOSTILE} | {"'=2+2"} <= cells
    else:
        found = [cell for line in load_workbook(io.BytesIO(body)).active.iter_rows() for cell in line]
        assert {cell.value for cell in found} >= {*HOSTILE, "=2+2"}
        assert not any(cell.data_type == "f" for cell in found)
    line = AuditEntry.objects.get(verb="registration.export")
    assert (line.details, line.actor) == ({"rows": 3, "kind": kind}, cast.it_editor)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_for_one_and_for_three(
    as_user: As, cast: Cast, admission: Admission, number: int, django_assert_num_queries: Any
) -> None:
    for name in ["ada", "ben", "cleo"][:number]:
        come(admission, name)
    browser, address = as_user(cast.it_editor), reverse("office_registrations:index")
    browser.get(address)
    with django_assert_num_queries(16):
        assert browser.get(address).status_code == 200


def test_a_congress_with_guests_is_not_removed(as_user: As, cast: Cast, admission: Admission) -> None:
    come(admission, "ada")
    browser = as_user(cast.it_editor)
    address = reverse("office_congresses:delete", args=[admission.congress_id])
    assert browser.post(address).status_code == 302
    assert (Congress.objects.count(), Registration.objects.count()) == (1, 1)


def test_a_congress_without_guests_goes_with_its_tickets_and_comes_back(cast: Cast, admission: Admission) -> None:
    AccessCode.objects.create(admission=admission, kind=admission.kinds.get(), code="G", plain="G")
    counted = (Congress, Admission, TicketKind, AccessCode)
    remove_congress(congress=admission.congress, actor=cast.it_editor)
    assert [model.objects.count() for model in counted] == [0, 0, 0, 0]
    restore_record(removed=Removed.objects.get(), actor=cast.it_editor)
    assert [model.objects.count() for model in counted] == [1, 1, 1, 1]
    assert AccessCode.objects.get().kind.quota == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"vat_id": ""}, {"country": "D"}, {"vat_id": "123"}, {"name": ""}, {"iban": ""}, {"cluster": ""},
        {"iban": "DE03120300000000202051"},
    ],
)
def test_who_writes_invoices_is_entered_whole(as_user: As, cast: Cast, wrong: dict[str, str]) -> None:
    browser, address = as_user(cast.it_editor), reverse("office_sellers:add")
    sent = {
        "cluster": str(cast.it.pk), "name": "V", "street": "S 1", "postcode": "1", "city": "C", "country": "de",
        "vat_id": "DE123456789", "iban": "DE02120300000000202051",
    }  # fmt: skip
    assert browser.post(address, {**sent, **wrong}).status_code == 200
    assert Seller.objects.count() == 0
    assert browser.post(address, sent).status_code == 302
    assert Seller.objects.get().country == "DE"
