"""At the door: a guest arrives once a day, whoever sends it how often; walk-ins get a seat; rooms are counted."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.arrivals import guest_key
from mitwerk.congress.models import Room
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.outbox.models import Mail
from mitwerk.registrations.actions import arriving
from mitwerk.registrations.actions.arriving import (
    WalkIn,
    check_in_guest,
    count_room,
    open_check_in,
    revoke_check_in,
    walk_in,
)
from mitwerk.registrations.actions.changing import cancel_registration
from mitwerk.registrations.actions.registering import Order
from mitwerk.registrations.models import Admission, Arrival, CheckInPass, Registration, RoomCount
from mitwerk.registrations.queries.day import guest_list, guests_named, kinds_there, pass_by_token, pass_token
from mitwerk.registrations.tests.cast import come, make_kind, one, seats

MORNING = dt.datetime(2007, 10, 26, 7, 0, tzinfo=dt.UTC)
"""Nine o'clock in Leipzig, on the first day."""


def key(number: int) -> str:
    return f"made-on-the-device-{number:06}"


@pytest.fixture
def door(cast: Cast, admission: Admission, time_machine: Any) -> CheckInPass:
    """Ada, Bo and Cy have the three seats, Di waits; it is the morning of the first day."""
    come(admission, "ada", organisation_name="Muster GmbH")
    come(admission, "bo")
    come(admission, "cy")
    come(admission, "di")
    time_machine.move_to(MORNING, tick=False)
    return open_check_in(admission=admission, device="Main entrance", actor=cast.it_editor)


def at(minutes: int) -> str:
    return (MORNING + dt.timedelta(minutes=minutes)).isoformat()


def arrivals() -> list[tuple[str, str]]:
    rows = Arrival.objects.order_by("registration__name", "day")
    return [(row.registration.name, f"{timezone.localtime(row.at):%d. %H:%M}") for row in rows]


def test_a_guest_arrives_once(door: CheckInPass, time_machine: Any) -> None:
    code = one("Ada").public_id
    first = check_in_guest(check_in=door, said=f" {code.upper()}\r\n", client_id=key(1))
    assert (first.state, first.registration, first.since) == ("arrived", one("Ada"), MORNING)
    time_machine.move_to(MORNING + dt.timedelta(minutes=5), tick=False)
    assert check_in_guest(check_in=door, said=code, client_id=key(1)).state == "arrived", "the same, sent twice"
    again = check_in_guest(check_in=door, said=code, client_id=key(2))
    assert (again.state, again.since) == ("already", MORNING)
    assert arrivals() == [("Ada", "26. 09:00")]
    assert AuditEntry.objects.filter(verb="arrival.add", cluster_slug="it").count() == 1


def test_who_has_no_seat_and_what_is_no_ticket(door: CheckInPass) -> None:
    assert check_in_guest(check_in=door, said=one("Di").public_id, client_id=key(1)).state == "not_booked"
    assert check_in_guest(check_in=door, said="2222222222", client_id=key(2)).state == "unknown"
    assert check_in_guest(check_in=door, said="", client_id=key(3)).state == "unknown"
    cancel_registration(registration=one("Bo"))
    assert check_in_guest(check_in=door, said=one("Bo").public_id, client_id=key(4)).state == "not_booked"
    assert arrivals() == []


def test_an_id_of_another_guest_makes_no_arrival(door: CheckInPass) -> None:
    check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(1))
    assert check_in_guest(check_in=door, said=one("Bo").public_id, client_id=key(1)).state == "unknown"
    assert arrivals() == [("Ada", "26. 09:00")]


def test_each_day_counts(door: CheckInPass, time_machine: Any) -> None:
    check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(1))
    time_machine.move_to(MORNING + dt.timedelta(days=1), tick=False)
    assert check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(2)).state == "arrived"
    assert arrivals() == [("Ada", "26. 09:00"), ("Ada", "27. 09:00")]


def test_two_devices_without_a_network_make_one_arrival_and_the_earlier_counts(
    cast: Cast, door: CheckInPass, admission: Admission, time_machine: Any
) -> None:
    other = open_check_in(admission=admission, device="Side door", actor=cast.it_editor)
    code = one("Ada").public_id
    time_machine.move_to(MORNING + dt.timedelta(hours=3), tick=False)
    later = check_in_guest(check_in=other, said=code, client_id=key(2), at=at(40))
    earlier = check_in_guest(check_in=door, said=code, client_id=key(1), at=at(10))
    assert (later.state, earlier.state) == ("arrived", "already")
    assert arrivals() == [("Ada", "26. 09:10")]
    assert Arrival.objects.get().device == "Main entrance"
    check_in_guest(check_in=door, said=code, client_id=key(1), at=at(10))
    check_in_guest(check_in=other, said=code, client_id=key(2), at=at(40))
    assert arrivals() == [("Ada", "26. 09:10")], "both send once more, and nothing changes"


def test_control_the_database_refuses_a_second_arrival_by_itself(door: CheckInPass) -> None:
    """Without the look behind the lock there would be a second row, but for these."""
    said = {"registration": one("Ada"), "day": MORNING.date(), "at": MORNING}
    Arrival.objects.create(client_id=key(1), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.create(client_id=key(2), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.create(client_id=key(1), **{**said, "registration": one("Bo")})


def test_control_without_the_earlier_time_the_later_one_would_stay(
    door: CheckInPass, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_earlier", lambda there, at, device: there.at)
    time_machine.move_to(MORNING + dt.timedelta(hours=1), tick=False)
    for number, minutes in ((1, 40), (2, 10)):
        check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(number), at=at(minutes))
    assert arrivals() == [("Ada", "26. 09:40")]


def test_a_clock_that_is_wrong_tells_no_time_before_the_link_or_to_come(door: CheckInPass, time_machine: Any) -> None:
    time_machine.move_to(MORNING + dt.timedelta(hours=1), tick=False)
    check_in_guest(check_in=door, said=one("Ada").public_id, client_id=key(1), at="1970-01-01T00:00:00Z")
    check_in_guest(check_in=door, said=one("Bo").public_id, client_id=key(2), at="2099-01-01T00:00:00Z")
    assert arrivals() == [("Ada", "26. 09:00"), ("Bo", "26. 10:00")]


def test_a_device_knows_names_and_no_codes(door: CheckInPass) -> None:
    ada = one("Ada")
    [found] = guests_named(door, "ada muster")
    assert (found.name, found.organisation, found.is_booked, found.since) == ("Ada", "Muster GmbH", True, None)
    assert found.key == guest_key(door.public_id, ada.public_id)
    assert check_in_guest(check_in=door, said=found.key, client_id=key(1)).state == "arrived"
    assert [row.since for row in guests_named(door, "ada")] == [MORNING]
    assert [row.name for row in guests_named(door, "a")] == [], "one letter is no name"
    assert [row.name for row in guest_list(door)] == ["Ada", "Bo", "Cy"]
    assert [row.is_booked for row in guests_named(door, "di")] == [False]


def test_a_link_is_good_for_its_congress_and_its_time(cast: Cast, door: CheckInPass, time_machine: Any) -> None:
    token = pass_token(door)
    assert pass_by_token(token) == door
    assert [pass_by_token(bad) for bad in (door.public_id, f"{token}x", f"x{token}", "", ".")] == [None] * 5
    assert door.expires_at == dt.datetime(2007, 10, 28, 3, 0, tzinfo=dt.UTC), "twelve hours, whatever clocks do"
    time_machine.move_to(dt.datetime(2007, 10, 28, 2, 59, tzinfo=dt.UTC), tick=False)
    assert pass_by_token(token) == door
    time_machine.move_to(dt.datetime(2007, 10, 28, 3, 0, tzinfo=dt.UTC), tick=False)
    assert pass_by_token(token) is None
    time_machine.move_to(MORNING, tick=False)
    revoke_check_in(check_in=door, actor=cast.it_editor)
    revoke_check_in(check_in=door, actor=cast.it_editor)
    assert pass_by_token(token) is None
    assert AuditEntry.objects.filter(verb="check_in.revoke").count() == 1


def test_a_device_is_opened_once_and_not_after_the_congress(
    cast: Cast, door: CheckInPass, admission: Admission, time_machine: Any
) -> None:
    assert open_check_in(admission=admission, device="Main entrance", actor=cast.it_editor) == door
    revoke_check_in(check_in=door, actor=cast.it_editor)
    assert open_check_in(admission=admission, device="Main entrance", actor=cast.it_editor) != door
    time_machine.move_to(MORNING + dt.timedelta(days=5), tick=False)
    with pytest.raises(Refused):
        open_check_in(admission=admission, device="Main entrance", actor=cast.it_editor)


# Who comes without having registered


def come_in(cast: Cast, admission: Admission, name: str, email: str = "", number: int = 1, **more: Any) -> Registration:
    kind = more.get("kind") or admission.kinds.get()
    order = Order(key=key(number), kind=kind, language="en", organisation_name=cast.firm.name)
    return walk_in(admission=admission, order=order, guest=WalkIn(name, email), actor=cast.it_editor)


def test_a_walk_in_gets_the_next_seat_and_is_there(cast: Cast, door: CheckInPass, admission: Admission) -> None:
    admission.kinds.update(quota=5)
    made = come_in(cast, admission, "Eve")
    assert come_in(cast, admission, "Eve") == made, "sent twice it is one"
    other = come_in(cast, admission, "Flo", number=2)
    assert (made.booking.organisation, other.email) == (cast.firm, "")
    assert seats(admission) == {"Ada": 1, "Bo": 2, "Cy": 3, "Eve": 4, "Flo": 5}
    assert arrivals() == [("Eve", "26. 09:00"), ("Flo", "26. 09:00")]
    assert [(row.booked, row.there) for row in kinds_there(admission)] == [(5, 2)]
    with pytest.raises(Refused):
        come_in(cast, admission, "Gil", number=3)
    assert [not mail.to for mail in Mail.objects.filter(to="")] == [], "nobody is written to nowhere"


def test_a_walk_in_with_an_address_gets_a_ticket_by_mail(cast: Cast, door: CheckInPass, admission: Admission) -> None:
    admission.kinds.update(quota=5)
    with pytest.raises(Refused):
        come_in(cast, admission, "Ada again", "ADA@example.org")
    come_in(cast, admission, "Eve", "eve@example.org")
    assert Mail.objects.filter(to="eve@example.org", qr=one("Eve").public_id).count() == 1


def test_no_walk_in_for_what_costs_something_or_is_over(
    cast: Cast, door: CheckInPass, admission: Admission, time_machine: Any
) -> None:
    dear = make_kind(admission, price_class="invoice", price=100)
    with pytest.raises(Refused):
        come_in(cast, admission, "Eve", kind=dear)
    admission.kinds.filter(price=0).update(quota=9)
    time_machine.move_to(MORNING + dt.timedelta(days=3), tick=False)
    with pytest.raises(Refused):
        come_in(cast, admission, "Eve", kind=admission.kinds.get(price=0))


# Rooms


def test_rooms_are_counted(door: CheckInPass, time_machine: Any) -> None:
    congress = door.admission.congress
    room = Room.objects.create(congress=congress, name=Translated({"de": "Saal", "en": "Hall"}), seats=80)

    def count(number: int, **more: Any) -> int:
        return count_room(check_in=door, room=room, key=key(number), **more).count

    assert [count(1, step=1), count(2, step=1), count(2, step=1), count(3, step=-1)] == [1, 2, 2, 1]
    assert [count(4, step=-1), count(5, step=-1), count(6, count=70), count(7, step=1)] == [0, 0, 70, 71]
    assert RoomCount.objects.count() == 7
    time_machine.move_to(MORNING + dt.timedelta(days=1), tick=False)
    assert count(8, step=1) == 1, "a day begins with nobody"
