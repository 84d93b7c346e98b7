"""The room of the heads of IT: a coordinator, two members, one who has left, and those who are outside."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.tests.cast import belong, make_circle, make_networks
from mitwerk.rooms.actions import answer, ask
from mitwerk.rooms.models import Answer, Topic

ROOM = "/en/my/networks/leiter/room/"


@dataclass(frozen=True)
class Room:
    """A network, as what its people are in it, and users by what they are to it."""

    network: Network
    coordinator: NetworkPerson
    member: NetworkPerson
    asker: NetworkPerson
    users: dict[str, User]

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.users[name])
        return client


def make_room(cast: Cast) -> Room:
    """Needs the actors' cast."""
    networks = make_networks(cast)
    circle = make_circle(networks)
    users = {name: getattr(circle, name) for name in ("coordinator", "member", "former", "baker", "stranger")}
    users |= {"office": cast.it_editor, "region": cast.umbrella_editor, "admin": cast.administrator}
    users["asker"] = create_user(email="asker@example.org", password=None, name="IT head machines")
    asker = belong(users["asker"], networks.heads, "member")
    people = {one.person.user_id: one for one in NetworkPerson.objects.filter(network=networks.heads)}
    inside = {name: people[users[name].pk] for name in ("coordinator", "member")}
    return Room(network=networks.heads, asker=asker, users=users, **inside)


def upload(name: str = "Plan.pdf", content: bytes = b"%PDF-1.4 geheim") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_topic(room: Room, **values: Any) -> Topic:
    return ask(**{"network": room.network, "me": room.member, "title": "Backups", "text": "Who keeps them?", **values})


def an_unnamed(room: Room, **values: Any) -> Topic:
    return a_topic(room, me=room.asker, is_unnamed=True, **values)


def an_answer(room: Room, topic: Topic, **values: Any) -> Answer:
    return answer(**{"topic": topic, "me": room.coordinator, "text": "We do.", **values})
