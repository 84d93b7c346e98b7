"""Who carries, who decides, who answers; and what the room offers them for it."""

import pytest
from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import invite_organisation, offer_to_join
from mitwerk.projects.queries.pipeline import rooms_of
from mitwerk.projects.rules import (
    can_answer,
    can_carry,
    can_decide,
    can_keep_group,
    can_open_group,
    can_volunteer,
    is_office_of,
    sees_board,
)
from mitwerk.projects.tests.way import Way, lead_to, make_group


@pytest.fixture
def users(way: Way, cast: Cast, people: People) -> dict[str, User]:
    return {
        "carrier": way.carrier, "editor of the firm": people.editor, "former": people.former,
        "stranger": people.stranger, "baker": way.baker, "board": way.board, "board of B": way.foreign_board,
        "manager": people.manager, "office of A": cast.it_editor, "umbrella": cast.umbrella_editor,
    }  # fmt: skip


def test_who_may_what(way: Way, users: dict[str, User]) -> None:
    assert {name for name, user in users.items() if can_carry(user, way.idea)} == {"carrier", "editor of the firm"}
    assert {name for name, user in users.items() if can_decide(user, way.idea)} == {"board", "manager", "umbrella"}
    assert {name for name, user in users.items() if sees_board(user)} == {
        "board", "board of B", "manager", "office of A", "umbrella",
    }  # fmt: skip


def test_who_opens_groups_keeps_them_and_volunteers(way: Way, cast: Cast, users: dict[str, User]) -> None:
    lead_to(way, "accepted")
    carriers, office = {"carrier", "editor of the firm"}, {"manager", "office of A", "umbrella"}
    assert {name for name, user in users.items() if is_office_of(user, way.idea)} == office
    assert {name for name, user in users.items() if can_open_group(user, way.idea)} == carriers | office | {"board"}
    group = make_group(way)
    assert {name for name, user in users.items() if can_keep_group(user, group)} == carriers | office
    assert {name for name, user in users.items() if can_volunteer(user, way.idea)} == carriers
    lead_to(way, "forming")
    assert {name for name, user in users.items() if can_volunteer(user, way.idea)} == {*carriers, "baker"}


def test_the_side_that_was_asked_answers(way: Way, cast: Cast, users: dict[str, User]) -> None:
    lead_to(way, "forming")
    values = {"role": "partner"}
    invited = invite_organisation(project=way.idea, organisation=cast.bakery, values=values, actor=way.carrier)
    assert {name for name, user in users.items() if can_answer(user, invited)} == {"baker"}
    offered = offer_to_join(project=way.idea, organisation=cast.university, values=values, actor=way.baker)
    assert {name for name, user in users.items() if can_answer(user, offered)} == {"carrier", "editor of the firm"}


def test_who_is_switched_off_may_nothing(way: Way) -> None:
    lead_to(way, "submitted")
    for user in (way.carrier, way.board):
        user.is_active = False
        user.save()
        fresh = User.objects.get(pk=user.pk)
        assert (can_carry(fresh, way.idea), can_decide(fresh, way.idea), rooms_of(fresh).count()) == (False, False, 0)


def test_the_room_offers_what_the_reader_may(way: Way, people: People) -> None:
    lead_to(way, "submitted")
    found = {}
    for name, user in (("carrier", way.carrier), ("board", way.board)):
        client = Client()
        client.force_login(user)
        context = client.get(f"/de/mein/projekte/{way.idea.slug}/").context
        found[name] = ([move["verb"] for move in context["moves"]], context["may_decide"], context["carries"])
    assert found == {"carrier": (["revise"], False, True), "board": ([], True, False)}
