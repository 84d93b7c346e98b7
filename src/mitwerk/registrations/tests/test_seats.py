"""Who gets a seat, who waits, and who moves up."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms import registrations as way
from mitwerk.congress.tests.cast import TODAY
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.registrations.actions.changing import (
    approve_registration,
    cancel_group,
    cancel_registration,
    change_registration,
    queue_again,
    refuse_registration,
    take_seat,
)
from mitwerk.registrations.actions.offering import change_admission
from mitwerk.registrations.actions.seats import turn_lists
from mitwerk.registrations.models import Admission, Booking, Registration
from mitwerk.registrations.queries import desk_rows, place_in_line
from mitwerk.registrations.tests.cast import come, make_kind, one, seats, states

HOUR = dt.timedelta(hours=1)


def subjects(name: str) -> list[str]:
    found = Mail.objects.filter(to=f"{name.lower()}@example.org").order_by("pk")
    return [subject.partition(":")[0] for subject in found.values_list("subject", flat=True)]


def test_seats_are_given_in_order_until_there_are_none(admission: Admission) -> None:
    for name in ("ada", "ben", "cleo", "dan", "eva"):
        come(admission, name)
    assert states(admission) == {
        "Ada": "booked", "Ben": "booked", "Cleo": "booked", "Dan": "waiting", "Eva": "waiting"
    }  # fmt: skip
    assert seats(admission) == {"Ada": 1, "Ben": 2, "Cleo": 3}
    assert [place_in_line(one(name)) for name in ("Cleo", "Dan", "Eva")] == [0, 1, 2]
    assert (subjects("ada"), subjects("dan")) == (["Your ticket"], ["You are on the waiting list"])
    assert [Mail.objects.get(to=f"{name}@example.org").qr for name in ("ada", "dan")] == [one("Ada").public_id, ""]
    assert AuditEntry.objects.filter(verb="booking.add", cluster_slug="it").count() == 5


def test_a_form_sent_twice_is_one_booking(admission: Admission) -> None:
    same = "the-same-key-as-a-moment-ago"
    assert come(admission, "ada", key=same) == come(admission, "ada", key=same)
    assert (Booking.objects.count(), Registration.objects.count(), len(subjects("ada"))) == (1, 1, 1)


def test_who_is_registered_already_gets_a_mail_and_no_second_seat(admission: Admission) -> None:
    come(admission, "ada")
    for _time in range(3):
        come(admission, "ADA")
    assert [(row.state, row.seat) for row in Registration.objects.order_by("pk")] == [
        ("booked", 1), ("double", None), ("double", None), ("double", None),
    ]  # fmt: skip
    assert subjects("ada") == ["Your ticket", "You are registered already"], "once an hour at most"
    cancel_registration(registration=Registration.objects.order_by("pk")[0])
    come(admission, "ada")
    assert one("Ada").state == "booked", "who has cancelled may come again"


def test_a_seat_that_becomes_free_is_held_for_the_next_in_line(admission: Admission) -> None:
    for name in ("ada", "ben", "cleo", "dan", "eva"):
        come(admission, name)
    cancel_registration(registration=one("Ben"))
    cancel_registration(registration=one("Ben"))
    dan = one("Dan")
    assert (dan.state, dan.seat, dan.held_until) == ("offered", 2, TODAY + 48 * HOUR)
    assert (one("Eva").state, subjects("dan")) == ("waiting", ["You are on the waiting list", "A seat is held for you"])
    come(admission, "finn")
    assert one("Finn").state == "waiting", "nobody overtakes"
    take_seat(registration=dan)
    take_seat(registration=dan)
    assert (states(admission)["Dan"], seats(admission)) == ("booked", {"Ada": 1, "Dan": 2, "Cleo": 3})
    assert subjects("dan")[-1] == "Your ticket"


def test_after_48_hours_the_next_one_gets_it(admission: Admission, time_machine: Any) -> None:
    for name in ("ada", "ben", "cleo", "dan", "eva"):
        come(admission, name)
    cancel_registration(registration=one("Ada"))
    time_machine.move_to(TODAY + 48 * HOUR - dt.timedelta(seconds=1), tick=False)
    assert (turn_lists(), one("Dan").state) == (0, "offered")
    time_machine.move_to(TODAY + 48 * HOUR, tick=False)
    with pytest.raises(Refused):
        take_seat(registration=one("Dan"))
    assert (turn_lists(), turn_lists()) == (1, 0)
    assert (one("Dan").state, one("Dan").seat, one("Eva").state) == ("lapsed", None, "offered")
    assert one("Eva").held_until == TODAY + 96 * HOUR
    queue_again(registration=one("Dan"))
    queue_again(registration=one("Dan"))
    assert (one("Dan").state, place_in_line(one("Dan"))) == ("waiting", 1)
    assert subjects("dan")[2:] == ["The seat has gone to somebody else", "You are on the waiting list"]
    cancel_registration(registration=one("Cleo"))
    cancel_registration(registration=one("Eva"))
    assert (one("Dan").state, subjects("dan")[-1]) == ("offered", "A seat is held for you"), "a second time"


def test_the_days_before_the_congress_a_seat_is_held_until_it_begins(admission: Admission, time_machine: Any) -> None:
    for name in ("ada", "ben", "cleo", "dan"):
        come(admission, name)
    time_machine.move_to(admission.begins_at - 3 * HOUR, tick=False)
    cancel_registration(registration=one("Ada"))
    assert one("Dan").held_until == admission.begins_at
    time_machine.move_to(admission.begins_at, tick=False)
    assert (turn_lists(), one("Dan").state) == (0, "lapsed")
    with pytest.raises(Refused):
        queue_again(registration=one("Dan"))
    with pytest.raises(Refused):
        change_registration(registration=one("Ben"), values={"name": "X"})


def test_timed_work_gives_seats_that_were_freed_by_an_erased_person(admission: Admission) -> None:
    for name in ("ada", "ben", "cleo", "dan"):
        come(admission, name)
    one("Ben").delete()
    assert (turn_lists(), turn_lists(), one("Dan").state, one("Dan").seat) == (1, 0, "offered", 2)


def test_more_seats_go_to_those_who_wait(admission: Admission, cast: Cast) -> None:
    for name in ("ada", "ben", "cleo", "dan", "eva"):
        come(admission, name)
    admission.kinds.update(quota=4)
    change_admission(admission=admission, values={}, rows={}, actor=cast.it_editor)
    assert (one("Dan").state, one("Eva").state) == ("offered", "waiting")
    admission.kinds.update(quota=1)
    cancel_registration(registration=one("Ada"))
    assert one("Eva").state == "waiting", "fewer seats than are taken: nobody moves up"


def test_a_group_comes_in_its_order(admission: Admission) -> None:
    come(admission, "ada", "ben", "cleo", "dan")
    assert states(admission) == {"Ada": "booked", "Ben": "booked", "Cleo": "booked", "Dan": "waiting"}
    assert [row.leads for row in Registration.objects.order_by("pk")] == [True, False, False, False]
    assert (subjects("ada"), subjects("ben")) == (["Your ticket", "Your group"], ["Your ticket"])
    assert cancel_group(registration=one("Ben")) == 0, "only who has registered the others"
    assert cancel_group(registration=one("Ada")) == 4
    assert set(states(admission).values()) == {"cancelled"}


def test_the_office_decides_where_it_wants_to(admission: Admission, cast: Cast) -> None:
    kind = make_kind(admission, 1, needs_approval=True)
    for name in ("ada", "ben", "cleo"):
        come(admission, name, kind=kind)
    assert (set(states(admission).values()), seats(admission)) == ({"asked"}, {})
    approve_registration(registration=one("Ben"), actor=cast.it_editor)
    approve_registration(registration=one("Ada"), actor=cast.it_editor)
    refuse_registration(registration=one("Cleo"), actor=cast.it_editor)
    assert states(admission) == {"Ada": "waiting", "Ben": "booked", "Cleo": "refused"}
    with pytest.raises(Refused):
        approve_registration(registration=one("Cleo"), actor=cast.it_editor)
    assert subjects("cleo") == ["Your registration has arrived", "There is no seat for you this time"]
    told = AuditEntry.objects.filter(verb__in=["registration.approve", "registration.refuse"])
    assert {line.actor for line in told} == {cast.it_editor}
    assert not any("Ben" in line.target_name for line in AuditEntry.objects.all())


def test_what_is_sold_out_does_not_touch_another_ticket(admission: Admission) -> None:
    other = make_kind(admission, 1)
    come(admission, "ada", kind=other)
    come(admission, "ben", kind=other)
    come(admission, "cleo")
    assert states(admission) == {"Ada": "booked", "Ben": "waiting", "Cleo": "booked"}


def test_the_database_refuses_what_cannot_be(admission: Admission) -> None:
    come(admission, "ada", "ben")
    ada = Registration.objects.filter(name="Ada")
    for wrong in (
        {"seat": 2}, {"seat": None}, {"seat": 0}, {"state": "waiting"}, {"state": "offered"},
        {"email": "BEN@example.org"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            ada.update(**wrong)
    for wrong in ({"price": 1}, {"price_class": "invoice"}, {"price_class": "member", "price": 5, "vat": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            admission.kinds.update(**wrong)


NAMES = ("ada", "ben", "cleo", "dan", "eva")
ACTS = st.lists(
    st.tuples(st.sampled_from(["come", "cancel", "take", "queue", "turn", "later"]), st.sampled_from(NAMES)),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_seats_are_never_more_than_there_are(
    admission: Admission, time_machine: Any, acts: list[tuple[str, str]]
) -> None:
    now = TODAY
    admission.kinds.update(quota=2)
    Booking.objects.all().delete()
    for act, name in acts:
        found = Registration.objects.filter(name=name.capitalize()).exclude(state="double").order_by("-pk").first()
        try:
            if act == "come":
                come(admission, name)
            elif act == "turn":
                turn_lists()
            elif act == "later":
                now += 25 * HOUR
                time_machine.move_to(now, tick=False)
            elif found:
                {"cancel": cancel_registration, "take": take_seat, "queue": queue_again}[act](registration=found)
        except Refused:
            continue
        rows = list(Registration.objects.values_list("state", "seat"))
        held = [seat for state, seat in rows if state in way.SEATED]
        assert len(held) == len(set(held)) <= 2
        waits = any(state == way.WAITING for state, _seat in rows)
        assert not waits or len(held) == 2, "a seat is free and somebody waits"
    time_machine.move_to(TODAY, tick=False)


def test_d9_a_seat_is_held_for_48_hours_when_the_clock_is_put_back(admission: Admission, time_machine: Any) -> None:
    """In Berlin it goes back an hour on 29 October 2006; a seat is held by the hours, not by the clock."""
    for name in ("ada", "ben", "cleo", "dan"):
        come(admission, name)
    now = dt.datetime(2006, 10, 28, 10, 0, tzinfo=dt.UTC)
    time_machine.move_to(now, tick=False)
    cancel_registration(registration=one("Ada"))
    assert one("Dan").held_until == dt.datetime(2006, 10, 30, 10, 0, tzinfo=dt.UTC)
    assert f"{localtime(one('Dan').held_until):%H:%M}" == "11:00"
    time_machine.move_to(now + 48 * HOUR - dt.timedelta(seconds=1), tick=False)
    take_seat(registration=one("Dan"))
    assert admission.begins_at == dt.datetime(2007, 10, 26, 7, 0, tzinfo=dt.UTC), "nine in the morning, in summer"
    Admission.objects.update(closes_at=dt.datetime(2006, 10, 29, 1, 0, tzinfo=dt.UTC))
    for moment, is_open in ((dt.datetime(2006, 10, 29, 0, 59, 59, tzinfo=dt.UTC), True), (admission.begins_at, False)):
        time_machine.move_to(moment, tick=False)
        assert Admission.objects.get().is_open is is_open


def test_the_desk_says_that_guests_wait_for_the_office(admission: Admission, cast: Cast) -> None:
    kind = make_kind(admission, needs_approval=True)
    for name in ("ada", "ben"):
        come(admission, name, kind=kind)
    [row] = desk_rows(cast.it_editor)
    assert (row.text, row.url.endswith(f"?admission={admission.pk}&state=asked")) == ("Kongress 2007 (2)", True)
    assert desk_rows(cast.food_editor) == []
