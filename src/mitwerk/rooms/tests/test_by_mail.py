"""Answering a topic by mail: who may, what is taken, and what the mail server is told."""

import io
import logging
import os
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms import received_mail
from mitwerk.algorithms.tests.mails_received import REAL, TO, WORDS, mail
from mitwerk.networks.actions import end_person
from mitwerk.networks.models import NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.rooms.actions import by_mail
from mitwerk.rooms.management.commands import room_mail
from mitwerk.rooms.models import Answer, TakenMail, Topic
from mitwerk.rooms.queries import bearer_of, reply_address
from mitwerk.rooms.tests.cast import Room, a_topic, an_answer, an_unnamed, make_room

OK, NO_DATA, NOBODY, LATER = os.EX_OK, os.EX_DATAERR, os.EX_NOUSER, os.EX_TEMPFAIL


@pytest.fixture
def room(cast: Cast, settings: Any) -> Room:
    settings.REPLY_ADDRESS = "room@example.org"
    return make_room(cast)


def a_mail(
    me: NetworkPerson,
    topic: Topic,
    text: str = "We do.",
    sender: str = "",
    more: str = "",
    number: int = 1,
    to: str = "",
) -> bytes:
    to = to or reply_address(me, topic)
    head = f"From: <{sender or me.person.email}>\nTo: {to}\nSubject: Re\nMessage-ID: <{number}@example.net>\n"
    return mail("text/plain; charset=utf-8", text.encode(), more, head=head)


def send(raw: bytes, recipient: str = "") -> int:
    return room_mail.taken(raw, recipient)


def notices() -> list[str]:
    """To whom refusals go."""
    return list(Mail.objects.filter(template="rooms/not_taken_mail.txt").values_list("to", flat=True))


def answers() -> list[tuple[str, NetworkPerson | None]]:
    return [(one.text, one.by) for one in Answer.objects.order_by("pk")]


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
def test_what_the_usual_programs_write_stands_in_the_topic(room: Room, make: Any) -> None:
    topic = a_topic(room, me=room.coordinator)
    raw = make().replace(TO.encode(), reply_address(room.member, topic).upper().encode())
    assert (send(raw), answers(), notices()) == (OK, [(WORDS, room.member)], [])
    assert list(AuditEntry.objects.filter(verb="room.answer").values_list("actor__email", flat=True)) == [
        "member@example.org"
    ]
    assert [send(raw), len(answers())] == [OK, 1], "the same mail is taken once"


def test_the_mail_of_a_post_carries_the_address_and_it_comes_back(room: Room) -> None:
    an_answer(room, a_topic(room))
    queued = Mail.objects.get()
    box, _at, domain = queued.reply_to.partition("@")
    assert (len(box), box[:5], domain, queued.reply_to == queued.reply_to.lower()) == (39, "room+", "example.org", True)
    raw = mail("text/plain", b"Thanks", head="From: member@example.org\nTo: x@example.org\nMessage-ID: <a@b>\n")
    assert send(raw) == NOBODY
    assert (send(raw, queued.reply_to), answers()[-1]) == (OK, ("Thanks", room.member))


def test_switched_off_no_mail_has_an_address_and_none_is_taken(room: Room, settings: Any) -> None:
    topic = a_topic(room)
    raw = a_mail(room.member, topic)
    settings.REPLY_ADDRESS = ""
    assert (reply_address(room.member, topic), send(raw), answers()) == ("", NOBODY, [])


def test_an_address_is_for_one_person_and_one_topic_and_cannot_be_made(room: Room, settings: Any) -> None:
    topic, other = a_topic(room), a_topic(room)
    address = reply_address(room.member, topic)
    found = bearer_of([address.upper()])
    assert found is not None
    assert (found.person, found.topic, found.is_old) == (room.member, topic, False)
    assert len({address, reply_address(room.asker, topic), reply_address(room.member, other)}) == 3
    token = address[5:39]
    for n in range(len(token)):
        wrong = token[:n] + ("a" if token[n] != "a" else "b") + token[n + 1 :]
        if n < len(token) - 1:
            assert bearer_of([f"room+{wrong}@example.org"]) is None, n
    for wrong in ("room@example.org", "room+@example.org", f"room+{token}@evil.example", f"other+{token}@example.org",
                  f"room+{token}a@example.org", "room+ä@example.org", f"room+{'a' * 34}@example.org"):  # fmt: skip
        assert bearer_of([wrong]) is None, wrong
    settings.SECRET_KEY = "another key, as long as it needs to be for this test"
    assert bearer_of([address]) is None


def test_an_address_tells_neither_person_nor_topic_without_the_key(room: Room) -> None:
    from base64 import b32decode

    topics = [a_topic(room) for _n in range(2)]
    held = [b32decode(reply_address(room.member, one)[5:39].upper() + "======")[:7] for one in topics]
    assert [topic.pk.to_bytes(5, "big") == one[:5] for topic, one in zip(topics, held, strict=True)] == [False, False]
    assert held[0][5:] != held[1][5:], "not even that both were made on one day"


def test_after_90_days_it_is_refused_with_a_mail_to_the_person(room: Room) -> None:
    topic = a_topic(room)
    raw = a_mail(room.member, topic)
    for days, expected in ((91, ([], ["member@example.org"])), (90, ([("We do.", room.member)], []))):
        Mail.objects.all().delete()
        TakenMail.objects.all().delete()
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert (send(raw), (answers(), notices())) == (OK, expected), days


@pytest.mark.parametrize(
    "sender", ["stranger@example.org", "coordinator@example.org", "member@example.org.evil.example"]
)
def test_from_another_address_the_person_is_told_and_the_sender_never(room: Room, sender: str) -> None:
    topic = a_topic(room, title="Rumour")
    raw = a_mail(room.member, topic, sender=sender)
    assert (send(raw), answers(), notices()) == (OK, [], ["member@example.org"])
    told = Mail.objects.get()
    said = f"{told.subject} {told.text} {told.html}"
    assert [word for word in ("Rumour", "We do.", topic.public_id, sender) if word in said] == []
    assert (told.is_secret, told.reply_to, send(raw), len(notices())) == (True, "", OK, 1)


def test_a_second_address_counts_once_it_is_proved(room: Room) -> None:
    topic = a_topic(room)
    claimed = EmailAddress.objects.create(user=room.users["member"], email="second@example.org", verified=False)
    assert (send(a_mail(room.member, topic, sender="Second@example.org")), len(answers())) == (OK, 0)
    EmailAddress.objects.filter(pk=claimed.pk).update(verified=True)
    assert (send(a_mail(room.member, topic, sender="Second@example.org", number=2)), len(answers())) == (OK, 1)


def test_who_belongs_no_longer_is_refused(room: Room) -> None:
    topic = a_topic(room)
    raw = a_mail(room.asker, topic)
    end_person(person=room.asker, actor=room.users["coordinator"])
    Mail.objects.all().delete()
    assert (send(raw), answers(), notices()) == (OK, [], ["asker@example.org"])


def test_who_cannot_sign_in_is_refused(room: Room) -> None:
    topic = a_topic(room)
    raw = a_mail(room.asker, topic)
    room.users["asker"].is_active = False
    room.users["asker"].save()
    assert (send(raw), answers(), notices()) == (OK, [], ["asker@example.org"])


def test_to_a_topic_taken_away_nobody_has_the_address(room: Room) -> None:
    topic = a_topic(room)
    raw = a_mail(room.member, topic)
    topic.delete()
    assert (send(raw), notices()) == (NOBODY, [])


@pytest.mark.parametrize(
    ("more", "sender"),
    [
        ("Auto-Submitted: auto-replied\n", ""), ("Precedence: bulk\n", ""), ("X-Auto-Response-Suppress: All\n", ""),
        ("", "room+x@example.org"), ("", "mitwerk@127.0.0.1"),
    ],
)  # fmt: skip
def test_machines_and_circles_are_passed_over(room: Room, more: str, sender: str, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Mitwerk <mitwerk@127.0.0.1>"
    raw = a_mail(room.member, a_topic(room), more=more, sender=sender)
    assert (send(raw), answers(), Mail.objects.count(), TakenMail.objects.count()) == (OK, [], 0, 0)


def test_attachments_empty_and_long_mails_are_refused_kindly(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_mail, "LONGEST", 50)
    topic = a_topic(room)
    file = "--b\nContent-Type: text/plain\n\nYes\n--b\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--\n"
    with_file = a_mail(room.member, topic, file, number=2)
    with_file = with_file.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="b"', 1)
    for raw in (with_file, a_mail(room.member, topic, "> only quoted", number=3), a_mail(room.member, topic, "x" * 51)):
        assert send(raw) == OK
    assert (answers(), notices()) == ([], ["member@example.org"] * 3)
    assert len({one.text for one in Mail.objects.all()}) == 3
    assert (send(a_mail(room.member, topic, "x" * 50, number=4)), len(answers())) == (OK, 1)


def test_who_asked_without_a_name_answers_as_who_asked(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    topic = an_unnamed(room)
    an_answer(room, topic)
    queued = Mail.objects.get(to="asker@example.org")
    assert (queued.template, queued.reply_to) == ("rooms/news_mail.txt", reply_address(room.asker, topic))
    before = AuditEntry.objects.count()
    assert send(a_mail(room.asker, topic, "It was last week.")) == OK
    said = Answer.objects.latest("pk")
    assert (said.text, said.by, said.is_askers) == ("It was last week.", None, True)
    new = list(AuditEntry.objects.order_by("pk").values_list("verb", "actor")[before:])
    assert new == [("room.answer", None)]
    row = str(TakenMail.objects.values().get())
    person = room.asker.person
    traces = (person.name, person.email, person.public_id, room.asker.public_id, "It was last week", "1@example.net")
    assert [one for one in traces if one in caplog.text or one in row] == []


def test_without_a_message_id_the_mail_itself_is_known_again(room: Room) -> None:
    topic = a_topic(room)
    raw = a_mail(room.member, topic).replace(b"Message-ID", b"X-None")
    other = a_mail(room.member, topic, "And more.").replace(b"Message-ID", b"X-None")
    assert ([send(raw), send(raw), send(other)], len(answers())) == ([OK, OK, OK], 2)


def test_one_message_id_to_two_topics_is_two_mails(room: Room) -> None:
    for topic in (a_topic(room), a_topic(room)):
        assert send(a_mail(room.member, topic)) == OK
    assert len(answers()) == 2


def test_the_mail_server_is_told_what_to_do(room: Room, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    raw = a_mail(room.member, a_topic(room), "a secret word")
    assert (send(b""), send(raw.replace(b"room+", b"room+a"))) == (NO_DATA, NOBODY)
    real = by_mail.answer

    def breaks(**given: Any) -> None:
        real(**given)
        raise RuntimeError(given["text"])

    monkeypatch.setattr(by_mail, "answer", breaks)
    caplog.set_level(logging.DEBUG)
    assert (send(raw), len(answers()), TakenMail.objects.count()) == (LATER, 0, 0)
    assert ("secret word" in caplog.text, "RuntimeError" in caplog.text) == (False, True)
    monkeypatch.undo()
    assert (send(raw), len(answers())) == (OK, 1), "it is tried again, and taken"


def test_the_command_reads_what_the_mail_server_pipes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = a_mail(room.member, a_topic(room))
    for content, code in ((raw, OK), (raw.replace(b"room+", b"room-"), NOBODY), (b"x" * 2000, NO_DATA)):
        monkeypatch.setattr(received_mail, "LARGEST", 1999)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            call_command("room_mail")
            told = OK
        except SystemExit as ends:
            told = int(str(ends.code))
        assert told == code
    assert len(answers()) == 1
