"""Systems in use: everybody enters their own; who does not wish to be seen is told of nowhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.models import NetworkPerson
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.rooms.actions import add_systems
from mitwerk.rooms.models import SystemInUse
from mitwerk.rooms.queries.systems import has_unnamed_users, systems_in, users_of
from mitwerk.rooms.tests.meetings_cast import ROOM, everybody, make_systems, more_people, row_of
from mitwerk.vocabularies.models import Concept

As = Callable[[User | None], Client]
LIST = f"{ROOM}systems/"


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


@pytest.fixture
def concepts(networks: Networks) -> list[Concept]:
    return make_systems("Alpha ERP", "Beta CAD")


def use(people: list[NetworkPerson], concept: Concept) -> None:
    for one in people:
        add_systems(person=one, concepts=[concept], actor=one.person.user)


def test_it_is_for_the_members_of_the_network(cast: Cast, circle: Circle, concepts: list[Concept], as_user: As) -> None:
    alpha = concepts[0].public_id
    use([row_of(circle.member)], concepts[0])
    for path in ("", "mine/", f"{alpha}/"):
        found = {name: as_user(user).get(LIST + path).status_code for name, user in everybody(cast, circle).items()}
        assert found == dict.fromkeys(found, 404) | {"coordinator": 200, "member": 200, "nobody": 302}, path
    foreign = [
        as_user(circle.coordinator).get(f"{LIST}{alpha}/mine/"),
        as_user(circle.baker).post(f"{LIST}{alpha}/drop/"),
    ]
    assert ([one.status_code for one in foreign], SystemInUse.objects.count()) == ([404, 404], 1)


def test_my_systems_are_found_ticked_described_and_taken_out(
    circle: Circle, concepts: list[Concept], as_user: As
) -> None:
    browser, mine = as_user(circle.member), f"{LIST}mine/"
    assert [str(one) for one in browser.get(mine, {"q": "alpha"}).context["found"]] == ["Alpha ERP"]
    kind = concepts[0].broader
    assert kind is not None
    found = [browser.get(mine, query).context["found"] for query in ({"kind": kind.public_id}, {"q": "kind"}, {})]
    assert [len(one) for one in found] == [2, 2, 0]
    assert browser.get(mine, {"q": "a\x00b", "kind": "x\x00"}).status_code == 200
    ticked = [one.public_id for one in concepts]
    assert [browser.post(mine, {"concepts": ticked}).status_code for _ in range(2)] == [302, 302]
    change = f"{LIST}{ticked[0]}/mine/"
    assert browser.post(change, {"since": "1800", "note": ""}).context["form"].errors.keys() == {"since"}
    assert browser.post(change, {"since": "2019", "note": "Lager"}).status_code == 302
    assert [browser.post(f"{LIST}{ticked[1]}/drop/").status_code for _ in range(2)] == [302, 404]
    browser.post(mine, {"concepts": ticked[:1]})
    row = SystemInUse.objects.get()
    assert (row.person, row.since, row.note) == (row_of(circle.member), 2019, "Lager"), "a second tick changes nothing"


def test_only_systems_can_be_used(cast: Cast, circle: Circle, concepts: list[Concept], as_user: As) -> None:
    kind = concepts[0].broader
    assert kind is not None
    for other in (cast.erp.public_id, kind.public_id, "x"):
        assert as_user(circle.member).post(f"{LIST}mine/", {"concepts": [other]}).status_code == 200
        assert as_user(circle.member).get(f"{LIST}{other}/").status_code == 404
    assert SystemInUse.objects.count() == 0


def test_who_does_not_wish_to_be_seen_is_told_of_nowhere(
    networks: Networks, circle: Circle, concepts: list[Concept], as_user: As
) -> None:
    alpha, me = concepts[0], row_of(circle.member)
    unseen = more_people(networks.heads, 5, shown=False)
    use(unseen[:4], alpha)
    assert systems_in(networks.heads, me) == [], "not even that somebody uses it"
    page, empty = (
        as_user(circle.member).get(f"{LIST}{one.public_id}/").content.decode().partition("<main")[2] for one in concepts
    )
    assert [("Nobody is named with it." in one, "unseen" in one) for one in (page, empty)] == [(True, False)] * 2
    use(unseen[4:], alpha)
    (used,) = systems_in(networks.heads, me)
    assert (used.named, used.has_others, has_unnamed_users(networks.heads, alpha, me)) == (0, True, True)
    own = unseen[0]
    assert has_unnamed_users(networks.heads, alpha, own) is False, "of four others one is not told"
    assert [one.person for one in users_of(networks.heads, alpha, own)] == [own]
    boss = row_of(circle.coordinator)
    assert list(users_of(networks.heads, alpha, boss)) == [], "coordinators read the same"


def test_who_wishes_it_is_named_until_they_leave(networks: Networks, circle: Circle, concepts: list[Concept]) -> None:
    me, seen = row_of(circle.member), more_people(networks.heads, 2)
    use(seen, concepts[0])
    use([row_of(circle.baker)], concepts[0])
    assert [one.person for one in users_of(networks.heads, concepts[0], me)] == seen
    assert [used.named for used in systems_in(networks.heads, me)] == [2]
    User.objects.filter(pk=seen[0].person.user.pk).update(is_active=False)
    NetworkPerson.objects.filter(pk=seen[1].pk).update(until=seen[1].since)
    assert (list(users_of(networks.heads, concepts[0], me)), systems_in(networks.heads, me)) == ([], [])


def test_the_database_holds_each_once(circle: Circle, concepts: list[Concept]) -> None:
    me = row_of(circle.member)
    SystemInUse.objects.create(person=me, concept=concepts[0], since=2000)
    for values in ({"concept": concepts[0]}, {"concept": concepts[1], "since": 1800}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SystemInUse.objects.create(person=me, **values)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    concepts = make_systems(*(f"S{number}" for number in range(count)))
    for one in (*more_people(networks.heads, count), row_of(circle.member)):
        add_systems(person=one, concepts=concepts, actor=one.person.user)
    browser = as_user(circle.member)
    for path, queries in (("", 10), (f"{concepts[0].public_id}/", 13), ("mine/", 11)):
        browser.get(LIST + path)
        with django_assert_num_queries(queries):
            browser.get(LIST + path)
