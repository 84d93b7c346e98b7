"""Networks of the fixed cast: one with members, one of the other cluster, one draft."""

from dataclasses import dataclass

from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Cluster
from mitwerk.networks.models import Affiliation, Network, NetworkMember, NetworkPerson
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.people.models import Person


@dataclass(frozen=True)
class Networks:
    """The networks by name."""

    heads: Network
    bakers: Network
    draft: Network


def make_network(slug: str, name: str, **values: object) -> Network:
    clusters = values.pop("clusters", [])
    network = Network.objects.create(slug=slug, name={"de": name, "en": name}, **values)
    network.clusters.set(clusters)
    return network


def affiliate(network: Network, cluster: Cluster, *gives: str) -> Affiliation:
    """An agreement in force, without the way there."""
    now = timezone.now()
    number = Affiliation.objects.filter(network=network, cluster=cluster).count() + 1
    return Affiliation.objects.create(
        network=network, cluster=cluster, version=number, gives=dict.fromkeys(gives, True), proposed_side="network",
        network_agreed_at=now, cluster_agreed_at=now,
    )  # fmt: skip


def make_networks(cast: Cast) -> Networks:
    """Needs the actors' cast. The heads let the IT cluster show their organisations; the others have no agreement."""
    heads = make_network(
        "leiter", "Öffner-Runde", since=1999, clusters=[cast.it], website="https://www.runde.example/wir",
        purpose={"de": "Leiterinnen und Leiter der IT treffen sich.", "en": "Heads of IT meet."},
        member_kinds={"de": "IT-Leitungen"}, note={"de": "Mehr ist nicht bekannt."}, region_text="Saaletal",
        sources=[{"url": "https://zeitung.example/runde", "date": None}], as_of=2006,
    )  # fmt: skip
    for organisation, is_public in ((cast.firm, True), (cast.bakery, False), (cast.hidden, True)):
        NetworkMember.objects.create(network=heads, organisation=organisation, is_public=is_public)
    affiliate(heads, cast.it, ORGANISATIONS)
    return Networks(
        heads=heads,
        bakers=make_network("baecker", "Zunft", clusters=[cast.food]),
        draft=make_network("entwurf", "Entwurf", state=Network.State.DRAFT, clusters=[cast.it]),
    )


@dataclass(frozen=True)
class Circle:
    """Users by what they are to the heads' network; the baker coordinates the other one."""

    coordinator: User
    member: User
    former: User
    baker: User
    stranger: User


def make_circle(networks: Networks, prefix: str = "") -> Circle:
    """Nobody in it is real. `prefix` sets their addresses apart from those of other casts."""
    users = {
        name: create_user(email=f"{prefix}{name}@example.org", password=None, name=name)
        for name in Circle.__dataclass_fields__
    }
    belong(users["coordinator"], networks.heads, "coordinator")
    belong(users["member"], networks.heads, "member")
    belong(users["baker"], networks.bakers, "coordinator")
    past = belong(users["former"], networks.heads, "member")
    past.until = past.since
    past.save()
    return Circle(**users)


def belong(user: User, network: Network, kind: str) -> NetworkPerson:
    """Put somebody into a network without an invitation."""
    person, _is_new = Person.objects.get_or_create(user=user, defaults={"name": str(user), "email": user.email})
    return NetworkPerson.objects.create(network=network, person=person, kind=kind)
