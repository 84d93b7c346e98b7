"""The register of resolutions: numbers, who reads what, filters, and the feed that other programs read."""

from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Values
from mitwerk.governance.actions import change_resolution
from mitwerk.governance.models import Body, Resolution
from mitwerk.governance.tests.cast import Bodies, count, started, vote
from mitwerk.people.tests.cast import People

ATOM = "{http://www.w3.org/2005/Atom}"


def make(body: Body, number: int, **values: Any) -> Resolution:
    day = date(2006, 7, 14)
    told = {
        "title": {"de": f"Beschluss {number}", "en": f"Resolution {number}"}, "wording": {"de": "Wortlaut"},
        "decided_on": day, "in_force_from": day, "is_public": True, "year": 2006,
    }  # fmt: skip
    return Resolution.objects.create(body=body, number=number, **{**told, **values})


def test_what_is_carried_gets_the_next_number_of_the_year(cast: Cast, people: People, bodies: Bodies) -> None:
    for choice in ("yes", "no", "yes"):
        ballot = started(bodies.board)
        vote(ballot, people.delegate, cast.firm, choice)
        vote(ballot, bodies.university, cast.university, choice)
        count(ballot)
    year = timezone.localdate().year
    found = [(one.code, str(one.title), one.is_public) for one in Resolution.objects.order_by("number")]
    assert found == [(f"{year}/1", "Kongress", False), (f"{year}/2", "Kongress", False)]
    one = Resolution.objects.earliest("number")
    assert one.ballot is not None
    assert (dict(one.wording), one.result) == (one.ballot.paper["motion"], one.ballot.result)


@pytest.mark.parametrize(
    ("values", "expected"),
    [({}, True), ({"in_force_from": timezone.localdate() + timedelta(days=1)}, False),
     ({"in_force_until": timezone.localdate()}, True), ({"in_force_until": date(2020, 1, 1)}, False)],
)  # fmt: skip
def test_in_force(bodies: Bodies, client: Client, values: Values, expected: bool) -> None:
    one = make(bodies.board, 1, **values)
    assert one.is_in_force is expected
    assert ("Beschluss 1" in client.get("/de/beschluesse/?state=in-force").text) is expected


def test_what_is_replaced_says_by_what(cast: Cast, bodies: Bodies, client: Client) -> None:
    old, new = make(bodies.board, 1), make(bodies.board, 2)
    change_resolution(resolution=old, values={"replaced_by": new}, rows={}, actor=cast.it_editor)
    told = client.get(old.address()).text
    assert f'Ersetzt durch <a href="{new.address()}">2006/2 Beschluss 2</a>' in told
    assert f'<a href="{old.address()}">2006/1 Beschluss 1</a>' in client.get(new.address()).text
    Resolution.objects.filter(pk=new.pk).update(is_public=False)
    assert "2006/2" not in client.get(old.address()).text


def test_only_what_is_public_is_read(bodies: Bodies, client: Client) -> None:
    one, hidden = make(bodies.board, 1), make(bodies.board, 2, is_public=False)
    told = client.get("/de/beschluesse/").text
    assert ("Beschluss 1" in told, "Beschluss 2" in told) == (True, False)
    assert client.get(hidden.address()).status_code == 404
    assert client.get(one.address("ernaehrung"))["Location"] == one.address()
    assert "Beschluss 1" not in client.get("/de/ernaehrung/beschluesse/").text
    Body.objects.update(state=Body.State.DRAFT)
    assert client.get(one.address()).status_code == 404
    assert "Noch keine Beschlüsse" in client.get("/de/beschluesse/").text


def test_words_and_bodies_narrow_the_register(bodies: Bodies, client: Client) -> None:
    make(bodies.board, 1, wording={"de": "Übergabe der Schlüssel"})
    make(bodies.bakers, 1, title={"de": "Mehl"})
    for address, expected in (
        ("?q=übergabe", (True, False)), ("?body=backstube", (False, True)), ("?q=nichts", (False, False)),
        ("?body=unbekannt", (True, True)),
    ):  # fmt: skip
        told = client.get(f"/de/beschluesse/{address}").text
        assert ("Beschluss 1" in told, ">Mehl<" in told) == expected
    assert "Nehmen Sie ein Wort oder einen Filter weg." in client.get("/de/beschluesse/?q=nichts").text


def test_the_feed_is_read_by_another_program(bodies: Bodies, client: Client) -> None:
    one = make(bodies.board, 1, wording={"de": "Wort\x0blaut", "en": "Wording"})
    make(bodies.board, 2, is_public=False)
    answer = client.get("/en/resolutions/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed: Element = fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["2006/1 Resolution 1"]
    [link] = entries[0].findall(f"{ATOM}link")
    assert link.get("href", "").endswith(f"/en/resolutions/{one.public_id}/")
    again = fromstring(client.get("/en/resolutions/feed.atom").content)
    assert again.findtext(f"{ATOM}entry/{ATOM}id") == entries[0].findtext(f"{ATOM}id")
    assert client.get("/de/beschluesse/feed.atom").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_asks_the_same_however_long(
    bodies: Bodies, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number):
        make(bodies.board, place + 1)
    client.get("/de/beschluesse/")
    with django_assert_num_queries(6):
        client.get("/de/beschluesse/")
