"""Who asked without a name: found with the key of this installation, and by nobody without it.

The table holds a mark for each such question, a keyed hash of who asked and what. Whoever has the key can only try the
people of the network one after the other, which is what these functions do.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import current_people
from mitwerk.rooms.models import AskedBy, Topic

SALT = "mitwerk.rooms.asked"


def mark_of(person: NetworkPerson, topic: Topic) -> str:
    """What is stored instead of the asker."""
    return salted_hmac(SALT, f"{person.public_id} {topic.public_id}", algorithm="sha256").hexdigest()


def is_asker(person: NetworkPerson | None, topic: Topic) -> bool:
    """Whether it was they who asked this without a name."""
    stored = AskedBy.objects.filter(topic=topic).values_list("mark", flat=True).first()
    return bool(person and stored and constant_time_compare(stored, mark_of(person, topic)))


def asker_of(topic: Topic) -> NetworkPerson | None:
    """Who asked, as long as they belong to the network; asked only to write to them."""
    people: Iterable[NetworkPerson] = current_people().filter(network=topic.network).select_related("person__user")
    return next((one for one in people if is_asker(one, topic)), None)


def asked_unnamed(people: Sequence[NetworkPerson]) -> list[int]:
    """Keys of the topics that one of these people asked without a name."""
    networks = Network.objects.filter(people__in=[one.pk for one in people]) if people else []
    marked = AskedBy.objects.filter(topic__network__in=networks).select_related("topic") if people else []
    return [
        one.topic_id
        for one in marked
        for person in people
        if person.network_id == one.topic.network_id and constant_time_compare(one.mark, mark_of(person, one.topic))
    ]


def topics_by(person_pk: Any) -> Q:
    """What somebody asked in any room, with a name or without."""
    ever = list(NetworkPerson.objects.filter(person=person_pk)) if person_pk else []
    return Q(by__in=[one.pk for one in ever]) | Q(pk__in=asked_unnamed(ever))


def answers_by(person_pk: Any) -> Q:
    """What somebody answered, as the one who asked without a name too."""
    ever = list(NetworkPerson.objects.filter(person=person_pk)) if person_pk else []
    return Q(by__in=[one.pk for one in ever]) | Q(is_askers=True, topic__in=asked_unnamed(ever))
