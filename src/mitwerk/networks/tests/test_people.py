"""The people of a network: who coordinates, who belongs to it, and who sees, invites and ends whom."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import add_person, end_person, send_network_invitation
from mitwerk.networks.models import NetworkInvitation, NetworkPerson
from mitwerk.networks.rules import (
    can_end_person,
    can_find_coordinator,
    can_keep_people,
    is_coordinator,
    is_network_member,
)
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.people.models import Person

As = Callable[[User | None], Client]
PEOPLE = "/de/mein/netzwerke/leiter/personen/"
RULES = (
    ("c", is_coordinator), ("m", is_network_member), ("k", can_keep_people), ("f", can_find_coordinator),
)  # fmt: skip
OFFICES = ("it_editor", "umbrella_editor", "administrator")
"""Who edits the heads' network."""


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


def everybody(cast: Cast, circle: Circle) -> dict[str, User]:
    office = {name: getattr(cast, name) for name in ("it_editor", "food_editor", "umbrella_editor", "administrator")}
    return {**vars(circle), **office}


def test_who_may_what_in_a_network(cast: Cast, networks: Networks, circle: Circle) -> None:
    found = {
        name: "".join(mark for mark, rule in RULES if rule(user, networks.heads))
        for name, user in everybody(cast, circle).items()
    }
    nobodys = dict.fromkeys(("former", "baker", "stranger", *OFFICES, "food_editor"), "")
    assert found == {"coordinator": "cmk", "member": "m", **nobodys}
    circle.coordinator.is_active = False
    rules = (is_coordinator, can_keep_people)
    assert [rule(circle.coordinator, networks.heads) for rule in rules] == [False, False]


def test_everybody_may_leave_and_who_keeps_it_ends_the_others(networks: Networks, circle: Circle) -> None:
    member = NetworkPerson.objects.get(person__user=circle.member)
    users = (circle.member, circle.coordinator, circle.stranger)
    found = [can_end_person(user, member, can_keep_people(user, networks.heads)) for user in users]
    assert found == [True, True, False]


def test_the_database_holds_one_role_each_and_no_end_before_the_start(networks: Networks, circle: Circle) -> None:
    member = NetworkPerson.objects.get(person__user=circle.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkPerson.objects.create(network=networks.heads, person=member.person, kind="coordinator")
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkPerson.objects.filter(pk=member.pk).update(until=member.since - timezone.timedelta(days=1))


def test_adding_again_changes_the_role_and_the_log_holds_no_name(networks: Networks, circle: Circle) -> None:
    person = Person.objects.get(user=circle.member)
    for kind in ("member", "coordinator", "coordinator"):
        add_person(network=networks.heads, person=person, kind=kind, actor=circle.coordinator)
    (row,) = NetworkPerson.objects.filter(person=person)
    assert (row.kind, row.until) == ("coordinator", None)
    end_person(person=row, actor=circle.coordinator)
    end_person(person=row, actor=circle.coordinator)
    lines = AuditEntry.objects.filter(actor=circle.coordinator, verb__startswith="network.").order_by("pk")
    assert [(line.verb, line.target_name, line.details) for line in lines] == [
        ("network.add_person", "Öffner-Runde", {"person": row.public_id, "kind": "coordinator"}),
        ("network.end_person", "Öffner-Runde", {"person": row.public_id}),
    ]


def test_who_sees_which_names(cast: Cast, circle: Circle, as_user: As) -> None:
    """Members see who keeps the network together and themselves; the others are missing to outsiders."""
    found = {}
    for name, user in everybody(cast, circle).items():
        answer = as_user(user).get(PEOPLE)
        page = answer.content.decode()
        found[name] = (answer.status_code, *(f"<strong>{who}<" in page for who in ("coordinator", "member", "former")))
    nothing, all_of_it = (404, False, False, False), (200, True, True, False)
    assert found == {
        **dict.fromkeys(("coordinator", "member"), all_of_it),
        **dict.fromkeys(("former", "baker", "stranger", *OFFICES, "food_editor"), nothing),
    }
    second = create_user(email="second@example.org", password=None, name="second")
    person = Person.objects.create(user=second, name="second", email=second.email)
    add_person(network=NetworkPerson.objects.all()[0].network, person=person, kind="member", actor=None)
    pages = [as_user(user).get(PEOPLE).content.decode() for user in (second, circle.coordinator)]
    assert [("<strong>member<" in page, "member@" in page, "coordinator@" in page) for page in pages] == [
        (False, False, False), (True, True, True),
    ]  # fmt: skip


def invite(browser: Client, email: str, kind: str = "member") -> Any:
    return browser.post(PEOPLE, {"email": email, "kind": kind, "language": "de"})


def test_a_coordinator_invites_and_the_link_works_once(
    networks: Networks, circle: Circle, as_user: As, client: Client, commits_at_once: None
) -> None:
    browser = as_user(circle.coordinator)
    assert invite(browser, "neu@example.org", "coordinator").status_code == 302
    assert invite(browser, "member@example.org").status_code == 200, "belongs to it already"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["neu@example.org"], "Einladung: Netzwerkkoordination · Öffner-Runde")
    (path,) = set(re.findall(r"/de/einladung/netzwerk/[\w-]+/", letter.body))
    page = client.get(path)
    assert (page.status_code, NetworkPerson.objects.filter(person__email="neu@example.org").count()) == (200, 0)
    ticked = {"name": "Neu", "kind": "member", "network": "1", "membership": "on"}
    answers = [client.post(path, ticked).status_code for _ in range(2)]
    assert answers == [302, 410]
    (row,) = NetworkPerson.objects.filter(person__email="neu@example.org")
    assert (row.network, row.kind, row.person.name) == (networks.heads, "coordinator", "Neu")


def test_only_who_keeps_it_invites(cast: Cast, circle: Circle, as_user: As) -> None:
    found = {
        name: invite(as_user(user), f"{name}@new.example").status_code for name, user in everybody(cast, circle).items()
    }
    assert found == {name: 302 if name == "coordinator" else 404 for name in found}
    assert NetworkInvitation.objects.count() == 1


def test_while_nobody_coordinates_the_office_invites_a_coordinator_and_sees_nobody(
    cast: Cast, networks: Networks, circle: Circle, as_user: As
) -> None:
    end_person(person=NetworkPerson.objects.get(person__user=circle.coordinator), actor=circle.coordinator)
    NetworkPerson.objects.filter(person__user=circle.member).update(shown_to_members=True)
    found = {}
    for name in (*OFFICES, "food_editor"):
        browser = as_user(getattr(cast, name))
        page = browser.get(PEOPLE).content.decode()
        answers = [
            invite(browser, f"{name}-{kind}@new.example", kind).status_code for kind in ("member", "coordinator")
        ]
        found[name] = ("member@" in page or "<strong>member<" in page, *answers)
    assert found == {**dict.fromkeys(OFFICES, (False, 200, 302)), "food_editor": (False, 404, 404)}
    assert set(NetworkInvitation.objects.values_list("kind", flat=True)) == {"coordinator"}
    (first, *_rest) = NetworkInvitation.objects.filter(revoked_at=None)
    url = f"/de/mein/netzwerke/leiter/einladungen/{first.public_id}/zuruecknehmen/"
    person = Person.objects.get(user=circle.member)
    add_person(network=networks.heads, person=person, kind="coordinator", actor=None)
    assert not can_find_coordinator(cast.it_editor, networks.heads)
    User.objects.filter(pk=circle.member.pk).update(is_active=False)
    assert can_find_coordinator(cast.it_editor, networks.heads), "who cannot sign in keeps nothing together"
    User.objects.filter(pk=circle.member.pk).update(is_active=True)
    assert as_user(cast.it_editor).post(url).status_code == 404, "from now on it is the coordinator's"
    assert as_user(circle.member).post(url).status_code == 302


def test_invitations_are_taken_back_and_a_second_one_replaces_the_first(
    networks: Networks, circle: Circle, as_user: As
) -> None:
    browser = as_user(circle.coordinator)
    for kind in ("coordinator", "member", "member"):
        invite(browser, "neu@example.org", kind)
    assert NetworkInvitation.objects.count() == 2, "the same one again is no new one"
    (open_one,) = NetworkInvitation.objects.filter(revoked_at=None)
    url = f"/de/mein/netzwerke/leiter/einladungen/{open_one.public_id}/zuruecknehmen/"
    senders = (as_user(circle.member), browser, browser)
    assert [sender.post(url).status_code for sender in senders] == [404, 302, 404]


def test_a14_what_belongs_to_one_network_is_missing_in_another(networks: Networks, circle: Circle, as_user: As) -> None:
    """TRUST A2, A14: a child's id below a foreign parent, from both sides."""
    offer = NetworkInvitation(network=networks.bakers, email="neu@example.org", kind="member")
    send_network_invitation(invitation=offer, actor=circle.baker)
    foreign = NetworkPerson.objects.get(network=networks.bakers, until=None)
    browser = as_user(circle.coordinator)
    urls = [
        f"/de/mein/netzwerke/{slug}/{rest}"
        for slug in ("leiter", "baecker")
        for rest in (f"personen/{foreign.public_id}/beenden/", f"einladungen/{offer.public_id}/zuruecknehmen/")
    ]
    assert [browser.post(url).status_code for url in urls] == [404] * 4
    foreign.refresh_from_db()
    offer.refresh_from_db()
    assert (foreign.until, offer.revoked_at) == (None, None)
    assert [as_user(circle.baker).post(url).status_code for url in urls[2:]] != [404, 404], "control: its own may"


def test_who_leaves_is_out_at_the_next_request(circle: Circle, as_user: As) -> None:
    browser, row = as_user(circle.member), NetworkPerson.objects.get(person__user=circle.member)
    answer = browser.post(f"{PEOPLE}{row.public_id}/beenden/", follow=True)
    assert answer.redirect_chain == [("/de/mein-schreibtisch/", 302)]
    assert browser.get(PEOPLE).status_code == 404


def test_my_desk_has_my_networks_and_invitations(networks: Networks, circle: Circle, as_user: As) -> None:
    offer = NetworkInvitation(network=networks.heads, email=circle.stranger.email, kind="member")
    send_network_invitation(invitation=offer, actor=circle.coordinator)
    browser = as_user(circle.stranger)
    url = f"/de/mein/netzwerk-einladungen/{offer.public_id}/"
    page = browser.get("/de/mein-schreibtisch/").content.decode()
    assert (f'href="{url}"' in page, f'href="{PEOPLE}"' in page) == (True, False)
    assert [as_user(circle.baker).get(url).status_code, browser.get(url).status_code] == [404, 200]
    assert browser.post(url, {"membership": "on"}).status_code == 302
    page = browser.get("/de/mein-schreibtisch/").content.decode()
    assert (f'href="{url}"' in page, f'href="{PEOPLE}"' in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        person = Person.objects.create(name=f"P{number}", email=f"p{number}@example.org")
        add_person(network=networks.heads, person=person, kind="member", actor=None)
        offer = NetworkInvitation(network=networks.heads, email=f"o{number}@example.org", kind="member")
        send_network_invitation(invitation=offer, actor=circle.coordinator)
    browser = as_user(circle.coordinator)
    browser.get(PEOPLE)
    with django_assert_num_queries(12):
        browser.get(PEOPLE)
