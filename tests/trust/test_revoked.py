"""TRUST: what a network gave is gone at once when either side ends the agreement, wherever it stood.

The whole site is read three times: before there is an agreement, while one is in force, and after its end. The third
reading equals the first; what the second had besides is named here, so that nothing that shows members is forgotten.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from tests.matrix.asking import leave_undrawn
from tests.trust.addresses import public_addresses

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Role
from mitwerk.networks.actions import agree_affiliation, end_affiliation, propose_affiliation
from mitwerk.networks.models import Affiliation, Network, NetworkMember
from mitwerk.networks.models.affiliations import BOTH_AGREED
from mitwerk.networks.models.terms import COUNTS, DATES, ORGANISATIONS
from mitwerk.networks.queries import affiliations as reads
from mitwerk.networks.tests.cast import belong, make_network
from mitwerk.outbox.models import Mail
from mitwerk.people.tests.cast import People
from mitwerk.search.actions import rebuild_index

As = Callable[[User | None], Client]
NAME, SLUG, FIRM = "Kanarienrunde", "kanarienrunde", "aehrenwerk"
OUTSIDER = "outsider"
RECORDS = {"networks": SLUG, "portal": FIRM}
"""Whose pages of records there are here."""
ONCE = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|<updated>[^<]*</updated>|DTSTAMP:\S*')
SEARCHES = [
    f"/{language}/{path}?q={quote(word)}"
    for language, path in (("de", "suche/"), ("en", "search/"))
    for word in (NAME, "Ährenwerk")
]
FILTERS = [
    f"/{language}/{cluster}{path}?network={SLUG}"
    for language, path in (
        ("de", "akteure/"),
        ("en", "organisations/"),
        ("de", "akteure.csv"),
        ("de", "akteure.geojson"),
    )
    for cluster in ("", "it/", "ernaehrung/")
]


@pytest.fixture
def network(cast: Cast, people: People) -> Network:
    made = make_network(SLUG, NAME, clusters=[cast.it, cast.food], purpose={"de": "Reden", "en": "Talk"})
    for organisation in (cast.firm, cast.bakery):
        NetworkMember.objects.create(network=made, organisation=organisation, is_public=True)
    rebuild_index()
    return made


@pytest.fixture
def sides(cast: Cast, network: Network) -> dict[str, User]:
    users = {
        name: create_user(email=f"{name}@example.org", password=None, name=name) for name in ("network", "cluster")
    }
    belong(users["network"], network, "coordinator")
    Role.objects.create(user=users["cluster"], cluster=cast.it, kind=Role.Kind.MANAGER)
    return users


def paths() -> Iterator[str]:
    """Every page, the region's and those of both clusters; of records those of the network and of the firm."""
    for address in public_addresses():
        clusters = ("it", "ernaehrung") if any(kind == "cluster" for kind, _name in address.places) else ("",)
        slug = RECORDS.get(address.name.split(":")[0], "")
        if all(kind == "cluster" for kind, _name in address.places) or slug:
            for cluster in clusters:
                yield address.filled(*(cluster if kind == "cluster" else slug for kind, _name in address.places))
    yield from (*SEARCHES, *FILTERS)


def read_all(readers: dict[str, Client]) -> dict[str, str]:
    """What stands at each place, without what is new at each request; in English for the outsider alone."""
    return {
        f"{who} {path}": _read(browser, path)
        for who, browser in readers.items()
        for path in PATHS
        if who == OUTSIDER or not path.startswith("/en/")
    }


def _read(browser: Client, path: str) -> str:
    answer = browser.get(path)
    content = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.get('Location', '')} {ONCE.sub('', content.decode(errors='replace'))}"


PATHS = [path for path in dict.fromkeys(paths()) if not re.search(r"logout|abmelden|/static/|/media/", path)]


def affiliate_by_both(network: Network, cast: Cast, sides: dict[str, User]) -> Affiliation:
    made = propose_affiliation(
        network=network, cluster=cast.it, side="network", gives=[COUNTS, ORGANISATIONS, DATES], gets=[],
        by_resolution=False, actor=sides["network"],
    )  # fmt: skip
    return agree_affiliation(affiliation=made, side="cluster", actor=sides["cluster"])


def test_after_the_end_the_site_reads_as_if_there_had_been_none(
    cast: Cast, people: People, network: Network, sides: dict[str, User], as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_undrawn(monkeypatch, pages=False)
    readers = {
        OUTSIDER: as_user(None), "member firm": as_user(people.delegate), "other office": as_user(cast.food_editor),
    }  # fmt: skip
    read_all(readers)  # so that whatever is kept in a cache is in it
    before = read_all(readers)
    agreed = affiliate_by_both(network, cast, sides)
    during = read_all(readers)
    shown = different(before, during)
    assert shown == {
        *(f"{who} {path}" for who in readers for path in SHOWN if who == OUTSIDER or path.startswith("/de/")),
        "member firm /de/mein-schreibtisch/",
    }
    assert all("Ährenwerk" in during[f"outsider /de/{place}netzwerke/{SLUG}/"] for place in ("", "it/"))
    end_affiliation(affiliation=agreed, side="cluster", actor=sides["cluster"])
    assert different(before, read_all(readers)) == set()
    letters = Mail.objects.exclude(state=Mail.State.SENT).values_list("subject", "text", "html")
    assert (len(letters), [one for one in letters if "Ährenwerk" in "".join(one)]) == (3, [])


def different(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {place for place in one if one[place] != other[place]}


SHOWN = [
    f"/{language}/{cluster}{page}"
    for language, actors, networks in (("de", "akteure", "netzwerke"), ("en", "organisations", "networks"))
    for cluster in ("", "it/")
    for page in (
        f"{actors}/", f"{actors}/?network={SLUG}", f"{actors}/{FIRM}/", f"{networks}/{SLUG}/",
        *(f"{actors}.{kind}?network={SLUG}" for kind in ("csv", "geojson") if language == "de"),
    )
]  # fmt: skip
"""Where an agreement with the IT cluster shows who belongs to the network; nothing of it is the food cluster's."""


def test_control_a_guard_that_forgets_the_end_is_noticed(
    cast: Cast, network: Network, sides: dict[str, User], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/de/netzwerke/{SLUG}/"
    before = _read(client, page)
    end_affiliation(affiliation=affiliate_by_both(network, cast, sides), side="network", actor=sides["network"])
    assert _read(client, page) == before
    monkeypatch.setattr(reads, "agreements_in_force", lambda: Affiliation.objects.filter(BOTH_AGREED))
    assert "Ährenwerk" in _read(client, page)
