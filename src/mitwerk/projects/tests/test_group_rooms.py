"""The closed room of a working group: who sees it, notes, files that are asked for anew each time."""

import re
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from mitwerk.actors.tests.cast import Cast
from mitwerk.config.settings import production
from mitwerk.core.changes import Refused
from mitwerk.core.files import LOST_AFTER, private_storage
from mitwerk.people.tests.cast import People
from mitwerk.pictures.forms import MOST_BYTES
from mitwerk.projects.actions import add_file, add_note, drop_file, forget_lost_files, leave_group, take_step
from mitwerk.projects.actions import group_rooms as rooms
from mitwerk.projects.models import GroupFile, GroupNote, WorkingGroup
from mitwerk.projects.tests.test_groups import signed_in
from mitwerk.projects.tests.way import Way, join, make_group


def png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (4, 3), "#1d4e9e").save(made, "PNG")
    return made.getvalue()


def upload(name: str = "Plan.pdf", content: bytes = b"%PDF-1.4 geheim") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def room(group: WorkingGroup) -> str:
    return f"/de/mein/arbeitsgruppen/{group.public_id}/"


def kept(group: WorkingGroup, way: Way, name: str = "Plan.pdf") -> GroupFile:
    return add_file(group=group, name=name, file=upload(name), actor=way.carrier)


def test_members_carriers_and_the_office_see_it_all_others_find_nothing(way: Way, cast: Cast, people: People) -> None:
    group = make_group(way)
    join(group, way.baker)
    users = {
        "member": way.baker, "carrier": way.carrier, "editor of the firm": people.editor, "office": cast.it_editor,
        "manager": people.manager, "umbrella": cast.umbrella_editor, "board": way.board, "former": people.former,
        "stranger": people.stranger, "office of B": cast.food_editor, "board of B": way.foreign_board,
    }  # fmt: skip
    seen = {name for name, user in users.items() if signed_in(user).get(room(group)).status_code == 200}
    assert seen == {"member", "carrier", "editor of the firm", "office", "manager", "umbrella"}
    assert Client().get(room(group)).status_code == 302
    missing = [signed_in(user).get(room(group)).status_code for name, user in users.items() if name not in seen]
    assert missing == [404] * 5


def test_a_member_of_another_group_of_the_project_sees_nothing(way: Way) -> None:
    group, other = make_group(way), make_group(way, "Andere")
    member = join(other, way.baker)
    assert [signed_in(way.baker).get(room(one)).status_code for one in (group, other)] == [404, 200]
    leave_group(member=member, actor=way.baker)
    assert signed_in(way.baker).get(room(other)).status_code == 404


def test_notes_are_dated_signed_and_taken_away_by_who_wrote_them(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    client = signed_in(way.baker)
    assert client.post(f"{room(group)}notizen/neu/", {"text": ""}).status_code == 200
    assert client.post(f"{room(group)}notizen/neu/", {"text": "Dienstag <b>geht</b>."}).status_code == 302
    note = GroupNote.objects.get()
    page = signed_in(way.carrier).get(room(group)).content.decode()
    assert ("Dienstag &lt;b&gt;geht&lt;/b&gt;." in page, "· baker" in page) == (True, True)
    drop = f"/de/mein/gruppennotizen/{note.public_id}/wegnehmen/"
    assert signed_in(way.carrier).post(drop).status_code == 404
    assert (client.post(drop).status_code, GroupNote.objects.count()) == (302, 0)


def test_nobody_outside_leaves_anything(way: Way, people: People) -> None:
    group = make_group(way)
    for user in (people.stranger, way.board):
        client = signed_in(user)
        assert client.post(f"{room(group)}notizen/neu/", {"text": "x"}).status_code == 404
        assert client.post(f"{room(group)}dateien/neu/", {"file": upload()}).status_code == 404
    assert (GroupNote.objects.count(), GroupFile.objects.count()) == (0, 0)


def test_a_file_is_handed_out_to_be_saved_and_to_nobody_else(way: Way, people: People) -> None:
    group = make_group(way)
    member = join(group, way.baker)
    client = signed_in(way.baker)
    assert client.post(f"{room(group)}dateien/neu/", {"file": upload("../Plan für <b>.pdf")}).status_code == 302
    file = GroupFile.objects.get()
    path = f"/de/mein/gruppendateien/{file.public_id}/"
    answer = client.get(path)
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (b"%PDF-1.4 geheim", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == (
        "application/octet-stream", "default-src 'none'; sandbox",
    )  # fmt: skip
    assert re.fullmatch(r"groups/[a-z0-9]+\.pdf", file.file.name), "a name of ours"
    others = [signed_in(user).get(path).status_code for user in (people.stranger, way.board, way.foreign_board)]
    assert (others, Client().get(path).status_code) == ([404, 404, 404], 302)
    leave_group(member=member, actor=way.baker)
    assert client.get(path).status_code == 404, "who has left gets it no more, by the same address"


def test_the_private_folder_is_none_that_a_server_hands_out() -> None:
    where = production.STORAGES["private"]["OPTIONS"]
    assert where == {"location": production.MITWERK_DATA / "private", "base_url": None}
    assert not where["location"].is_relative_to(production.MEDIA_ROOT)
    assert GroupFile._meta.get_field("file").deconstruct()[3]["storage"] is private_storage
    assert private_storage() is storages["private"]


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("a.pdf", b"%PDF-1.4", True),
        ("a.txt", "Müsli".encode(), True),
        ("a.docx", b"PK\x03\x04 x", True),
        ("a.png", png(), True),
        ("a.png", b"<svg onload=alert(1)>", False),
        ("a.pdf", b"<html><script>alert(1)</script>", False),
        ("a.txt", b"<script>alert(1)</script>", False),
        ("a.html", b"<p>x</p>", False),
        ("a.exe", b"MZ", False),
        ("a.svg", b"<svg/>", False),
        ("ohne", b"%PDF-1.4", False),
        ("a.pdf", b"%PDF-" + b"0" * MOST_BYTES, False),
    ],
)
def test_only_what_is_what_it_says_comes_in(way: Way, name: str, content: bytes, is_taken: bool) -> None:
    group = make_group(way)
    answer = signed_in(way.carrier).post(f"{room(group)}dateien/neu/", {"file": upload(name, content)})
    assert (answer.status_code, GroupFile.objects.count()) == ((302, 1) if is_taken else (200, 0))


def test_a_room_holds_so_many_files(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_FILES", 1)
    group = make_group(way)
    kept(group, way)
    with pytest.raises(Refused):
        kept(group, way)
    answer = signed_in(way.carrier).post(f"{room(group)}dateien/neu/", {"file": upload()})
    assert (answer.status_code, GroupFile.objects.count()) == (200, 1)


def test_files_are_taken_away_by_their_own_people_and_by_carriers(
    way: Way, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    group = make_group(way)
    join(group, way.baker)
    file = kept(group, way)
    stored, path = file.file, f"/de/mein/gruppendateien/{file.public_id}/wegnehmen/"
    assert signed_in(way.baker).post(path).status_code == 404
    assert stored.storage.exists(stored.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(people.editor).post(path).status_code == 302
    assert (stored.storage.exists(stored.name), GroupFile.objects.count()) == (False, 0)
    drop_file(file=file, actor=way.carrier)


def test_what_no_row_names_any_more_goes_after_35_days(way: Way) -> None:
    group = make_group(way)
    lost, stays = kept(group, way), kept(group, way)
    GroupFile.objects.filter(pk=lost.pk).delete()
    now = timezone.now()
    with time_machine.travel(now + LOST_AFTER - timezone.timedelta(minutes=5)):
        forget_lost_files()
    assert lost.file.storage.exists(lost.file.name)
    with time_machine.travel(now + LOST_AFTER + timezone.timedelta(minutes=5)):
        forget_lost_files()
    assert [one.file.storage.exists(one.file.name) for one in (lost, stays)] == [False, True]


def test_a_closed_group_stays_readable_and_takes_nothing(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    file = kept(group, way)
    add_note(group=group, text="Bleibt", actor=way.carrier)
    take_step(project=way.idea, verb="stop", actor=way.carrier, text="Kein Geld.")
    client = signed_in(way.baker)
    page = client.get(room(group)).content.decode()
    assert ("Bleibt" in page, "Die Gruppe wurde am" in page, "Berichten" in page) == (True, True, False)
    answer = client.get(f"/de/mein/gruppendateien/{file.public_id}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.4 geheim")
    assert client.post(f"{room(group)}notizen/neu/", {"text": "x"}).status_code == 404


def test_the_room_asks_the_same_however_much_lies_in_it(
    way: Way, people: People, django_assert_num_queries: Any
) -> None:
    group = make_group(way)
    join(group, way.baker)
    client = signed_in(way.baker)
    add_note(group=group, text="x", actor=way.carrier)
    kept(group, way)
    client.get(room(group))
    with django_assert_num_queries(15):
        client.get(room(group))
    for user in (people.editor, people.substitute):
        join(group, user)
        add_note(group=group, text="x", actor=user)
        kept(group, way)
    with django_assert_num_queries(15):
        client.get(room(group))
