"""TRUST P14: search engines find organisations, never people, and nothing that is closed."""

import re

from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.events.models import Event
from mitwerk.networks.models import Network
from mitwerk.people.tests.cast import represent
from mitwerk.privacy.tests.canaries import plant
from mitwerk.projects.models import Project

OWN = ("/de/konto/", "/de/konto/meine-daten/", "/de/konto/einwilligungen/", "/de/mein-schreibtisch/", "/office/")


def sitemap() -> str:
    """The index with every map it names."""
    index = Client().get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>https?://[^/]+(/sitemap[^<]+)</loc>", index)
    return index + "".join(Client().get(part.replace("&amp;", "&")).content.decode() for part in parts)


def test_no_person_and_nothing_closed_is_told_to_search_engines(cast: Cast) -> None:
    ada = plant("canaryada", cast.firm, cast.it)
    represent(ada, cast.bakery, "delegate")
    closed = [
        Project.objects.create(slug="entwurf-p", title={"de": "P"}, summary={"de": "P"}, state="draft"),
        Event.objects.create(slug="entwurf-e", title={"de": "E"}, starts_on="2030-01-01", state="draft"),
        Network.objects.create(slug="entwurf-n", name={"de": "N"}, state="draft"),
    ]
    told = sitemap()
    assert f"/{cast.firm.slug}/" in told, "the control: organisations are"
    assert [slug for slug in (cast.hidden.slug, *(one.slug for one in closed)) if f"/{slug}/" in told] == []
    private = ("canaryada", "/konto/", "/account/", "/office/", "/mein", "newsletter/abmelden")
    assert [word for word in private if word in told] == []
    profiles = [Client().get(one.get_absolute_url()).content.decode().lower() for one in (cast.firm, cast.bakery)]
    assert ["canaryada" in page for page in profiles] == [False, False]


def test_ones_own_pages_are_for_nobody_else(cast: Cast) -> None:
    assert [Client().get(path).status_code for path in OWN] == [302] * len(OWN)
    robots = Client().get("/robots.txt").content.decode()
    assert [f"Disallow: {path}" in robots for path in ("/office/", "/de/konto/", "/en/account/")] == [True] * 3
