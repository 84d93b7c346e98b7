"""Who gets a mail of what at once, and the ways out of it."""

from typing import Any

import pytest
from django.core import mail as sent
from django.db import IntegrityError, transaction
from django.test import Client

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import end_person
from mitwerk.networks.models import NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import choose_mails, follow, hold_back_mails, unfollow
from mitwerk.rooms.models import Follow, RoomMail
from mitwerk.rooms.queries import by_stop_token, how_of, stop_token
from mitwerk.rooms.tests.cast import ROOM, Room, a_topic, an_answer, an_unnamed, make_room


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def told() -> list[str]:
    """Who gets which kind of mail, since it was asked last."""
    found = sorted(f"{one.to.partition('@')[0]} {one.template[6:-9]}" for one in Mail.objects.all())
    Mail.objects.all().delete()
    return found


def test_who_asks_or_answers_follows_and_hears_of_the_next_answer(room: Room) -> None:
    topic = a_topic(room)
    assert told() == []
    an_answer(room, topic)
    assert told() == ["member post"]
    an_answer(room, topic, me=room.asker)
    assert told() == ["coordinator post", "member post"]
    unfollow(topic=topic, me=room.coordinator)
    an_answer(room, topic, me=room.asker)
    assert told() == ["member post"]
    choose_mails(me=room.member, how="nothing")
    an_answer(room, topic, me=room.asker, text="@member")
    assert told() == [], "who wants nothing gets nothing, not even when they are called"


def test_who_wants_each_post_gets_each_but_their_own(room: Room) -> None:
    choose_mails(me=room.asker, how="each")
    topic = a_topic(room)
    assert told() == ["asker post"]
    an_answer(room, topic)
    assert told() == ["asker post", "member post"]
    a_topic(room, me=room.asker)
    assert told() == []


def test_who_asks_without_a_name_is_no_gap_among_those_who_want_each_post(room: Room) -> None:
    for me in (room.asker, room.member):
        choose_mails(me=me, how="each")
    topic = an_unnamed(room)
    assert told() == ["asker post", "member post"]
    an_answer(room, topic, me=room.asker)
    assert told() == ["asker post", "member post"]


def test_who_asked_without_a_name_never_becomes_a_follower(room: Room) -> None:
    topic = an_unnamed(room)
    an_answer(room, topic, me=room.asker)
    client, path = room.client("asker"), f"{ROOM}topics/{topic.public_id}/"
    page = client.get(path).content.decode()
    assert ("Follow this topic" in page, client.post(f"{path}follow/").status_code) == (False, 302)
    assert (follow(topic=topic, me=room.asker), Follow.objects.count()) == (False, 0)
    an_answer(room, topic)
    assert told() == ["asker news"]
    assert list(Follow.objects.values_list("person", flat=True)) == [room.coordinator.pk]


def test_control_who_asked_with_a_name_follows(room: Room) -> None:
    a_topic(room, me=room.asker)
    assert list(Follow.objects.values_list("person", flat=True)) == [room.asker.pk]


def test_follow_and_unfollow_are_buttons(room: Room) -> None:
    topic = a_topic(room)
    client, path = room.client("asker"), f"{ROOM}topics/{topic.public_id}/"
    assert ["Follow this topic" in client.get(path).content.decode(), client.get(f"{path}follow/").status_code] == [
        True,
        405,
    ]
    for _n in range(2):
        assert client.post(f"{path}follow/").status_code == 302
    assert "Do not follow this topic any more" in client.get(path).content.decode()
    an_answer(room, topic)
    assert told() == ["asker post", "member post"]
    assert client.post(f"{path}unfollow/").status_code == 302
    assert Follow.objects.filter(person=room.asker).count() == 0
    assert room.client("stranger").post(f"{path}follow/").status_code == 404


def test_the_mail_holds_the_post_and_its_subject_the_network_alone(room: Room) -> None:
    topic = a_topic(room, title="Backups")
    an_answer(room, topic, text="Every night")
    mail = Mail.objects.get()
    assert mail.subject == "Neues aus dem Raum: Öffner-Runde" or mail.subject == "News from the room: Öffner-Runde"
    assert [word in mail.text for word in ("Backups", "coordinator", "Every night")] == [True] * 3
    assert (mail.is_secret, mail.reply_to) == (True, "")
    stop = mail.headers["List-Unsubscribe"][1:-1]
    assert (stop in mail.text, mail.headers["List-Unsubscribe-Post"]) == (True, "List-Unsubscribe=One-Click")


def test_no_name_leaves_a_room_under_the_chatham_house_rule_or_a_question_without_a_name(room: Room) -> None:
    choose_mails(me=room.member, how="each")
    for topic in (a_topic(room, me=room.coordinator, is_chatham=True), an_unnamed(room, is_chatham=True)):
        an_answer(room, topic)
    said = [f"{one.subject} {one.text} {one.html}" for one in Mail.objects.filter(to="member@example.org")]
    assert (len(said), [one for one in said if "coordinator" in one or "IT head" in one]) == (4, [])


def test_control_without_the_rule_the_name_is_told(room: Room) -> None:
    an_answer(room, a_topic(room))
    assert "coordinator" in Mail.objects.get().text


def test_the_choice_is_weekly_until_somebody_makes_another(room: Room) -> None:
    client = room.client("asker")
    assert how_of(room.asker) == "weekly"
    assert client.get(f"{ROOM}mail/").context["form"].initial == {"how": "weekly"}
    assert client.post(f"{ROOM}mail/", {"how": "x"}).status_code == 200
    for how in ("daily", "daily", "nothing"):
        assert client.post(f"{ROOM}mail/", {"how": how}).status_code == 302
        assert RoomMail.objects.get().how == how
    lines = AuditEntry.objects.filter(verb="room.choose-mails").values_list("details", flat=True)
    assert [one["how"] for one in lines.order_by("pk")] == ["daily", "nothing"]
    outside = ("former", "baker", "stranger", "office", "region", "admin")
    assert [room.client(name).get(f"{ROOM}mail/").status_code for name in outside] == [404] * len(outside)


def test_the_database_holds_choice_and_follow(room: Room) -> None:
    topic = a_topic(room)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(topic=topic, person=room.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomMail.objects.create(person=room.member, how="x")


def test_one_click_stops_the_mails_of_this_room_without_signing_in(room: Room) -> None:
    topic = a_topic(room)
    an_answer(room, topic)
    waiting = Mail.objects.get()
    Mail.objects.create(to="member@example.org", subject="x", template="y", language="en", text="z")
    url = waiting.headers["List-Unsubscribe"][1:-1]
    browser, path = Client(enforce_csrf_checks=True), url[url.index("/", 8) :]
    assert (browser.get(path).status_code, how_of(room.member)) == (200, "weekly"), "looking does nothing"
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert RoomMail.objects.get().how == "nothing"
    assert list(Mail.objects.values_list("template", flat=True)) == ["y"], "what waits is taken back, and no other mail"
    assert browser.post(path).status_code == 200
    for wrong in (f"{path[:-2]}x/", path.replace(room.member.public_id, room.asker.public_id)):
        assert browser.post(wrong).status_code == 404
    assert RoomMail.objects.count() == 1
    assert (
        "No mail comes from this room any more"
        in browser.get(f"/en/room-mail/stop/{stop_token(room.member)}/").content.decode()
    )


def test_the_link_of_who_has_left_still_opens(room: Room) -> None:
    token = stop_token(room.asker)
    end_person(person=room.asker, actor=room.users["coordinator"])
    found = by_stop_token(token)
    assert (found, Client().post(f"/en/room-mail/stop/{token}/").status_code) == (room.asker, 200)
    assert by_stop_token("x.y") is None


def test_mails_that_wait_are_held_back_from_who_left(room: Room) -> None:
    topic = a_topic(room)
    an_answer(room, topic, me=room.asker)
    an_answer(room, topic)
    assert (Mail.objects.count(), hold_back_mails()) == (3, 0)
    end_person(person=room.asker, actor=room.users["coordinator"])
    assert (hold_back_mails(), sorted(set(Mail.objects.values_list("to", flat=True)))) == (1, ["member@example.org"])


def test_who_cannot_sign_in_gets_nothing(room: Room) -> None:
    topic = a_topic(room)
    room.users["member"].is_active = False
    room.users["member"].save()
    an_answer(room, topic)
    assert (Mail.objects.count(), len(sent.outbox)) == (0, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_the_choice_asks_the_same_however_much_there_is(
    room: Room, number: int, django_assert_num_queries: Any
) -> None:
    for _n in range(number):
        a_topic(room)
    client = room.client("member")
    client.get(f"{ROOM}mail/")
    with django_assert_num_queries(7):
        client.get(f"{ROOM}mail/")
    assert NetworkPerson.objects.filter(network=room.network, until=None).count() == 3
