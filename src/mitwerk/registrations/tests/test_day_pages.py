"""The pages of the day: the door without an account, the office, guests who exchange addresses."""

import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Bulletin, Room
from mitwerk.core.translated import Translated
from mitwerk.outbox.models import Mail
from mitwerk.registrations.actions.arriving import check_in_guest, open_check_in, revoke_check_in
from mitwerk.registrations.exports import sheet_pdf
from mitwerk.registrations.models import Admission, Arrival, Booking, CheckInPass, Lead, RoomCount
from mitwerk.registrations.queries import token_of
from mitwerk.registrations.queries.day import badge_holders, key_on, pass_token
from mitwerk.registrations.tests.cast import come, one
from mitwerk.registrations.tests.test_arrivals import MORNING, door, key

__all__ = ["door"]


def page(name: str, *args: str) -> str:
    return reverse(f"registrations:{name}", args=args)


def send(client: Client, door: CheckInPass, *rows: tuple[str, str]) -> Any:
    body = {"arrivals": [{"client_id": made, "said": said, "at": MORNING.isoformat()} for made, said in rows]}
    return client.post(page("check_in_send", pass_token(door)), json.dumps(body), content_type="application/json")


# The door


def test_typed_and_scanned_without_a_script(door: CheckInPass, client: Client) -> None:
    address = page("check_in", pass_token(door))
    assert client.get(address)["Permissions-Policy"] == "camera=(self)"
    shown = client.post(address, {"said": one("Ada").public_id, "client_id": key(1)})
    assert shown.context["answer"].state == "arrived"
    assert (
        client.post(address, {"said": one("Ada").public_id, "client_id": key(2)}).context["answer"].state == "already"
    )
    assert client.post(address, {"said": one("Di").public_id}).context["answer"].state == "not_booked"
    assert client.post(address, {"said": "nobody"}).context["answer"].state == "unknown"
    found = client.post(address, {"said": "bo"})
    assert [row.name for row, _key in found.context["guests"]] == ["Bo"]
    for text in ("bo@example.org", one("Bo").public_id):
        assert text not in found.content.decode(), "neither an address nor a code"
    client.post(address, {"said": found.context["guests"][0][0].key, "client_id": key(3)})
    assert sorted(Arrival.objects.values_list("registration__name", flat=True)) == ["Ada", "Bo"]


def test_what_a_device_kept_is_sent_and_answered(door: CheckInPass, client: Client) -> None:
    ada, bo = one("Ada").public_id, key_on(door, one("Bo").public_id)
    rows = [(key(1), ada), (key(2), bo), (key(3), ada), (key(4), "2222222222"), ("short", ada), (key(5), "cy")]
    answers = send(client, door, *rows).json()["answers"]
    assert [one["state"] for one in answers] == ["arrived", "arrived", "already", "unknown", "unknown", "unknown"]
    assert [[row["name"] for row in one["guests"]] for one in answers] == [[], [], [], [], [], ["Cy"]]
    assert send(client, door, *rows).json()["answers"][:2] == answers[:2], "the same once more"
    assert Arrival.objects.count() == 2
    for nonsense in ("", "[]", "{}", '{"arrivals": 3}', '{"arrivals": [{"said": "x"}]}'):
        address = page("check_in_send", pass_token(door))
        assert client.post(address, nonsense, content_type="application/json").status_code == 400


def test_the_list_holds_who_has_a_seat_without_addresses(door: CheckInPass, client: Client) -> None:
    answer = client.get(page("check_in_guests", pass_token(door)))
    told = answer.json()
    assert [row["name"] for row in told["guests"]] == ["Ada", "Bo", "Cy"]
    assert sorted(told["guests"][0]) == ["booked", "key", "kind", "name", "organisation", "since"]
    assert "@" not in answer.content.decode()
    assert one("Ada").public_id not in answer.content.decode()


@pytest.mark.parametrize("name", ["check_in", "check_in_guests", "check_in_worker", "check_in_rooms"])
def test_a_link_that_was_taken_back_leads_nowhere(cast: Cast, door: CheckInPass, client: Client, name: str) -> None:
    address = page(name, pass_token(door))
    assert client.get(address).status_code == 200
    revoke_check_in(check_in=door, actor=cast.it_editor)
    assert client.get(address, follow=True).status_code == 404
    assert send(client, door, (key(1), one("Ada").public_id)).status_code == 404
    assert not Arrival.objects.exists()


def test_rooms_are_counted_by_buttons_or_a_number(door: CheckInPass, client: Client) -> None:
    room = Room.objects.create(congress=door.admission.congress, name=Translated({"de": "Saal"}), seats=80)
    address = page("check_in_rooms", pass_token(door))
    fewer = {"step": "fewer"}
    typed = [{"count": "55"}, {**fewer, "count": ""}, {"count": "-3"}, {"count": ""}, {**fewer, "count": "60"}]
    for number, sent in enumerate([{"step": "more"}, *typed]):
        client.post(address, {"room": room.public_id, "key": key(number), **sent})
    client.post(address, {"room": "elsewhere", "key": key(9), "step": "more"})
    assert list(RoomCount.objects.order_by("pk").values_list("count", flat=True)) == [1, 55, 54, 60]


@pytest.mark.parametrize("guests", [1, 3])
def test_an_answer_costs_the_same_however_many_come(
    cast: Cast, admission: Admission, client: Client, time_machine: Any, django_assert_num_queries: Any, guests: int
) -> None:
    for name in ("ada", "bo", "cy")[:guests]:
        come(admission, name)
    time_machine.move_to(MORNING, tick=False)
    found = open_check_in(admission=admission, device="Main entrance", actor=cast.it_editor)
    send(client, found, (key(0), "2222222222"))
    with django_assert_num_queries(QUERIES_OF_AN_ANSWER):
        send(client, found, (key(1), one("Ada").public_id))


QUERIES_OF_AN_ANSWER = 11


# The office


OFFICE_PAGES = ("day", "pass_list", "walk_in_add", "bulletin_add", "badge_list")


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_only_the_office_of_the_congress_sees_it(cast: Cast, door: CheckInPass, as_user: Any, name: str) -> None:
    address = page(name, door.admission.congress.public_id)
    assert as_user(cast.it_editor).get(address).status_code == 200
    assert as_user(cast.food_editor).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_who_is_there_is_told_by_kind_of_ticket(cast: Cast, door: CheckInPass, as_user: Any) -> None:
    address = page("day", door.admission.congress.public_id)
    assert as_user(cast.it_editor).get(address).context["there"] == 0
    check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(1))
    told = as_user(cast.it_editor).get(address).context
    assert (told["there"], told["booked"], [row.there for row in told["kinds"]]) == (1, 3, [1])
    assert [row.registration.name for row in told["latest"]] == ["Ada"]


@pytest.mark.parametrize("come_in", [1, 3])
def test_the_page_of_the_day_costs_the_same(
    cast: Cast, door: CheckInPass, as_user: Any, django_assert_num_queries: Any, come_in: int
) -> None:
    for number, name in enumerate(("Ada", "Bo", "Cy")[:come_in]):
        check_in_guest(check_in=door, said=one(name).public_id, client_id=key(number))
        Room.objects.create(congress=door.admission.congress, name=Translated({"de": "Saal"}), seats=80)
    browser = as_user(cast.it_editor)
    browser.get(page("day", door.admission.congress.public_id))
    with django_assert_num_queries(QUERIES_OF_THE_DAY):
        browser.get(page("day", door.admission.congress.public_id))


QUERIES_OF_THE_DAY = 10


def test_a_device_is_opened_shown_and_taken_back(cast: Cast, door: CheckInPass, as_user: Any) -> None:
    browser, congress = as_user(cast.it_editor), door.admission.congress.public_id
    shown = browser.post(page("pass_list", congress), {"device": "Side door"}, follow=True)
    made = CheckInPass.objects.get(device="Side door")
    assert shown.context["link"].endswith(page("check_in", pass_token(made)))
    assert browser.get(page("pass_code", congress, made.public_id))["Content-Type"] == "image/svg+xml"
    browser.post(page("pass_revoke", congress, made.public_id))
    assert browser.get(page("pass_detail", congress, made.public_id)).context["link"] == ""
    assert browser.get(page("pass_code", congress, made.public_id)).status_code == 404
    other = as_user(cast.food_editor)
    assert other.get(page("pass_detail", congress, door.public_id)).status_code == 404
    assert other.post(page("pass_revoke", congress, door.public_id)).status_code == 404


def test_a_walk_in_by_the_form(cast: Cast, door: CheckInPass, as_user: Any) -> None:
    door.admission.kinds.update(quota=4)
    browser, address = as_user(cast.it_editor), page("walk_in_add", door.admission.congress.public_id)
    sent = {"key": key(1), "name": "Eve Neu", "kind": door.admission.kinds.get().public_id}
    answer = browser.post(address, sent)
    badges = page("badge_list", door.admission.congress.public_id)
    assert answer.url == f"{badges}?only={one('Eve Neu').public_id}"
    full = browser.post(address, {**sent, "key": key(2), "name": "Flo"})
    assert len(full.context["form"].non_field_errors()) == 1, "no seat is left"


# Badges


def test_sheets_hold_who_is_asked_for(cast: Cast, door: CheckInPass, as_user: Any, tmp_path: Any) -> None:
    browser, congress = as_user(cast.it_editor), door.admission.congress.public_id
    for paper, query, names in (
        ("badges", "", ["Ada", "Bo", "Cy"]),
        ("labels", "?name=b", ["Bo"]),
        ("badges", f"?only={one('Cy').public_id}", ["Cy"]),
    ):
        answer = browser.get(page("badge_file", congress, paper) + query)
        (tmp_path / "sheet.pdf").write_bytes(answer.content)
        reader = PdfReader(tmp_path / "sheet.pdf")
        text = reader.pages[0].extract_text()
        assert [name for name in ("Ada", "Bo", "Cy", "Di") if name in text.split()] == names
        assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    empty = browser.get(page("badge_file", congress, "badges") + "?name=nobody")
    assert empty.url == page("badge_list", congress)
    assert browser.get(page("badge_file", congress, "posters")).status_code == 404


def test_what_stands_on_a_badge_is_text(cast: Cast, admission: Admission, tmp_path: Any) -> None:
    """TRUST X16: neither Typst nor HTML nor an address in a name does anything."""
    come(admission, "ada", organisation_name='#read("/etc/passwd") <img src="http://127.0.0.1/x">')
    (tmp_path / "sheet.pdf").write_bytes(sheet_pdf(admission, badge_holders(admission), "badges", "en"))
    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    assert "#read(" in text
    assert "root:" not in text


# A word to all


def test_a_message_reaches_who_is_there_once(cast: Cast, door: CheckInPass, as_user: Any, client: Client) -> None:
    check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(1))
    address = page("bulletin_add", door.admission.congress.public_id)
    sent = {"key": key(1), "text_de": "Kaffee im Hof", "text_en": "Coffee in the yard"}
    for _time in range(2):
        as_user(cast.it_editor).post(address, sent)
    assert list(Mail.objects.filter(key__contains="/bulletin/").values_list("to", flat=True)) == ["ada@example.org"]
    assert Bulletin.objects.count() == 1
    assert "Coffee in the yard" in Mail.objects.get(key__contains="/bulletin/").text, "in the guest's language"
    assert "Kaffee im Hof" in client.get(page("registration_detail", token_of(one("Bo")))).content.decode()
    only = as_user(cast.it_editor).post(address, {**sent, "key": key(2), "text_en": ""})
    assert [*only.context["form"].errors] == ["text"]


def test_a_message_is_gone_the_next_day(cast: Cast, door: CheckInPass, as_user: Any, time_machine: Any) -> None:
    address = page("bulletin_add", door.admission.congress.public_id)
    as_user(cast.it_editor).post(address, {"key": key(1), "text_de": "Kaffee", "text_en": "Coffee"})
    ticket = page("registration_detail", token_of(one("Bo")))
    time_machine.move_to(dt.datetime(2007, 10, 26, 21, 59, tzinfo=dt.UTC), tick=False)
    assert len(Client().get(ticket).context["bulletins"]) == 1
    time_machine.move_to(dt.datetime(2007, 10, 26, 22, 0, tzinfo=dt.UTC), tick=False)
    assert len(Client().get(ticket).context["bulletins"]) == 0


# Addresses between guests


def test_addresses_are_seen_when_both_agree_and_until_either_takes_it_back(door: CheckInPass, client: Client) -> None:
    ada, bo = (page("lead_list", token_of(one(name))) for name in ("Ada", "Bo"))
    client.post(ada, {"code": one("Bo").public_id.upper()})
    client.post(ada, {"code": one("Bo").public_id})
    lead = Lead.objects.get()
    assert list(Mail.objects.filter(key__contains="/lead/").values_list("to", flat=True)) == ["bo@example.org"]
    assert "bo@example.org" not in client.get(ada).content.decode()
    assert "ada@example.org" not in client.get(bo).content.decode()
    client.post(page("lead_agree", token_of(one("Ada")), lead.public_id))
    assert "bo@example.org" not in client.get(ada).content.decode(), "nobody agrees for another"
    client.post(page("lead_agree", token_of(one("Bo")), lead.public_id))
    assert "bo@example.org" in client.get(ada).content.decode()
    assert "ada@example.org" in client.get(bo).content.decode()
    client.post(page("lead_end", token_of(one("Cy")), lead.public_id))
    assert "bo@example.org" in client.get(ada).content.decode(), "a third one ends nothing"
    client.post(page("lead_end", token_of(one("Ada")), lead.public_id))
    assert "bo@example.org" not in client.get(ada).content.decode()
    assert "ada@example.org" not in client.get(bo).content.decode()
    client.post(page("lead_agree", token_of(one("Bo")), lead.public_id))
    assert "bo@example.org" not in client.get(ada).content.decode(), "what was taken back is not agreed to"


def test_what_somebody_typed_as_their_organisation_goes_to_nobody(door: CheckInPass, client: Client) -> None:
    """TRUST X11: a mail to another guest carries no advertising."""
    Booking.objects.filter(registrations=one("Ada")).update(organisation_name="Buy at www.example.com")
    client.post(page("lead_list", token_of(one("Ada"))), {"code": one("Bo").public_id})
    mail = Mail.objects.get(key__contains="/lead/")
    assert ("Ada" in mail.text, "www." in mail.text, "www." in mail.html) == (True, False, False)


def test_two_who_read_each_other_have_agreed(door: CheckInPass, client: Client) -> None:
    client.post(page("lead_list", token_of(one("Ada"))), {"code": one("Bo").public_id})
    client.post(page("lead_list", token_of(one("Bo"))), {"code": one("Ada").public_id})
    assert Lead.objects.get().is_mutual is True
    mails = Mail.objects.filter(key__contains="/lead/").order_by("pk").values_list("to", flat=True)
    assert list(mails) == ["bo@example.org", "ada@example.org"]


def test_who_said_no_is_not_asked_again(door: CheckInPass, client: Client) -> None:
    ask = page("lead_list", token_of(one("Ada")))
    client.post(ask, {"code": one("Bo").public_id})
    client.post(page("lead_end", token_of(one("Bo")), Lead.objects.get().public_id))
    client.post(ask, {"code": one("Bo").public_id})
    assert Lead.objects.get().ended_at is not None
    assert Mail.objects.filter(key__contains="/lead/").count() == 1


@pytest.mark.parametrize("said", ["2222222222", "Di", "Ada", ""])
def test_only_another_guests_badge_is_taken(door: CheckInPass, client: Client, said: str) -> None:
    code = one(said).public_id if said in ("Di", "Ada") else said
    answer = client.post(page("lead_list", token_of(one("Ada"))), {"code": code})
    assert [*answer.context["form"].errors] == ["code"]
    assert not Lead.objects.exists()


def test_who_has_no_seat_has_no_such_page(door: CheckInPass, client: Client) -> None:
    assert client.get(page("lead_list", token_of(one("Di"))), follow=True).status_code == 404


@pytest.mark.parametrize("odd", ["ab\x00cd", "\x00"])
def test_odd_bytes_find_nobody_and_break_nothing(
    cast: Cast, door: CheckInPass, as_user: Any, client: Client, odd: str
) -> None:
    congress, asked = door.admission.congress.public_id, quote(odd)
    browser = as_user(cast.it_editor)
    for name in ("only", "kind", "name"):
        assert browser.get(f"{page('badge_list', congress)}?{name}={asked}").status_code == 200
        assert browser.get(f"{page('badge_file', congress, 'badges')}?{name}={asked}").status_code in (200, 302)
    typed = client.post(page("check_in", pass_token(door)), {"said": odd, "client_id": key(1)})
    counted = client.post(page("check_in_rooms", pass_token(door)), {"room": odd, "key": key(2), "step": "more"})
    assert (typed.status_code, counted.status_code, RoomCount.objects.count()) == (200, 200, 0)
    assert send(client, door, (key(3), odd)).status_code == 200
