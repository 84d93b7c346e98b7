"""Congresses are found: a talk leads to its own, from its release on; stands are in the sitemap."""

from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Stand
from mitwerk.congress.tests.cast import TODAY, make_congress
from mitwerk.congress.tests.programme_cast import make_contribution, make_rooms, make_speaker, place, release
from mitwerk.exchange.tests.test_machines import BASE, locations
from mitwerk.search.actions import rebuild_index
from mitwerk.search.queries import search


@pytest.fixture(autouse=True)
def a_day_in_july(time_machine: Any) -> None:
    time_machine.move_to(TODAY, tick=False)


def found(words: str) -> list[str]:
    return [group.kind for group in search(words, "en", None).groups]


def test_a_talk_is_found_by_its_words_once_it_is_released(cast: Cast) -> None:
    congress = make_congress(cast)
    talk = make_contribution(congress, cast.firm, 1, title={"en": "Quincunx"}, abstract={"en": "About zeugma"})
    make_speaker(talk, "Jocasta")
    place(talk, cast, make_rooms(congress, 1)[0], "09:00")
    rebuild_index()
    assert [found(word) for word in ("Quincunx", "zeugma")] == [[], []]
    release(congress, cast)
    rebuild_index()
    assert [found(word) for word in ("Quincunx", "zeugma", "Jocasta")] == [["event"], ["event"], []]


def test_stands_are_in_the_sitemap_while_everybody_may_read_of_them(cast: Cast, client: Client) -> None:
    stand = Stand.objects.create(congress=make_congress(cast), organisation=cast.firm, number="A1")
    address = f"{BASE}/en/congresses/kongress-2007/stands/{stand.public_id}/"
    assert [one for one, _twins in locations(client, "stands") if "/en/" in one] == [address]
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility="hidden")
    assert locations(client, "stands") == []
