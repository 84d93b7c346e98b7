"""The room of A's network: a topic of its member with an answer of the coordinator, a file and a poll.

In it the addresses show what members and coordinators may; of everybody else each is missing.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.tests.cast import Circle
from mitwerk.rooms.actions import answer, ask, open_poll
from mitwerk.rooms.models import RoomFile
from mitwerk.rooms.queries import stop_token


def room_records(network: Network, circle: Circle) -> dict[str, Model]:
    """The first topic has a poll, the second none yet."""
    people = NetworkPerson.objects.filter(network=network, until=None).select_related("person__user")
    member, coordinator = (people.get(person__user=user) for user in (circle.member, circle.coordinator))
    said = {"network": network, "me": member, "text": "Wer kennt das?"}
    topic, plain = (ask(title=title, **said) for title in ("Mit Umfrage", "Ohne"))  # type: ignore[arg-type]
    open_poll(
        topic=topic, me=member, kind="opinion", question="Und?", options=["Ja", "Nein"], is_multiple=False,
        closes_at=None,
    )  # fmt: skip
    file = SimpleUploadedFile("Plan.pdf", b"%PDF-1.4")
    helped = answer(topic=topic, me=coordinator, text="Wir.", file=file)
    return {
        "reader of the room": member,
        "topic": topic,
        "topic without a poll": plain,
        "answer": helped,
        "room file": RoomFile.objects.get(),
    }


def places_of_rooms(network: Network, records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    return {
        ("rooms", "slug"): network.slug,
        ("rooms", "public_id"): records["topic"].public_id,
        ("rooms:poll_open", "public_id"): records["topic without a poll"].public_id,
        **{(f"rooms:answer_{act}", "public_id"): records["answer"].public_id for act in ("edit", "drop")},
        ("rooms:mail_stop", "token"): stop_token(records["reader of the room"]),
        **{(f"rooms:file_{act}", "public_id"): records["room file"].public_id for act in ("get", "drop")},
    }
