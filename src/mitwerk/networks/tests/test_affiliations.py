"""The affiliation agreement: who proposes, agrees and ends for which side, and what its text says."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Role
from mitwerk.core.append_only import take_away
from mitwerk.core.changes import Refused
from mitwerk.governance.models import Body, Resolution
from mitwerk.networks.actions import agree_affiliation, decline_affiliation, end_affiliation, propose_affiliation
from mitwerk.networks.models import Affiliation, NetworkMember, NetworkPerson
from mitwerk.networks.models.terms import COUNTS, DATES, GETS, GIVES, ORGANISATIONS, PEOPLE
from mitwerk.networks.queries import (
    in_force,
    networks_that_show,
    number_of_members,
    people_shown_to_cluster,
    public_members,
)
from mitwerk.networks.rules import sides_of, speaks_for_cluster
from mitwerk.networks.tests.cast import Circle, Networks, affiliate, belong, make_circle, make_networks
from mitwerk.outbox.models import Mail
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
LIST = "/en/my/networks/leiter/affiliation/"


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


@pytest.fixture
def manager(cast: Cast) -> User:
    return make_manager(cast)


def make_manager(cast: Cast, name: str = "cluster-manager") -> User:
    user = create_user(email=f"{name}@example.org", password=None, name=name)
    Role.objects.create(user=user, cluster=cast.it, kind=Role.Kind.MANAGER)
    return user


def propose(networks: Networks, cast: Cast, side: str, actor: User, *gives: str, **more: Any) -> Affiliation:
    values = {"gets": ["rooms"], "by_resolution": False, **more}
    return propose_affiliation(network=networks.heads, cluster=cast.it, side=side, gives=gives, actor=actor, **values)


def test_both_sides_agree_and_the_version_before_ends_at_that_moment(
    cast: Cast, networks: Networks, circle: Circle, manager: User
) -> None:
    first = in_force(networks.heads, cast.it)
    proposals = [propose(networks, cast, "network", circle.coordinator, COUNTS, DATES) for _ in range(2)]
    assert proposals[0] == proposals[1], "the same again is no new one"
    assert in_force(networks.heads, cast.it) == first
    for _ in range(2):
        agree_affiliation(affiliation=proposals[0], side="cluster", actor=manager)
    second = in_force(networks.heads, cast.it)
    versions = Affiliation.objects.order_by("version")
    assert [(one.version, one.state, one.ended_side) for one in versions] == [(1, "ended", ""), (2, "agreed", "")]
    assert second is not None
    assert ([term.key for term in second.given], [term.key for term in second.gotten]) == (
        ["counts", "dates"], ["rooms"],
    )  # fmt: skip
    for _ in range(2):
        end_affiliation(affiliation=second, side="network", actor=circle.coordinator, reason="Genug.")
    assert in_force(networks.heads, cast.it) is None
    lines = AuditEntry.objects.filter(verb__contains="affiliation").order_by("pk")
    number = second.public_id
    assert [(line.verb, line.cluster_slug, line.details) for line in lines] == [
        (f"network.{verb}_affiliation", "it", {"affiliation": number, "version": 2, "side": side})
        for verb, side in (("propose", "network"), ("agree", "cluster"), ("end", "network"))
    ]
    assert Mail.objects.filter(key__startswith=f"affiliation/{number}/").count() == 3


def test_what_holds_already_is_not_proposed(cast: Cast, networks: Networks, circle: Circle) -> None:
    with pytest.raises(Refused):
        propose(networks, cast, "network", circle.coordinator, ORGANISATIONS, gets=[])


def test_nobody_agrees_for_both_sides(cast: Cast, networks: Networks, circle: Circle, manager: User) -> None:
    belong(manager, networks.heads, "coordinator")
    proposal = propose(networks, cast, "network", manager, COUNTS)
    with pytest.raises(Refused):
        agree_affiliation(affiliation=proposal, side="cluster", actor=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.filter(pk=proposal.pk).update(cluster_agreed_by=manager, cluster_agreed_at=timezone.now())
    agree_affiliation(affiliation=proposal, side="cluster", actor=make_manager(cast, "second-manager"))
    assert in_force(networks.heads, cast.it) == proposal, "control: somebody else may"


def resolution_of(cast: Cast, cluster: Any, **values: Any) -> Resolution:
    body, _new = Body.objects.get_or_create(
        slug=f"b-{cluster.slug}", defaults={"name": {"de": "B"}, "cluster": cluster}
    )
    day = date(2006, 1, 1)
    given = {"number": body.resolutions.count() + 1, "year": 2006, "decided_on": day, "in_force_from": day, **values}
    return Resolution.objects.create(body=body, title={"de": "Anschluss"}, wording={"de": "Ja."}, **given)


def test_by_resolution_only_with_one_of_a_body_of_this_cluster(
    cast: Cast, networks: Networks, circle: Circle, manager: User
) -> None:
    good, foreign = resolution_of(cast, cast.it), resolution_of(cast, cast.food)
    replaced = resolution_of(cast, cast.it, replaced_by=good)
    proposal = propose(networks, cast, "cluster", manager, COUNTS, by_resolution=True)
    assert proposal.cluster_agreed_at is None, "proposing alone is no yes"
    agree_affiliation(affiliation=proposal, side="network", actor=circle.coordinator)
    for wrong in (None, foreign, replaced):
        with pytest.raises(Refused):
            agree_affiliation(affiliation=proposal, side="cluster", actor=manager, resolution=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.filter(pk=proposal.pk).update(cluster_agreed_at=timezone.now())
    agreed = agree_affiliation(affiliation=proposal, side="cluster", actor=manager, resolution=good)
    assert (agreed.state, agreed.resolution) == ("agreed", good)


def test_a_proposal_is_declined_and_what_was_in_force_stays(
    cast: Cast, networks: Networks, circle: Circle, manager: User
) -> None:
    first = in_force(networks.heads, cast.it)
    proposal = propose(networks, cast, "network", circle.coordinator, PEOPLE)
    with pytest.raises(Refused):
        end_affiliation(affiliation=proposal, side="cluster", actor=manager)
    for _ in range(2):
        decline_affiliation(affiliation=proposal, side="cluster", actor=manager, reason="Noch nicht.")
    with pytest.raises(Refused):
        agree_affiliation(affiliation=proposal, side="cluster", actor=manager)
    proposal.refresh_from_db()
    assert (proposal.state, in_force(networks.heads, cast.it)) == ("declined", first)
    with pytest.raises(Refused):
        decline_affiliation(affiliation=first, side="cluster", actor=manager)


CHANGES: dict[str, dict[str, Any]] = {
    "gives": {"gives": {"people": True}}, "gets": {"gets": {"seat": True}}, "version": {"version": 9},
    "proposed side": {"proposed_side": "cluster"},
    "not agreed": {"network_agreed_at": None}, "agreed earlier": {"cluster_agreed_at": timezone.now()},
    "public id": {"public_id": "other"},
}  # fmt: skip
AFTER_THE_END: dict[str, dict[str, Any]] = {
    "open again": {"ended_at": None}, "another side": {"ended_side": "cluster"}, "another reason": {"reason": "x"},
}  # fmt: skip


@pytest.mark.parametrize("change", [*CHANGES, *AFTER_THE_END])
def test_what_was_said_never_changes(networks: Networks, cast: Cast, circle: Circle, change: str) -> None:
    found = in_force(networks.heads, cast.it)
    assert found is not None
    if change in AFTER_THE_END:
        end_affiliation(affiliation=found, side="network", actor=circle.coordinator, reason="Genug.")
    rows = Affiliation.objects.filter(pk=found.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{**CHANGES, **AFTER_THE_END}[change])
    if change in CHANGES:  # what has ended goes along with a network that leaves
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    take_away(connection, "networks_affiliation")
    rows.update(**{**CHANGES, **AFTER_THE_END}[change])  # control: it is the database that refuses


@pytest.mark.parametrize(
    ("organisations", "gives", "told"), [(5, COUNTS, 5), (4, COUNTS, None), (5, ORGANISATIONS, None)]
)
def test_how_many_belong_is_said_where_agreed_and_never_of_few(
    networks: Networks, cast: Cast, organisations: int, gives: str, told: int | None
) -> None:
    for number in range(organisations):
        made = Organisation.objects.create(name=f"W{number}", slug=f"w{number}")
        NetworkMember.objects.create(network=networks.bakers, organisation=made)
    affiliate(networks.bakers, cast.food, gives)
    assert number_of_members(networks.bakers) == told
    Affiliation.objects.update(ended_at=timezone.now())
    assert number_of_members(networks.bakers) is None


def test_who_closes_their_account_is_no_longer_named(cast: Cast, networks: Networks, circle: Circle) -> None:
    found = in_force(networks.heads, cast.it)
    assert found is not None
    end_affiliation(affiliation=found, side="network", actor=circle.coordinator)
    circle.coordinator.delete()
    found.refresh_from_db()
    assert (found.state, found.ended_by) == ("ended", None)


def test_who_speaks_for_which_side(cast: Cast, networks: Networks, circle: Circle, manager: User) -> None:
    users = {**vars(circle), "manager": manager, "it_editor": cast.it_editor, "umbrella": cast.umbrella_editor}
    sides = {name: sides_of(user, networks.heads, cast.it) for name, user in users.items()}
    nobody: dict[str, list[str]] = {name: [] for name in ("member", "former", "baker", "stranger", "it_editor")}
    assert sides == {**nobody, "coordinator": ["network"], "manager": ["cluster"], "umbrella": ["cluster"]}
    assert [speaks_for_cluster(manager, one) for one in (cast.it, cast.food)] == [True, False]


def test_who_sees_the_pages(cast: Cast, networks: Networks, circle: Circle, manager: User, as_user: As) -> None:
    found = in_force(networks.heads, cast.it)
    assert found is not None
    users = {
        **vars(circle), "manager": manager, "it_editor": cast.it_editor, "food_editor": cast.food_editor,
        "umbrella": cast.umbrella_editor,
    }  # fmt: skip
    pages = (LIST, f"{LIST}{found.public_id}/", f"{LIST}with/it/", f"{LIST}with/ernaehrung/")
    seen = {name: [as_user(user).get(page).status_code for page in pages] for name, user in users.items()}
    acts = {"coordinator": [200, 200, 200, 404], "manager": [200, 200, 200, 404], "umbrella": [200, 200, 200, 404]}
    others = dict.fromkeys(("member", "former", "baker", "stranger", "food_editor"), [404] * 4)
    assert seen == {**acts, **others, "it_editor": [200, 200, 404, 404]}


def test_one_way_through_the_pages(cast: Cast, networks: Networks, circle: Circle, manager: User, as_user: As) -> None:
    coordinator, office, reader = as_user(circle.coordinator), as_user(manager), as_user(cast.it_editor)
    sent = {"side": "network", "gives": ["counts", "people"], "gets": ["seat"]}
    page = coordinator.post(f"{LIST}with/it/", {**sent, "gives": ["everything"]})
    assert page.status_code == 200, "what is not in the list cannot be agreed"
    assert coordinator.post(f"{LIST}with/it/", {**sent, "side": "cluster"}).status_code == 200, "nor for the other side"
    assert coordinator.post(f"{LIST}with/it/", sent).status_code == 302
    proposal = Affiliation.objects.get(version=2)
    url = f"{LIST}{proposal.public_id}/"
    assert f'href="{url}"' in office.get("/en/my-desk/").content.decode()
    assert f'href="{url}"' not in reader.get("/en/my-desk/").content.decode()
    yes = {"agree-side": "cluster"}
    assert [one.post(f"{url}agree/", yes).status_code for one in (reader, coordinator, office)] == [404, 404, 302]
    page = unescape(reader.get(url).content.decode())
    for term in (*GIVES, *GETS):
        assert (str(term.sentence) in page) == (term.key in {"counts", "people", "seat", "organisations"}), term.key
    assert [one.post(f"{url}end/", {"end-side": "cluster"}).status_code for one in (reader, office)] == [404, 302]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_side) == ("ended", "cluster")


def test_who_speaks_for_both_is_told_that_somebody_else_must_agree(
    cast: Cast, networks: Networks, circle: Circle, manager: User, as_user: As
) -> None:
    belong(manager, networks.heads, "coordinator")
    proposal = propose(networks, cast, "network", manager, COUNTS)
    url = f"{LIST}{proposal.public_id}/"
    page = as_user(manager).post(f"{url}agree/", {"agree-side": "cluster"}, follow=True)
    proposal.refresh_from_db()
    assert ([str(told) for told in page.context["messages"]], proposal.state) == (
        ["You have agreed for the other side. Somebody else has to agree for this one."], "proposed",
    )  # fmt: skip


def test_people_are_seen_by_the_office_where_they_and_the_agreement_allow_it(
    cast: Cast, networks: Networks, circle: Circle, as_user: As
) -> None:
    found = in_force(networks.heads, cast.it)
    assert found is not None
    NetworkPerson.objects.filter(person__user=circle.member).update(shown_to_cluster=True)
    assert list(people_shown_to_cluster(found)) == []
    end_affiliation(affiliation=found, side="network", actor=circle.coordinator)
    people = affiliate(networks.heads, cast.it, PEOPLE)
    url = f"{LIST}{people.public_id}/"
    browser = as_user(cast.it_editor)
    page = browser.get(url).content.decode()
    assert ("<strong>member<" in page, "<strong>coordinator<" in page) == (True, False)
    end_affiliation(affiliation=people, side="network", actor=circle.coordinator)
    assert "<strong>member<" not in browser.get(url).content.decode()


def test_an_agreement_counts_in_its_own_cluster_and_in_the_region(
    cast: Cast, networks: Networks, people: People
) -> None:
    networks.heads.clusters.add(cast.food)
    found = {}
    for name, cluster in (("region", None), ("it", cast.it), ("food", cast.food)):
        with scope(cluster=cluster):
            found[name] = ([one.slug for one in networks_that_show(ORGANISATIONS)], public_members().count())
    assert found == {"region": (["leiter"], 2), "it": (["leiter"], 2), "food": ([], 0)}
    assert list(networks_that_show(COUNTS)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(
    cast: Cast, networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count - 1):
        affiliation = Affiliation.objects.filter(ended_at=None).get()
        end_affiliation(affiliation=affiliation, side="network", actor=circle.coordinator)
        affiliate(networks.heads, cast.it, *[COUNTS, DATES][: number + 1])
    browser = as_user(circle.coordinator)
    browser.get(LIST)
    with django_assert_num_queries(10):
        assert len(browser.get(LIST).context["page"]) == count
