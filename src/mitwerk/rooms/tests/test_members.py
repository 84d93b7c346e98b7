"""The member list: who is seen, by whom, and with what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import change_shown
from mitwerk.networks.models import NetworkPerson
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.rooms.actions import save_card
from mitwerk.rooms.models import Card
from mitwerk.rooms.tests.meetings_cast import ROOM, everybody, more_people, row_of

As = Callable[[User | None], Client]
LIST = f"{ROOM}members/"
CARD = {"position": "Head of IT", "about": "Backup", "phone": "+49 341 1", "shows_email": True, "shows_phone": True}


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


def seen(browser: Client, query: str = "") -> list[str]:
    return [one.person.name for one, _card, _opens in browser.get(LIST, {"q": query}).context["people"]]


def test_it_is_for_the_members_of_the_network(cast: Cast, circle: Circle, as_user: As) -> None:
    found = {name: as_user(user).get(LIST).status_code for name, user in everybody(cast, circle).items()}
    assert found == dict.fromkeys(found, 404) | {"coordinator": 200, "member": 200, "nobody": 302}
    found = {name: as_user(user).post(f"{LIST}my-card/", {}).status_code for name, user in vars(circle).items()}
    assert found == dict.fromkeys(found, 404) | {"coordinator": 302, "member": 302}


def test_members_see_who_wishes_it_and_coordinators_everybody(networks: Networks, circle: Circle, as_user: As) -> None:
    more_people(networks.heads, 1)
    more_people(networks.heads, 1, shown=False)
    assert seen(as_user(circle.member)) == ["coordinator", "member", "seen0"]
    assert seen(as_user(circle.coordinator)) == ["coordinator", "member", "seen0", "unseen0"]
    assert [seen(as_user(circle.member), word) for word in ("seen", "unseen")] == [["seen0"], []]
    assert seen(as_user(circle.coordinator), "unseen") == ["unseen0"], "the control"


def test_a_card_says_what_its_owner_shows_and_no_more(networks: Networks, circle: Circle, as_user: As) -> None:
    (one,) = more_people(networks.heads, 1)
    words = ("Head of IT", "Backup", "+49 341 1", one.person.email)

    def told(user: User) -> list[bool]:
        page = as_user(user).get(LIST).content.decode()
        return [word in page for word in words]

    save_card(person=one, values=CARD, actor=one.person.user)
    assert told(circle.member) == [True] * 4
    save_card(person=one, values={**CARD, "shows_email": False, "shows_phone": False}, actor=one.person.user)
    assert told(circle.member) == [True, True, False, False]
    save_card(person=one, values=CARD, actor=one.person.user)
    change_shown(person=one, shown_to_members=False, shown_to_cluster=False, actor=one.person.user)
    assert (told(circle.member), told(circle.coordinator)) == ([False] * 4, [False] * 4)


def test_everybody_writes_their_own_card_and_nobody_elses(networks: Networks, circle: Circle, as_user: As) -> None:
    other = more_people(networks.heads, 1, shown=False)[0]
    sent = {**CARD, "shown_to_members": "on", "person": other.public_id}
    browser = as_user(circle.member)
    assert browser.post(f"{LIST}my-card/", sent).status_code == 302
    card, mine = Card.objects.get(), row_of(circle.member)
    assert (card.person, card.position, mine.shown_to_members, mine.shown_to_cluster) == (
        mine,
        "Head of IT",
        True,
        False,
    )
    other.refresh_from_db()
    assert other.shown_to_members is False
    assert browser.post(f"{LIST}my-card/", {"phone": "<b>"}).context["form"].errors.keys() == {"phone"}
    browser.post(f"{LIST}my-card/", {"position": "CIO"})
    card.refresh_from_db()
    assert (Card.objects.count(), card.position, row_of(circle.member).shown_to_members) == (1, "CIO", False)


def test_who_may_see_somebody_is_logged_when_it_changes(circle: Circle) -> None:
    mine = row_of(circle.member)
    for to_members in (True, True, False):
        change_shown(person=mine, shown_to_members=to_members, shown_to_cluster=False, actor=circle.member)
    lines = AuditEntry.objects.filter(verb="network.change_shown")
    assert [(one.actor, one.details) for one in lines] == [(circle.member, {"person": mine.public_id})] * 2
    past = NetworkPerson.objects.get(person__user=circle.former)
    change_shown(person=past, shown_to_members=True, shown_to_cluster=True, actor=circle.former)
    past.refresh_from_db()
    assert past.shown_to_members is False


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for one in more_people(networks.heads, count):
        save_card(person=one, values=CARD, actor=one.person.user)
    browser = as_user(circle.member)
    browser.get(LIST)
    with django_assert_num_queries(10):
        browser.get(LIST)
