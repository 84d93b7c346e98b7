"""Files of a room: what comes in, who gets it, and what stays on the disk."""

import re
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.core.files import LOST_AFTER, private_storage
from mitwerk.networks.actions import end_person
from mitwerk.pictures.forms import UploadField
from mitwerk.rooms.actions import drop_topic, forget_lost_files, topics
from mitwerk.rooms.models import RoomFile, Topic
from mitwerk.rooms.tests.cast import ROOM, Room, a_topic, an_answer, make_room, upload


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def photo(kind: str = "JPEG") -> bytes:
    """With the place where it was taken."""
    made, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "secret place"
    Image.new("RGB", (4, 3), "#1d4e9e").save(made, kind, exif=exif)
    return made.getvalue()


def test_a_file_is_handed_out_to_be_saved_until_one_is_ended(room: Room) -> None:
    topic = a_topic(room)
    client = room.client("asker")
    sent = {"text": "Look", "file": upload("../Plan für <b>.pdf")}
    assert client.post(f"{ROOM}topics/{topic.public_id}/answer/", sent).status_code == 302
    file = RoomFile.objects.get()
    assert re.fullmatch(r"rooms/[a-z0-9]+\.pdf", str(file.file.name)), "a name of ours"
    path = f"{ROOM}files/{file.public_id}/"
    answer = client.get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 geheim"
    heads = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert [answer[head] for head in heads] == [
        "application/octet-stream", "nosniff", "default-src 'none'; sandbox",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    ]  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment; filename")
    outside = ("former", "baker", "stranger", "office", "region", "admin")
    assert [room.client(name).get(path).status_code for name in outside] == [404] * 6
    assert Client().get(path).status_code == 302
    assert room.client("baker").get(path.replace("leiter", "baecker")).status_code == 404
    end_person(person=room.asker, actor=room.users["coordinator"])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("a\u202egnp.pdf", "a gnp.pdf"),
        ("shell.php.pdf", "shell.php.pdf"),
        ("<img onerror=x>.pdf", "img onerror x.pdf"),
    ],
)
def test_names_are_made_harmless(room: Room, name: str, shown: str) -> None:
    topics.ask(network=room.network, me=room.member, title="T", text="T", file=upload(name))
    assert RoomFile.objects.get().name == shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.php", b"<?php"),
        ("a.html", b"<p>x</p>"),
        ("a.exe", b"MZ"),
        ("nothing", b"%PDF-1.4"),
        ("a.jpg", b"\xff\xd8\xff\xe0 no picture <script>"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(room: Room, name: str, content: bytes) -> None:
    sent = {"title": "T", "text": "T", "file": upload(name, content)}
    assert room.client("member").post(f"{ROOM}topics/new/", sent).status_code == 200
    assert (Topic.objects.count(), RoomFile.objects.count()) == (0, 0)


def test_a_picture_is_drawn_anew_without_where_it_was_taken(room: Room) -> None:
    behind = photo() + b"<script>alert(1)</script>"
    assert b"secret place" in behind
    sent = {"title": "T", "text": "T", "file": upload("a.jpg", behind)}
    assert room.client("member").post(f"{ROOM}topics/new/", sent).status_code == 302
    file = RoomFile.objects.get()
    kept = file.file.read()
    assert (b"secret place" in kept, b"<script>" in kept, len(Image.open(BytesIO(kept)).getexif())) == (False, False, 0)
    assert file.size == len(kept)


class Huge(UploadedFile):  # type: ignore[type-arg]
    """Two gigabytes that nobody may read."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("was read")

    def seek(self, *args: Any) -> int:
        raise AssertionError("was read")


def test_two_gigabytes_are_refused_before_a_byte_is_read() -> None:
    with pytest.raises(ValidationError, match="15,0"):
        UploadField().clean(Huge(BytesIO(), "a.pdf", size=2 * 1024**3))
    with pytest.raises(AssertionError, match="was read"):
        UploadField().clean(Huge(BytesIO(), "a.pdf", size=2 * 1024**2))


def left_in_folder() -> set[str]:
    return set(private_storage().listdir("rooms")[1]) if private_storage().exists("rooms") else set()


def test_an_upload_that_breaks_off_leaves_no_half_file(room: Room) -> None:
    mark, client, before = "x" * 20, room.client("member"), left_in_folder()
    body = (
        (
            f'--{mark}\r\nContent-Disposition: form-data; name="title"\r\n\r\nT\r\n--{mark}\r\n'
            f'Content-Disposition: form-data; name="text"\r\n\r\nT\r\n--{mark}\r\n'
            f'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        ).encode()
        + b"%PDF-1.4"
        + b"0" * 1000
    )
    kind = f"multipart/form-data; boundary={mark}"
    cut = {"CONTENT_LENGTH": str(len(body) * 2), "wsgi.input": BytesIO(body)}
    answer = client.generic("POST", f"{ROOM}topics/new/", body, content_type=kind, **cut)
    assert (answer.status_code, left_in_folder() - before) == (302, set()), "the words came whole, the file did not"
    assert (Topic.objects.count(), RoomFile.objects.count()) == (1, 0)


def test_a_topic_holds_so_many_files(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "MOST_FILES", 1)
    topic = a_topic(room, file=upload())
    with pytest.raises(Refused):
        an_answer(room, topic, file=upload())
    sent = {"text": "Look", "file": upload()}
    assert room.client("member").post(f"{ROOM}topics/{topic.public_id}/answer/", sent).status_code == 200
    assert (RoomFile.objects.count(), topic.answers.count()) == (1, 0)


def test_files_go_with_who_put_them_there_with_coordinators_and_with_their_topic(
    room: Room, django_capture_on_commit_callbacks: Any
) -> None:
    topic = a_topic(room, file=upload())
    an_answer(room, topic, me=room.asker, file=upload())
    first, second = RoomFile.objects.all()
    path = f"{ROOM}files/{first.public_id}/take-away/"
    assert room.client("asker").post(path).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert room.client("coordinator").post(path).status_code == 302
    assert [one.file.storage.exists(one.file.name) for one in (first, second)] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        drop_topic(topic=topic, me=room.member)
    assert (second.file.storage.exists(second.file.name), RoomFile.objects.count()) == (False, 0)


def test_a_file_lies_in_one_place(room: Room) -> None:
    topic = a_topic(room)
    for where in ({}, {"topic": topic, "answer": an_answer(room, topic)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoomFile.objects.create(name="a.pdf", file="rooms/a.pdf", size=1, **where)


def test_what_no_row_names_any_more_goes_after_35_days(room: Room) -> None:
    a_topic(room, file=upload())
    a_topic(room, file=upload())
    lost, stays = RoomFile.objects.all()
    RoomFile.objects.filter(pk=lost.pk).delete()
    now = timezone.now()
    for days, kept in ((-timezone.timedelta(minutes=5), True), (timezone.timedelta(minutes=5), False)):
        with time_machine.travel(now + LOST_AFTER + days):
            forget_lost_files()
        assert [one.file.storage.exists(one.file.name) for one in (lost, stays)] == [kept, True]


def test_control_the_form_takes_a_plain_file() -> None:
    assert UploadField().clean(SimpleUploadedFile("a.txt", b"plain")).name == "a.txt"
