"""Pages of bodies and ballots: who sees what, in which state, and what they ask of the database."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.actions import call_off_ballot
from mitwerk.governance.models import Ballot, Body, Mandate, Roll
from mitwerk.governance.rules import can_lead
from mitwerk.governance.tests.cast import Bodies, count, make_ballot, make_body, started, vote
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
ROOM = "/de/mein/gremien/vorstand/"
FORM = {"title_de": "Kongress", "title_en": "Congress", "motion_de": "Wir laden ein.", "motion_en": "We invite."}
RECEIPT = re.compile(r'class="receipt num">(\w+)<')


def path(ballot: Ballot, more: str = "") -> str:
    return f"/de/mein/gremien/{ballot.body.slug}/abstimmungen/{ballot.public_id}/{more}"


def everybody(cast: Cast, people: People, bodies: Bodies) -> dict[str, User]:
    firm = {name: getattr(people, name) for name in ("delegate", "substitute", "editor", "former", "stranger")}
    office = {name: getattr(cast, name) for name in ("it_editor", "food_editor", "umbrella_editor", "administrator")}
    return {**firm, "university": bodies.university, "baker": bodies.baker, **office}


def test_who_leads_a_body(cast: Cast, people: People, bodies: Bodies) -> None:
    users = everybody(cast, people, bodies)
    leaders = {"delegate", "substitute", "it_editor", "umbrella_editor", "administrator"}
    assert {name for name, user in users.items() if can_lead(user, bodies.board)} == leaders
    assert {name for name, user in users.items() if can_lead(user, bodies.bakers)} == {
        "baker", "food_editor", "umbrella_editor", "administrator",
    }  # fmt: skip
    Mandate.objects.filter(organisation=cast.firm).update(until=timezone.localdate() - timedelta(days=1))
    assert not can_lead(people.delegate, bodies.board), "the mandate has run out"


def test_who_enters_the_room(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    users = everybody(cast, people, bodies)

    def inside() -> set[str]:
        return {name for name, user in users.items() if as_user(user).get(ROOM).status_code == 200}

    own = {"delegate", "substitute", "university", "baker", "it_editor", "umbrella_editor", "administrator"}
    assert inside() == own
    Body.objects.filter(pk=bodies.board.pk).update(watchers=Body.Watchers.MEMBERS)
    assert inside() == own | {"editor"}, "whoever acts for a member of the cluster"
    Body.objects.filter(pk=bodies.board.pk).update(watchers=Body.Watchers.EVERYBODY)
    assert inside() == set(users)
    assert as_user(None).get(ROOM).status_code == 302


def test_who_sees_which_ballots(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    Body.objects.filter(pk=bodies.board.pk).update(watchers=Body.Watchers.MEMBERS)
    draft, running, closed = make_ballot(bodies.board), started(bodies.board), count(started(bodies.board))
    off = started(bodies.board)
    call_off_ballot(ballot=off, actor=cast.it_editor)
    ballots = {"draft": draft, "running": running, "closed": closed, "off": off}
    expected = {
        people.delegate: {"draft", "running", "closed", "off"}, cast.it_editor: {"draft", "running", "closed", "off"},
        bodies.university: {"running", "closed", "off"}, people.editor: {"closed"}, people.stranger: set(),
    }  # fmt: skip
    for user, seen in expected.items():
        browser = as_user(user)
        assert {name for name, one in ballots.items() if browser.get(path(one)).status_code == 200} == seen
        told = browser.get(ROOM)
        assert {name for name, one in ballots.items() if path(one) in told.text} == seen


def test_from_the_draft_to_the_result(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    chair = as_user(people.delegate)
    answer = chair.post(f"{ROOM}abstimmungen/neu/", FORM, follow=True)
    ballot = Ballot.objects.get()
    assert answer.redirect_chain == [(path(ballot), 302)]
    assert "4 Organisationen dürfen abstimmen" in answer.text
    chair.post(path(ballot, "bearbeiten/"), {**FORM, "motion_de": "Wir laden alle ein."})
    closes_at = timezone.localtime() + timedelta(days=3)
    answer = chair.post(path(ballot, "starten/"), {"closes_at": f"{closes_at:%Y-%m-%dT%H:%M}"}, follow=True)
    assert "Die Abstimmung läuft." in answer.text
    paper = path(ballot, f"stimme/{cast.firm.public_id}/")
    assert "Wir laden alle ein." in chair.get(paper).text
    answer = chair.post(paper, {"choice": "yes"})
    assert (answer.status_code, "Danke, die Stimme zählt" in answer.text) == (200, True)
    answer = chair.post(paper, {"choice": "no"})
    assert (answer.status_code, "hat bereits abgestimmt" in answer.text) == (409, True)
    chair.post(path(ballot, f"stimme/{cast.firm.public_id}/zuruecknehmen/"))
    assert Roll.objects.get().voted == []
    chair.post(paper, {"choice": "yes"})
    vote(ballot, bodies.university, cast.university, "no")
    count(ballot)
    told = chair.get(path(ballot)).text
    assert ("Nicht angenommen" in told, "Ja sagen 1 von 2 Ja- und Nein-Stimmen" in told) == (True, True)
    published = json.loads(chair.get(path(ballot, "ergebnis.json")).content)
    assert published["result"]["outcome"] == "lost"


def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(bodies: Bodies, people: People, as_user: As) -> None:
    chair, ballot = as_user(people.delegate), make_ballot(bodies.board)
    answer = chair.post(f"{ROOM}abstimmungen/neu/", {"title_de": "Behalten"})
    assert ("Behalten" in answer.text, "mindestens einer Sprache" in answer.text) == (True, True)
    for wrong in ("", "gestern", "2020-01-01T10:00", "9999-12-31T23:59"):
        answer = chair.post(path(ballot, "starten/"), {"closes_at": wrong})
        assert (answer.status_code, "error-summary" in answer.text) == (200, True)
    assert Ballot.objects.get().state == Ballot.State.DRAFT


@pytest.mark.parametrize("hour", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_d9_an_hour_that_is_not_there_or_twice_is_asked_for_again(
    bodies: Bodies, people: People, as_user: As, hour: str
) -> None:
    """The clock goes forward or back; which moment is meant nobody knows."""
    chair, ballot = as_user(people.delegate), make_ballot(bodies.board)
    answer = chair.post(path(ballot, "starten/"), {"closes_at": hour})
    assert ("error-summary" in answer.text, hour in answer.text) == (True, True)
    assert Ballot.objects.get().state == Ballot.State.DRAFT


def test_d9_the_end_is_kept_in_utc_and_shown_as_the_clock_in_germany_says(
    bodies: Bodies, people: People, as_user: As
) -> None:
    ballot = make_ballot(bodies.board)
    with time_machine.travel("2026-10-20T12:00:00Z"):
        browser = as_user(people.delegate)
        browser.post(path(ballot, "starten/"), {"closes_at": "2026-10-25T18:00"})
        found = Ballot.objects.get()
        assert found.closes_at == datetime(2026, 10, 25, 17, tzinfo=UTC), "winter time begins that night"
        assert "25. Oktober 2026 18:00" in browser.get(path(ballot)).text


def test_once_begun_nothing_is_edited(bodies: Bodies, people: People, as_user: As) -> None:
    chair, ballot = as_user(people.delegate), started(bodies.board)
    for act in ("bearbeiten/", "verwerfen/", "starten/"):
        chair.post(path(ballot, act), {**FORM, "closes_at": "2030-01-01T10:00"})
    kept = Ballot.objects.get()
    assert (kept.state, str(kept.title), kept.closes_at) == ("open", "Kongress", ballot.closes_at)


def test_v15_a_secret_vote_is_shown_to_nobody_again(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    browser, ballot = as_user(people.delegate), started(bodies.board, is_secret=True)
    paper = path(ballot, f"stimme/{cast.firm.public_id}/")
    assert "checked" not in browser.get(paper).text
    answer = browser.post(paper, {"choice": "yes"})
    [code] = RECEIPT.findall(answer.text)
    assert "no-store" in answer["Cache-Control"]
    for again in (browser.get(paper), browser.post(paper, {"choice": "yes"}), browser.get(path(ballot))):
        assert (code in again.text, "checked" in again.text) == (False, False)
        assert "no-store" in again["Cache-Control"]
    another = path(started(bodies.board), f"stimme/{cast.firm.public_id}/")
    assert 'autocomplete="off"' in browser.get(another).text, "the browser does not remember it either"


def test_v5_whoever_asks_learns_nothing_before_the_close(
    cast: Cast, people: People, bodies: Bodies, as_user: As
) -> None:
    ballot = started(bodies.board, is_secret=True)
    for user, organisation in ((people.delegate, cast.firm), (bodies.university, cast.university)):
        vote(ballot, user, organisation, "yes")
    for user in (cast.administrator, cast.it_editor, people.delegate):
        told = as_user(user).get(path(ballot)).text
        assert ("mindestens 0 von 4" in told, "Angenommen" in told) == (True, False)
        assert as_user(user).get(path(ballot, "ergebnis.json")).status_code == 404


def test_the_public_page_of_a_body(cast: Cast, people: People, bodies: Bodies, client: Client) -> None:
    told = client.get("/de/gremien/vorstand/").text
    assert ("Vorsitz" in told, "vorläufig" in told, cast.firm.name in told) == (True, True, True)
    Mandate.objects.filter(organisation=cast.firm).update(until=timezone.localdate() - timedelta(days=400))
    told = client.get("/de/gremien/vorstand/").text
    assert f"Das vorläufige Mandat von {cast.firm.name} ist am" in told
    Mandate.objects.create(body=bodies.board, organisation=cast.firm)
    assert "vorläufige Mandat" not in client.get("/de/gremien/vorstand/").text, "followed by another one"
    assert client.get("/de/ernaehrung/gremien/vorstand/").headers["Location"] == "/de/gremien/vorstand/"
    Body.objects.filter(pk=bodies.board.pk).update(state=Body.State.DRAFT)
    assert client.get("/de/gremien/vorstand/").status_code == 404


def test_what_was_decided_is_public_where_the_body_wants_it(
    cast: Cast, people: People, bodies: Bodies, client: Client
) -> None:
    ballot = started(bodies.assembly)
    vote(ballot, people.delegate, cast.firm, "yes")
    started(bodies.assembly)
    count(ballot)
    told = client.get("/en/bodies/versammlung/").text
    assert told.count("Congress") == 1, "the running one is not told"
    Body.objects.update(watchers=Body.Watchers.MEMBERS)
    assert "Congress" not in client.get("/en/bodies/versammlung/").text


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_however_long(
    cast: Cast, people: People, bodies: Bodies, as_user: As, number: int, django_assert_num_queries: Any
) -> None:
    Body.objects.exclude(slug="vorstand").delete()
    for place in range(number - 1):
        body = make_body(f"b{place}", f"B{place}", cluster=cast.it)
        Mandate.objects.create(body=body, organisation=cast.firm)
    for _place in range(number):
        started(bodies.board)
    browser = as_user(people.delegate)
    browser.get(ROOM)
    for address, queries in (("/de/gremien/", 6), ("/de/mein/gremien/", 7), (ROOM, 16), ("/de/gremien/vorstand/", 9)):
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200


def test_lists_are_in_pages_and_say_when_there_is_nothing(
    cast: Cast, people: People, bodies: Bodies, as_user: As
) -> None:
    for _place in range(25):
        make_ballot(bodies.board)
    browser = as_user(people.delegate)
    pages = [browser.get(f"{ROOM}?page={number}").text for number in (1, 2)]
    assert [page.count('<article class="row plain">') for page in pages] == [24, 1]
    Ballot.objects.all().delete()
    assert "Noch keine Abstimmungen" in browser.get(ROOM).text
    assert "Sie stimmen in keinem Gremium ab" in as_user(people.stranger).get("/de/mein/gremien/").text
    Body.objects.all().delete()
    assert "Noch keine Gremien" in browser.get("/de/gremien/").text
