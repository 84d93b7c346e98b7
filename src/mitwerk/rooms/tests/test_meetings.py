"""Meetings: who plans, who reads, who is told what, and who has a seat."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ReferenceIndex

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import end_person
from mitwerk.networks.models import NetworkPerson
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import (
    answer_meeting,
    cancel_meeting,
    change_meeting,
    forget_attendances,
    turn_lines,
)
from mitwerk.rooms.models import Attendance, Card, Feed, Meeting, Minutes, SystemInUse
from mitwerk.rooms.queries.meetings import guests_of
from mitwerk.rooms.tests.meetings_cast import ROOM, everybody, make_meeting, more_people, row_of

As = Callable[[User | None], Client]
LIST = f"{ROOM}meetings/"
FORM = {
    "title": "Backup", "starts_at": "2031-03-05T16:00", "ends_at": "2031-03-05T18:00", "place": "Jena",
    "link": "https://call.example/x", "seats": "", "text": "Who restores?",
}  # fmt: skip


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


def answer(meeting: Meeting, user: User, said: str = "comes") -> str:
    return answer_meeting(meeting=meeting, person=row_of(user), answer=said, actor=user).answer


def test_members_read_and_coordinators_plan_and_nobody_else_learns_of_it(
    cast: Cast, networks: Networks, circle: Circle, as_user: As
) -> None:
    meeting = make_meeting(networks.heads)
    page, plan = f"{LIST}{meeting.public_id}/", f"{LIST}plan/"
    found = {}
    for name, user in everybody(cast, circle).items():
        browser = as_user(user)
        codes = [browser.get(path).status_code for path in (LIST, page, plan)]
        codes += [browser.post(plan, FORM).status_code, browser.post(f"{page}cancel/").status_code]
        found[name] = codes
    out = {name: [404] * 5 for name in found} | {"nobody": [302] * 5}
    inside = {"coordinator": [200, 200, 200, 302, 302], "member": [200, 200, 404, 404, 404]}
    assert found == out | inside


def test_everybody_inside_is_told_once_with_the_date_and_without_the_call(
    networks: Networks, circle: Circle, as_user: As
) -> None:
    circle.member.language = "en"
    circle.member.save()
    browser = as_user(circle.coordinator)
    answers = [browser.post(f"{LIST}plan/", FORM).status_code for _ in range(2)]
    assert (answers, Meeting.objects.count()) == ([302, 302], 1), "the same one again is no new one"
    mails = {one.to: one for one in Mail.objects.all()}
    assert set(mails) == {circle.coordinator.email, circle.member.email}
    mail = mails[circle.member.email]
    assert (mail.subject, mail.is_secret, mail.language) == ("New meeting: Öffner-Runde", True, "en")
    assert ("Backup" in mail.text, "call.example" in mail.text + mail.calendar) == (True, False)
    (entry,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert entry["uid"] == f"meeting-{Meeting.objects.get().public_id}@mitwerk"
    assert (entry["sequence"], entry["status"]) == (0, "CONFIRMED")
    assert entry.decoded("dtstart").isoformat() == "2031-03-05T15:00:00+00:00"


def test_the_log_does_not_say_what_it_is_about(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads, title="Geheim")
    answer(meeting, circle.member)
    lines = AuditEntry.objects.filter(verb__startswith="room.")
    told = [(one.verb, one.target_name, one.details) for one in lines.order_by("pk")]
    assert told == [
        ("room.plan_meeting", "Öffner-Runde", {"meeting": meeting.public_id}),
        ("room.answer", "Öffner-Runde", {}),
    ]
    assert (str(meeting), str(Attendance.objects.get())) == (f"Öffner-Runde · {meeting.public_id}",) * 2


def test_the_offices_index_of_what_refers_to_what_leaves_them_out() -> None:
    indexed = ReferenceIndex.model_is_indexable
    hidden = (Attendance, Card, Feed, Meeting, Minutes, SystemInUse)
    assert ([indexed(model) for model in hidden], indexed(NetworkPerson)) == ([False] * 6, True), (
        "the last is a control"
    )


def test_a_new_place_is_told_and_other_words_are_not(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads)
    Mail.objects.all().delete()
    change_meeting(meeting=meeting, values={"text": "Neu"}, actor=circle.coordinator)
    assert Mail.objects.count() == 0
    for _ in range(2):
        change_meeting(meeting=meeting, values={"place": "Halle"}, actor=circle.coordinator)
    (entry,) = icalendar.Calendar.from_ical(Mail.objects.filter(to=circle.member.email).get().calendar).walk("VEVENT")
    assert (entry["sequence"], entry["location"]) == (1, "Halle")


def test_cancelled_once_it_stays_readable_and_takes_nothing(networks: Networks, circle: Circle, as_user: As) -> None:
    meeting = make_meeting(networks.heads)
    Mail.objects.all().delete()
    for _ in range(2):
        cancel_meeting(meeting=meeting, actor=circle.coordinator)
    (mail,) = Mail.objects.filter(to=circle.member.email)
    assert ("METHOD:CANCEL" in mail.calendar, "STATUS:CANCELLED" in mail.calendar) == (True, True)
    with pytest.raises(Refused):
        answer(meeting, circle.member)
    with pytest.raises(Refused):
        change_meeting(meeting=meeting, values={"place": "Halle"}, actor=circle.coordinator)
    page = as_user(circle.member).get(f"{LIST}{meeting.public_id}/").content.decode()
    assert ("This meeting was cancelled." in page, 'name="answer"' in page) == (True, False)


def test_what_is_over_cannot_be_cancelled_nor_answered(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads, days=-2)
    assert Mail.objects.count() == 0, "nobody is invited to yesterday"
    with pytest.raises(Refused):
        cancel_meeting(meeting=meeting, actor=circle.coordinator)
    with pytest.raises(Refused):
        answer(meeting, circle.member)


def test_the_last_seat_is_given_once_and_the_line_moves_up(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads, seats=1)
    first, second = (one.person.user for one in more_people(networks.heads, 2))
    assert [answer(meeting, one) for one in (circle.member, first, second, first)] == [
        "comes", "waits", "waits", "waits"
    ]  # fmt: skip
    Mail.objects.all().delete()
    assert answer(meeting, circle.member, "declines") == "declines"
    states = {one.person.person.user: one.answer for one in Attendance.objects.all()}
    assert states == {circle.member: "declines", first: "comes", second: "waits"}
    assert [one.to for one in Mail.objects.all()] == [first.email]
    change_meeting(meeting=meeting, values={"seats": 2}, actor=circle.coordinator)
    assert Attendance.objects.get(person=row_of(second)).answer == "comes"
    with pytest.raises(Refused):
        change_meeting(meeting=meeting, values={"seats": 1}, actor=circle.coordinator)


def test_the_database_holds_a_seat_once(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads)
    answer(meeting, circle.member)
    rows = ({"answer": "comes", "seat": 1}, {"answer": "comes", "seat": None}, {"answer": "waits", "seat": 2})
    for values in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(meeting=meeting, person=row_of(circle.coordinator), **values)
    Attendance.objects.create(meeting=meeting, person=row_of(circle.coordinator), answer="comes", seat=2)


def test_whoever_left_or_is_switched_off_holds_no_seat(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads, seats=2)
    waiting, off = more_people(networks.heads, 2)
    for user in (circle.member, off.person.user, waiting.person.user):
        answer(meeting, user)
    assert turn_lines() == 0, "the control"
    end_person(person=row_of(circle.member), actor=circle.coordinator)
    assert (turn_lines(), turn_lines()) == (1, 0)
    assert Attendance.objects.get(person=waiting).answer == "comes"
    assert guests_of(circle.coordinator, meeting, True).total == 2
    User.objects.filter(pk=off.person.user.pk).update(is_active=False)
    assert guests_of(circle.coordinator, meeting, True).total == 1


def test_members_read_the_names_of_those_who_wish_it_and_how_many_come(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads)
    (seen,), (unseen,) = more_people(networks.heads, 1), more_people(networks.heads, 1, shown=False)
    for user in (seen.person.user, unseen.person.user):
        answer(meeting, user)
    answer(meeting, circle.member, "perhaps")

    def told(user: User, keeps: bool) -> tuple[list[str], int, int]:
        guests = guests_of(user, meeting, keeps)
        return [one.person.name for one in guests.names], guests.unnamed, guests.perhaps

    assert told(circle.member, False) == (["seen0"], 1, 1)
    assert told(unseen.person.user, False) == (["seen0", "unseen0"], 0, 1)
    assert told(circle.coordinator, True) == (["seen0", "unseen0"], 0, 1)
    Meeting.objects.update(is_chatham=True)
    meeting.refresh_from_db()
    assert (told(circle.member, False), told(circle.coordinator, True)[0]) == (([], 2, 1), ["seen0", "unseen0"])
    Attendance.objects.update(was_there=True)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now())
    meeting.refresh_from_db()
    assert told(circle.coordinator, True) == ([], 3, 0), "once it is over nobody is told"


def test_the_chatham_house_rule_stays_once_somebody_relied_on_it(networks: Networks, circle: Circle) -> None:
    meeting = make_meeting(networks.heads, is_chatham=True)
    change_meeting(meeting=meeting, values={"is_chatham": False}, actor=circle.coordinator)
    change_meeting(meeting=meeting, values={"is_chatham": True}, actor=circle.coordinator)
    answer(meeting, circle.member)
    with pytest.raises(Refused):
        change_meeting(meeting=meeting, values={"is_chatham": False}, actor=circle.coordinator)


def test_after_two_years_only_the_number_stays(networks: Networks, circle: Circle) -> None:
    old, young = make_meeting(networks.heads, days=7), make_meeting(networks.heads, days=8, title="Jung")
    for meeting in (old, young):
        answer(meeting, circle.member)
    for meeting, days in ((old, 732), (young, 728)):
        begins = timezone.now() - timedelta(days=days)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert (forget_attendances(), forget_attendances()) == (1, 0)
    old.refresh_from_db()
    assert (old.attended, guests_of(circle.member, old, False).total) == (1, 1)
    assert list(Attendance.objects.values_list("meeting", flat=True)) == [young.pk]


@pytest.mark.parametrize("rest", ["", "change/", "minutes/", "minutes/1/"])
def test_a14_a_meeting_of_another_network_is_missing(
    networks: Networks, circle: Circle, as_user: As, rest: str
) -> None:
    foreign = make_meeting(networks.bakers, days=-1)
    foreign.minutes.create(number=1, text="x", published_at=timezone.now())
    slugs = ("leiter", "baecker")
    urls = [f"/en/my/networks/{slug}/room/meetings/{foreign.public_id}/{rest}" for slug in slugs]
    found = [as_user(who).get(url).status_code for who in (circle.coordinator, circle.baker) for url in urls]
    assert found == [404, 404, 404, 200], "the last is the control"


def test_entries_that_do_not_fit_are_told(networks: Networks, circle: Circle, as_user: As) -> None:
    wrong = {**FORM, "ends_at": FORM["starts_at"], "seats": "0", "link": "javascript:alert(1)", "title": ""}
    page = as_user(circle.coordinator).post(f"{LIST}plan/", wrong)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"title", "ends_at", "seats", "link"}
    page = as_user(circle.coordinator).post(f"{LIST}plan/", {**FORM, "place": "", "link": ""})
    assert (set(page.context["form"].errors), Meeting.objects.count()) == ({"place"}, 0)


def test_only_the_three_answers_are_taken(networks: Networks, circle: Circle, as_user: As) -> None:
    url = f"{LIST}{make_meeting(networks.heads).public_id}/answer/"
    browser = as_user(circle.member)
    codes = [browser.post(url, {"answer": said}).status_code for said in ("waits", "", "\x00", "comes")]
    assert (codes, Attendance.objects.get().answer) == ([404, 404, 404, 302], "comes")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        coming = make_meeting(networks.heads, days=7 + number)
        make_meeting(networks.heads, days=-7 - number)
    for one in more_people(networks.heads, count):
        answer(coming, one.person.user)
    browser = as_user(circle.member)
    browser.get(LIST)
    with django_assert_num_queries(10):
        browser.get(LIST)
    with django_assert_num_queries(11):
        browser.get(f"{LIST}{coming.public_id}/")
