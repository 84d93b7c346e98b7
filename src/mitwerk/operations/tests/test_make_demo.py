"""The demo's sign-ins: one per role, each able to sign in, none made twice."""

import stat
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster, Region, Role
from mitwerk.networks.models import Affiliation, Network
from mitwerk.people.models import Representative
from mitwerk.rooms.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> None:
    Region.objects.create(name={"de": "Region"})
    Cluster.objects.create(slug="chemie", name={"de": "Chemie"}, position=1)
    Cluster.objects.create(slug="it", name={"de": "IT"}, position=2)
    Cluster.objects.create(slug="logistik", name={"de": "Logistik"}, position=3)


def doors(file: Path) -> list[tuple[str, str]]:
    """E-mail and password of each line."""
    return [(words[-2], words[-1]) for words in map(str.split, file.read_text().splitlines())]


@pytest.mark.usefixtures("region")
def test_one_sign_in_per_role_and_each_opens_the_door(tmp_path: Path) -> None:
    file = tmp_path / "sign-ins.txt"
    call_command("make_demo", "nowhere", "--sign-ins", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(Role.objects.order_by("pk").values_list("user__name", "kind", "cluster__slug")) == [
        ("Office umbrella body", "umbrella_editor", None),
        ("Office IT", "manager", "it"),
        ("Editor IT", "editor", "it"),
        ("Editor Chemie", "editor", "chemie"),
    ]
    assert list(User.objects.filter(is_superuser=True).values_list("name", flat=True)) == ["Administrator"]
    assert list(Representative.objects.order_by("pk").values_list("person__name", "role", "organisation__name")) == [
        ("Delegate Musterfirma", "delegate", "Musterfirma"),
        ("Editor Musterfirma", "editor", "Musterfirma"),
    ]
    assert len(doors(file)) == 7
    for email, password in doors(file):
        answer = Client().post("/de/konto/login/", {"login": email, "password": password})
        assert (email, answer.status_code, answer.get("Location")) == (email, 302, "/de/mein-schreibtisch/")


@pytest.mark.usefixtures("region")
def test_a_network_meets_in_its_room(tmp_path: Path) -> None:
    network = Network.objects.create(slug="i-kam", name={"de": "i-kam"})
    for _ in range(2):
        call_command("make_demo", "nowhere", "--sign-ins", str(tmp_path / "sign-ins.txt"))
    assert list(network.people.order_by("pk").values_list("kind", "shown_to_members")) == [
        ("coordinator", True), ("member", True), ("member", True), ("member", False),
    ]  # fmt: skip
    assert list(network.meetings.order_by("starts_at").values_list("attendances__was_there", flat=True).distinct()) == [
        True, False,
    ]  # fmt: skip
    assert [meeting.minutes.count() for meeting in network.meetings.order_by("starts_at")] == [1, 0]


@pytest.mark.usefixtures("region")
def test_a_second_run_keeps_the_passwords(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sign-ins.txt"
    call_command("make_demo", "nowhere", "--sign-ins", str(file))
    before = file.read_text()
    capsys.readouterr()
    call_command("make_demo", "nowhere", "--sign-ins", str(file))
    assert capsys.readouterr().out.strip() == "The sign-ins of the demo are there already."
    assert file.read_text() == before


@pytest.mark.usefixtures("region")
def test_the_network_of_the_demo_has_a_room_with_topics_made_once(tmp_path: Path) -> None:
    network = Network.objects.create(slug="i-kam", name={"de": "i-kam"})
    for turn in range(2):
        call_command("make_demo", "nowhere", "--sign-ins", str(tmp_path / f"{turn}.txt"))
    assert len(doors(tmp_path / "0.txt")) == 11
    assert network.people.count() == 4
    assert [one.state for one in Affiliation.objects.filter(network=network)] == ["agreed"]
    assert list(Topic.objects.order_by("pk").values_list("is_unnamed", "is_chatham", "poll__kind")) == [
        (False, False, None), (True, False, None), (False, True, None), (False, False, "dates"),
    ]  # fmt: skip
