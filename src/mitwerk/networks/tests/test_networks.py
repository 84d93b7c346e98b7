"""List and page of networks: members only where the network shows them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.exports import network_thing
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.networks.queries import network_page, shown_members
from mitwerk.networks.tests.cast import Networks, make_network, make_networks


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


def shown(client: Client, address: str = "/de/netzwerke/") -> list[str]:
    return [network.slug for network in client.get(address).context["page"]]


def test_the_list_is_in_the_order_of_names(networks: Networks, client: Client) -> None:
    assert shown(client) == ["leiter", "baecker"]
    assert shown(client, "/de/it/netzwerke/") == ["leiter"]
    assert shown(client, "/en/ernaehrung/networks/?page=0") == ["baecker"]
    assert shown(client, "/en/networks/?page=99999&x=%00") == ["leiter", "baecker"]


def test_an_empty_list_says_what_it_is_for(cast: Cast, client: Client) -> None:
    assert "Noch keine Netzwerke" in client.get("/de/netzwerke/").content.decode()


def test_the_number_of_queries_does_not_grow(
    networks: Networks, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    Network.objects.exclude(slug="leiter").delete()
    client.get("/de/netzwerke/")
    with django_assert_num_queries(4):
        client.get("/de/netzwerke/")
    for number in range(2):
        make_network(f"n{number}", f"Netz {number}", clusters=[cast.food])
    with django_assert_num_queries(4):
        assert len(shown(client)) == 3


def test_the_page_names_shown_members_alone(networks: Networks, client: Client) -> None:
    page = client.get("/de/it/netzwerke/leiter/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert re.findall(r"/akteure/([a-z-]+)/", main) == ["aehrenwerk"]
    assert "Backhaus" not in main
    assert "Verborgene" not in main


def test_control_a_member_appears_once_it_is_public(networks: Networks, client: Client) -> None:
    NetworkMember.objects.update(is_public=True)
    assert "Backhaus" in client.get("/de/it/netzwerke/leiter/").content.decode()


def test_the_page_says_what_is_known(networks: Networks, client: Client) -> None:
    facts = [(label, str(value)) for label, value, _url in client.get("/de/netzwerke/leiter/").context["facts"]]
    assert facts == [
        ("Seit", "1999"),
        ("Region", "Saaletal"),
        ("Cluster", "IT-Cluster"),
        ("Website", "runde.example"),
    ]


def test_what_is_empty_is_left_out(networks: Networks, client: Client) -> None:
    page = client.get("/de/netzwerke/baecker/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert re.findall(r"<h[12][^>]*>(.*?)</h[12]>", main) == ["Zunft"]


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/de/it/netzwerke/baecker/", (302, "/de/netzwerke/baecker/")),
        ("/de/netzwerke/nichts/", (404, None)),
        ("/de/netzwerke/entwurf/", (404, None)),
        ("/en/it/networks/entwurf/", (404, None)),
    ],
)
def test_a_record_is_shown_where_it_belongs(
    networks: Networks, client: Client, address: str, answer: tuple[int, str | None]
) -> None:
    response = client.get(address)
    assert (response.status_code, response.get("Location")) == answer


def test_machines_read_the_network(networks: Networks) -> None:
    network = network_page("leiter")
    assert network is not None
    with override("en"):
        told = network_thing(network, shown_members(network))
    assert (told["@type"], told["foundingDate"], told["description"]) == (
        "Organization",
        "1999",
        "Heads of IT meet.",
    )
    assert [member["name"] for member in told["member"]] == ["Ährenwerk Software GmbH"]
