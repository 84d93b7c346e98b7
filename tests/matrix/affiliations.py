"""The agreement of A's network with A: one version in force, one proposed; and the firm asks to join the network."""

from typing import Any

from django.db.models import Model

from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import ask_to_join, propose_affiliation
from mitwerk.networks.models import Affiliation, Network
from mitwerk.networks.models.terms import COUNTS
from mitwerk.networks.tests.cast import Circle, Networks
from mitwerk.people.queries import person_of
from mitwerk.people.tests.cast import People

OF_PROPOSALS = ("detail", "agree", "decline")
OF_REQUESTS = ("accept", "decline", "take_back")


def affiliation_records(cast: Cast, people: People, networks: Networks, circle: Circle) -> dict[str, Model]:
    network, person = networks.heads, person_of(people.delegate)
    assert person is not None
    Network.objects.filter(pk=network.pk).update(admission=Network.Admission.ROLE)
    network.refresh_from_db()
    return {
        "agreement in force": Affiliation.objects.get(network=network, ended_at=None),
        "proposed agreement": propose_affiliation(
            network=network, cluster=cast.it, side="network", gives=[COUNTS], gets=[], by_resolution=False,
            actor=circle.coordinator,
        ),
        "request to join": ask_to_join(
            network=network, person=person, organisation=cast.firm, words="Gern.", actor=people.delegate
        ),
    }  # fmt: skip


def places_of_affiliations(records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    proposed, asked = records["proposed agreement"].public_id, records["request to join"].public_id
    return {
        ("networks:affiliation_new", "partner"): "it",
        ("networks:affiliation_end", "public_id"): records["agreement in force"].public_id,
        **{(f"networks:affiliation_{name}", "public_id"): proposed for name in OF_PROPOSALS},
        **{(f"networks:join_{name}", "public_id"): asked for name in OF_REQUESTS},
    }
