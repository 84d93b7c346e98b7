"""What becomes of a room when one of its people takes their data out, or closes their account."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.utils import timezone

from mitwerk.accounts.actions import restore_record
from mitwerk.accounts.models import Removed, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import remove_network
from mitwerk.networks.exports import network_zip
from mitwerk.networks.models import Affiliation
from mitwerk.privacy.actions import erase_user
from mitwerk.privacy.exports import as_json
from mitwerk.privacy.queries import all_about
from mitwerk.rooms.actions import mark_helped, renew_feed, save_card
from mitwerk.rooms.models import Answer, AskedBy, Topic
from mitwerk.rooms.tests.cast import Room, a_topic, an_answer, an_unnamed, make_room, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast)


def told(user: User) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(as_json(all_about(user)))["data"]
    return {key: rows for key, rows in found.items() if key.startswith("rooms.")}


def test_the_own_data_hold_it_for_the_asker_alone(room: Room) -> None:
    topic = an_unnamed(room, title="Quietly", file=upload())
    an_answer(room, topic, me=room.asker, text="More of it")
    an_answer(room, topic)
    own = told(room.users["asker"])
    assert {key: len(rows) for key, rows in own.items()} == {
        "rooms.topic": 1, "rooms.askedby": 1, "rooms.answer": 1, "rooms.roomfile": 1,
    }  # fmt: skip
    assert (own["rooms.topic"][0]["title"], own["rooms.answer"][0]["text"]) == ("Quietly", "More of it")
    others = [name for name in room.users if name not in {"asker", "coordinator"}]
    assert [told(room.users[name]) for name in others] == [{}] * len(others)
    assert list(told(room.users["coordinator"])) == ["rooms.answer", "rooms.follow"]


def test_the_question_outlives_the_account_and_the_mark_does_not(room: Room) -> None:
    topic, named = an_unnamed(room), a_topic(room, me=room.asker)
    an_answer(room, topic, me=room.asker)
    erase_user(user=room.users["asker"])
    named.refresh_from_db()
    assert (Topic.objects.count(), Answer.objects.count(), AskedBy.objects.count()) == (2, 1, 0)
    assert (named.by, named.text) == (None, "Who keeps them?")


def test_with_a_network_its_room_comes_back_without_those_who_were_erased_meanwhile(room: Room) -> None:
    topic, other = a_topic(room, me=room.coordinator), a_topic(room)
    said = an_answer(room, topic)
    mark_helped(topic=topic, answer=said, me=room.coordinator)
    Affiliation.objects.update(ended_at=timezone.now())
    remove_network(network=room.network, actor=room.users["admin"])
    erase_user(user=room.users["member"])
    restore_record(removed=Removed.objects.latest("pk"), actor=room.users["admin"])
    connection.check_constraints()
    topic.refresh_from_db()
    other.refresh_from_db()
    assert (topic.by, topic.helped, other.by, other.text) == (room.coordinator, said, None, "Who keeps them?")


def test_what_is_somebodys_own_leaves_with_no_network(room: Room) -> None:
    """The file a network takes along holds what was asked, and no cards, calendar addresses or marks of askers."""
    an_unnamed(room, title="Quietly")
    save_card(person=room.member, values={"position": "Head", "phone": "0 30"}, actor=room.users["member"])
    renew_feed(person=room.member, actor=room.users["member"])
    with ZipFile(BytesIO(network_zip(room.network))) as packed:
        names = {name for name in packed.namelist() if name.startswith("room/")}
        whole = b"".join(packed.read(name) for name in names)
    assert names & {"room/topic.json", "room/card.json", "room/feed.json", "room/askedby.json"} == {"room/topic.json"}
    assert (b"Quietly" in whole, b"0 30" in whole, AskedBy.objects.get().mark.encode() in whole) == (True, False, False)
