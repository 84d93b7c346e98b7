"""What a full dump tells of secret votes, and what an insider can change unseen (TRUST V1, V2, V9, V13)."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F
from django.test import Client
from django_scopes import scopes_disabled

from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.algorithms.sealed_box import seal_ballot
from mitwerk.governance.actions.marks import raise_mark
from mitwerk.governance.models import Ballot, Body, Box, Mandate, Roll, Vote
from mitwerk.governance.tests.attacker import Row, attack, make_naive_rows, p_value
from mitwerk.governance.tests.cast import SINCE, Bodies, count, make_body, make_delegate, started, vote
from mitwerk.people.models import ActLink
from mitwerk.people.tests.cast import People

As = Callable[[Any], Client]
VOTES = 500


def big_body(cast: Cast, number: int) -> tuple[Body, list[tuple[Any, Any]]]:
    """A body of so many organisations, each with its delegate."""
    body = make_body("gross", "Groß", cluster=cast.it)
    seats = []
    for place in range(number):
        organisation = make_organisation(f"Firma {place:03}", f"firma-{place:03}")
        Mandate.objects.create(body=body, organisation=organisation, since=SINCE)
        seats.append((organisation, make_delegate(f"d{place:03}", organisation)))
    return body, seats


def dump(ballot: Ballot) -> list[list[Row]]:
    """Every table as a list of rows in the order in which the database keeps them, each as the text it is."""
    found = []
    with scopes_disabled():
        for model in apps.get_models():
            found.append([_text(row) for row in model._default_manager.order_by("pk").values()])
    return found


def _text(row: dict[str, Any]) -> Row:
    return {name: DjangoJSONEncoder(ensure_ascii=False).encode(value) for name, value in row.items()}


def test_v1_a_full_dump_links_no_vote_to_a_voter(cast: Cast, people: People) -> None:
    """The attacker knows the roll, all tables in their order and, after the close, the choices; what is best of all
    orders does no better than chance. Control: with a row for each vote the same attacker links all of them."""
    dice = random.Random(20060714)
    body, seats = big_body(cast, VOTES)
    ballot = started(body, is_secret=True)
    dice.shuffle(seats)
    truth = {}
    for organisation, user in seats:
        truth[organisation.public_id] = dice.choice(["yes", "no", "abstain"])
        vote(ballot, user, organisation, truth[organisation.public_id])
    running = dump(ballot)
    assert len({len(one) for one in Box.objects.get(ballot=ballot).sealed}) == 1, "length tells nothing"
    count(ballot)
    found = attack([*running, *dump(ballot)], list(truth))
    assert (len(found.orders) > 1, len(found.lines) > 0) == (True, True), "control: there is something to try"
    assert p_value(found, truth, dice) > 0.01
    naive = attack(make_naive_rows(truth), list(truth))
    assert naive.best(truth) == len(truth), "control"
    assert p_value(naive, truth, dice) < 0.01


def test_v2_no_row_beside_box_and_roll_changes_by_a_vote(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board, is_secret=True)
    before = _by_table(dump(ballot))
    vote(ballot, people.delegate, cast.firm, "yes")
    after = _by_table(dump(ballot))
    assert {label for label in after if after[label] != before[label]} == {"governance.Box", "governance.Roll"}


def _by_table(tables: list[list[Row]]) -> dict[str, list[Row]]:
    return {model._meta.label: rows for model, rows in zip(apps.get_models(), tables, strict=True)}


def test_v2_the_page_writes_no_more_than_the_act(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    """Over HTTP, signed in and with the session of before, and no mail goes out."""
    ballot = started(bodies.board, is_secret=True)
    browser = as_user(people.delegate)
    path = f"/de/mein/gremien/vorstand/abstimmungen/{ballot.public_id}/stimme/{cast.firm.public_id}/"
    browser.get(path)
    before = _by_table(dump(ballot))
    answer = browser.post(path, {"choice": "yes"})
    after = _by_table(dump(ballot))
    assert {label for label in after if after[label] != before[label]} == {"governance.Box", "governance.Roll"}
    assert (answer.status_code, mail.outbox) == (200, [])
    assert ActLink.objects.count() == 0


INSIDER: dict[str, Callable[[Box, Roll], Any]] = {
    "a ballot more": lambda box, roll: _set(box, sealed=sorted([*box.sealed, seal_ballot(box.public_key, "no")])),
    "a ballot less": lambda box, roll: _set(box, sealed=box.sealed[1:]),
    "a ballot exchanged": lambda box, roll: _set(box, sealed=[box.sealed[0], seal_ballot(box.public_key, "no")]),
    "one character of a ballot": lambda box, roll: _set(box, sealed=[box.sealed[0][:-1] + "g", *box.sealed[1:]]),
    "a receipt exchanged": lambda box, roll: _set(box, codes=["x", box.codes[0]]),
    "a mark taken away": lambda box, roll: _set(roll, voted=roll.voted[1:], cast=F("cast") - 1),
    "a voter renamed": lambda box, roll: _set(roll, entries=[{**one, "name": "X"} for one in roll.entries]),
    "another wording": lambda box, roll: Ballot.objects.update(paper={**roll.ballot.paper, "motion": {"de": "X"}}),
}


def _set(record: models.Model, **values: Any) -> None:
    type(record)._default_manager.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("what", [*INSIDER, "nothing"])
def test_v9_what_somebody_changes_in_the_database_is_noticed(
    cast: Cast, people: People, bodies: Bodies, what: str
) -> None:
    ballot = started(bodies.board, is_secret=True)
    vote(ballot, people.delegate, cast.firm, "yes")
    vote(ballot, bodies.university, cast.university, "yes")
    if what in INSIDER:
        INSIDER[what](Box.objects.get(ballot=ballot), Roll.objects.select_related("ballot").get(ballot=ballot))
    closed = count(ballot)
    expected = ("closed", "") if what == "nothing" else ("interrupted", "changed")
    assert (closed.state, closed.problem) == expected


def test_v9_an_open_vote_that_somebody_removes_is_noticed(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    vote(ballot, people.delegate, cast.firm, "yes")
    Vote.objects.all().delete()
    assert count(ballot).problem == "changed"


@pytest.mark.parametrize("is_secret", [False, True])
def test_v13_an_older_state_put_back_is_never_silently_shorter(
    cast: Cast, people: People, bodies: Bodies, is_secret: bool, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = started(bodies.board, is_secret=is_secret)
    with django_capture_on_commit_callbacks(execute=True):
        vote(ballot, people.delegate, cast.firm, "yes")
    kept = [_whole(model) for model in (Roll, Box, Vote)]
    with django_capture_on_commit_callbacks(execute=True):
        vote(ballot, bodies.university, cast.university, "no")
    assert count_of_copy(ballot) == "closed", "control: nothing was put back"
    for model, rows in zip((Roll, Box, Vote), kept, strict=True):
        _put_back(model, rows)
    closed = count(ballot)
    assert (closed.state, closed.problem) == ("interrupted", "restored")


def count_of_copy(ballot: Ballot) -> str:
    """How the count would end now; taken back."""
    from django.db import transaction

    with transaction.atomic():
        state = count(ballot).state
        transaction.set_rollback(True)
    return state


def _whole(model: type[models.Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def _put_back(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    model._default_manager.all().delete()
    model._default_manager.bulk_create(model(**row) for row in rows)


def test_the_mark_never_goes_back(bodies: Bodies, data_folder: Path) -> None:
    ballot = started(bodies.board)
    for version in (1, 3, 2, 10):
        raise_mark(ballot, version)
    assert (data_folder / "ballots" / ballot.public_id).read_text() == "10"


def test_the_key_of_the_boxes_is_in_no_table(cast: Cast, people: People, bodies: Bodies, settings: Any) -> None:
    ballot = started(bodies.board, is_secret=True)
    vote(ballot, people.delegate, cast.firm, "yes")
    everything = str(dump(ballot))
    assert settings.BALLOT_KEY not in everything
    assert connection.vendor in ("sqlite", "postgresql")
