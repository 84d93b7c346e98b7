"""A sitting before it begins: dates that are asked about, the invitation, calendars, the agenda."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
import vobject
from django.core import mail as outgoing
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import (
    answer_dates,
    ask_for_dates,
    cancel_sitting,
    drop_item,
    invite,
    move_item,
    plan_sitting,
    put_on_agenda,
    send_sitting_mails,
    tell_anew,
    write_item,
    write_motion,
)
from mitwerk.governance.models import AgendaItem, Motion, PollAnswer, Sitting
from mitwerk.governance.queries import date_tallies, next_sitting, planned_sittings
from mitwerk.governance.tests.cast import Bodies
from mitwerk.governance.tests.way import invited, planned, published, running
from mitwerk.outbox.mails import deliver_due
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
LIST = "/de/mein/gremien/vorstand/sitzungen/"
BOARD = {"delegate", "substitute", "university-delegate", "institute-delegate", "baker-delegate"}


def path(sitting: Sitting, more: str = "") -> str:
    return f"{LIST}{sitting.public_id}/{more}"


def readers(template: str) -> list[str]:
    found = Mail.objects.filter(template=f"governance/{template}.txt").values_list("to", flat=True)
    return sorted(address.removesuffix("@example.org") for address in found)


def calendars_sent() -> list[icalendar.Event]:
    """The dates in the mails to the firm's delegate, the first mail first."""
    found = Mail.objects.filter(to="delegate@example.org").exclude(calendar="").order_by("pk")
    return [icalendar.Calendar.from_ical(one.calendar).walk("VEVENT")[0] for one in found]


def test_a_sitting_is_planned_on_one_page(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    sent = {"title_de": "Sommer", "starts_at": "2027-07-14T16:00", "length": "90", "place": "Rathaus"}
    with time_machine.travel("2027-07-01T12:00:00Z", tick=False):
        browser = as_user(people.delegate)
        answer = browser.post(f"{LIST}neu/", sent)
        found = Sitting.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, path(found))
        assert (found.starts_at, found.state) == (datetime(2027, 7, 14, 14, tzinfo=UTC), "draft"), "the hour in Germany"
        page = browser.get(path(found)).text
    assert "Sommer" in page
    assert "14. Juli 2027 16:00" in page
    assert as_user(bodies.university).get(path(found)).status_code == 404, "a draft is for who leads"
    wrong = as_user(people.delegate).post(f"{LIST}neu/", {**sent, "length": "0", "link": "javascript:alert(1)"})
    assert wrong.status_code == 200
    assert wrong.text.count('aria-invalid="true"') == 2
    assert 'value="Rathaus"' in wrong.text, "what was entered is kept"
    assert Sitting.objects.count() == 1


def test_the_best_of_the_dates_is_found(cast: Cast, people: People, bodies: Bodies) -> None:
    sitting = plan_sitting(sitting=Sitting(body=bodies.board), values={"length": 60}, actor=people.delegate)
    days = [timezone.now() + timedelta(days=days) for days in (10, 11, 12)]
    sitting = ask_for_dates(sitting=sitting, dates=[*days, days[0]], actor=people.delegate)
    first, second, third = sitting.dates.all()
    said = {
        cast.firm: (people.delegate, "yes no no"), cast.university: (bodies.university, "no maybe yes"),
        cast.institute: (bodies.institute, "no yes yes"),
    }  # fmt: skip
    for organisation, (user, words) in said.items():
        answers = dict(zip((first.pk, second.pk, third.pk), words.split(), strict=True))
        person = Person.objects.get(user=user)
        answer_dates(sitting=sitting, organisation_id=organisation.public_id, answers=answers, person=person)
    found = [(one.yes, one.maybe, one.no, one.is_best) for one in date_tallies(sitting)]
    assert found == [(1, 0, 2, False), (1, 1, 1, False), (2, 0, 1, True)]
    change = {first.pk: "yes", second.pk: "yes", third.pk: "no"}
    substitute = Person.objects.get(user=people.substitute)
    answer_dates(sitting=sitting, organisation_id=cast.firm.public_id, answers=change, person=substitute)
    assert PollAnswer.objects.filter(organisation_id=cast.firm.public_id).count() == 3, "one answer of an organisation"
    assert [one.is_best for one in date_tallies(sitting)] == [False, True, False]


def test_nobody_answers_for_others_or_too_late(cast: Cast, people: People, bodies: Bodies) -> None:
    sitting = plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    sitting = ask_for_dates(sitting=sitting, dates=[timezone.now() + timedelta(days=9)], actor=people.delegate)
    date = sitting.dates.get()

    def answer(user: User) -> None:
        answer_dates(
            sitting=sitting, organisation_id=cast.university.public_id, answers={date.pk: "yes"},
            person=Person.objects.get(user=user),
        )  # fmt: skip

    with pytest.raises(Refused, match="Sie dürfen für diese"):
        answer(people.delegate)
    answer(bodies.university)
    invite(sitting=sitting, starts_at=date.starts_at, actor=people.delegate)
    with pytest.raises(Refused, match="inzwischen weiter"):
        answer(bodies.university)
    assert PollAnswer.objects.count() == 1


def test_dates_are_answered_by_the_link_of_the_mail(
    cast: Cast, people: People, bodies: Bodies, client: Client
) -> None:
    sitting = plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    dates = [timezone.now() + timedelta(days=days) for days in (9, 10)]
    sitting = ask_for_dates(sitting=sitting, dates=dates, actor=people.delegate)
    assert [send_sitting_mails(), send_sitting_mails()] == [1, 0]
    assert readers("dates_mail") == sorted(BOARD)
    text = Mail.objects.get(to="baker-delegate@example.org").text
    link = next(word for word in text.split() if "/terminabfrage/" in word)
    address = link.partition("://")[2].partition("/")[2]
    page = client.get(f"/{address}")
    assert page.status_code == 200
    assert PollAnswer.objects.count() == 0, "opening it does nothing"
    incomplete = client.post(f"/{address}", {f"date{sitting.dates.first().pk}": "yes"})  # type: ignore[union-attr]
    assert "Geben Sie zu jedem Termin an, ob er passt." in incomplete.text
    answers = {f"date{date.pk}": "maybe" for date in sitting.dates.all()}
    assert "Ihre Antwort ist vermerkt" in client.post(f"/{address}", answers).text
    assert client.post(f"/{address}", dict.fromkeys(answers, "no")).status_code == 200, "until the date is found"
    assert set(PollAnswer.objects.values_list("organisation_id", "answer")) == {(cast.bakery.public_id, "no")}
    invite(sitting=sitting, starts_at=dates[0], actor=people.delegate)
    assert client.post(f"/{address}", answers).status_code == 410
    assert set(PollAnswer.objects.values_list("answer", flat=True)) == {"no"}


def test_everybody_is_invited_once_and_calendars_follow(cast: Cast, people: People, bodies: Bodies) -> None:
    way = invited(bodies.board, people.delegate)
    assert [send_sitting_mails(), send_sitting_mails()] == [1, 0]
    assert readers("sitting_mail") == sorted(BOARD), "no control without a key: see the next test"
    values = {"starts_at": timezone.now() + timedelta(days=8), "place": "Messe"}
    plan_sitting(sitting=way.sitting, values=values, actor=people.delegate)
    assert [send_sitting_mails(), send_sitting_mails()] == [1, 0]
    plan_sitting(sitting=way.sitting, values={"place": "Messe"}, actor=people.delegate)
    assert send_sitting_mails() == 0, "nothing is another one than before"
    tell_anew(sitting=way.sitting, actor=people.delegate)
    send_sitting_mails()
    cancel_sitting(sitting=way.sitting, actor=people.delegate)
    assert [send_sitting_mails(), send_sitting_mails()] == [1, 0]
    found = calendars_sent()
    assert [int(one["SEQUENCE"]) for one in found] == [0, 1, 2, 3]
    assert [str(one["STATUS"]) for one in found] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert {str(one["UID"]) for one in found} == {f"sitting-{way.sitting.public_id}@mitwerk"}
    assert [str(one["LOCATION"]) for one in found[:2]] == ["Rathaus", "Messe"]
    subjects = Mail.objects.filter(to="delegate@example.org").order_by("pk").values_list("subject", flat=True)
    assert [subject.partition(":")[0] for subject in subjects] == ["Einladung", "Geändert", "Geändert", "Entfällt"]


def test_a_mail_that_is_lost_half_way_is_written_by_the_next_run(
    people: People, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mitwerk.governance.actions import inviting

    invited(bodies.board, people.delegate)
    write, written = inviting.mail_sitting, []

    def dies(*words: Any) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(write(*words))

    monkeypatch.setattr(inviting, "mail_sitting", dies)
    with pytest.raises(KeyboardInterrupt):
        send_sitting_mails()
    monkeypatch.setattr(inviting, "mail_sitting", write)
    assert [send_sitting_mails(), send_sitting_mails()] == [1, 0]
    assert readers("sitting_mail") == sorted(BOARD)


def test_a_sitting_nobody_was_invited_to_is_cancelled_in_silence(people: People, bodies: Bodies) -> None:
    way = planned(bodies.board, people.delegate)
    cancel_sitting(sitting=way.sitting, actor=people.delegate)
    assert send_sitting_mails() == 0
    assert Mail.objects.count() == 0


def test_the_mail_is_an_invitation_for_calendar_programs(people: People, bodies: Bodies) -> None:
    way = invited(bodies.board, people.delegate)
    send_sitting_mails()
    deliver_due()
    sent = next(one for one in outgoing.outbox if one.to == ["delegate@example.org"])
    message: Any = sent.message()
    parts = {part.get_content_type(): part for part in message.walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    attached = [part for part in message.walk() if part.get_filename() == "date.ics"]
    assert len(attached) == 1
    text = attached[0].get_payload(decode=True).decode()
    event = vobject.readOne(text).vevent
    assert event.organizer.value.startswith("mailto:")
    assert event.attendee.value == "mailto:delegate@example.org"
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.description.value == "1. Messe (10 Min.)"
    assert message["Subject"].startswith("Einladung: Vorstand")
    assert way.sitting.public_id in event.uid.value


def test_a_forgotten_mail_holds_no_calendar(people: People, bodies: Bodies) -> None:
    from mitwerk.outbox.actions import forget_mails

    invited(bodies.board, people.delegate)
    send_sitting_mails()
    Mail.objects.update(state="sent", sent_at=timezone.now(), created_at=timezone.now() - timedelta(days=40))
    forget_mails()
    assert set(Mail.objects.values_list("to", "calendar")) == {("", "")}


def test_the_date_goes_into_a_calendar_by_hand(people: People, bodies: Bodies, as_user: As) -> None:
    way = invited(bodies.board, people.delegate)
    answer = as_user(bodies.baker).get(path(way.sitting, "kalender.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Vorstand: Sitzung"]
    assert b"ATTENDEE" not in answer.content
    undated = plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    assert as_user(people.delegate).get(path(undated, "kalender.ics")).status_code == 404


@pytest.mark.parametrize("hour", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_d9_a_sitting_does_not_begin_in_an_hour_that_is_not_there_or_twice(
    people: People, bodies: Bodies, as_user: As, hour: str
) -> None:
    with time_machine.travel("2027-03-01T12:00:00Z"):
        answer = as_user(people.delegate).post(f"{LIST}neu/", {"starts_at": hour, "length": "60"})
    assert answer.status_code == 200
    assert answer.text.count('aria-invalid="true"') == 1
    assert Sitting.objects.count() == 0


def test_a_date_must_be_to_come(people: People, bodies: Bodies, as_user: As) -> None:
    way = planned(bodies.board, people.delegate)
    Sitting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="noch kommt"):
        invite(sitting=way.sitting, actor=people.delegate)
    undated = plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    with pytest.raises(Refused, match="zuerst den Termin"):
        invite(sitting=undated, actor=people.delegate)
    browser = as_user(people.delegate)
    browser.post(path(way.sitting, "einladen/"))
    assert "Geben Sie einen Termin an, der noch kommt." in browser.get(path(way.sitting)).text
    dates = browser.post(path(way.sitting, "termine/"), {"date1": "2020-01-01T10:00", "date2": "2020-01-02T10:00"})
    assert dates.text.count("Geben Sie einen Termin an, der noch kommt.") >= 2
    assert set(Sitting.objects.values_list("state", flat=True)) == {"draft"}


def test_the_agenda_is_put_in_order(people: People, bodies: Bodies) -> None:
    way = planned(bodies.board, people.delegate)
    for name in ("A", "B", "C"):
        put_on_agenda(sitting=way.sitting, kind="topic", about=f"x:{name}", title={"de": name, "en": name})

    def order() -> list[str]:
        return [str(item) for item in way.sitting.items.all()]

    assert order() == ["Messe", "A", "B", "C"]
    again = put_on_agenda(sitting=way.sitting, kind="topic", about="x:A", title={"de": "Anders"})
    assert (str(again), order()) == ("A", ["Messe", "A", "B", "C"]), "once"
    item = {str(item): item for item in way.sitting.items.all()}
    move_item(item=item["C"], by=-1, actor=people.delegate)
    move_item(item=item["Messe"], by=-1, actor=people.delegate)
    move_item(item=item["B"], by=1, actor=people.delegate)
    assert order() == ["Messe", "A", "C", "B"]
    drop_item(item=item["A"], actor=people.delegate)
    assert order() == ["Messe", "C", "B"]


def test_the_next_agenda_fills_itself(cast: Cast, people: People, bodies: Bodies) -> None:
    way = running(bodies.board, people.delegate, cast.firm, cast.university)
    put_on_agenda(sitting=way.sitting, kind="topic", about="x:later", title={"de": "Später"})
    minutes = published(way)
    following = planned(bodies.board, people.delegate, days=30)
    found = [(item.kind, str(item), item.about) for item in following.sitting.items.all()]
    ended = minutes.sitting
    title = f"Protokoll vom {timezone.localtime(ended.begins_at):%-d}."
    assert [kind for kind, _title, _about in found] == ["minutes", "topic", "topic"]
    assert found[0][1].startswith(title)
    assert found[0][2] == f"minutes:{ended.public_id}"
    assert [about for _kind, _title, about in found[1:]] == ["x:later", ""]
    motion = following.sitting.items.get(kind="minutes").motions.get()
    assert motion.effect == {"verb": "approve-minutes", "sitting": ended.public_id}


def test_an_agenda_that_was_there_before_is_filled_as_well(cast: Cast, people: People, bodies: Bodies) -> None:
    """The next sitting is often planned while this one still runs."""
    way = running(bodies.board, people.delegate, cast.firm, cast.university)
    second = AgendaItem(sitting=way.sitting)
    write_item(item=second, values={"title": {"de": "Später"}}, actor=people.delegate)
    values = {"title": {"de": "M"}, "wording": {"de": "Später bauen."}}
    write_motion(motion=Motion(item=second), values=values, actor=people.delegate)
    following = planned(bodies.board, people.delegate, days=30).sitting
    assert [str(item) for item in following.items.all()] == ["Messe"]
    published(way)
    assert [str(item.kind) for item in following.items.all()] == ["minutes", "topic", "topic"]
    again = following.items.get(about=f"item:{second.public_id}")
    assert [str(motion.wording) for motion in again.motions.all()] == ["Später bauen."]
    cancel_sitting(sitting=following, actor=people.delegate)
    third = planned(bodies.board, people.delegate, days=40).sitting
    again = third.items.get(about=f"item:{second.public_id}")
    assert again.motions.count() == 1, "what a cancelled sitting would have dealt with is not lost"


def test_a_date_that_is_none_is_missing(people: People, bodies: Bodies, as_user: As) -> None:
    way = planned(bodies.board, people.delegate)
    for wrong in ("9" * 30, "x", "-1", "٣"):
        assert as_user(people.delegate).post(path(way.sitting, "einladen/"), {"date": wrong}).status_code == 404
    assert Sitting.objects.get(pk=way.sitting.pk).state == "draft"


def test_which_sitting_is_next(people: People, bodies: Bodies) -> None:
    undated = plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    assert next_sitting(bodies.board) == undated
    late, early = (planned(bodies.board, people.delegate, days=days).sitting for days in (20, 10))
    assert next_sitting(bodies.board) == early
    assert set(planned_sittings()) == {undated, late, early}
    cancel_sitting(sitting=early, actor=people.delegate)
    assert next_sitting(bodies.board) == late
    assert next_sitting(bodies.bakers) is None


def test_an_item_that_was_dealt_with_stays(cast: Cast, people: People, bodies: Bodies) -> None:
    way = running(bodies.board, people.delegate, cast.firm)
    with pytest.raises(Refused, match="schon behandelt"):
        drop_item(item=way.item, actor=people.delegate)
    published(way)
    with pytest.raises(Refused, match="steht fest"):
        put_on_agenda(sitting=way.sitting, kind="topic", about="x:late", title={"de": "Zu spät"})
    assert AgendaItem.objects.count() == 1


def test_every_step_stands_in_the_log_of_the_cluster(people: People, bodies: Bodies) -> None:
    way = invited(bodies.board, people.delegate)
    cancel_sitting(sitting=way.sitting, actor=people.delegate)
    found = AuditEntry.objects.filter(target_kind="governance.sitting").order_by("pk")
    assert list(found.values_list("verb", "actor", "cluster_slug")) == [
        ("sitting.write", people.delegate.pk, "it"), ("sitting.invite", people.delegate.pk, "it"),
        ("sitting.cancel", people.delegate.pk, "it"),
    ]  # fmt: skip
