"""Asking without a name: nothing but the asker's own page and own export says whose question it is."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.core import mail as sent
from django.db import IntegrityError, transaction

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import end_person
from mitwerk.networks.models import NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import change_topic, drop_topic, forget_sent_news, mark_helped, open_poll, vote
from mitwerk.rooms.models import Answer, AskedBy, PollOption, Topic
from mitwerk.rooms.queries import asker_of, author_shown, is_asker
from mitwerk.rooms.tests.cast import ROOM, Room, a_topic, an_answer, an_unnamed, make_room, upload

NAME = "IT head machines"
READERS = ("coordinator", "member")


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def traces(room: Room) -> set[str]:
    """Every way in which a row could lead to the asker."""
    person = room.asker.person
    return {NAME, person.email, person.public_id, room.asker.public_id, room.users["asker"].public_id}


def rows_since(before: dict[str, set[Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Every row of every table that was not there before, read raw."""
    return [
        (label, row)
        for label, pks in before.items()
        for row in apps.get_model(label)._default_manager.values()
        if row[apps.get_model(label)._meta.pk.attname] not in pks
    ]


def tables() -> dict[str, set[Any]]:
    models = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    return {one._meta.label: set(one._default_manager.values_list("pk", flat=True)) for one in models}


def test_no_row_that_a_question_leaves_leads_to_the_asker(room: Room) -> None:
    client = room.client("asker")
    client.get(ROOM)
    before = tables()
    values = {"title": "Quietly", "text": "Who had it too?", "is_unnamed": "on", "file": upload()}
    assert client.post(f"{ROOM}topics/new/", values).status_code == 302
    topic = Topic.objects.get()
    assert client.post(f"{ROOM}topics/{topic.public_id}/answer/", {"text": "More of it"}).status_code == 302
    left = rows_since(before)
    assert sorted(label for label, _row in left) == [
        "accounts.AuditEntry", "accounts.AuditEntry", "rooms.Answer", "rooms.AskedBy", "rooms.RoomFile", "rooms.Topic",
    ]  # fmt: skip
    told = [label for label, row in left if any(trace in str(row) for trace in traces(room))]
    keys = [
        (label, name, value) for label, row in left for name, value in row.items()
        if name in {"by_id", "actor_id", "person_id", "user_id"} and value is not None
    ]  # fmt: skip
    assert (told, keys) == ([], [])


def test_control_with_a_name_the_rows_do_lead_there(room: Room) -> None:
    before = tables()
    a_topic(room, me=room.asker)
    left = dict(rows_since(before))
    assert (left["rooms.Topic"]["by_id"], left["accounts.AuditEntry"]["actor_id"]) == (
        room.asker.pk, room.users["asker"].pk,
    )  # fmt: skip


def test_the_mark_tells_nothing_without_the_key(room: Room, settings: Any) -> None:
    first, second = an_unnamed(room), an_unnamed(room)
    marks = set(AskedBy.objects.values_list("mark", flat=True))
    assert (len(marks), {len(mark) for mark in marks}) == (2, {64}), "two questions of one look like two people's"
    assert [is_asker(one, first) for one in (room.asker, room.member, room.coordinator, None)] == [True, *[False] * 3]
    assert asker_of(second) == room.asker
    settings.SECRET_KEY = "another key, as long as it needs to be for this test"
    assert (is_asker(room.asker, first), asker_of(first)) == (False, None)


def test_the_database_refuses_a_name_with_it(room: Room) -> None:
    topic = an_unnamed(room)
    for model, values in ((Topic, {"pk": topic.pk}), (Answer, {"pk": an_answer(room, topic, me=room.asker).pk})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(**values).update(by=room.asker)


def test_the_others_see_a_member_and_the_asker_sees_their_question(room: Room) -> None:
    topic = an_unnamed(room, title="Quietly")
    an_answer(room, topic, me=room.asker, text="More of it")
    path = f"{ROOM}topics/{topic.public_id}/"
    for name in READERS:
        client = room.client(name)
        pages = [client.get(where).content.decode() for where in (ROOM, path, f"{ROOM}?q=quietly")]
        assert [("A member" in page, "your question" in page) for page in pages] == [(True, False)] * 3
        assert [trace for trace in traces(room) for page in pages if trace in page] == []
        assert "Who asked" in pages[1]
        assert client.get(f"{path}edit/").status_code == 404
    client = room.client("asker")
    assert ["your question" in client.get(where).content.decode() for where in (ROOM, path)] == [True, True]
    assert client.get(f"{path}edit/").status_code == 200
    said = an_answer(room, topic)
    assert client.post(f"{path}helped/", {"answer": said.public_id}).status_code == 302
    topic.refresh_from_db()
    assert topic.helped == said
    assert [author_shown(topic, outside=outside) for outside in (True, False)] == ["A member"] * 2


def test_what_the_asker_does_to_it_stands_in_the_log_without_them(room: Room) -> None:
    topic = an_unnamed(room)
    said = an_answer(room, topic)
    change_topic(topic=topic, me=room.asker, title="Other", text="Words")
    mark_helped(topic=topic, answer=said, me=room.asker)
    poll = open_poll(
        topic=topic, me=room.asker, kind="opinion", question="So?", options=["Yes", "No"], is_multiple=False,
        closes_at=None,
    )  # fmt: skip
    for me in (room.asker, room.member):
        vote(poll=poll, me=me, options=[PollOption.objects.filter(poll=poll)[0]])
    drop_topic(topic=topic, me=room.asker)
    lines = AuditEntry.objects.filter(verb__startswith="room.").order_by("pk").values_list("verb", "actor__email")
    assert list(lines) == [
        ("room.ask", None), ("room.answer", "coordinator@example.org"), ("room.change-topic", None),
        ("room.helped", None), ("room.open-poll", None), ("room.drop-topic", None),
    ]  # fmt: skip


def test_the_asker_is_written_to_and_the_mail_does_not_say_why(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    NetworkPerson.objects.filter(pk=room.asker.pk).update(shown_to_members=True)
    topic = an_unnamed(room, title="Quietly")
    named = a_topic(room, me=room.coordinator, text="@IT head machines")
    called = Mail.objects.get()
    caplog.set_level(logging.DEBUG)
    an_answer(room, topic)
    answered = Mail.objects.exclude(pk=called.pk).get()
    assert (answered.to, answered.key) == ("asker@example.org", None)
    plain = {"id", "public_id", "created_at", "due_at"}
    rows = [
        {name: value for name, value in row.items() if name not in plain}
        for row in Mail.objects.filter(to="asker@example.org").values()
    ]
    assert rows[0] == rows[1], "an answer to the question and a call by name cannot be told apart"
    assert [one for one in (topic.public_id, named.public_id, "Quietly") if one in answered.text + answered.html] == []
    assert [one for one in traces(room) if one in caplog.text] == []
    an_answer(room, topic, me=room.asker)
    assert Mail.objects.filter(to="asker@example.org").count() == 2, "nobody is told of their own words"


def test_who_calls_themselves_without_a_name_is_written_to_like_everybody(room: Room) -> None:
    NetworkPerson.objects.filter(pk=room.asker.pk).update(shown_to_members=True)
    topic = an_unnamed(room, text="@IT head machines and @coordinator, what do you do?")
    assert set(Mail.objects.values_list("to", flat=True)) == {"asker@example.org", "coordinator@example.org"}
    Mail.objects.all().delete()
    an_answer(room, topic, me=room.asker, text="@IT head machines?")
    assert list(Mail.objects.values_list("to", flat=True)) == ["asker@example.org"]


def test_sent_mails_of_rooms_are_forgotten_with_their_address(room: Room, settings: Any) -> None:
    topic = an_unnamed(room)
    an_answer(room, topic)
    mail = Mail.objects.get()
    assert forget_sent_news() == 0, "one that waits is still to be sent"
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=mail.created_at)
    settings.IS_DEMO = True
    assert forget_sent_news() == 0
    settings.IS_DEMO = False
    assert (forget_sent_news(), Mail.objects.count(), len(sent.outbox)) == (1, 0, 0)


def test_who_has_left_is_written_to_no_more(room: Room) -> None:
    topic = an_unnamed(room)
    end_person(person=room.asker, actor=room.users["coordinator"])
    an_answer(room, topic)
    assert Mail.objects.count() == 0
