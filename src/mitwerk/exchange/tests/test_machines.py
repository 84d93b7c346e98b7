"""What machines find at fixed addresses."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster, Region

pytestmark = pytest.mark.django_db
BASE = "http://testserver"


@pytest.fixture
def organisation() -> Organisation:
    Region.objects.create(name={"de": "Mitteldeutschland", "en": "Central Germany"})
    Cluster.objects.create(slug="it", name={"de": "IT"})
    Organisation.objects.create(
        slug="hidden", name="Hidden", sort_name="hidden", visibility=Organisation.Visibility.HIDDEN
    )
    return Organisation.objects.create(slug="gisa-gmbh", name="GISA GmbH", sort_name="gisa gmbh")


def test_robots_names_the_sitemap_and_closes_the_back_room(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert closed == ["/office/", "/de/konto/", "/en/account/"]
    assert lines[-1].startswith("Sitemap: http")


def test_security_contact_follows_rfc_9116(client: Client) -> None:
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


def test_manifest_speaks_the_visitors_language(client: Client, organisation: Organisation) -> None:
    answer = client.get("/site.webmanifest", headers={"Accept-Language": "en"}).json()
    assert (answer["name"], answer["lang"]) == ("Central Germany", "en")


def locations(client: Client, section: str) -> list[tuple[str, list[str]]]:
    tree = ET.fromstring(client.get(f"/sitemap-{section}.xml").content)  # noqa: S314 (our own document)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    return [
        (
            str(url.findtext("s:loc", namespaces=names)),
            [str(link.get("hreflang")) for link in url.findall("x:link", names)],
        )
        for url in tree.findall("s:url", names)
    ]


def test_the_sitemap_lists_public_records_with_their_twins(client: Client, organisation: Organisation) -> None:
    assert locations(client, "organisations") == [
        (f"{BASE}/de/akteure/gisa-gmbh/", ["de", "en", "x-default"]),
        (f"{BASE}/en/organisations/gisa-gmbh/", ["de", "en", "x-default"]),
    ]


def test_the_sitemap_lists_the_lists_of_every_cluster(client: Client, organisation: Organisation) -> None:
    found = [address for address, _twins in locations(client, "lists")]
    assert f"{BASE}/de/it/projekte/" in found
    assert f"{BASE}/en/needs/" in found


def test_the_index_leads_to_every_section(client: Client, organisation: Organisation) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own document)
    for entry in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        assert client.get(str(entry.text)).status_code == 200
