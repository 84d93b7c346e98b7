"""A network leaves: two coordinators or a week, everything along in a file, and nothing left behind (TRUST P7)."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import csv_file
from mitwerk.consents.models import Evidence
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import leaving as leaving_actions
from mitwerk.networks.actions import send_network_invitation
from mitwerk.networks.actions.consenting import SHOWN, change_shown
from mitwerk.networks.actions.leaving import WAITING, ask_to_leave, cancel_leaving, confirm_leaving, leave
from mitwerk.networks.actions.lists import keep_list, take_list
from mitwerk.networks.actions.sending import send_wave
from mitwerk.networks.exports import record_files
from mitwerk.networks.models import Leaving, Network, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries.leaving import files_of
from mitwerk.networks.tests.cast import Circle, Networks, belong, make_circle, make_networks
from mitwerk.networks.tests.test_waves import start
from mitwerk.operations.tasks import TIMED
from mitwerk.outbox.models import Mail
from mitwerk.privacy.tests.test_erase_user import stands_in
from mitwerk.privacy.tests.test_my_data import sign_in
from mitwerk.projects.models import GroupFile

As = Callable[[User | None], Client]
NAME = "Öffner-Runde"


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    circle = make_circle(networks)
    belong(circle.stranger, networks.heads, "coordinator")
    return circle


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = settings.MITWERK_DATA = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


def where(name: str = "leaving", slug: str = "leiter") -> str:
    return reverse(f"networks:{name}", args=[slug])


def plant(networks: Networks, circle: Circle, word: str) -> None:
    """The word stands in the network, its list, a wave, an invitation, a mail, and what somebody agreed to."""
    network = networks.heads
    Network.objects.filter(pk=network.pk).update(purpose={"de": f"Zweck {word}"})
    rows = [[f"Firm {word} {n}", f"Person {word}", f"{word}{n}@example.org"] for n in range(3)]
    given = {"kind": "csv", "content": csv_file(rows, ["Firma", "Ansprechpartner", "E-Mail"])}
    keep_list(
        people_list=take_list(network=network, file_name=word, actor=circle.coordinator, **given),
        actor=circle.coordinator,
    )
    send_wave(pk=start(networks, circle, most=2).pk)
    offer = NetworkInvitation(network=network, email=f"{word}@example.net", kind="member")
    send_network_invitation(invitation=offer, actor=circle.coordinator)
    person = NetworkPerson.objects.get(network=network, person__user=circle.member)
    change_shown(person=person, actor=circle.member, **dict.fromkeys(SHOWN, True))


def test_p7_nothing_of_it_is_left_and_the_firms_stay(
    networks: Networks, circle: Circle, commits_at_once: None, own_folder: Path
) -> None:
    plant(networks, circle, "canarynet")
    organisations, others = Organisation.objects.count(), NetworkPerson.objects.exclude(network=networks.heads).count()
    assert stands_in("canarynet") == [
        "networks.ListRow.email", "networks.ListRow.firm", "networks.ListRow.name", "networks.Network.purpose",
        "networks.NetworkInvitation.email", "outbox.Mail.to",
    ], "control"  # fmt: skip
    assert Evidence.objects.count() == 2
    made = ask_to_leave(network=networks.heads, typed=NAME, actor=circle.coordinator)
    confirm_leaving(leaving=made, typed=NAME, actor=circle.stranger)
    mail.outbox.clear()
    TIMED["delete networks that leave"]()
    TIMED["delete networks that leave"]()
    assert stands_in("canarynet") == []
    assert [path.name for path in own_folder.rglob("*") if path.is_file()] == []
    assert not Network.objects.filter(slug="leiter").exists()
    assert (Organisation.objects.count(), Evidence.objects.count()) == (organisations, 0)
    assert NetworkPerson.objects.count() == others, "another network lost nobody"
    made.refresh_from_db()
    assert (made.network, made.files, made.counts["networks.listrow"]) == (None, [], 3)
    assert AuditEntry.objects.get(verb="network.leave").details == {"counts": made.counts}
    assert sorted(to for letter in mail.outbox for to in letter.to) == [
        "coordinator@example.org", "member@example.org", "region@example.org", "stranger@example.org",
    ], "its people, and the office with which its agreement ends"  # fmt: skip


def test_one_coordinator_waits_a_week_and_each_can_stop_it(networks: Networks, circle: Circle) -> None:
    made = ask_to_leave(network=networks.heads, typed=NAME, actor=circle.coordinator)
    assert ask_to_leave(network=networks.heads, typed=NAME, actor=circle.coordinator).pk == made.pk
    assert list(Mail.objects.values_list("to", flat=True)) == ["stranger@example.org"], "who could stop it is told"
    with pytest.raises(Refused):
        confirm_leaving(leaving=made, typed=NAME, actor=circle.coordinator)
    with time_machine.travel(timezone.now() + WAITING - timezone.timedelta(minutes=5), tick=False):
        TIMED["delete networks that leave"]()
    assert Network.objects.filter(slug="leiter").exists()
    cancel_leaving(leaving=made, actor=circle.stranger)
    with time_machine.travel(timezone.now() + 2 * WAITING, tick=False):
        TIMED["delete networks that leave"]()
        assert Network.objects.filter(slug="leiter").exists()
        ask_to_leave(network=networks.heads, typed=f" {NAME} ", actor=circle.coordinator)
    with time_machine.travel(timezone.now() + 4 * WAITING, tick=False):
        TIMED["delete networks that leave"]()
    assert not Network.objects.filter(slug="leiter").exists()


def test_a_wrong_name_deletes_nothing(networks: Networks, circle: Circle) -> None:
    for typed in ("", "leiter", NAME.upper()):
        with pytest.raises(Refused):
            ask_to_leave(network=networks.heads, typed=typed, actor=circle.coordinator)
    made = ask_to_leave(network=networks.heads, typed=NAME, actor=circle.coordinator)
    with pytest.raises(Refused):
        confirm_leaving(leaving=made, typed="Zunft", actor=circle.stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaving.objects.filter(pk=made.pk).update(confirmed_by=circle.coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaving.objects.create(network=networks.heads, due_at=timezone.now())


def test_files_go_after_the_records_and_a_killed_process_is_taken_up(
    networks: Networks, circle: Circle, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = GroupFile._meta.get_field("file").storage
    names = [storage.save(f"groups/{number}.txt", ContentFile(b"canary")) for number in range(3)]
    files = [["projects.groupfile", "file", name] for name in names]
    made = ask_to_leave(network=networks.heads, typed=NAME, actor=circle.coordinator)
    Leaving.objects.filter(pk=made.pk).update(due_at=timezone.now())
    real, calls = storage.delete, []

    def dies(name: str) -> None:
        calls.append(name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(name)

    monkeypatch.setattr(leaving_actions, "files_of", lambda records: files)
    monkeypatch.setattr(storage, "delete", dies)
    with pytest.raises(KeyboardInterrupt):
        leave(pk=made.pk)
    monkeypatch.undo()
    assert [storage.exists(name) for name in names] == [False, True, True]
    TIMED["delete networks that leave"]()
    assert [storage.exists(name) for name in names] == [False] * 3


def test_files_are_found_on_records_of_any_subject_and_go_along(own_folder: Path) -> None:
    record = GroupFile(name="Plan", size=6)
    record.file.save("plan.txt", ContentFile(b"inhalt"), save=False)
    assert files_of([record]) == [["projects.groupfile", "file", record.file.name]]
    found = dict(record_files("room", [record]))
    assert found[f"room/files/{record.file.name}"] == b"inhalt"
    (row,) = json.loads(found["room/groupfile.json"])
    assert (row["name"], "by" in row, sorted(found)[-1]) == ("Plan", False, "room/groupfile.json")
    record.file.storage.delete(record.file.name)


def test_everything_is_taken_along_and_no_row_of_who_has_not_agreed(networks: Networks, circle: Circle) -> None:
    plant(networks, circle, "canarynet")
    answer = sign_in(circle.coordinator).get(where("network_file"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    wanted = {f"{name}.{kind}" for name in ("network", "organisations", "people", "waves") for kind in ("json", "csv")}
    assert set(packed.namelist()) == wanted
    people = json.loads(packed.read("people.json"))
    assert {one["name"] for one in people} == {"coordinator", "member", "stranger"}
    assert "canarynet0@example.org" not in "".join(packed.read(name).decode() for name in packed.namelist())
    assert json.loads(packed.read("waves.json"))[0]["total"] == 2
    assert AuditEntry.objects.filter(verb="network.take_data").count() == 1


def test_only_coordinators_enter_and_only_who_has_just_signed_in(
    cast: Cast, networks: Networks, circle: Circle, as_user: As
) -> None:
    urls = [where(), where("network_file")]
    others = [circle.member, circle.former, circle.baker, cast.it_editor, cast.umbrella_editor, cast.administrator]
    for user in others:
        assert [sign_in(user).get(url).status_code for url in urls] == [404, 404], user.name
        assert sign_in(user).post(where("leaving_cancel")).status_code == 404
    assert [sign_in(circle.coordinator, ago=3600).get(url).status_code for url in urls] == [302, 302]
    assert [sign_in(circle.coordinator).get(url).status_code for url in urls] == [200, 200], "control"


def test_the_page_asks_confirms_and_stops(networks: Networks, circle: Circle) -> None:
    first, second = sign_in(circle.coordinator), sign_in(circle.stranger)
    assert first.post(where(), {"typed": "falsch"}).status_code == 200
    assert first.post(where(), {"typed": NAME}).status_code == 302
    assert first.get(where()).context["may_send"] is False
    assert first.post(where(), {"typed": NAME}).context["form"].has_error("typed")
    assert second.post(where("leaving_cancel")).status_code == 302
    assert (Leaving.objects.count(), second.post(where("leaving_cancel")).status_code) == (0, 404)
    first.post(where(), {"typed": NAME})
    second.post(where(), {"typed": NAME})
    assert Leaving.objects.get().due_at <= timezone.now()
    TIMED["delete networks that leave"]()
    assert second.get(where()).status_code == 404
