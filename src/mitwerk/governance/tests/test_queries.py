"""Who finds which ballots and mandates, where bodies stand beside each other."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.models import Ballot, Body, Mandate
from mitwerk.governance.queries.ballots import ballot_page, ballots_to_vote_on, seen_ballots, voting_rights
from mitwerk.governance.queries.bodies import body_room
from mitwerk.governance.queries.desk import desk_rows
from mitwerk.governance.queries.resolutions import editable_resolutions
from mitwerk.governance.tests.cast import Bodies, count, make_ballot, make_body, started
from mitwerk.governance.tests.test_register import make as make_resolution
from mitwerk.people.tests.cast import People


def test_each_body_has_its_own_ballots(cast: Cast, people: People, bodies: Bodies) -> None:
    """The baker leads the bakers and votes on the board; the university votes on the board and looks at the bakers."""
    Body.objects.filter(pk=bodies.bakers.pk).update(watchers=Body.Watchers.EVERYBODY)
    ballots = {
        (name, state): make(getattr(bodies, name))
        for name in ("board", "bakers")
        for state, make in (("draft", make_ballot), ("running", started), ("closed", lambda body: count(started(body))))
    }
    names = {ballot.pk: name for name, ballot in ballots.items()}

    def seen(user: User) -> dict[str, set[Any]]:
        rows = {name: seen_ballots(user, getattr(bodies, name)) for name in ("board", "bakers")}
        return {name: {names[one.pk] for one in found} for name, found in rows.items()}

    assert seen(bodies.baker) == {
        "board": {("board", "running"), ("board", "closed")},
        "bakers": {("bakers", "draft"), ("bakers", "running"), ("bakers", "closed")},
    }
    assert seen(bodies.university) == {
        "board": {("board", "running"), ("board", "closed")},
        "bakers": {("bakers", "closed")},
    }
    elsewhere = ballots["bakers", "running"]
    assert ballot_page(bodies.baker, bodies.bakers, elsewhere.public_id) == elsewhere
    assert ballot_page(bodies.baker, bodies.board, elsewhere.public_id) is None


def test_only_delegate_and_substitute_have_a_right_to_vote(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    users = {name: getattr(people, name) for name in ("delegate", "substitute", "editor", "former", "stranger")}
    found = {name: [entry["id"] for entry, _person in voting_rights(user, ballot)] for name, user in users.items()}
    firm = [cast.firm.public_id]
    assert found == {"delegate": firm, "substitute": firm, "editor": [], "former": [], "stranger": []}
    asked = {name: [one.pk for one, _entry in ballots_to_vote_on(user)] for name, user in users.items()}
    assert asked == {"delegate": [ballot.pk], "substitute": [ballot.pk], "editor": [], "former": [], "stranger": []}


def test_a_vote_is_asked_for_while_the_ballot_runs(cast: Cast, people: People, bodies: Bodies) -> None:
    """Not for one that is over, also before it has been counted."""
    later, sooner, over = started(bodies.board, days=9), started(bodies.board, days=5), started(bodies.board)
    count(started(bodies.board))
    yesterday = timezone.now() - timedelta(days=1)
    Ballot.objects.filter(pk=over.pk).update(opened_at=yesterday - timedelta(days=9), closes_at=yesterday)
    assert [one.pk for one, _entry in ballots_to_vote_on(people.delegate)] == [sooner.pk, later.pk]


def test_the_room_of_a_body_that_is_not_there(cast: Cast, bodies: Bodies) -> None:
    found = [body_room(cast.administrator, slug) for slug in ("vorstand", "nirgends")]
    assert found == [bodies.board, None]


def test_mandates_that_have_run_out_wait_on_the_desks_of_their_body(cast: Cast, people: People, bodies: Bodies) -> None:
    """With the body's own people and its office; the umbrella body's office looks after all."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(body=bodies.board, organisation=cast.institute).update(until=yesterday)
    Mandate.objects.filter(body=bodies.board, organisation=cast.university).update(until=yesterday, is_provisional=True)
    Mandate.objects.create(body=bodies.bakers, organisation=cast.firm, since=yesterday, until=yesterday)
    users = {
        "delegate": people.delegate, "stranger": people.stranger, "it_editor": cast.it_editor,
        "food_editor": cast.food_editor, "umbrella_editor": cast.umbrella_editor,
    }  # fmt: skip
    of_board = {
        ("Mandat abgelaufen", f"{cast.institute.name} · Vorstand"),
        ("Vorläufiges Mandat abgelaufen", f"{cast.university.name} · Vorstand"),
    }
    of_bakers = {("Mandat abgelaufen", f"{cast.firm.name} · Backstube")}
    assert {name: {(str(row.title), row.text) for row in desk_rows(user)} for name, user in users.items()} == {
        "delegate": of_board, "stranger": set(), "it_editor": of_board, "food_editor": of_bakers,
        "umbrella_editor": of_board | of_bakers,
    }  # fmt: skip


def test_each_office_edits_the_resolutions_of_its_bodies(cast: Cast, bodies: Bodies) -> None:
    make_resolution(bodies.board, 1)
    make_resolution(bodies.bakers, 2)
    make_resolution(make_body("beirat", "Beirat"), 3)
    names = ("it_editor", "food_editor", "umbrella_editor", "administrator")
    found = {name: {one.number for one in editable_resolutions(getattr(cast, name))} for name in names}
    assert found == {"it_editor": {1}, "food_editor": {2}, "umbrella_editor": {1, 2, 3}, "administrator": {1, 2, 3}}
