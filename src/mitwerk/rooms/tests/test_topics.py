"""Topics and answers: who reads and writes them, the list, the mails."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import end_person
from mitwerk.networks.models import Affiliation, Network, NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import change_topic, drop_answer, drop_topic, mark_helped, unfollow
from mitwerk.rooms.models import Answer, Topic
from mitwerk.rooms.queries import author_shown, found_topics, names_to_call
from mitwerk.rooms.tests.cast import ROOM, Room, a_topic, an_answer, an_unnamed, make_room

OUTSIDE = ("former", "baker", "stranger", "office", "region", "admin")


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def page(client: Client, path: str = "") -> str:
    answer = client.get(ROOM + path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_members_read_it_and_everybody_else_finds_nothing(room: Room) -> None:
    topic = a_topic(room)
    paths = ["", "topics/new/", *(f"topics/{topic.public_id}/{verb}" for verb in ("", "answer/"))]
    for path in paths:
        assert [room.client(name).get(ROOM + path).status_code for name in OUTSIDE] == [404] * len(OUTSIDE), path
        assert [room.client(name).get(ROOM + path).status_code for name in ("coordinator", "asker")] == [200] * 2, path
        assert Client().get(ROOM + path).status_code == 302, path
    assert "Who keeps them?" in page(room.client("asker"), f"topics/{topic.public_id}/")


def test_who_is_ended_finds_nothing_from_then_on(room: Room) -> None:
    client = room.client("asker")
    page(client)
    end_person(person=room.asker, actor=room.users["coordinator"])
    assert client.get(ROOM).status_code == 404


def test_nothing_of_another_room_is_reached_through_ones_own(room: Room) -> None:
    topic = a_topic(room)
    said = an_answer(room, topic)
    client, own = room.client("baker"), "/en/my/networks/baecker/room/"
    assert client.get(own).status_code == 200
    for path in (f"topics/{topic.public_id}/", f"topics/{topic.public_id}/edit/", f"answers/{said.public_id}/edit/"):
        assert client.get(own + path).status_code == 404
    for path in ("take-away/", "helped/", "poll/vote/", "poll/close/"):
        assert client.post(f"{own}topics/{topic.public_id}/{path}").status_code == 404
    assert client.post(f"{own}answers/{said.public_id}/take-away/").status_code == 404
    assert (Topic.objects.count(), Answer.objects.count()) == (1, 1)


def test_a_topic_is_asked_answered_and_marked(room: Room) -> None:
    client = room.client("member")
    sent = client.post(f"{ROOM}topics/new/", {"title": "Backups", "text": "Who\r\n\r\nkeeps <b>them</b>?"})
    topic = Topic.objects.get()
    assert (sent.status_code, topic.by, topic.text) == (302, room.member, "Who\n\nkeeps <b>them</b>?")
    path = f"topics/{topic.public_id}/"
    shown = page(client, path)
    assert ("<p>keeps &lt;b&gt;them&lt;/b&gt;?</p>" in shown, "<b>them" in shown) == (True, False)
    assert room.client("asker").post(f"{ROOM}{path}answer/", {"text": "We do"}).status_code == 302
    said = Answer.objects.get()
    assert room.client("asker").post(f"{ROOM}{path}helped/", {"answer": said.public_id}).status_code == 404
    assert client.post(f"{ROOM}{path}helped/", {"answer": "no"}).status_code == 404
    assert client.post(f"{ROOM}{path}helped/", {"answer": said.public_id}).status_code == 302
    topic.refresh_from_db()
    assert topic.helped == said
    assert client.post(f"{ROOM}{path}helped/", {"answer": ""}).status_code == 302
    topic.refresh_from_db()
    assert topic.helped is None
    lines = AuditEntry.objects.filter(verb__startswith="room.").order_by("pk").values_list("verb", "actor__email")
    assert list(lines) == [
        ("room.ask", "member@example.org"), ("room.answer", "asker@example.org"),
        ("room.helped", "member@example.org"), ("room.helped", "member@example.org"),
    ]  # fmt: skip
    assert {one.target_name for one in AuditEntry.objects.filter(verb__startswith="room.")} == {str(room.network)}


def test_an_answer_of_another_topic_does_not_help(room: Room) -> None:
    first, second = a_topic(room), a_topic(room)
    said = an_answer(room, second)
    with pytest.raises(Refused):
        mark_helped(topic=first, answer=said, me=room.member)


def test_only_the_author_changes_and_only_author_and_coordinator_take_away(room: Room) -> None:
    topic = a_topic(room)
    said = an_answer(room, topic, me=room.member)
    edits = [f"topics/{topic.public_id}/edit/", f"answers/{said.public_id}/edit/"]
    drops = [f"answers/{said.public_id}/take-away/", f"topics/{topic.public_id}/take-away/"]
    for name, status in (("coordinator", 404), ("asker", 404), ("member", 200)):
        assert [room.client(name).get(ROOM + path).status_code for path in edits] == [status] * 2
    assert [room.client("asker").post(ROOM + path).status_code for path in drops] == [404] * 2
    client = room.client("member")
    client.post(ROOM + edits[0], {"title": "Other", "text": "Words"})
    client.post(ROOM + edits[1], {"text": "Said otherwise"})
    assert [*Topic.objects.values_list("title", "text"), *Answer.objects.values_list("text")] == [
        ("Other", "Words"), ("Said otherwise",),
    ]  # fmt: skip
    assert [room.client("coordinator").post(ROOM + path).status_code for path in drops] == [302] * 2
    assert (Topic.objects.count(), Answer.objects.count()) == (0, 0)


def test_what_is_done_twice_is_written_down_once(room: Room) -> None:
    topic = a_topic(room)
    said = an_answer(room, topic)
    for _turn in range(2):
        mark_helped(topic=topic, answer=said, me=room.member)
        change_topic(topic=topic, me=room.member, title="Other", text="Words")
    for _turn in range(2):
        drop_answer(answer=said, me=room.coordinator)
    again = Topic.objects.get(pk=topic.pk)
    for _turn in range(2):
        drop_topic(topic=again, me=room.member)
        again.pk = topic.pk
    verbs = list(AuditEntry.objects.filter(verb__startswith="room.").order_by("pk").values_list("verb", flat=True))
    rest = ["room.helped", "room.change-topic", "room.drop-answer", "room.drop-topic"]
    assert verbs == ["room.ask", "room.answer", *rest]


def test_the_list_has_the_newest_word_first_and_is_narrowed(room: Room) -> None:
    first, second = a_topic(room, title="First"), a_topic(room, title="Second", text="About mail")
    assert list(found_topics(room.network)) == [second, first]
    said = an_answer(room, first, text="Try the blue tape")
    assert list(found_topics(room.network)) == [first, second]
    mark_helped(topic=first, answer=said, me=room.member)
    client = room.client("asker")
    for query, titles in (
        ("?state=open", {"Second"}), ("?state=helped", {"First"}), ("?q=BLUE+tape", {"First"}), ("?q=mail", {"Second"}),
        ("?q=nothing", set()), ("?q=%00", {"First", "Second"}), ("?state=x", {"First", "Second"}),
    ):  # fmt: skip
        shown = page(client, query)
        assert {title for title in ("First", "Second") if f"<strong>{title}</strong>" in shown} == titles, query


def test_who_is_called_gets_a_mail_that_says_nothing(room: Room) -> None:
    NetworkPerson.objects.filter(pk=room.asker.pk).update(shown_to_members=True)
    topic = a_topic(room, title="Rumour", text="@IT head machines and @coordinator and @member and @former, look")
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["asker@example.org", "coordinator@example.org"]
    shown = page(room.client("member"), f"topics/{topic.public_id}/")
    assert ("<strong>@IT head machines</strong>" in shown, "<strong>@former</strong>" in shown) == (True, False)
    Mail.objects.all().delete()
    unfollow(topic=topic, me=room.member)
    an_answer(room, topic, text="Nonsense, @IT head machines")
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["asker@example.org"]
    said = {text for mail in Mail.objects.all() for text in (mail.subject, mail.text, mail.html)}
    words = ("Rumour", "Nonsense", topic.public_id, "coordinator")
    assert [word for word in words if any(word in text for text in said)] == []
    assert all("/netzwerke/leiter/" in mail.text or "/networks/leiter/" in mail.text for mail in Mail.objects.all())
    assert {mail.is_secret for mail in Mail.objects.all()} == {True}


def test_who_does_not_wish_to_be_seen_is_called_by_nobody(room: Room) -> None:
    assert list(names_to_call(room.network)) == ["coordinator"]
    a_topic(room, text="@IT head machines")
    assert Mail.objects.count() == 0


def test_under_the_chatham_house_rule_no_name_leaves_the_room(room: Room) -> None:
    free, kept = a_topic(room), a_topic(room, is_chatham=True)
    said = an_answer(room, kept)
    assert [author_shown(one) for one in (free, kept, said)] == ["member", "member", "coordinator"]
    with override("en"):
        assert [author_shown(one, outside=True) for one in (free, kept, said)] == ["member", "A member", "A member"]
    line = "Under the Chatham House Rule"
    shown = [line in page(room.client("asker"), f"topics/{one.public_id}/") for one in (free, kept)]
    assert shown == [False, True]


def test_with_the_person_goes_the_name_and_the_words_stay(room: Room) -> None:
    topic = a_topic(room)
    room.member.person.delete()
    topic.refresh_from_db()
    with override("en"):
        told = author_shown(topic)
    assert (topic.text, topic.by, told) == ("Who keeps them?", None, "Somebody who is no longer here")


def test_a_removed_network_takes_its_room_along(room: Room) -> None:
    an_answer(room, an_unnamed(room))
    Affiliation.objects.update(ended_at=timezone.now())
    Network.objects.filter(pk=room.network.pk).delete()
    assert (Topic.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_list_and_topic_ask_the_same_however_much_there_is(
    room: Room, number: int, django_assert_num_queries: Any
) -> None:
    topics = [an_unnamed(room) if n % 2 else a_topic(room) for n in range(number)]
    for _n in range(number):
        an_answer(room, topics[0])
    client = room.client("asker")
    page(client)
    with django_assert_num_queries(9):
        page(client)
    with django_assert_num_queries(13):
        page(client, f"topics/{topics[0].public_id}/")
