"""Rooms, hours, tracks and the call are changed in the office; what is wrong is told."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress
from mitwerk.congress.tests.cast import FIRST, LAST, TODAY, make_congress

As = Callable[[User | None], Client]


@pytest.fixture
def congress(cast: Cast, time_machine: Any) -> Congress:
    time_machine.move_to(TODAY, tick=False)
    return make_congress(cast)


def address(congress: Congress) -> str:
    return reverse("office_congresses:edit", args=[congress.pk])


def row(name: str, number: int, **values: str) -> dict[str, str]:
    """Another row, beside as many as are there."""
    return {f"{name}-TOTAL_FORMS": str(number + 1), **{f"{name}-{number}-{key}": one for key, one in values.items()}}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"closes_at": "08:00"}, "Geschlossen wird nach dem Öffnen, am selben Tag."),
        ({"call_from": ""}, "Nennen Sie den Beginn, oder lassen Sie beides leer"),
        ({"call_until": ""}, "Nennen Sie das Ende, oder lassen Sie beides leer"),
        ({"call_until": "2006-07-14 10:00"}, "Der Aufruf endet nach seinem Beginn."),
        (
            row("hours", 1, day="2007-10-28", opens_at="09:00", closes_at="17:00"),
            "An diesem Tag ist der Kongress nicht",
        ),
        (row("hours", 1, day=f"{FIRST}", opens_at="17:00", closes_at="09:00"), "Geschlossen wird nach dem Öffnen"),
        (row("hours", 1, day=f"{LAST}", opens_at="09:00", closes_at="17:00"), "doppelte"),
        (row("rooms", 1, name_de="Saal", seats="0", ORDER="2"), "Ein Raum hat mindestens einen Platz."),
        (row("formats", 6, kind="talk", minutes="20", ORDER="7"), "doppelte"),
        ({"formats-0-minutes": "4"}, "Zwischen 5 und 600 Minuten"),
    ],
)
def test_what_is_wrong_is_told(as_user: As, cast: Cast, congress: Congress, wrong: dict[str, str], told: str) -> None:
    browser = as_user(cast.it_editor)
    sent = form_data(browser.get(address(congress)).context["form"])
    answer = browser.post(address(congress), {**sent, **wrong})
    assert answer.status_code == 200
    assert told in answer.content.decode()


def test_rooms_and_languages_are_changed(as_user: As, cast: Cast, congress: Congress) -> None:
    browser = as_user(cast.it_editor)
    page = browser.get(address(congress))
    sent = {
        **form_data(page.context["form"]), **row("rooms", 1, name_de="Werkstatt", seats="24", ORDER="2"),
        "languages": ["de"], "call_until": "2007-09-01 12:00",
    }  # fmt: skip
    answer = browser.post(address(congress), sent)
    assert answer.status_code == 302
    assert list(congress.rooms.values_list("seats", flat=True)) == [200, 24]
    changed = Congress.objects.get()
    assert (changed.languages, changed.call_until) == (["de"], dt.datetime(2007, 9, 1, 10, 0, tzinfo=dt.UTC))


def test_the_list_leads_to_announcing_and_the_form_to_copying(as_user: As, cast: Cast, congress: Congress) -> None:
    browser = as_user(cast.it_editor)
    assert "/mein/kongresse/neu/" in browser.get(reverse("office_congresses:index")).content.decode()
    form = browser.get(address(congress)).content.decode()
    assert f"/mein/kongresse/{congress.public_id}/kopieren/" in form
    assert f"/office/events/edit/{congress.event_id}/" in form


def test_another_offices_congress_is_missing(as_user: As, cast: Cast, congress: Congress) -> None:
    assert as_user(cast.food_editor).get(address(congress)).status_code == 404
    assert as_user(cast.umbrella_editor).get(address(congress)).status_code == 200
