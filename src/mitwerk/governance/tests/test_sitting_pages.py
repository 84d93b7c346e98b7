"""Pages of sittings: who sees which state, what they ask of the database, pages and empty lists, the desk."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.actions import agree_on_task, ask_for_dates, end_sitting, plan_sitting, vote_by_device
from mitwerk.governance.models import AgendaItem, Attendance, Body, Mandate, Motion, Sitting, Task
from mitwerk.governance.queries import desk_rows, own_seats, seen_sittings
from mitwerk.governance.tests.cast import Bodies
from mitwerk.governance.tests.way import Way, invited, planned, published, running
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
LIST = "/de/mein/gremien/vorstand/sitzungen/"


def path(sitting: Sitting, more: str = "") -> str:
    return f"{LIST}{sitting.public_id}/{more}"


def in_each_state(cast: Cast, people: People, bodies: Bodies) -> dict[str, Sitting]:
    chair = people.delegate
    polled = planned(bodies.board, chair).sitting
    ask_for_dates(sitting=polled, dates=[timezone.now() + timedelta(days=9)], actor=chair)
    ended = running(bodies.board, chair, cast.firm)
    published(ended)
    return {
        "draft": planned(bodies.board, chair).sitting,
        "poll": polled,
        "invited": invited(bodies.board, chair).sitting,
        "running": running(bodies.board, chair, cast.firm).sitting,
        "ended": ended.sitting,
    }


def test_who_sees_which_state(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    sittings = in_each_state(cast, people, bodies)
    Body.objects.update(watchers=Body.Watchers.EVERYBODY)

    def seen(user: User) -> set[str]:
        browser = as_user(user)
        found = {state for state, one in sittings.items() if browser.get(path(one)).status_code == 200}
        assert browser.get(LIST).text.count('<article class="row plain">') == len(found)
        return found

    assert seen(people.delegate) == set(sittings)
    assert seen(cast.it_editor) == set(sittings)
    assert seen(bodies.university) == set(sittings) - {"draft"}
    assert seen(people.stranger) == set(sittings) - {"draft", "poll"}


def test_only_who_leads_is_offered_what_leads(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    leading = re.compile(
        r"/(einladen|eroeffnen|beenden|absagen|neu-versenden|bearbeiten|punkte|antraege|aufgaben|protokoll)/"
    )
    for state, sitting in in_each_state(cast, people, bodies).items():
        pages = [as_user(user).get(path(sitting)) for user in (people.delegate, bodies.university)]
        own, others = (page.text if page.status_code == 200 else "" for page in pages)
        assert leading.search(own), state
        assert set(leading.findall(others)) == ({"protokoll"} if state == "ended" else set()), state


def add(way: Way, cast: Cast, number: int) -> None:
    """As many items with a motion and a task each."""
    for place in range(number):
        item = AgendaItem.objects.create(sitting=way.sitting, title={"de": f"P{place}"}, position=place + 2)
        Motion.objects.create(item=item, title={"de": "M"}, wording={"de": "W"})
        Task.objects.create(sitting=way.sitting, item=item, text="T", organisation=cast.university)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_however_long(
    cast: Cast, people: People, bodies: Bodies, as_user: As, number: int, django_assert_num_queries: Any
) -> None:
    way = running(bodies.board, people.delegate, cast.firm, cast.university)
    add(way, cast, number)
    for place in range(number):
        Attendance.objects.create(sitting=way.sitting, organisation_id=f"x{place}", name=f"X{place}")
        planned(bodies.board, people.delegate)
    vote_by_device(motion=way.motion, is_secret=False, actor=people.delegate)
    ended = running(bodies.board, people.delegate, cast.firm)
    add(ended, cast, number)
    published(ended)
    browser = as_user(people.delegate)
    browser.get(LIST)
    counted = ((LIST, 10), (path(way.sitting), 23), (path(ended.sitting), 19), (path(ended.sitting, "protokoll/"), 18))
    for address, queries in counted:
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200
    with django_assert_num_queries(2):
        assert as_user(None).get(f"/de/gremien/vorstand/protokolle/{ended.sitting.public_id}/").status_code == 200


def test_the_list_is_in_pages_and_says_when_there_is_nothing(people: People, bodies: Bodies, as_user: As) -> None:
    browser = as_user(people.delegate)
    assert "Noch keine Sitzungen" in browser.get(LIST).text
    assert "Keine ist geplant." in browser.get("/de/mein/gremien/vorstand/").text
    for _place in range(25):
        plan_sitting(sitting=Sitting(body=bodies.board), values={}, actor=people.delegate)
    rows = [browser.get(f"{LIST}?page={number}").text.count('<article class="row plain">') for number in (1, 2)]
    assert rows == [24, 1]
    assert "Noch steht nichts darauf." in browser.get(path(Sitting.objects.all()[0])).text


def test_the_desk_says_what_waits(cast: Cast, people: People, bodies: Bodies) -> None:
    polled = planned(bodies.board, people.delegate)
    ask_for_dates(sitting=polled.sitting, dates=[timezone.now() + timedelta(days=9)], actor=people.delegate)
    way = running(bodies.board, people.delegate, cast.firm)
    agree_on_task(sitting=way.sitting, values={"text": "Halle", "organisation": cast.university}, actor=way.chair)
    invited(bodies.board, people.delegate)

    def rows(user: User) -> list[tuple[str, str]]:
        return [(str(row.title), str(row.text)) for row in desk_rows(user)]

    assert rows(bodies.university) == [
        (f"Sagen Sie für {cast.university.name}, wann es passt", "Vorstand"),
        ("Sitzung, läuft gerade", "Vorstand"), ("Sitzung", "Vorstand"),
        ("Halle", f"Vorstand · {cast.university.name}"),
    ]  # fmt: skip
    end_sitting(sitting=way.sitting, actor=way.chair)
    assert ("Protokoll veröffentlichen", "Vorstand") in rows(people.delegate)
    assert ("Protokoll veröffentlichen", "Vorstand") not in rows(bodies.university)
    assert rows(people.stranger) == []


def test_other_bodies_lead_nowhere(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    """A2: an own body with the sitting, item, motion or task of another one."""
    Mandate.objects.create(body=bodies.bakers, organisation=cast.firm, function=Mandate.Function.CHAIR)
    way = running(bodies.board, people.delegate, cast.firm)
    task = agree_on_task(sitting=way.sitting, values={"text": "T"}, actor=way.chair)
    foreign = running(bodies.bakers, people.delegate, cast.bakery)
    browser = as_user(people.delegate)
    wrong = f"/de/mein/gremien/backstube/sitzungen/{way.sitting.public_id}/"
    assert browser.get(wrong).status_code == 404
    inside = f"/de/mein/gremien/backstube/sitzungen/{foreign.sitting.public_id}/"
    for more in (
        f"punkte/{way.item.public_id}/schliessen/", f"punkte/{way.item.public_id}/absetzen/",
        f"antraege/{way.motion.public_id}/abstimmen/", f"antraege/{way.motion.public_id}/zurueckziehen/",
        f"aufgaben/{task.public_id}/erledigt/", f"aufgaben/{task.public_id}/streichen/",
    ):  # fmt: skip
        assert browser.post(inside + more).status_code == 404, more
        assert browser.post(path(way.sitting, more)).status_code == 302, more


def test_the_body_tells_of_its_dates_where_everybody_may_watch(
    people: People, bodies: Bodies, client: Client
) -> None:
    planned(bodies.board, people.delegate)
    way = invited(bodies.board, people.delegate)
    assert "Nächste Sitzungen" not in client.get("/de/gremien/vorstand/").text
    Body.objects.update(watchers=Body.Watchers.EVERYBODY)
    told = client.get("/de/gremien/vorstand/").text
    assert told.count("Rathaus") == 1
    Sitting.objects.filter(pk=way.sitting.pk).update(starts_at=timezone.now() - timedelta(days=1))
    assert "Rathaus" not in client.get("/de/gremien/vorstand/").text


def test_another_body_opens_nothing_here(cast: Cast, people: People, bodies: Bodies) -> None:
    """Whoever leads or votes elsewhere sees here what they are here; and an editor of a profile sits on no seat."""
    draft = planned(bodies.board, people.delegate).sitting
    polled = planned(bodies.bakers, bodies.baker).sitting
    ask_for_dates(sitting=polled, dates=[timezone.now() + timedelta(days=9)], actor=bodies.baker)
    assert list(seen_sittings(bodies.baker, bodies.board)) == [], "the chair of the bakers"
    assert list(seen_sittings(bodies.university, bodies.bakers)) == [], "a member of the board"
    assert list(seen_sittings(people.delegate, bodies.board)) == [draft]
    seats = [len(own_seats(user, draft)) for user in (people.delegate, people.substitute, people.editor)]
    assert seats == [1, 1, 0]
