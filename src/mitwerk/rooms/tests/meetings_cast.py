"""The circle of the networks' cast in its room: meetings, cards and systems of the fixed cast."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.tests.cast import Circle, belong
from mitwerk.rooms.actions import plan_meeting
from mitwerk.rooms.models import Meeting
from mitwerk.vocabularies.models import SYSTEMS, Concept, Label, Vocabulary

ROOM = "/en/my/networks/leiter/room/"


def make_meeting(network: Network, *, days: int = 7, **values: Any) -> Meeting:
    """Two hours on that day from now; a negative one is over."""
    begins = (timezone.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    given = {"title": "Backup", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Jena", **values}
    return plan_meeting(network=network, values=given, actor=None)


def more_people(network: Network, count: int, *, shown: bool = True) -> list[NetworkPerson]:
    """Members besides the circle."""
    found = []
    for number in range(count):
        name = f"{'seen' if shown else 'unseen'}{number}"
        one = belong(create_user(email=f"{name}@example.org", password=None, name=name), network, "member")
        one.shown_to_members = shown
        one.save(update_fields=["shown_to_members"])
        found.append(one)
    return found


def row_of(user: User) -> NetworkPerson:
    return NetworkPerson.objects.get(person__user=user, until=None)


def everybody(cast: Cast, circle: Circle) -> dict[str, User | None]:
    office = {name: getattr(cast, name) for name in ("it_editor", "umbrella_editor", "administrator")}
    return {**vars(circle), **office, "nobody": None}


def make_systems(*names: str) -> list[Concept]:
    """Of one kind."""
    vocabulary = Vocabulary.objects.create(slug=SYSTEMS, name={"de": "Systeme"})
    made = []
    for position, name in enumerate(("Kind", *names)):
        slug = f"system-{position}"
        concept = Concept.objects.create(
            vocabulary=vocabulary, notation=slug, slug=slug, position=position, broader=made[0] if made else None
        )
        for language in ("de", "en"):
            Label.objects.create(concept=concept, language=language, text=name)
        made.append(concept)
    return made[1:]
