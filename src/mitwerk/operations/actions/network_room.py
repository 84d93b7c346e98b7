"""What is invented for the demo's room of a network: topics, meetings, cards and systems of people who are roles."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster
from mitwerk.networks.actions import add_person, agree_affiliation, change_shown, propose_affiliation
from mitwerk.networks.models import Affiliation, Network, NetworkPerson
from mitwerk.networks.models.terms import COUNTS, ORGANISATIONS
from mitwerk.operations.actions.network_topics import demo_topics
from mitwerk.people.actions import person_behind
from mitwerk.rooms.actions import (
    add_systems,
    answer_meeting,
    plan_meeting,
    publish_minutes,
    save_card,
    write_minutes,
)
from mitwerk.rooms.models import Meeting
from mitwerk.vocabularies.models import SYSTEMS, Concept

NETWORK = "i-kam"
CIRCLE = (
    ("coordinator", "Network coordinator i-kam", True, ("sap-s-4hana", "microsoft-365")),
    ("it-head-1", "IT head mechanical engineering", True, ("sap-s-4hana", "teamcenter", "microsoft-azure")),
    ("it-head-2", "IT head food production", True, ("csb-system", "microsoft-365", "veeam-backup-replication")),
    ("it-head-3", "IT head chemistry", False, ("sap-s-4hana", "siemens-wincc")),
)
"""Mailbox, role, whether the members see them, the systems of their organisation. The first coordinates."""
MINUTES = "\n\n".join(
    (
        "Teilgenommen haben drei Häuser.",
        "1. Rücksicherung: Zwei Häuser proben sie zweimal im Jahr, eines noch nie. Bis zum nächsten Treffen "
        "probt jedes Haus einen Server und berichtet, wie lange es gedauert hat.",
        "2. Lizenzen: Wer im Frühjahr verlängert, stellt vorher seine Fragen im Raum.",
        "Nächstes Treffen: Fernzugriff von Maschinenherstellern.",
    )
)


def demo_room(users: list[User], manager: User, cluster: Cluster) -> None:
    """For these users, in the order of `CIRCLE`; made once."""
    network = Network.objects.filter(slug=NETWORK).first()
    if network is None or network.meetings.exists():
        return
    people = [_belongs(network, user, number) for number, user in enumerate(users)]
    boss = users[0]
    past, coming = _plan(network, boss, _past()), _plan(network, boss, _coming())
    write_minutes(meeting=past, text=MINUTES, present=people[:3], actor=boss)
    publish_minutes(meeting=past, actor=boss)
    for user, person, answer in zip(users, people, ("comes", "comes", "perhaps", "comes"), strict=True):
        answer_meeting(meeting=coming, person=person, answer=answer, actor=user)
    demo_topics(network, *people[:3])
    _agreement(network, cluster, boss, manager)


def _agreement(network: Network, cluster: Cluster, boss: User, manager: User) -> None:
    """What the network shows of itself, agreed by its coordinator and the cluster's manager."""
    proposed = propose_affiliation(
        network=network, cluster=cluster, side=Affiliation.Side.NETWORK, gives=(COUNTS, ORGANISATIONS),
        gets=("calendar", "projects", "office"), by_resolution=False, actor=boss,
    )  # fmt: skip
    agree_affiliation(affiliation=proposed, side=Affiliation.Side.CLUSTER, actor=manager)


def _belongs(network: Network, user: User, number: int) -> NetworkPerson:
    _mailbox, role, is_shown, systems = CIRCLE[number]
    kinds = NetworkPerson.Kind
    one = add_person(
        network=network, person=person_behind(user=user, name=str(user)), actor=None,
        kind=kinds.MEMBER if number else kinds.COORDINATOR,
    )  # fmt: skip
    change_shown(person=one, shown_to_members=is_shown, shown_to_cluster=False, actor=user)
    save_card(person=one, values={"position": role, "about": "", "shows_email": is_shown}, actor=user)
    concepts = Concept.objects.filter(vocabulary__slug=SYSTEMS, notation__in=systems)
    add_systems(person=one, concepts=concepts, actor=user)
    return one


def _plan(network: Network, actor: User, values: dict[str, Any]) -> Meeting:
    return plan_meeting(network=network, values=values, actor=actor)


def _past() -> dict[str, Any]:
    return {**_at(-21), "title": "Rücksicherung, ehrlich betrachtet", "place": "Leipzig", "text": ""}


def _coming() -> dict[str, Any]:
    text = (
        "Jedes Haus zeigt in zehn Minuten, wie Hersteller auf seine Maschinen zugreifen. Danach sprechen wir darüber."
    )
    title = "Fernzugriff auf Maschinen"
    return {**_at(16), "title": title, "place": "Jena", "text": text, "seats": 12, "is_chatham": True}


def _at(days: int) -> dict[str, Any]:
    begins = (timezone.localtime() + timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
